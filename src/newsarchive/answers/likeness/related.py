"""Related terms: words that the articles of a search have more often than the archive does."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from newsarchive.answers.holdings import Holdings
from newsarchive.answers.results import JSON_FORMAT
from newsarchive.answers.search import Question
from newsarchive.model import Article
from newsarchive.query.ast import Near, Phrase, Prefix, Query, Word, positive_terms
from newsarchive.search.text.analysis import Analyzer, shared_analyzer
from newsarchive.search.text.distinctive_words import (
    over_representation,
    term_counts,
    without_function_words,
    without_inflections,
)
from newsarchive.search.text.stemming import primary

# Articles that are looked at, the best first: later ones say less about what was asked.
_SAMPLE = 100
# A word has to stand in at least so many of the matches, where there are so many: fewer are a coincidence.
_FEWEST = 3


@dataclass(frozen=True, slots=True)
class RelatedTerm:
    """A word; ``matches`` of the articles looked at have it, and ``articles`` of the archive.

    ``score`` is the log-likelihood ratio: how surprising that is.
    """

    term: str
    matches: int
    articles: int
    score: float


@dataclass(frozen=True, slots=True)
class RelatedTerms:
    """Words related to a query, the most telling first; ``sample`` articles were looked at."""

    query: str
    sample: int
    terms: Sequence[RelatedTerm]

    def __iter__(self) -> Iterator[RelatedTerm]:
        return iter(self.terms)

    def __len__(self) -> int:
        return len(self.terms)

    def to_dict(self) -> dict[str, Any]:
        """The JSON form."""
        return {
            "format": JSON_FORMAT,
            "query": self.query,
            "sample": self.sample,
            "terms": [
                {
                    "term": each.term,
                    "matches": each.matches,
                    "articles": each.articles,
                    "score": round(each.score, 2),
                }
                for each in self.terms
            ],
        }


def find_related(question: Question, holdings: Holdings, *, limit: int) -> RelatedTerms:
    """Compare the matches that rank first with the archive. Raises QueryError."""
    reader, searcher = holdings.reader, holdings.searcher
    tree, analyzer = searcher.tree(question), shared_analyzer()
    ids = [match.article_id for match in searcher.best(tree, _SAMPLE)]
    sample = reader.articles.articles(ids)
    inside = Counter(term for article in sample for term in term_counts(article, analyzer))
    fewest = min(_FEWEST, len(sample))
    languages = {primary(article.language) for article in sample}
    inside = without_function_words(
        {term: count for term, count in inside.items() if count >= fewest}, languages
    )
    # Compared with articles in the languages of the matches alone: in an English archive even the
    # commonest words of another language are rare.
    everywhere, articles = holdings.index.frequencies(inside), reader.counts.count_in(languages)
    scores = {
        term: over_representation(count, len(sample), everywhere.get(term, 0), articles)
        for term, count in inside.items()
    }
    ranked = sorted((term for term in scores if scores[term]), key=lambda term: (-scores[term], term))
    kept = without_inflections(ranked[: 5 * limit], languages, _asked(tree, analyzer))[:limit]
    surfaces = _as_written(kept, sample, analyzer)
    return RelatedTerms(
        question.query,
        len(sample),
        [RelatedTerm(surfaces[each], inside[each], everywhere.get(each, 0), scores[each]) for each in kept],
    )


def _asked(tree: Query, analyzer: Analyzer) -> set[str]:
    texts = [part.text for part in positive_terms(tree) if isinstance(part, Word | Phrase | Near | Prefix)]
    return {term for text in texts for term in analyzer.tokens(text)}


def _as_written(terms: Sequence[str], sample: Sequence[Article], analyzer: Analyzer) -> dict[str, str]:
    """Each term as most texts write it."""
    forms: dict[str, Counter[str]] = {term: Counter() for term in terms}
    for article in sample:
        for term, start, end in analyzer.spans(article.text):
            if term in forms:
                forms[term][article.text[start:end]] += 1
    return {
        term: max(found, key=lambda form: (found[form], form), default=term) for term, found in forms.items()
    }
