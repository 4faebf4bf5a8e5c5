"""Relevance feedback: terms of the best answers to a question, which rank the partial matches.

Pseudo-relevance feedback, as in RM3: Abdul-Jaleel et al., "UMass at TREC 2004".
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from math import log

from newsarchive.pipeline.index_sync import ArchiveIndex
from newsarchive.query.ast import Boost, Query, Word
from newsarchive.search.engines import Match
from newsarchive.search.text.analysis import shared_analyzer
from newsarchive.search.text.distinctive_words import term_counts
from newsarchive.search.text.stemming import primary
from newsarchive.store.reading.store_reader import StoreReader

# Feedback documents, and terms taken from them (benchmarks/ranking.py).
BELIEVED = 5
_TERMS = 20
# The weight of all feedback terms together, where a word of the question has the weight 1.
_WEIGHT = 10.0


def words_beside(best: Sequence[Match], reader: StoreReader, index: ArchiveIndex) -> tuple[Query, ...]:
    """The most telling words of the best matches, weighted.

    A word weighs what it takes up of each text, the better the match the more, and how
    rare it is in the archive.
    """
    scores = {match.article_id: match.score**2 for match in best if match.score > 0}
    articles = list(reader.articles.articles(list(scores)))
    analyzer, shares = shared_analyzer(), dict[str, float]()
    for article in articles:
        counts = term_counts(article, analyzer)
        for term, count in counts.items():
            shares[term] = shares.get(term, 0.0) + scores[article.id or 0] * count / counts.total()
    everywhere = index.frequencies(shares)
    comparable = reader.counts.count_in({primary(article.language) for article in articles})
    weights = Counter(
        {
            term: share * log(comparable / everywhere[term])
            for term, share in shares.items()
            if 1 < everywhere.get(term, 0) < comparable
        }
    ).most_common(_TERMS)
    whole = sum(weight for _, weight in weights)
    return tuple(Boost(Word(term), _WEIGHT * weight / whole) for term, weight in weights)
