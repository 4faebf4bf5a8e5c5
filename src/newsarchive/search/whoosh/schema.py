"""What the index holds of an article: its fields, and an article as values of them.

The text itself is not here: the store has it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from typing import Any

from whoosh.fields import Schema

from newsarchive import urls
from newsarchive.dates import PartialDate
from newsarchive.model import Article, Confidence, IndexedArticle
from newsarchive.query.ast import Flag, Presence, TextField
from newsarchive.search.analysis import Analyzer
from newsarchive.search.stemming import primary, stemmer
from newsarchive.search.whoosh.columns import Names, Numbers, clean_name
from newsarchive.search.whoosh.fields import Posting, Terms, Values, pack_positions

# To be raised with every change of fields, columns or their encoding.
INDEX_VERSION = 1

# A headline is written to say what the article is about, so a word there counts
# as three in the text, and once more for each further time.
HEADLINE_WEIGHT = 3
# No phrase, and no "within n words", reaches over the gap between two values.
GAP = 100
AUTHOR_SEPARATOR = "\n"


class Field(StrEnum):
    """Fields of terms. The ``…_STEM`` fields hold stems other than their own word, as ``language:stem``."""

    TEXT = "text"
    TEXT_STEM = "text_stem"
    HEADLINE = "headline"
    HEADLINE_STEM = "headline_stem"
    AUTHOR = "author"
    PUBLISHER = "publisher"
    SECTION = "section"
    KEYWORD = "keyword"
    URL = "url"


class ColumnName(StrEnum):
    """Columns. Days are proleptic Gregorian ordinals; 0 is "not stated"."""

    ID = "c_id"
    WORDS = "c_words"
    FLAGS = "c_flags"
    PUBLISHED_EARLIEST = "c_pub_from"
    PUBLISHED_LATEST = "c_pub_to"
    PUBLISHED_KEY = "c_pub_key"
    MODIFIED_EARLIEST = "c_mod_from"
    MODIFIED_LATEST = "c_mod_to"
    CAPTURED_FIRST = "c_cap_from"
    CAPTURED_LAST = "c_cap_to"
    PUBLISHER = "c_publisher"
    LANGUAGE = "c_language"
    SECTION = "c_section"
    AUTHORS = "c_authors"


class Bit(IntEnum):
    """What ``is:``, ``has:`` and ``confidence:`` ask, a bit each."""

    IS_PAYWALLED = 1 << 0
    IS_REVISED = 1 << 1
    CONFIDENCE_HIGH = 1 << 2
    CONFIDENCE_MEDIUM = 1 << 3
    CONFIDENCE_LOW = 1 << 4
    HAS_AUTHOR = 1 << 5
    HAS_PUBLISHED = 1 << 6
    HAS_MODIFIED = 1 << 7
    HAS_PUBLISHER = 1 << 8
    HAS_SECTION = 1 << 9
    HAS_KEYWORD = 1 << 10
    HAS_URL = 1 << 11
    HAS_IMAGE = 1 << 12
    HAS_LANG = 1 << 13
    HAS_DESCRIPTION = 1 << 14
    HAS_HEADLINE = 1 << 15


TERM_FIELD = {
    TextField.ANY: Field.TEXT,
    TextField.HEADLINE: Field.HEADLINE,
    TextField.AUTHOR: Field.AUTHOR,
    TextField.PUBLISHER: Field.PUBLISHER,
    TextField.SECTION: Field.SECTION,
    TextField.KEYWORD: Field.KEYWORD,
}
STEM_FIELD = {Field.TEXT: Field.TEXT_STEM, Field.HEADLINE: Field.HEADLINE_STEM}
FLAG_BIT = {Flag.PAYWALLED: Bit.IS_PAYWALLED, Flag.REVISED: Bit.IS_REVISED}
PRESENCE_BIT = {presence: Bit[f"HAS_{presence.name}"] for presence in Presence}
CONFIDENCE_BIT = {level: Bit[f"CONFIDENCE_{level.name}"] for level in Confidence}

_WITHOUT_POSITIONS = {Field.TEXT_STEM, Field.HEADLINE_STEM, Field.URL}
_NAMES = {ColumnName.PUBLISHER, ColumnName.LANGUAGE, ColumnName.SECTION, ColumnName.AUTHORS}
_LONG = {ColumnName.ID, ColumnName.PUBLISHED_KEY}


COLUMN_TYPE: Mapping[ColumnName, Names | Numbers] = {
    name: Names() if name in _NAMES else Numbers("q" if name in _LONG else "i") for name in ColumnName
}


def schema() -> Schema:
    """The fields as Whoosh knows them."""
    terms = {field.value: Terms(positions=field not in _WITHOUT_POSITIONS) for field in Field}
    return Schema(**terms, **{name.value: Values(COLUMN_TYPE[name]) for name in ColumnName})


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


def url_key(url: str) -> str | None:
    """A URL without scheme and ``www.``, as both articles and queries name it; None if it is none."""
    normal = urls.normalize(url if "://" in url else f"http://{url}")
    return None if normal is None else normal.partition("://")[2].removeprefix("www.")


def sort_key(date: PartialDate | None) -> int:
    """A number that orders dates as ``PartialDate.sort_key`` does; 0 for none."""
    if date is None:
        return 0
    day = (date.year * 13 + (date.month or 0)) * 32 + (date.day or 0)
    return ((day * 24 + (date.hour or 0)) * 60 + (date.minute or 0)) * 60 + (date.second or 0)


def key_parts(key: int) -> tuple[int, int, int]:
    """Year, month and day of a sort key, 0 for what is unknown."""
    months, day = divmod(key // 86_400, 32)
    year, month = divmod(months, 13)
    return year, month, day


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
        ColumnName.AUTHORS: AUTHOR_SEPARATOR.join(
            clean_name(author).replace(AUTHOR_SEPARATOR, " ") for author in article.authors
        ),
    }


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
