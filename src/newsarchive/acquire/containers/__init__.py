"""Files that hold many articles: one module a kind."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Protocol, assert_never

from newsarchive.acquire.reader import Item, Limits
from newsarchive.acquire.source_file import SourceFile
from newsarchive.formats import ContainerFormat


class ContainerReader(Protocol):
    """What each module here offers."""

    def read(self, file: SourceFile, *, limits: Limits, now: datetime) -> Iterator[Item]:
        """Yield what a file holds, lazily and in its order; a part that can't be read is a Failure.

        The source of each names its place: ``wire.jsonl:7``, ``nexis.docx#37``. ``now`` is
        the capture time of what doesn't carry its own. Errors of the file as a whole may be
        raised: AcquireError, OSError, EOFError, zlib.error.
        """


def container_reader(format_: ContainerFormat) -> ContainerReader:
    """The module that reads a format; it is loaded when first asked for."""
    reader: ContainerReader
    match format_:
        case ContainerFormat.JSON_LINES:
            from newsarchive.acquire.containers import json_lines as reader
        case _:
            assert_never(format_)
    return reader
