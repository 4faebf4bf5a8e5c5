"""Exports of ProQuest as plain text: lines of underscores part articles."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime

from newsarchive.acquire.containers.databases.nexis_text import text_of
from newsarchive.acquire.containers.databases.proquest import DATASET, row_of
from newsarchive.acquire.containers.described_rows import numbered
from newsarchive.acquire.reader import Item, Limits
from newsarchive.acquire.source_file import SourceFile

_LINE = re.compile(r"^_{40,}$", re.MULTILINE)
_CONTENTS = re.compile(r"\s*(?:Table of contents|Contents|Bibliography|Database copyright)\b", re.IGNORECASE)


def read(file: SourceFile, *, limits: Limits, now: datetime) -> Iterator[Item]:
    """Yield the articles."""
    parts = [part for part in _LINE.split(text_of(file.content(limits.payload))) if part.strip()]
    lines = (
        [line.strip() for line in part.splitlines() if line.strip()]
        for part in parts
        if not _CONTENTS.match(part)
    )
    rows = (
        row_of(each) for each in lines if any(line.startswith(("Full text:", "Publication")) for line in each)
    )
    yield from numbered(rows, name=file.name, now=now, dataset=DATASET)
