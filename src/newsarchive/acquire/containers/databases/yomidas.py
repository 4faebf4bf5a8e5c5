"""Pages of Yomidas, the database of the Yomiuri Shimbun."""

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

_PAPER = "読売新聞"
_DAY = re.compile(r"(\d{4})\.(\d\d)\.(\d\d)")
_BODY = ".//*[@id='article' or @id='heiseiDetailContents']"


def read(file: SourceFile, *, limits: Limits, now: datetime) -> Iterator[Item]:
    """Yield the articles."""
    root = parsed(file.content(limits.payload), file.name)
    tables = [table for table in by_class(root, "contentsTable") if _DAY.search(text_of(table))]
    bodies = root.xpath(_BODY)
    yield from numbered(map(_row, tables, bodies), name=file.name, now=now, dataset="yomidas")


def _row(table: Any, body: Any) -> Row:
    cells = [text_of(cell) for cell in table.iter("th", "td")]
    at = next((index for index, cell in enumerate(cells) if _DAY.fullmatch(cell)), 0)
    return {
        "headline": cells[at + 1] if len(cells) > at + 1 else None,
        "text": "\n\n".join(paragraphs_of(body)),
        "date": cells[at].replace(".", "-"),
        "publisher": _PAPER,
        "section": cells[at + 3] if len(cells) > at + 3 else None,
        "page": cells[at + 4] if len(cells) > at + 4 else None,
        "language": "ja",
    }
