"""An article as the index takes it: tokens by field, and values by column. The text itself is not kept."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from newsarchive.model import Confidence, IndexedArticle
from newsarchive.query.fields import Change, DateField, Flag, NumberField, Presence, TextField
from newsarchive.search.text.analysis import Analyzer
from newsarchive.search.text.stemming import primary
from newsarchive.search.whoosh.index_keys import sort_key, url_key
from newsarchive.search.whoosh.layout import (
    SEPARATOR,
    ColumnName,
    Field,
    bit,
    day_columns,
    days,
    edited_days,
    has_changed,
    is_so,
    number,
    number_column,
    stated,
    term_field,
    texts,
)
from newsarchive.search.whoosh.segment.packing import clean_name

# A headline is written to say what the article is about, so a word there counts as three
# of the text (benchmarks/ranking.py: weights of 2 to 5 rank alike, 1 ranks worse).
HEADLINE_WEIGHT = 3
# Text fields that hold names: everything but headline, description and text.
_OF_NAMES = tuple(field for field in TextField if field not in (TextField.ANY, TextField.HEADLINE))
_LARGEST = 2**31 - 1
# Asked once: an index of a million articles would ask for them forty million times.
_FIELD = {field: term_field(field) for field in _OF_NAMES}
_DAY_COLUMNS = {field: day_columns(field) for field in DateField if field is not DateField.EDITED}
_NUMBER_COLUMN = {field: number_column(field) for field in NumberField}
# A table each: members of two enums with one name are one key to a dictionary.
_BIT_OF_FLAG = {flag: int(bit(flag)) for flag in Flag}
_BIT_OF_CHANGE = {change: int(bit(change)) for change in Change}
_BIT_OF_CONFIDENCE = {level: int(bit(level)) for level in Confidence}
_STATED = [(int(bit(presence)), stated(presence)) for presence in Presence]
# Positions left free between two values, so that no phrase and no nearness reaches over them.
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
    parts = list(_parts(indexed, analyzer))
    values = _values(indexed)
    values[ColumnName.WORDS] = sum(len(part.tokens) for part in parts if part.field is Field.TEXT)
    return Document(parts, primary(article.language), values)


def _parts(indexed: IndexedArticle, analyzer: Analyzer) -> Iterator[Part]:
    article, tokens = indexed.article, analyzer.tokens
    headline = tokens(article.headline or "")
    description = tokens(article.description or "")
    if headline:
        yield Part(Field.TEXT, headline, 0, HEADLINE_WEIGHT)
        yield Part(Field.HEADLINE, headline)
    start = _after(0, headline)
    if description:
        yield Part(Field.TEXT, description, start)
    yield Part(Field.TEXT, tokens(article.text), _after(start, description))
    for field in _OF_NAMES:
        yield from _values_in_order(_FIELD[field], texts(field, indexed), analyzer)
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
    return {
        ColumnName.ID: article.id,
        ColumnName.FLAGS: _bits(indexed),
        ColumnName.PUBLISHED_KEY: sort_key(article.date_published),
        ColumnName.PUBLISHER: clean_name(article.publisher),
        ColumnName.LANGUAGE: clean_name(article.language).lower().replace("_", "-"),
        ColumnName.SECTION: clean_name(article.section),
        ColumnName.AUTHORS: _joined(article.authors),
        ColumnName.KEYWORDS: _joined(article.keywords),
        ColumnName.EDITED: edited_days(indexed),
        **_days(indexed),
        **{column: min(number(field, indexed), _LARGEST) for field, column in _NUMBER_COLUMN.items()},
    }


def _days(indexed: IndexedArticle) -> dict[ColumnName, int | None]:
    found: dict[ColumnName, int | None] = {}
    for field, (first, last) in _DAY_COLUMNS.items():
        interval = days(field, indexed)
        earliest, latest = (None, None) if interval is None else (interval.earliest, interval.latest)
        found[first] = None if earliest is None else earliest.toordinal()
        found[last] = None if latest is None else latest.toordinal()
    return found


def _joined(names: Iterable[str]) -> str:
    return SEPARATOR.join(clean_name(name).replace(SEPARATOR, " ") for name in names)


def _bits(indexed: IndexedArticle) -> int:
    article = indexed.article
    found = sum(_BIT_OF_FLAG[flag] for flag in Flag if is_so(flag, indexed))
    found += sum(_BIT_OF_CHANGE[change] for change in Change if has_changed(change, indexed))
    found += sum(bit for bit, states in _STATED if states(article))
    if article.date_confidence is not None and article.date_published is not None:
        found += _BIT_OF_CONFIDENCE[article.date_confidence]
    return found
