"""Press reviews: lists of clippings with title, source, day, page and first lines."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from newsarchive.acquire.containers.databases.layouts.export_markup import parsed, text_of
from newsarchive.acquire.containers.described_rows import Row, numbered
from newsarchive.acquire.reader import Item, Limits
from newsarchive.acquire.source_file import SourceFile


def read(file: SourceFile, *, limits: Limits, now: datetime) -> Iterator[Item]:
    """Yield the clippings."""
    root = parsed(file.content(limits.payload), file.name)
    boxes = [_table(title) for title in root.xpath("//*[@id='articleTitle']")]
    rows = (_row(box) for box in boxes if box is not None)
    yield from numbered(rows, name=file.name, now=now, dataset="press review")


def _table(title: Any) -> Any:
    return next(title.iterancestors("table"), None)


def _row(box: Any) -> Row:
    fields = {part.get("id"): text_of(part) for part in box.iter("span") if part.get("id")}
    day = fields.get("articleDate", "").split("-")
    return {
        "headline": fields.get("articleTitle"),
        "text": fields.get("articleIntro"),
        "date": "-".join(reversed(day)) if len(day) == 3 else None,
        "publisher": fields.get("sourceTitle"),
        "page": fields.get("articlePage"),
    }
