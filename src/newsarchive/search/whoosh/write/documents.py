"""An article as the index takes it: tokens by field, and values by column. The text itself is not kept."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from newsarchive.model import Article, IndexedArticle
from newsarchive.search.text.analysis import Analyzer
from newsarchive.search.text.stemming import primary
from newsarchive.search.whoosh.layout import (
    CONFIDENCE_BIT,
    SEPARATOR,
    Bit,
    ColumnName,
    Field,
    sort_key,
    url_key,
)
from newsarchive.search.whoosh.segment.packing import clean_name

# A headline is written to say what the article is about, so a word there counts
# as three in the text, and once more for each further time.
HEADLINE_WEIGHT = 3
# No phrase, and no "within n words", reaches over the gap between two values.
GAP = 100


class Part(NamedTuple):
    """Tokens at consecutive positions of a field, each adding ``weight`` to its term."""

    field: Field
    tokens: Sequence[str]
    start: int = 0
    weight: int = 1


@dataclass(frozen=True, slots=True)
class Document:
    """An article as the index takes it. Parts of a field come in order of position.

    ``language`` is the primary subtag, whose stemmer gives the terms of the fields of stems.
    """

    parts: Sequence[Part]
    language: str | None
    values: Mapping[ColumnName, Any]


def document(indexed: IndexedArticle, analyzer: Analyzer) -> Document:
    """Analyse an article."""
    article = indexed.article
    parts = list(_parts(article, analyzer))
    values = _values(indexed)
    values[ColumnName.WORDS] = sum(len(part.tokens) for part in parts if part.field is Field.TEXT)
    return Document(parts, primary(article.language), values)


def _parts(article: Article, analyzer: Analyzer) -> Iterator[Part]:
    tokens = analyzer.tokens
    headline = tokens(article.headline or "")
    description = tokens(article.description or "")
    if headline:
        yield Part(Field.TEXT, headline, 0, HEADLINE_WEIGHT)
        yield Part(Field.HEADLINE, headline)
    start = _after(0, headline)
    if description:
        yield Part(Field.TEXT, description, start)
    yield Part(Field.TEXT, tokens(article.text), _after(start, description))
    yield from _values_in_order(Field.AUTHOR, article.authors, analyzer)
    yield from _values_in_order(Field.PUBLISHER, (article.publisher,), analyzer)
    yield from _values_in_order(Field.SECTION, (article.section,), analyzer)
    yield from _values_in_order(Field.KEYWORD, article.keywords, analyzer)
    key = url_key(article.url) if article.url else None
    if key is not None:
        yield Part(Field.URL, (key.encode(errors="replace").decode(),))


def _values_in_order(field: Field, values: Iterable[str | None], analyzer: Analyzer) -> Iterator[Part]:
    start = 0
    for value in values:
        if value:
            tokens = analyzer.tokens(value)
            yield Part(field, tokens, start)
            start = _after(start, tokens)


def _after(start: int, tokens: Sequence[str]) -> int:
    """Where the value behind one that begins at ``start`` begins."""
    return start + len(tokens) + GAP if tokens else start


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
