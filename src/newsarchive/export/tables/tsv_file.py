"""TSV: tabs between cells."""

from __future__ import annotations

from typing import BinaryIO

from newsarchive.export.export_format import FileFormat
from newsarchive.export.export_source import ExportSource
from newsarchive.export.tables.delimited import DelimitedOptions, write_delimited


def write(source: ExportSource, stream: BinaryIO, options: DelimitedOptions) -> int:
    """Write a header and a row an article."""
    return write_delimited(source, stream, options, separator="\t")


FORMAT = FileFormat(
    name="tsv",
    title="a row an article, tabs between cells",
    suffix=".tsv",
    media_type="text/tab-separated-values; charset=utf-8",
    is_text=True,
    options=DelimitedOptions,
    write=write,
    has_rows=True,
)
