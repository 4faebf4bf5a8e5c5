"""Standard input: one page, or a dataset in JSON Lines."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from datetime import datetime
from itertools import chain
from typing import BinaryIO

from newsarchive.acquire.containers.json_lines import Line, dataset, is_object, read_lines
from newsarchive.acquire.decompression import too_large
from newsarchive.acquire.reader import DEFAULT_LIMITS, Failure, Limits
from newsarchive.acquire.sniff import page_type
from newsarchive.acquire.sources.files import unreadable
from newsarchive.errors import AcquireError
from newsarchive.model import Capture

SOURCE = "-"
_NAME = "standard input"
_DATASET = "stdin"


def _standard_input() -> BinaryIO:
    if sys.stdin is None:
        raise AcquireError("there is no standard input", hint="name a file instead of -")
    return sys.stdin.buffer


class StdinReader:
    """Reads ``-``: rows, streamed, if the first line with content is a JSON object; else one page."""

    def __init__(
        self, limits: Limits = DEFAULT_LIMITS, *, stream: Callable[[], BinaryIO] = _standard_input
    ) -> None:
        self._limits = limits
        self._stream = stream

    def accepts(self, source: str) -> bool:
        """Whether the source is ``-``."""
        return source == SOURCE

    def read(self, source: str, *, now: datetime) -> Iterator[Capture | Failure]:
        """Yield the page or the rows."""
        try:
            stream = self._stream()
            blank, line, number = self._first_line(stream)
            if not is_object(line):
                yield self._page(blank + line + self._rest(stream), now)
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

    def _rest(self, stream: BinaryIO) -> bytes:
        return _read(stream.read, self._limits.payload + 1)

    def _page(self, payload: bytes, now: datetime) -> Capture:
        if len(payload) > self._limits.payload:
            raise too_large(_NAME, self._limits.payload)
        content_type = page_type(payload, name=_NAME)
        return Capture(payload=payload, source=SOURCE, captured_at=now, content_type=content_type)


def _read(method: Callable[[int], bytes], size: int) -> bytes:
    try:
        return method(size)
    except OSError as exc:
        raise unreadable(_NAME, exc) from exc
