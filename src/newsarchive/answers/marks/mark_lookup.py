"""What a query says of marks, as ids: engines know nothing of what people put on articles."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping, Sequence

from newsarchive.query.ast import Among, And, Boost, Marked, MarkField, Not, Or, Query
from newsarchive.search.engines import MarkFacet
from newsarchive.store.marks.mark_reader import MarkReader


def with_ids(query: Query, connection: sqlite3.Connection) -> Query:
    """The query with ids in the place of what it says of marks."""
    match query:
        case And(parts):
            return And(tuple(with_ids(part, connection) for part in parts))
        case Or(parts):
            return Or(tuple(with_ids(part, connection) for part in parts))
        case Not(part):
            return Not(with_ids(part, connection))
        case Boost(part, factor):
            return Boost(with_ids(part, connection), factor)
        case Marked(field, value):
            return Among(_ids(MarkReader(connection), field, value))
        case _:
            return query


def mark_counts(connection: sqlite3.Connection, facet: MarkFacet, ids: Sequence[int]) -> Mapping[str, int]:
    """How many of these articles have each tag, or are in each collection."""
    reader = MarkReader(connection)
    match facet:
        case MarkFacet.TAG:
            return reader.count_by_tag(ids)
        case MarkFacet.COLLECTION:
            return reader.count_by_collection(ids)


def _ids(reader: MarkReader, field: MarkField, value: str | None) -> frozenset[int]:
    match field:
        case MarkField.TAG:
            return reader.tagged(value)
        case MarkField.COLLECTION:
            return reader.in_collection(value)
        case MarkField.NOTE:
            return reader.noted(_says(value))


def _says(value: str | None) -> Callable[[str], bool]:
    """Whether a text has these words in a row, as they are written."""
    if value is None:
        return lambda _: True
    from newsarchive.search.text.analysis import shared_analyzer

    analyzer = shared_analyzer()
    wanted = analyzer.query_terms(value.removesuffix("*"))
    if value.endswith("*"):
        wanted = wanted.opened()
    return lambda text: _stand_in(wanted.terms, analyzer.tokens(text), is_open=wanted.is_open)


def _stand_in(wanted: Sequence[str], found: Sequence[str], *, is_open: bool) -> bool:
    if not wanted:
        return False
    *first, last = wanted
    for at in range(len(found) - len(first)):
        end = found[at + len(first)]
        if list(found[at : at + len(first)]) == first and (end.startswith(last) if is_open else end == last):
            return True
    return False
