"""An article as the index takes it. The text itself is not kept: the store has it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from newsarchive.model import Article, IndexedArticle
from newsarchive.search.analysis import Analyzer
from newsarchive.search.stemming import primary, stemmer
from newsarchive.search.whoosh.layout import (
    CONFIDENCE_BIT,
    SEPARATOR,
    Bit,
    ColumnName,
    Field,
    sort_key,
    url_key,
)
from newsarchive.search.whoosh.packing import clean_name, pack_positions

# What is indexed of one term in one article: the term, its weight, its value.
Posting = tuple[bytes, float, bytes]

# A headline is written to say what the article is about, so a word there counts
# as three in the text, and once more for each further time.
HEADLINE_WEIGHT = 3
# No phrase, and no "within n words", reaches over the gap between two values.
GAP = 100


@dataclass(frozen=True, slots=True)
class Document:
    """An article as the index takes it: terms by field, and the values that it has by column."""

    terms: Mapping[Field, Sequence[Posting]]
    values: Mapping[ColumnName, Any]


def document(indexed: IndexedArticle, analyzer: Analyzer) -> Document:
    """Analyse an article."""
    terms, words = _terms(indexed.article, analyzer)
    values = _values(indexed) | {ColumnName.WORDS: words}
    return Document(terms, {name: value for name, value in values.items() if value})


def _terms(article: Article, analyzer: Analyzer) -> tuple[dict[Field, list[Posting]], int]:
    """The terms of an article, and how many words it has."""
    tokens = analyzer.tokens
    headline = tokens(article.headline or "")
    language = primary(article.language)
    words = _positions((headline, tokens(article.description or ""), tokens(article.text)))
    weights = {term: len(found) for term, found in words.items()}
    for term in headline:
        weights[term] += HEADLINE_WEIGHT - 1
    headline_words = _positions((headline,))
    terms = {
        Field.TEXT: _postings(words, weights),
        Field.TEXT_STEM: _stems(weights, language),
        Field.HEADLINE: _postings(headline_words),
        Field.HEADLINE_STEM: _stems({term: len(at) for term, at in headline_words.items()}, language),
        Field.AUTHOR: _postings(_positions([tokens(author) for author in article.authors])),
        Field.PUBLISHER: _postings(_positions((tokens(article.publisher or ""),))),
        Field.SECTION: _postings(_positions((tokens(article.section or ""),))),
        Field.KEYWORD: _postings(_positions([tokens(keyword) for keyword in article.keywords])),
        Field.URL: _url_posting(article.url),
    }
    return terms, sum(map(len, words.values()))


def _positions(values: Iterable[Sequence[str]]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    start = 0
    for terms in values:
        for position, term in enumerate(terms, start):
            if term in found:
                found[term].append(position)
            else:
                found[term] = [position]
        start += len(terms) + GAP if terms else 0
    return found


def _postings(words: Mapping[str, list[int]], weights: Mapping[str, int] | None = None) -> list[Posting]:
    if weights is None:
        return [(term.encode(), len(at), pack_positions(at)) for term, at in words.items()]
    return [(term.encode(), weights[term], pack_positions(at)) for term, at in words.items()]


def _stems(weights: Mapping[str, int], language: str | None) -> list[Posting]:
    """The stems of words that are not their own stem: the others are found as words."""
    stem = stemmer(language)
    if stem is None:
        return []
    found: dict[str, int] = {}
    for term, weight in weights.items():
        root = stem(term)
        if root != term and root:
            found[root] = found.get(root, 0) + weight
    return [(f"{language}:{root}".encode(), weight, b"") for root, weight in found.items()]


def _url_posting(url: str | None) -> list[Posting]:
    key = url_key(url) if url else None
    return [] if key is None else [(key.encode(errors="replace"), 1, b"")]


def _values(indexed: IndexedArticle) -> dict[ColumnName, Any]:
    article = indexed.article
    published, modified = article.date_published, article.date_modified
    first, last = indexed.captured
    return {
        ColumnName.ID: article.id,
        ColumnName.FLAGS: _bits(indexed),
        ColumnName.PUBLISHED_EARLIEST: published and published.earliest.toordinal(),
        ColumnName.PUBLISHED_LATEST: published and published.latest.toordinal(),
        ColumnName.PUBLISHED_KEY: sort_key(published),
        ColumnName.MODIFIED_EARLIEST: modified and modified.earliest.toordinal(),
        ColumnName.MODIFIED_LATEST: modified and modified.latest.toordinal(),
        ColumnName.CAPTURED_FIRST: first.toordinal(),
        ColumnName.CAPTURED_LAST: last.toordinal(),
        ColumnName.PUBLISHER: clean_name(article.publisher),
        ColumnName.LANGUAGE: clean_name(article.language).lower().replace("_", "-"),
        ColumnName.SECTION: clean_name(article.section),
        ColumnName.AUTHORS: _joined(article.authors),
        ColumnName.KEYWORDS: _joined(article.keywords),
    }


def _joined(names: Iterable[str]) -> str:
    return SEPARATOR.join(clean_name(name).replace(SEPARATOR, " ") for name in names)


def _bits(indexed: IndexedArticle) -> int:
    article = indexed.article
    stated = {
        Bit.IS_PAYWALLED: article.is_accessible_for_free is False,
        Bit.IS_REVISED: indexed.revisions > 1,
        Bit.HAS_AUTHOR: article.authors,
        Bit.HAS_PUBLISHED: article.date_published,
        Bit.HAS_MODIFIED: article.date_modified,
        Bit.HAS_PUBLISHER: article.publisher,
        Bit.HAS_SECTION: article.section,
        Bit.HAS_KEYWORD: article.keywords,
        Bit.HAS_URL: article.url,
        Bit.HAS_IMAGE: article.image,
        Bit.HAS_LANG: article.language,
        Bit.HAS_DESCRIPTION: article.description,
        Bit.HAS_HEADLINE: article.headline,
    }
    bits = sum(bit.value for bit, value in stated.items() if value)
    if article.date_confidence is not None and article.date_published is not None:
        bits += CONFIDENCE_BIT[article.date_confidence].value
    return bits
