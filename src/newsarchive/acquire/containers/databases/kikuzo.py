"""Pages of Kikuzo, the database of the Asahi Shimbun: a table of the article's data, then its text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from newsarchive.acquire.containers.databases.layouts.export_markup import (
    by_class,
    paragraphs_of,
    parsed,
    text_of,
)
from newsarchive.acquire.containers.described_rows import Row, numbered
from newsarchive.acquire.reader import Item, Limits
from newsarchive.acquire.source_file import SourceFile

_PAPER = "朝日新聞"
_DAY = re.compile(r"(\d{4})年(\d\d?)月(\d\d?)日")


def read(file: SourceFile, *, limits: Limits, now: datetime) -> Iterator[Item]:
    """Yield the articles."""
    root = parsed(file.content(limits.payload), file.name)
    lists, details = by_class(root, "topic-list"), by_class(root, "topic-detail")
    tables = [table for table in lists if table.tag == "table"]
    rows = map(_row, tables, [table for table in details if table.tag == "table"])
    yield from numbered(rows, name=file.name, now=now, dataset="kikuzo")


def _row(table: Any, detail: Any) -> Row:
    cells = [text_of(cell).replace(" ", "") for cell in table.iter("td")]
    day = _DAY.search("".join(cells))
    headline = "".join(text_of(one) for one in by_class(detail, "font002"))
    body = [line for one in by_class(detail, "font003") for line in paragraphs_of(one)]
    return {
        "headline": headline,
        "text": "\n\n".join(body),
        "date": f"{day[1]}-{int(day[2]):02}-{int(day[3]):02}" if day else None,
        "publisher": _PAPER,
        "section": cells[3] if len(cells) > 3 else None,
        "page": cells[4] if len(cells) > 4 else None,
        "language": "ja",
    }
