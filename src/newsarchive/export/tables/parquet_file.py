"""Parquet: columns for notebooks and data tools. Needs pyarrow, the extra ``data``."""

from __future__ import annotations

from itertools import islice
from typing import BinaryIO

from newsarchive.base.dates import utc_text
from newsarchive.export.export_format import FileFormat
from newsarchive.export.export_source import ExportSource
from newsarchive.export.tables.arrow_tables import arrow, arrow_batch, arrow_schema
from newsarchive.export.tables.columns import ColumnOptions

# Articles in a row group: what is held in memory, and what a reader can skip.
_GROUP = 2_000


def write(source: ExportSource, stream: BinaryIO, options: ColumnOptions) -> int:
    """Write a group of rows at a time. Raises ExportError where pyarrow is not installed."""
    arrow()
    from pyarrow.parquet import ParquetWriter

    search = source.search
    about = {
        "newsarchive.query": search.query.encode("utf-8", "replace").decode(),
        "newsarchive.archive": search.uuid,
        "newsarchive.last_change": str(search.last_change),
        "newsarchive.exported_at": utc_text(search.exported_at),
    }
    schema = arrow_schema((*search.beside, *options.columns), about)
    count, articles = 0, source.articles()
    with ParquetWriter(stream, schema, compression="zstd") as writer:
        while group := list(islice(articles, _GROUP)):
            writer.write_batch(arrow_batch(group, schema))
            count += len(group)
    return count


FORMAT = FileFormat(
    name="parquet",
    title="columns for notebooks and data tools, dates as dates",
    suffix=".parquet",
    media_type="application/vnd.apache.parquet",
    is_text=False,
    options=ColumnOptions,
    write=write,
    has_rows=True,
    extra="data",
)
