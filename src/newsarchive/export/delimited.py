"""CSV: one row an article, for spreadsheets.

Source: RFC 4180; OWASP, "CSV Injection".
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from typing import BinaryIO

from newsarchive.model import Article

COLUMNS = (
    "id",
    "url",
    "headline",
    "description",
    "authors",
    "date_published",
    "date_confidence",
    "date_modified",
    "publisher",
    "section",
    "keywords",
    "language",
    "image",
    "is_accessible_for_free",
    "word_count",
    "text",
)
# A cell that begins with one of these is run as a formula by spreadsheets, also
# behind spaces or a quote of their own.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%", "＝", "＋", "－", "＠")


def write(articles: Iterable[Article], stream: BinaryIO) -> int:
    """Write a header and a row an article, in UTF-8 with CRLF; return how many articles."""
    text = io.TextIOWrapper(stream, encoding="utf-8", errors="replace", newline="", write_through=True)
    try:
        writer = csv.writer(text, lineterminator="\r\n")
        writer.writerow(COLUMNS)
        count = 0
        for article in articles:
            writer.writerow(_row(article))
            count += 1
        return count
    finally:
        # The stream stays its owner's.
        text.detach()


def _row(article: Article) -> list[str]:
    values = article.to_dict()
    return [_cell(values[column]) for column in COLUMNS]


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    text = "; ".join(value) if isinstance(value, list) else str(value)
    return defuse(text)


def defuse(text: str) -> str:
    """Put an apostrophe before text that a spreadsheet would run as a formula."""
    return f"'{text}" if text.lstrip(" \u00a0").startswith(_FORMULA) else text
