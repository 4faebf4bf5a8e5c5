"""Exports of Mediargus as plain text: numbered, with the paper, the day and the length in one line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime

from newsarchive.acquire.containers.databases.nexis_text import text_of
from newsarchive.acquire.containers.described_rows import Row, numbered
from newsarchive.acquire.reader import Item, Limits
from newsarchive.acquire.source_file import SourceFile

_ARTICLE = re.compile(
    r"^\??\d+\. (?P<headline>[^\n]+)\n\s*\n?(?P<paper>[^\n,]+), (?:\w+dag )?(?P<date>\d\d? \w+ \d{4}),"
    r"(?: p\. ?(?P<page>[\w.-]+),)? ?(?P<length>\d+w)\.\s*$",
    re.MULTILINE,
)


def read(file: SourceFile, *, limits: Limits, now: datetime) -> Iterator[Item]:
    """Yield the articles."""
    text = text_of(file.content(limits.payload))
    yield from numbered(_rows(text), name=file.name, now=now, dataset="mediargus")


def _rows(text: str) -> Iterator[Row]:
    found = list(_ARTICLE.finditer(text))
    ends = [one.start() for one in found[1:]] + [len(text)]
    for match, end in zip(found, ends, strict=False):
        yield {
            "headline": match["headline"].strip(),
            "text": text[match.end() : end].strip(),
            "date": match["date"],
            "publisher": match["paper"].strip(),
            "page": match["page"],
            "length": match["length"],
        }
