"""Reports of Integrum as HTML: marked fields in a table, then the text, preformatted."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime

from newsarchive.acquire.containers.databases.layouts.export_markup import parsed, squeezed, text_of
from newsarchive.acquire.containers.described_rows import Row, numbered
from newsarchive.acquire.reader import Item, Limits
from newsarchive.acquire.source_file import SourceFile

_FIELD = re.compile(r"\^(\w\w):\s*([^^]*)")
_INDENT = re.compile(r"\n(?=\s{2,}\S)")


def read(file: SourceFile, *, limits: Limits, now: datetime) -> Iterator[Item]:
    """Yield the articles."""
    rows = _rows(file.content(limits.payload), file.name)
    yield from numbered(rows, name=file.name, now=now, dataset="integrum")


def _rows(payload: bytes, name: str) -> Iterator[Row]:
    root = parsed(payload, name)
    for box in root.xpath("//div[a[@name]][.//pre]"):
        table = next(box.iter("table"), None)
        stated = dict(_FIELD.findall("".join(table.itertext()))) if table is not None else {}
        fields = {key: squeezed(value) for key, value in stated.items()}
        title = next(box.iter("h3"), None)
        body = "\n".join("".join(pre.itertext()) for pre in box.iter("pre"))
        yield {
            "headline": fields.get("ЗГ") or (text_of(title) if title is not None else None),
            "text": "\n\n".join(filter(None, map(squeezed, _INDENT.split(body)))),
            "date": _day(fields.get("ДТ")),
            "publisher": fields.get("ИС"),
            "authors": [name.strip() for name in fields.get("АВ", "").split(";") if name.strip()],
            "section": fields.get("РБ"),
            "page": fields.get("НР"),
            "language": "ru",
        }


def _day(stated: str | None) -> str | None:
    match = re.match(r"(\d\d)\.(\d\d)\.(\d{4})", stated or "")
    return f"{match[3]}-{match[2]}-{match[1]}" if match else None
