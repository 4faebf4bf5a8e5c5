"""Tables in CSV and TSV: of Pocket, Instapaper, Media Cloud, GDELT, or any with named columns."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import datetime

from newsarchive.acquire.containers.exports.named_fields import item_of, mapping_of
from newsarchive.acquire.containers.json_lines import dataset_name
from newsarchive.acquire.reader import Failure, Item, Limits
from newsarchive.acquire.source_file import SourceFile
from newsarchive.errors import AcquireError

_SAMPLE = 65_536
_DELIMITERS = ("\t", ",", ";", "|")
_MARKS = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16", b"\xef\xbb\xbf": "utf-8-sig"}


def read(file: SourceFile, *, limits: Limits, now: datetime) -> Iterator[Item]:
    """Yield an article or a link a row, in the memory of a row; a broken row is a failure."""
    text = io.TextIOWrapper(file.stream(), encoding=_encoding(file.head), errors="replace", newline="")
    sample = file.head.decode(_encoding(file.head), "replace")
    reader = csv.reader(text, delimiter=_delimiter(sample))
    try:
        names = _next_row(reader, limits) or []
        if not set(mapping_of(names, file.columns)) & {"text", "url", "headline"}:
            raise AcquireError(f"{file.name} names no column that newsarchive knows", hint=_hint(names))
        yield from _rows(reader, names, file, limits, now)
    finally:
        # The file below is not this module's to close.
        text.detach()


def _rows(
    reader: Iterator[list[str]], names: list[str], file: SourceFile, limits: Limits, now: datetime
) -> Iterator[Item]:
    name = file.name
    number = 0
    empty = True
    while True:
        number += 1
        source = f"{name}#{number}"
        try:
            cells = _next_row(reader, limits)
        except csv.Error as exc:
            yield Failure(source, AcquireError(f"{source} is a broken row: {exc}", hint="mend the row"))
            continue
        if cells is None:
            break
        empty = False
        if len(cells) > len(names):
            error = AcquireError(
                f"{source} has {len(cells)} cells under {len(names)} names", hint="mend the row"
            )
            yield Failure(source, error)
        else:
            record = dict(zip(names, cells, strict=False))
            yield item_of(record, source=source, now=now, dataset=dataset_name(name), said=file.columns)
    if empty:
        yield Failure(name, AcquireError(f"{name} holds no rows", hint="the first row names the columns"))


def _next_row(reader: Iterator[list[str]], limits: Limits) -> list[str] | None:
    """The next row that is not empty; None at the end."""
    # The limit is one of the whole process, and others read tables too.
    before = csv.field_size_limit(limits.line)
    try:
        return next((cells for cells in reader if any(cell.strip() for cell in cells)), None)
    finally:
        csv.field_size_limit(before)


def _delimiter(sample: str) -> str:
    """The sign that parts the first row into most cells."""
    first = next((line for line in sample.splitlines() if line.strip()), "")
    return max(_DELIMITERS, key=first.count)


def _encoding(head: bytes) -> str:
    for mark, encoding in _MARKS.items():
        if head.startswith(mark):
            return encoding
    try:
        head[: max(0, len(head) - 4)].decode("utf-8")
    except UnicodeDecodeError as exc:
        # A cut letter at the end is no sign of another encoding.
        return "utf-8" if exc.start > len(head) - 9 else "cp1252"
    return "utf-8"


def _hint(names: list[str]) -> str:
    found = ", ".join(name.strip()[:40] for name in names[:8]) or "no names at all"
    return f"name the columns headline, text, url, date, authors, publisher; found: {found}"
