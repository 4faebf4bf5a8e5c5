"""CSV: commas between cells."""

from __future__ import annotations

from typing import BinaryIO

from newsarchive.export.export_format import FileFormat
from newsarchive.export.export_source import ExportSource
from newsarchive.export.tables.delimited import DelimitedOptions, write_delimited


def write(source: ExportSource, stream: BinaryIO, options: DelimitedOptions) -> int:
    """Write a header and a row an article."""
    return write_delimited(source, stream, options, separator=",")


FORMAT = FileFormat(
    name="csv",
    title="a row an article, commas between cells, for spreadsheets",
    suffix=".csv",
    media_type="text/csv; charset=utf-8; header=present",
    is_text=True,
    options=DelimitedOptions,
    write=write,
    has_rows=True,
)
