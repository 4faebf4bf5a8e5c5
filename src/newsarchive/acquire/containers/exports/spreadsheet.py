"""Spreadsheets: the first sheet, whose first row names the columns."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any
from xml.etree.ElementTree import Element, ParseError, iterparse

from newsarchive.acquire.containers.exports.named_fields import items_of_records, mapping_of
from newsarchive.acquire.containers.json_lines import dataset_name
from newsarchive.acquire.reader import Item, Limits
from newsarchive.acquire.source_file import SourceFile
from newsarchive.errors import AcquireError

_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml")
_STRINGS = "xl/sharedStrings.xml"
_DATE_FIELDS = ("date", "saved_at")
# Source: ECMA-376, part 1, 18.17.4.1; days count from here because of a leap year that never was.
_DAY_ZERO = datetime(1899, 12, 30)
_MAX_UNPACKED = 500_000_000
_MAX_HEAD_ROWS = 20


def read(file: SourceFile, *, limits: Limits, now: datetime) -> Iterator[Item]:
    """Yield an article or a link a row."""
    del limits
    file.raw.seek(0)
    try:
        with zipfile.ZipFile(file.raw) as archive:
            rows = _rows(archive, file.name)
            records = _records(rows, file)
            yield from items_of_records(
                records, name=file.name, now=now, dataset=dataset_name(file.name), said=file.columns
            )
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, ParseError, KeyError) as exc:
        raise AcquireError(f"{file.name} is damaged: {exc}", hint="save it again") from exc


def _records(rows: Iterator[list[str]], file: SourceFile) -> Iterator[dict[str, Any]]:
    """The rows below the names, which may stand below a title."""
    for _ in range(_MAX_HEAD_ROWS):
        names = next(rows, None)
        if names is None:
            return
        mapping = mapping_of(names, file.columns)
        if len(mapping) > 1 and set(mapping) & {"text", "url", "headline"}:
            break
    else:
        raise AcquireError(
            f"{file.name} names no columns that newsarchive knows",
            hint="name them headline, text, url, date, authors, publisher",
        )
    dates = {mapping[field] for field in _DATE_FIELDS if field in mapping}
    for cells in rows:
        record = dict(zip(names, cells, strict=False))
        yield {key: _day(value) if key in dates else value for key, value in record.items() if value}


def _rows(archive: zipfile.ZipFile, name: str) -> Iterator[list[str]]:
    strings = _strings(archive, name)
    sheets = sorted(member for member in archive.namelist() if _SHEET.fullmatch(member))
    if not sheets:
        raise AcquireError(f"{name} has no sheet", hint="save it again")
    for row in _elements(archive, sheets[0], "row", name):
        cells: dict[int, str] = {}
        for at, cell in enumerate(one for one in row if _local(one) == "c"):
            cells[_column(cell.get("r"), at)] = _value(cell, strings)
        if cells:
            yield [cells.get(index, "") for index in range(min(max(cells) + 1, 1_000))]


def _strings(archive: zipfile.ZipFile, name: str) -> list[str]:
    if _STRINGS not in archive.namelist():
        return []
    return [_text(item) for item in _elements(archive, _STRINGS, "si", name)]


def _elements(archive: zipfile.ZipFile, member: str, tag: str, name: str) -> Iterator[Element]:
    """The elements of a name, one at a time; documents with a DTD are refused, as entities may be bombs."""
    if archive.getinfo(member).file_size > _MAX_UNPACKED:
        raise AcquireError(f"{name} unpacks to more than {_MAX_UNPACKED:,} bytes", hint="save it as CSV")
    with archive.open(member) as stream:
        if b"<!DOCTYPE" in stream.read(2_000):
            raise AcquireError(f"{name} has a document type, as no spreadsheet has", hint="save it again")
    with archive.open(member) as stream:
        for _, element in iterparse(stream):  # noqa: S314  without a DTD there are no entities
            if _local(element) == tag:
                yield element
                element.clear()


def _value(cell: Element, strings: list[str]) -> str:
    kind = cell.get("t")
    if kind == "inlineStr":
        return _text(cell)
    value = next((one.text or "" for one in cell if _local(one) == "v"), "")
    if kind == "s":
        return strings[int(value)] if value.isdecimal() and int(value) < len(strings) else ""
    return value


def _text(element: Element) -> str:
    return "".join(one.text or "" for one in element.iter() if _local(one) == "t")


def _column(place: str | None, at: int) -> int:
    letters = re.match(r"[A-Z]{1,3}", place or "")
    if letters is None:
        return at
    number = 0
    for letter in letters[0]:
        number = number * 26 + ord(letter) - 64
    return number - 1


def _day(value: str) -> str:
    """A date that a sheet holds as the number of its day."""
    try:
        number = float(value)
    except ValueError:
        return value
    if not 1 < number < 100_000:
        return value
    moment = _DAY_ZERO + timedelta(days=number)
    return moment.date().isoformat() if number == int(number) else moment.isoformat(timespec="seconds")


def _local(element: Element) -> str:
    return element.tag.rpartition("}")[2]
