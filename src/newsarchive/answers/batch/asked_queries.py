"""The queries of a batch: given one by one, or read from a file of one a line, or of a table."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from newsarchive.base import arguments
from newsarchive.base.frozen import frozen
from newsarchive.errors import InvalidArgument, QueryError

# More is another kind of question, and would fill the memory.
_MOST_QUERIES = 100_000
_MOST_BYTES = 50_000_000
_TABLES = {".csv", ".tsv"}
_DELIMITERS = (",", ";", "\t")
_COLUMN = "query"
_MARKS = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}

# A file, or the queries themselves.
Queries = str | os.PathLike[str] | Iterable[str]


@frozen
class AskedQuery:
    """A query, and the number of the line that it stands in."""

    line: int
    query: str


def asked_queries(queries: Queries) -> list[AskedQuery]:
    """The queries that are not empty. Raises QueryError for a file that holds none, or can't be read."""
    if isinstance(queries, str | os.PathLike):
        found = list(_of_file(Path(queries)))
        name = str(queries)
    else:
        found = [AskedQuery(line, query) for line, query in enumerate(_texts(queries), start=1)]
        name = "the batch"
    found = [each for each in found if each.query.strip()]
    if not found:
        raise QueryError(f"{name} holds no queries", hint="write one a line")
    if len(found) > _MOST_QUERIES:
        raise QueryError(
            f"{name} holds {len(found):,} queries, and a batch at most {_MOST_QUERIES:,}",
            hint="part it in several",
        )
    return found


def _texts(queries: object) -> Iterator[str]:
    if not isinstance(queries, Iterable) or isinstance(queries, bytes | bytearray):
        raise InvalidArgument(f"queries can't be a {type(queries).__name__}", hint="give a file, or texts")
    return (arguments.text("a query", query) for query in queries)


def _of_file(path: Path) -> Iterator[AskedQuery]:
    text = _text(path)
    if path.suffix.lower() in _TABLES:
        return _of_table(text, path)
    lines = enumerate(text.splitlines(), start=1)
    return (AskedQuery(number, line.strip()) for number, line in lines)


def _text(path: Path) -> str:
    try:
        with path.open("rb") as file:
            data = file.read(_MOST_BYTES + 1)
    except (OSError, ValueError) as exc:
        reason = getattr(exc, "strerror", None) or exc
        raise QueryError(f"can't read {path}: {reason}", hint="name a file of one query a line") from exc
    if len(data) > _MOST_BYTES:
        raise QueryError(f"{path} has more than {_MOST_BYTES // 1_000_000} MB", hint="part it in several")
    try:
        return data.decode(_MARKS.get(data[:2], "utf-8-sig"))
    except UnicodeDecodeError as exc:
        raise QueryError(f"{path} is no text in UTF-8", hint="save it as UTF-8") from exc


def _of_table(text: str, path: Path) -> Iterator[AskedQuery]:
    head = next((line for line in text.splitlines() if line.strip()), "")
    # A list without a header may hold commas in its queries: only rows of a table are parted.
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=max(_DELIMITERS, key=head.count), strict=True)
    place, seen = None, 0
    try:
        for cells in rows:
            first, seen = seen + 1, rows.line_num
            if not any(cell.strip() for cell in cells):
                continue
            if place is None:
                place, is_header = _place(cells, path)
                if is_header:
                    continue
            yield AskedQuery(first, cells[place].strip() if place < len(cells) else "")
    except csv.Error as exc:
        raise QueryError(
            f"{path} is a broken table in line {seen + 1}: {exc}",
            hint="double the quotation marks within a cell in quotation marks",
        ) from exc


def _place(head: list[str], path: Path) -> tuple[int, bool]:
    """Which column holds the queries, and whether the row only says so."""
    names = [cell.strip().casefold() for cell in head]
    if _COLUMN in names:
        return names.index(_COLUMN), True
    if len(names) == 1:
        return 0, False
    raise QueryError(
        f"{path} has {len(names)} columns, and none is called {_COLUMN}",
        hint=f"call the column of the queries {_COLUMN}, in the first row",
    )
