"""Relevance feedback: terms of the best answers to a question, which rank the partial matches.

Pseudo-relevance feedback, as in RM3: Abdul-Jaleel et al., "UMass at TREC 2004".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from math import log

from newsarchive.pipeline.index_sync import ArchiveIndex
from newsarchive.query.ast import Boost, Query, Word, positive_terms
from newsarchive.search.engines import Match
from newsarchive.search.text.analysis import shared_analyzer
from newsarchive.search.text.distinctive_words import term_counts
from newsarchive.search.text.function_words import weak_words
from newsarchive.search.text.stemming import primary, stem
from newsarchive.store.reading.store_reader import StoreReader

# Feedback documents, and terms taken from them. These and the numbers below were chosen on nine
# judged collections together; whichever is left out, the same family of settings ranks best (decision 0011).
DOCUMENTS = 10
_TERMS = 50
# A document counts by its score, as a share of the best one's, to this power: where one document
# stands out, only that one counts.
_POWER = 8
# The weight of all feedback terms together: a share of that of the question's words, and at least.
_SHARE, _LEAST = 0.8, 8.0
# The weight of a function word of the question, as in its ranking.
_WEAK = 0.3


@dataclass(slots=True)
class _Feedback:
    """A stem of some documents: the share that it takes up of them, by its forms."""

    forms: dict[str, float] = field(default_factory=dict)

    @property
    def form(self) -> str:
        """The form that takes up most."""
        return max(self.forms, key=lambda form: (self.forms[form], form))

    def add(self, form: str, share: float) -> None:
        """Add what a form takes up of a document."""
        self.forms[form] = self.forms.get(form, 0.0) + share


def feedback_terms(
    question: Query, best: Sequence[Match], reader: StoreReader, index: ArchiveIndex
) -> tuple[Query, ...]:
    """The most telling words of the documents that answer a question best, weighted.

    A word weighs what it takes up of each document, in all its forms, and how rare it
    is in the archive.
    """
    found = _by_stem(best, reader)
    everywhere = index.frequencies({form for each in found.values() for form in each.forms})
    articles = reader.counts.count_in({language for language, _ in found})
    weights: dict[str, float] = {}
    for each in found.values():
        holding = sum(everywhere.get(form, 0) for form in each.forms)
        if 1 < holding < articles:
            weights[each.form] = sum(each.forms.values()) * log(articles / holding)
    chosen = sorted(weights.items(), key=lambda item: (-item[1], item[0]))[:_TERMS]
    factor = _whole_weight(question, reader) / (sum(weight for _, weight in chosen) or 1.0)
    return tuple(Boost(Word(term), factor * weight) for term, weight in chosen)


def _by_stem(best: Sequence[Match], reader: StoreReader) -> dict[tuple[str | None, str], _Feedback]:
    """The stems of the best documents, by language."""
    highest = max((match.score for match in best), default=0.0)
    if highest <= 0:
        return {}
    believed = {match.article_id: (match.score / highest) ** _POWER for match in best}
    found: dict[tuple[str | None, str], _Feedback] = {}
    for article in reader.articles.articles(list(believed)):
        counts, language = term_counts(article, shared_analyzer()), primary(article.language)
        share = believed[article.id or 0] / (counts.total() or 1)
        for term, count in counts.items():
            found.setdefault((language, stem(term, language)), _Feedback()).add(term, count * share)
    return found


def _whole_weight(question: Query, reader: StoreReader) -> float:
    weak = weak_words(reader.counts.languages())
    tokens = shared_analyzer().tokens
    words = [tokens(part.text) for part in positive_terms(question) if isinstance(part, Word)]
    return max(_LEAST, _SHARE * sum(_WEAK if weak.issuperset(terms) else 1.0 for terms in words))
