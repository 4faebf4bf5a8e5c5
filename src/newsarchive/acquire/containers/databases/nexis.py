"""Exports of LexisNexis as HTML, until 2018: each article stands between comments."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime

from newsarchive.acquire.containers.databases.layouts.export_markup import paragraphs_of, parsed
from newsarchive.acquire.containers.databases.layouts.nexis_layout import DATASET, row_of
from newsarchive.acquire.containers.described_rows import Row, numbered
from newsarchive.acquire.reader import Item, Limits
from newsarchive.acquire.source_file import SourceFile

_ARTICLE = re.compile(rb"<DOCFULL>\s*-->(.*?)(?:<!--[^>]*</DOCFULL>|\Z)", re.DOTALL | re.IGNORECASE)
_NUMBER = re.compile(r"\d+ (?:of|von|de|sur|van|di) \d+ \w+", re.IGNORECASE)


def read(file: SourceFile, *, limits: Limits, now: datetime) -> Iterator[Item]:
    """Yield the articles."""
    yield from numbered(
        _rows(file.content(limits.payload), file.name), name=file.name, now=now, dataset=DATASET
    )


def _rows(payload: bytes, name: str) -> Iterator[Row]:
    for match in _ARTICLE.finditer(payload):
        lines = paragraphs_of(parsed(b"<html><body>" + match[1], name))
        yield row_of([line for line in lines if not _NUMBER.fullmatch(line)])
