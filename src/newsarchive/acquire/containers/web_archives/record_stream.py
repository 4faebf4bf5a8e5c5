"""A file of records, gzipped or not, that knows where each begins and goes on behind what is damaged."""

from __future__ import annotations

import zlib
from collections import deque
from typing import BinaryIO

from newsarchive.acquire.decompression import Coding

_CHUNK = 65_536
# A gzip member can hold a thousand times its length: it is unpacked piece by piece.
_STEP = 1_000_000
_MEMBER = b"\x1f\x8b\x08"
_LINE_ENDS = b"\r\n"


class Damaged(Exception):
    """The record at hand can't be read."""


class RecordStream:
    """Reads a file of any size in constant memory; ``offset`` is where the record at hand begins."""

    def __init__(self, raw: BinaryIO, *, is_gzipped: bool, mark: bytes) -> None:
        self.offset = 0
        self._raw = raw
        self._is_gzipped = is_gzipped
        self._mark = mark
        self._start(0)

    def begin(self) -> bool:
        """Go to the next record; False at the end of the file."""
        while True:
            if not self._fill(1):
                return False
            blanks = len(self._buffer) - len(self._buffer.lstrip(_LINE_ENDS))
            if blanks < len(self._buffer):
                self._take(blanks)
                self.offset = self._place()
                return True
            self._take(blanks)

    def line(self, limit: int = _CHUNK) -> bytes:
        """The next line with its end. Raises Damaged where there is none within ``limit``."""
        while (end := self._buffer.find(b"\n")) < 0:
            if len(self._buffer) > limit or not self._fill(len(self._buffer) + 1):
                raise Damaged("a line has no end")
        return self._take(end + 1)

    def read(self, size: int) -> bytes:
        """The next ``size`` bytes. Raises Damaged where the file ends before."""
        if not self._fill(size):
            raise Damaged("the file ends within the record")
        return self._take(size)

    def skip(self, size: int) -> None:
        """Skip the next ``size`` bytes."""
        while size:
            step = min(size, _STEP)
            self.read(step)
            size -= step

    def recover(self) -> bool:
        """Go to where the next record may begin behind the one at hand; False where there is none."""
        mark = _MEMBER if self._is_gzipped else self._mark
        place = self.offset + 1
        while True:
            self._raw.seek(place)
            window = self._raw.read(_STEP)
            found = window.find(mark)
            while found >= 0:
                if self._begins_at(place + found):
                    self._start(place + found)
                    return True
                found = window.find(mark, found + 1)
            if len(window) < _STEP:
                return False
            place += len(window) - len(mark)

    def _begins_at(self, place: int) -> bool:
        if not self._is_gzipped:
            return True
        self._raw.seek(place)
        try:
            start = zlib.decompressobj(Coding.GZIP).decompress(self._raw.read(_CHUNK), _CHUNK)
        except zlib.error:
            return False
        return start.startswith(self._mark)

    def _start(self, place: int) -> None:
        self._raw.seek(place)
        self._buffer = bytearray()
        self._taken = 0  # bytes of content handed out since the start
        self._read = place  # bytes of the file read
        self._pending = b""
        self._decoder = zlib.decompressobj(Coding.GZIP)
        self._members = deque([(0, place)])  # where in the content each member begins, and where in the file
        self._first = place

    def _place(self) -> int:
        if not self._is_gzipped:
            return self._first + self._taken
        while len(self._members) > 1 and self._members[1][0] <= self._taken:
            self._members.popleft()
        return self._members[0][1]

    def _take(self, size: int) -> bytes:
        data = bytes(self._buffer[:size])
        del self._buffer[:size]
        self._taken += size
        return data

    def _fill(self, size: int) -> bool:
        """Read ahead until ``size`` bytes are buffered; False where the file ends before."""
        while len(self._buffer) < size:
            piece = (
                self._unzipped()
                if self._is_gzipped
                else self._raw.read(max(_CHUNK, size - len(self._buffer)))
            )
            if not piece:
                return False
            self._buffer += piece
        return True

    def _unzipped(self) -> bytes:
        """The next piece of content; empty at the end of the file."""
        while True:
            if not self._pending:
                self._pending = self._raw.read(_CHUNK)
                self._read += len(self._pending)
                if not self._pending:
                    return b""
            if self._decoder.eof and not self._next_member():
                return b""
            try:
                piece = self._decoder.decompress(self._pending, _STEP)
            except zlib.error as exc:
                self.offset = self._members[-1][1]
                raise Damaged(f"its compressed data are damaged: {exc}") from exc
            self._pending = self._decoder.unconsumed_tail or self._decoder.unused_data
            if piece:
                return piece

    def _next_member(self) -> bool:
        """Begin the member that comes now, behind what pads the file."""
        self._pending = self._pending.lstrip(b"\0")
        if not self._pending:
            return True
        self._decoder = zlib.decompressobj(Coding.GZIP)
        self._members.append((self._taken + len(self._buffer), self._read - len(self._pending)))
        return True
