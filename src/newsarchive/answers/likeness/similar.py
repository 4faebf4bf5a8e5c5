"""More like this: articles that share an article's most telling words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from newsarchive.answers.holdings import Holdings
from newsarchive.answers.results import JSON_FORMAT, Hit
from newsarchive.model import Article
from newsarchive.query.ast import Boost, Query, Word, any_of
from newsarchive.search.engines import Match
from newsarchive.search.text.analysis import shared_analyzer
from newsarchive.search.text.distinctive_words import (
    cosine,
    shared_text,
    telling_terms,
    term_counts,
    term_weights,
    without_function_words,
)
from newsarchive.search.text.stemming import primary

# Terms that are searched for: more of them find articles that share a manner of speaking.
_TERMS = 25
# So many of the best are ranked anew, by the cosine of their tf-idf.
_RANKED_ANEW = 100
# Characters of a text that are compared: news says first what it is about, and longer ones cost time.
_OPENING = 4_000
# Two articles are the same story from this share of their shingles on: that much is no coincidence.
_SAME_STORY = 0.5


@dataclass(frozen=True, slots=True)
class SimilarHit:
    """An article like another; ``shared_text`` is how much of the shorter one stands in the other."""

    hit: Hit
    shared_text: float

    @property
    def is_same_story(self) -> bool:
        """Whether the two are the same text, perhaps cut or edited."""
        return self.shared_text >= _SAME_STORY

    def to_dict(self) -> dict[str, Any]:
        """The JSON form."""
        return {
            **self.hit.to_dict(),
            "same_story": self.is_same_story,
            "shared_text": round(self.shared_text, 4),
        }


@dataclass(frozen=True, slots=True)
class SimilarArticles:
    """Articles like one, the most similar first; ``terms`` are the words that they were searched by."""

    article_id: int
    terms: Sequence[str]
    hits: Sequence[SimilarHit]

    def __iter__(self) -> Iterator[SimilarHit]:
        return iter(self.hits)

    def __len__(self) -> int:
        return len(self.hits)

    def to_dict(self) -> dict[str, Any]:
        """The JSON form."""
        return {
            "format": JSON_FORMAT,
            "id": self.article_id,
            "terms": list(self.terms),
            "hits": [each.to_dict() for each in self.hits],
        }


def find_similar(article_id: int, holdings: Holdings, *, limit: int) -> SimilarArticles:
    """Search for an article's terms of highest tf-idf, and rank the best by all of theirs.

    Raises ArticleNotFound.
    """
    searcher = holdings.searcher
    article, analyzer = holdings.reader.articles.article(article_id), shared_analyzer()
    language = primary(article.language)
    counts = without_function_words(term_counts(article, analyzer), {language})
    # Compared with articles in its own language alone: in an English archive even the commonest words
    # of another language are rare.
    comparable = holdings.reader.counts.count_in({language})
    terms = telling_terms(counts, holdings.index.frequencies(counts), articles=comparable, limit=_TERMS)
    if not terms:
        return SimilarArticles(article_id, [], [])
    tree = _any_of_them(terms)
    matches = searcher.best(tree, max(_RANKED_ANEW, limit) + 1)
    others = [match for match in matches if match.article_id != article_id]
    nearest = _by_nearness(counts, others, holdings)
    hits = [
        SimilarHit(hit, shared_text(article, hit.article, analyzer))
        for hit in searcher.hits(tree, nearest[:limit])
    ]
    return SimilarArticles(article_id, [term for term, _ in terms], hits)


def _by_nearness(counts: Counter[str], matches: Sequence[Match], holdings: Holdings) -> list[Match]:
    """The matches by how alike all of their words are to those counted; scores say how much."""
    others = holdings.reader.articles.articles([match.article_id for match in matches])
    theirs = [_opening_counts(each) for each in others]
    frequencies = holdings.index.frequencies({*counts, *(term for each in theirs for term in each)})
    # Of all articles, in whatever language: the neighbours are found already, and function words left out.
    articles = holdings.reader.counts.counts()["articles"]
    own = term_weights(counts, frequencies, articles=articles)
    found = [
        Match(other.id or 0, cosine(own, term_weights(each, frequencies, articles=articles)))
        for other, each in zip(others, theirs, strict=True)
    ]
    # Equally near ones stay in the order in which the search found them.
    return sorted(found, key=lambda match: -match.score)


def _opening_counts(article: Article) -> Counter[str]:
    return term_counts(replace(article, text=article.text[:_OPENING]), shared_analyzer())


def _any_of_them(terms: Sequence[tuple[str, float]]) -> Query:
    return any_of(Boost(Word(term), weight) for term, weight in terms)
