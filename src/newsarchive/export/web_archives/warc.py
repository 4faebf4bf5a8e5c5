"""WARC: the captures of the matches as they were stored, and their text."""

from __future__ import annotations

from typing import BinaryIO

from newsarchive.export.export_format import FileFormat, NoOptions
from newsarchive.export.export_source import ExportSource
from newsarchive.export.web_archives.records import (
    captures_of,
    info_record,
    read_head,
    text_record,
)

_NAME = "newsarchive.warc.gz"


def write(source: ExportSource, stream: BinaryIO, options: NoOptions) -> int:
    """Write each capture's record byte for byte, then the text. Raises SnapshotDamaged."""
    del options
    stream.write(info_record(source, _NAME))
    count = 0
    for article in source.articles():
        last = None
        for capture, record in captures_of(source, article):
            stream.write(record)
            last = capture, read_head(record)
        if last is not None:
            stream.write(text_record(source, article, *last))
        count += 1
    return count


FORMAT = FileFormat(
    name="warc",
    title="the captures as received, with their texts, for web archives",
    suffix=".warc.gz",
    media_type="application/warc",
    is_text=False,
    options=NoOptions,
    write=write,
)
