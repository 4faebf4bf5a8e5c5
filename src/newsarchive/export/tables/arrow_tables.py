"""Articles as Arrow tables, for Parquet and notebooks: lists as lists, dates as dates. The extra ``data``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from newsarchive.base.dates import PartialDate
from newsarchive.errors import ExportError, extra
from newsarchive.export.clean_text import encodable
from newsarchive.export.tables.columns import COLUMNS
from newsarchive.model import Article

if TYPE_CHECKING:
    import pyarrow

# Beside a date as the first moment that it may mean stands what its source states: a month is no day.
_STATED = {"date_published": "date_published_stated", "date_modified": "date_modified_stated"}
_LISTS = ("authors", "keywords")


def arrow() -> Any:
    """The library; raises ExportError where it is not installed."""
    try:
        import pyarrow
    except ImportError as exc:
        raise ExportError(
            "Arrow and Parquet need pyarrow, which is not installed",
            hint=extra("data"),
        ) from exc
    return pyarrow


def arrow_schema(columns: Sequence[str] = COLUMNS, about: Mapping[str, str] | None = None) -> pyarrow.Schema:
    """The types of columns. Raises ExportError."""
    pa = arrow()
    kinds = {
        "id": pa.int64(),
        "word_count": pa.int64(),
        "is_accessible_for_free": pa.bool_(),
        **{name: pa.list_(pa.string()) for name in _LISTS},
        **{name: pa.timestamp("ms") for name in _STATED},
    }
    fields = []
    for name in columns:
        fields.append((name, kinds.get(name, pa.string())))
        if name in _STATED:
            fields.append((_STATED[name], pa.string()))
    return pa.schema(fields, metadata=dict(about or {}))


def arrow_batch(articles: Sequence[Article], schema: pyarrow.Schema) -> pyarrow.RecordBatch:
    """Some articles as columns."""
    arrays = [
        arrow().array([_value(article, field.name) for article in articles], type=field.type)
        for field in schema
    ]
    return arrow().RecordBatch.from_arrays(arrays, schema=schema)


def arrow_table(articles: Iterable[Article], **more: Sequence[Any]) -> pyarrow.Table:
    """Articles as a table, with further columns after theirs. Raises ExportError."""
    table = arrow().Table.from_batches([arrow_batch(list(articles), arrow_schema())])
    for name, values in more.items():
        table = table.append_column(name, arrow().array(values))
    return table


def _value(article: Article, column: str) -> Any:
    if column in _STATED.values():
        stated = getattr(article, column.removesuffix("_stated"))
        return None if stated is None else stated.isoformat()
    value = getattr(article, column)
    if isinstance(value, str):
        return encodable(str(value))
    if isinstance(value, PartialDate):
        return _first_moment(value)
    return [encodable(item) for item in value] if isinstance(value, tuple) else value


def _first_moment(stated: PartialDate) -> datetime:
    """The wall clock of the source, as everywhere: it is sorted and compared by that."""
    day = stated.earliest
    return datetime(day.year, day.month, day.day, stated.hour or 0, stated.minute or 0, stated.second or 0)
