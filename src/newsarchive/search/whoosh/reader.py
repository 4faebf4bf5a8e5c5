"""The index opened for reading, as of its newest commit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

from whoosh.filedb.structfile import StructFile
from whoosh.index import TOC

from newsarchive.search.whoosh.collect import Segment
from newsarchive.search.whoosh.marker import Marker, State
from newsarchive.search.whoosh.schema import schema
from newsarchive.search.whoosh.segment import SegmentFiles
from newsarchive.search.whoosh.writer import INDEX_NAME, storage

# A merge may delete files between the reading of a table of contents and their opening.
_ATTEMPTS = 10


class IndexReader:
    """Keeps opened segments from one search to the next; a commit opens only what it has added."""

    def __init__(self, folder: Path, marker: Marker) -> None:
        self._folder = folder
        self._marker = marker
        self._state: State | None = None
        self._segments: dict[str, Segment] = {}

    def state(self) -> State | None:
        """The newest commit; None if there is no usable one, and then nothing is kept open."""
        for _ in range(_ATTEMPTS):
            current = self._marker.current()
            if current is None:
                break
            state, toc = current
            if state == self._state:
                return state
            fault = state.fault(self._folder)
            if fault is None:
                self._open(state, toc)
                return state
        self.close()
        return None

    def segments(self) -> list[Segment]:
        """The segments of the commit that ``state`` gave last."""
        return list(self._segments.values())

    def by_name(self) -> Mapping[str, Segment]:
        """The same by Whoosh's name of each segment."""
        return self._segments

    def close(self) -> None:
        """Close all files."""
        for segment in self._segments.values():
            segment.files.close()
        self._segments = {}
        self._state = None

    def _open(self, state: State, toc: bytes) -> None:
        files = storage(self._folder)
        kept = self._segments
        self._segments = {}
        for entry in _entries(toc, state.toc):
            name = entry.segment_id()
            opened = kept[name].files if name in kept else SegmentFiles(files, entry, state.files)
            self._segments[name] = Segment(opened, frozenset(entry.deleted_docs()))
        for name in kept.keys() - self._segments.keys():
            kept[name].files.close()
        self._state = state


@dataclass(frozen=True, slots=True)
class _Bytes:
    """A storage of one file, in Whoosh's sense: the bytes whose digest was checked are those read."""

    data: bytes

    def open_file(self, name: str) -> StructFile:
        return StructFile(BytesIO(self.data), name=name)


def _entries(toc: bytes, name: str) -> list[Any]:
    generation = int(name.removesuffix(".toc").rpartition("_")[2])
    entries: list[Any] = TOC.read(_Bytes(toc), INDEX_NAME, gen=generation, schema=schema()).segments
    return entries
