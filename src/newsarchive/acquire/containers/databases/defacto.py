"""Print views of DeFacto, the database of the Austria Press Agency."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from newsarchive.acquire.containers.databases.layouts.export_markup import by_class, parsed, text_of
from newsarchive.acquire.containers.described_rows import Row, numbered
from newsarchive.acquire.reader import Item, Limits
from newsarchive.acquire.source_file import SourceFile

_PAPER = re.compile(
    r'"(?P<paper>[^"]+)"(?:\s+Nr\.\s*\S+)?\s+vom\s+(?P<day>\d\d)\.(?P<month>\d\d)\.(?P<year>\d{4})'
)
_SECTION = re.compile(r"Ressort:\s*(.+)")


def read(file: SourceFile, *, limits: Limits, now: datetime) -> Iterator[Item]:
    """Yield the articles."""
    root = parsed(file.content(limits.payload), file.name)
    yield from numbered(map(_row, by_class(root, "eintrag")), name=file.name, now=now, dataset="defacto")


def _row(box: Any) -> Row:
    head = "\n".join("".join(pre.itertext()) for pre in box.iter("pre"))
    paper, section = _PAPER.search(head), _SECTION.search(head)
    title = next(box.iter("h3"), None)
    return {
        "headline": text_of(title) if title is not None else None,
        "text": "\n\n".join(text for part in box.iter("p") if (text := text_of(part))),
        "date": f"{paper['year']}-{paper['month']}-{paper['day']}" if paper else None,
        "publisher": paper["paper"] if paper else None,
        "section": section[1].strip() if section else None,
        "language": "de",
    }
