"""Rows of cells with a character between them, for spreadsheets.

Source: RFC 4180; OWASP, "CSV Injection".
"""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass, field
from functools import cache
from typing import BinaryIO

from newsarchive.export.export_format import said
from newsarchive.export.export_source import ExportSource
from newsarchive.export.tables.columns import ColumnOptions, cell

# A cell that begins with one of these is run as a formula by spreadsheets, also
# behind spaces or a quote of their own.
_FORMULA = "=+-@|%＝＋－＠"
# Where cells begin for a spreadsheet that is set to another separator: a German Excel parts a CSV
# at semicolons, takes no quotation mark inside a cell for one, and begins a row at every line break.
_SEPARATORS = ",;\t|\r\n"
# Excel shows no more in a cell, and moves what is behind into the next row.
_EXCEL_CELL = 32_767


@dataclass(frozen=True, slots=True, kw_only=True)
class DelimitedOptions(ColumnOptions):
    """Options of CSV and TSV."""

    excel: bool = field(
        default=False,
        metadata=said(
            "For Excel: a byte order mark, so that all scripts show, and cells no longer than it takes."
        ),
    )


def write_delimited(
    source: ExportSource, stream: BinaryIO, options: DelimitedOptions, *, separator: str
) -> int:
    """Write a header and a row an article, in UTF-8 with CRLF; return how many articles."""
    columns = (*source.search.beside, *options.columns)
    encoding = "utf-8-sig" if options.excel else "utf-8"
    text = io.TextIOWrapper(stream, encoding=encoding, errors="replace", newline="", write_through=True)
    try:
        writer = csv.writer(text, delimiter=separator, lineterminator="\r\n")
        writer.writerow(columns)
        count = 0
        for article in source.articles():
            writer.writerow([_written(cell(article, column), separator, options) for column in columns])
            count += 1
        return count
    finally:
        # The stream stays its owner's.
        text.detach()


def _written(value: str | int | bool | None, separator: str, options: DelimitedOptions) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    text = defuse(value, separator=separator)
    return text[:_EXCEL_CELL] if options.excel else text


def defuse(text: str, *, separator: str = ",") -> str:
    """Put an apostrophe before whatever a spreadsheet would run as a formula, parting cells at whatever."""
    text = _inner(separator).sub(r"\1'", text)
    is_formula = text.lstrip(" \u00a0").startswith((*_FORMULA, "\t", "\r", "\n"))
    return f"'{text}" if is_formula else text


@cache
def _inner(separator: str) -> re.Pattern[str]:
    others = re.escape(_SEPARATORS.replace(separator, ""))
    return re.compile(rf'([{others}][\s"]*+)(?=[{re.escape(_FORMULA)}])')
