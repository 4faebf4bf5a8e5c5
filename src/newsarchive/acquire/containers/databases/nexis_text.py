"""Exports of LexisNexis as plain text, until 2018: "3 of 70 DOCUMENTS" parts articles."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime

from newsarchive.acquire.containers.databases.layouts.nexis_layout import DATASET, row_of
from newsarchive.acquire.containers.described_rows import Row, numbered
from newsarchive.acquire.reader import Item, Limits
from newsarchive.acquire.source_file import SourceFile

_NUMBER = re.compile(r"^[^\S\n]*\d+ of \d+ DOCUMENTS?[^\S\n]*$", re.MULTILINE)
_BLANK = re.compile(r"\n[^\S\n]*\n")


def read(file: SourceFile, *, limits: Limits, now: datetime) -> Iterator[Item]:
    """Yield the articles."""
    text = text_of(file.content(limits.payload))
    yield from numbered(_rows(text), name=file.name, now=now, dataset=DATASET)


def text_of(payload: bytes) -> str:
    """The text of an export: UTF-8, or what Windows wrote."""
    try:
        text = payload.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = payload.decode("cp1252", "replace")
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n")


def _rows(text: str) -> Iterator[Row]:
    for part in _NUMBER.split(text)[1:]:
        yield row_of([" ".join(block.split()) for block in _BLANK.split(part)])
