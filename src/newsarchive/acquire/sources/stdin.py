"""Standard input: a dataset, streamed, or a file of any other format."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from datetime import datetime
from itertools import chain
from tempfile import SpooledTemporaryFile
from typing import BinaryIO, cast

from newsarchive.acquire.containers.json_lines import Line, dataset, is_object, read_lines
from newsarchive.acquire.reader import DEFAULT_LIMITS, NOTHING_SAID, Failure, Item, Limits, Said
from newsarchive.acquire.recognized import items_of
from newsarchive.acquire.source_file import recognized, unreadable
from newsarchive.errors import AcquireError
from newsarchive.formats import ContainerFormat

SOURCE = "-"
_NAME = "standard input"
_DATASET = "stdin"
_CHUNK = 1_000_000


def _standard_input() -> BinaryIO:
    if sys.stdin is None:
        raise AcquireError("there is no standard input", hint="name a file instead of -")
    return sys.stdin.buffer


class StdinReader:
    """Reads ``-``: rows, streamed, if the first line with content is a JSON object; else a file."""

    def __init__(
        self,
        limits: Limits = DEFAULT_LIMITS,
        said: Said = NOTHING_SAID,
        *,
        stream: Callable[[], BinaryIO] = _standard_input,
    ) -> None:
        self._limits = limits
        self._said = said
        self._stream = stream

    def accepts(self, source: str) -> bool:
        """Whether the source is ``-``."""
        return source == SOURCE

    def read(self, source: str, *, now: datetime) -> Iterator[Item]:
        """Yield the rows, or what the file holds."""
        try:
            stream = self._stream()
            blank, line, number = self._first_line(stream)
            if self._said.format is not None or not is_object(line):
                with SpooledTemporaryFile(self._limits.payload + 1) as file:
                    yield from self._file(cast("BinaryIO", file), blank + line, stream, now)
                return
        except AcquireError as error:
            yield Failure(source, error)
            return
        first = Line(number, line.rstrip(b"\r\n"))
        rest = read_lines(stream, name=source, limit=self._limits.line, first=number + 1)
        yield from dataset(chain([first], rest), source=source, dataset=_DATASET, now=now)

    def count(self, source: str) -> None:
        """Not known before all has been read."""

    def _first_line(self, stream: BinaryIO) -> tuple[bytes, bytes, int]:
        """The blank lines at the start, the line after them, and its number."""
        blank = bytearray()
        number = 1
        while True:
            line = _read(stream.readline, self._limits.line + 1)
            if not line or line.strip() or len(blank) > self._limits.payload:
                return bytes(blank), line, number
            blank += line
            number += 1

    def _file(self, file: BinaryIO, start: bytes, stream: BinaryIO, now: datetime) -> Iterator[Item]:
        """Readers go back and forth in a file, as they can't in a stream: so it becomes one."""
        file.write(start + _read(stream.read, max(0, self._limits.payload + 1 - len(start))))
        file.seek(0)
        source = recognized(file, name=SOURCE)
        if isinstance(self._said.format or source.format, ContainerFormat):
            file.seek(0, os.SEEK_END)
            while chunk := _read(stream.read, _CHUNK):
                file.write(chunk)
            file.seek(0)
        yield from items_of(source, limits=self._limits, now=now, said=self._said)


def _read(method: Callable[[int], bytes], size: int) -> bytes:
    try:
        return method(size)
    except OSError as exc:
        raise unreadable(_NAME, exc) from exc
