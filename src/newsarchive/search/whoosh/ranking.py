"""BM25F over the combined field: headline, description and text, headline words weighing more.

Source: Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and
Beyond" (2009). The weight of headline words is in the postings (schema.py).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import log

from newsarchive.search.whoosh.layout import Field
from newsarchive.search.whoosh.plan import Scored

# The values of the original paper, and Whoosh's and Lucene's defaults.
K1 = 1.2
B = 0.75


def rarity(matching: int, total: int) -> float:
    """Inverse document frequency, above zero even for a word in every article."""
    return log(1 + (total - matching + 0.5) / (matching + 0.5))


def add_scores(
    scores: dict[int, float],
    leaf: Scored,
    weights: Mapping[int, float],
    *,
    rarity: float,
    words: Sequence[int],
    average: float,
) -> None:
    """Add what one leaf contributes to the scores of one segment's matching articles.

    Only the combined field is normalised by length: in the others (author,
    section, a headline) length says nothing about relevance.
    """
    factor = leaf.boost * rarity * (K1 + 1)
    slope = K1 * B / (average or 1.0) if leaf.field is Field.TEXT else 0.0
    base = K1 * (1 - B) if leaf.field is Field.TEXT else K1
    for number in scores.keys() & weights.keys():
        weight = weights[number]
        scores[number] += factor * weight / (weight + base + slope * words[number])
