"""BM25F over the combined field: headline, description and text, headline words weighing more.

Source: Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and
Beyond" (2009). The weight of headline words is in the postings (documents.py).

One formula for numbers and for arrays of them: the executors differ in nothing
else, so that they agree to the last bit.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, TypeVar

from newsarchive.base.frozen import frozen
from newsarchive.search.whoosh.answer.plan.nodes import Scored
from newsarchive.search.whoosh.layout import Field

if TYPE_CHECKING:
    from numpy import float64
    from numpy.typing import NDArray


@frozen
class Tuning:
    """How soon more of a word counts no more (``k1``), and how much long articles are held back (``b``)."""

    k1: float
    b: float


# Where all words are asked for: the values of the paper, and Whoosh's and Lucene's defaults.
ALL_WORDS = Tuning(1.2, 0.75)
# Where any of the words are enough: a longer article holds more of them for a reason. Chosen on nine judged
# collections together (decision 0011); for all words it loses known items (benchmarks/ranking.py).
ANY_WORD = Tuning(1.6, 0.5)
# Rare words count more than in the paper (benchmarks/ranking.py).
RARITY = 1.3
YEAR = 365
# Hints are scored for so many of the best articles of a segment: further down they change no page
# that anybody reads, and for common words they would cost more than the search itself.
HINTED = 500

Amount = TypeVar("Amount", float, "NDArray[float64]")


@frozen
class Norm:
    """What the length of an article does to its score: weights are measured against it."""

    base: float
    slope: float

    def of(self, words: Amount) -> Amount:
        """The norm of an article with that many words."""
        return self.base + self.slope * words


@frozen
class Scorer:
    """What one leaf of a plan contributes to the score of an article.

    A hint is a leaf that nobody asked for: it raises the scores of the best articles.
    """

    leaf: Scored
    factor: float
    norm: Norm
    is_hint: bool = False

    def as_hint(self) -> Scorer:
        """The same for a hint."""
        return Scorer(self.leaf, self.factor, self.norm, is_hint=True)

    def score(self, weight: Amount, norm: Amount) -> Amount:
        """The contribution of a weight in an article of that norm."""
        return self.factor * weight / (weight + norm)


@frozen
class Fading:
    """Relevance that fades with age: of an article a year older than the ``newest``, half is left.

    Days are ordinals; an article without a date, whose day is 0, has next to nothing left.
    """

    newest: int

    def left(self, day: Amount) -> Amount:
        """The share of a score that is left for an article of that day."""
        return YEAR / (YEAR + self.newest - day)


def scorer(leaf: Scored, *, tuning: Tuning, frequencies: Sequence[int], total: int, average: float) -> Scorer:
    """The scorer of a leaf each of whose steps is in so many of ``total`` articles of ``average`` words.

    The steps of a phrase are as rare together as each for itself (independence,
    as in Lucene): nothing has to be read to know it.

    Only the combined field is normalised by length: in the others (author,
    section, a headline) length says nothing about relevance.
    """
    k1, b = tuning.k1, tuning.b
    factor = leaf.boost * sum(rarity(matching, total) for matching in frequencies) * (k1 + 1)
    if leaf.field is not Field.TEXT:
        return Scorer(leaf, factor, Norm(k1, 0.0))
    return Scorer(leaf, factor, Norm(k1 * (1 - b), k1 * b / (average or 1.0)))


def rarity(matching: int, total: int) -> float:
    """Inverse document frequency, above zero even for a word in every article."""
    # Deleted articles still count as matching until a merge drops them.
    matching = min(matching, total)
    return math.pow(math.log(1 + (total - matching + 0.5) / (matching + 0.5)), RARITY)
