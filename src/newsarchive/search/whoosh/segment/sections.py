"""A file of named sections with checksums, mapped for reading. The format: docs/reference/index-format.md."""

from __future__ import annotations

import json
import mmap
import struct
import sys
import zlib
from array import array
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Any

from newsarchive.search.whoosh.segment.packing import Bytes, from_bytes, to_bytes

MAGIC = b"NwsA"
# To be raised with every change of the layout of files, dictionaries or posting lists.
FORMAT_VERSION = 1
# Bytes a chunk, which are read and checked together: a search in a fresh process touches some ten
# chunks, and checking one takes about 10 microseconds.
CHUNK = 1 << 14
_ALIGNMENT = 8

_HEADER = struct.Struct("<4sI8x")
# Where the directory begins, its size, how many chunks, checksum of directory and checksums.
_FOOTER = struct.Struct("<QIII4s")


class SectionWriter:
    """Writes sections one after the other, each in as many pieces as it comes in."""

    def __init__(self, path: Path) -> None:
        self._stream = path.open("wb")
        self._sections: dict[str, tuple[int, int]] = {}
        self._name = ""
        self._size = 0
        self._checksums = array("I")
        self._checksum = 0
        self._write(_HEADER.pack(MAGIC, FORMAT_VERSION))

    def add(self, name: str, *pieces: Bytes) -> None:
        """Write a section in one go."""
        self.begin(name)
        for piece in pieces:
            self.append(piece)

    def begin(self, name: str) -> None:
        """Begin a section; what is appended from now on belongs to it."""
        self._write(bytes(-self._size % _ALIGNMENT))
        self._name = name
        self._sections[name] = (self._size, 0)

    def append(self, data: Bytes) -> None:
        """Add bytes to the section begun last."""
        start, _ = self._sections[self._name]
        self._write(data)
        self._sections[self._name] = (start, self._size - start)

    def close(self) -> None:
        """Write the directory and the checksums, and close the file."""
        start = self._size
        directory = json.dumps(self._sections, separators=(",", ":")).encode()
        self._write(directory)
        if self._size % CHUNK:
            self._checksums.append(self._checksum)
        checksums = to_bytes(self._checksums)
        count, checksum = len(self._checksums), zlib.crc32(checksums, zlib.crc32(directory))
        self._stream.write(checksums + _FOOTER.pack(start, len(directory), count, checksum, MAGIC))
        self._stream.close()

    def abandon(self) -> None:
        """Close the file as it is; harmless after ``close``."""
        self._stream.close()

    def _write(self, data: Bytes) -> None:
        self._stream.write(data)
        view = memoryview(data).cast("B")
        at = 0
        while at < len(view):
            piece = view[at : at + CHUNK - self._size % CHUNK]
            self._checksum = zlib.crc32(piece, self._checksum)
            at += len(piece)
            self._size += len(piece)
            if self._size % CHUNK == 0:
                self._checksums.append(self._checksum)
                self._checksum = 0


class SectionFile:
    """A file of sections, mapped: nothing is copied, and each chunk is checked before its first use.

    Raises ValueError where the file isn't whole.
    """

    def __init__(self, path: Path) -> None:
        self._name = path.name
        with path.open("rb") as stream:
            self._map = mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ)
        self._view = memoryview(self._map)
        try:
            self._checksums, self._sections = self._read_directory()
        except BaseException:
            self.close()
            raise
        self._checked = bytearray(len(self._checksums))

    def __enter__(self) -> SectionFile:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __contains__(self, name: str) -> bool:
        return name in self._sections

    def size(self, name: str) -> int:
        """The bytes of a section; 0 if there is none of the name."""
        return self._sections.get(name, (0, 0))[1]

    def read(self, name: str, start: int = 0, end: int | None = None) -> memoryview:
        """Bytes of a section, checked; a view of the mapped file that keeps it alive."""
        offset, size = self._sections[name]
        end = size if end is None else end
        if not 0 <= start <= end <= size:
            raise ValueError(f"{self._name}: {start} to {end} is not in {name!r}")
        if end > start:
            self._check((offset + start) // CHUNK, (offset + end - 1) // CHUNK)
        return self._view[offset + start : offset + end]

    def forget(self) -> None:
        """Let go of the memory of what was read; what is read again comes from the file."""
        if sys.platform != "win32":
            self._map.madvise(mmap.MADV_DONTNEED)

    def close(self) -> None:
        """Let go of the file; views handed out keep its memory. Closing twice is harmless."""
        with suppress(BufferError):
            self._view.release()
            self._map.close()

    def _check(self, first: int, last: int) -> None:
        checked = self._checked
        at = checked.find(0, first, last + 1)
        while at >= 0:
            if zlib.crc32(self._view[at * CHUNK : min((at + 1) * CHUNK, self._end)]) != self._checksums[at]:
                raise ValueError(f"{self._name} is damaged near byte {at * CHUNK:,}")
            checked[at] = 1
            at = checked.find(0, at + 1, last + 1)

    def _read_directory(self) -> tuple[array[int], dict[str, tuple[int, int]]]:
        view = self._view
        if len(view) < _HEADER.size + _FOOTER.size or _HEADER.unpack_from(view) != (MAGIC, FORMAT_VERSION):
            raise ValueError(f"{self._name} is no index file of this version")
        start, size, count, checksum, magic = _FOOTER.unpack_from(view, len(view) - _FOOTER.size)
        self._end = start + size
        rest = view[start : len(view) - _FOOTER.size]
        if magic != MAGIC or len(rest) != size + 4 * count or -(-self._end // CHUNK) != count:
            raise ValueError(f"{self._name} is cut off")
        if zlib.crc32(rest) != checksum:
            raise ValueError(f"the directory of {self._name} is damaged")
        sections: dict[str, Any] = json.loads(bytes(rest[:size]))
        if not all(0 <= first <= first + length <= start for first, length in sections.values()):
            raise ValueError(f"the directory of {self._name} points beyond the file")
        return from_bytes("I", rest[size:]), {name: (at, length) for name, (at, length) in sections.items()}
