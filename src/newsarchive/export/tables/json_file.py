"""JSON: one document that says what was asked, with all articles."""

from __future__ import annotations

import json
from typing import BinaryIO

from newsarchive.base.dates import utc_text
from newsarchive.export.export_format import FileFormat
from newsarchive.export.export_source import ExportSource
from newsarchive.export.tables.json_lines import JsonOptions, chosen, keys_of

_FORMAT = 1


def write(source: ExportSource, stream: BinaryIO, options: JsonOptions) -> int:
    """Write the document an article at a time, one a line."""
    search, keys = source.search, keys_of(source, options)
    about = {
        "format": _FORMAT,
        "query": search.query,
        "archive": {"name": search.archive, "uuid": search.uuid, "last_change": search.last_change},
        "exported_at": utc_text(search.exported_at),
        "newsarchive": search.version,
        "total": search.total,
    }
    stream.write(_encoded(about)[:-1] + b', "articles": [')
    count = 0
    for article in source.articles():
        stream.write((b",\n" if count else b"\n") + _encoded(chosen(article, keys)))
        count += 1
    stream.write(b"\n]}\n")
    return count


def _encoded(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode("utf-8", "replace")


FORMAT = FileFormat(
    name="json",
    title="one document: the query, the archive and all articles",
    suffix=".json",
    media_type="application/json",
    is_text=True,
    options=JsonOptions,
    write=write,
    has_rows=True,
)
