"""The index opened for reading, as of its newest commit."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from time import time_ns

from newsarchive.search.whoosh.answer.execute.execution import Segment
from newsarchive.search.whoosh.index_marker import Marker, SegmentMark, State
from newsarchive.search.whoosh.segment.segment import SegmentFiles

# A merge may delete files between the reading of a table of contents and their opening.
_ATTEMPTS = 10
# File times move in steps, of a few milliseconds at most on common systems, of two
# seconds on FAT: what was written within a step may be written again unseen.
_CLOCK_TICK = 2_000_000_000

Stamp = tuple[int, int, int, int]


class IndexReader:
    """Keeps opened segments from one search to the next; a commit opens only what it has added."""

    def __init__(self, folder: Path, marker: Marker) -> None:
        self._folder = folder
        self._marker = marker
        self._state: State | None = None
        self._seen: Stamp | None = None
        self._segments: dict[str, Segment] = {}

    def state(self) -> State | None:
        """The newest commit; None if there is no usable one, and then nothing is kept open."""
        stamp = self._stamp()
        if stamp is None or stamp != self._seen:
            self._seen = None
            self._refresh()
            self._seen = stamp if self._state is not None else None
        return self._state

    def _stamp(self) -> Stamp | None:
        """What differs after a commit, which renames files into the folder; None if it may not yet."""
        try:
            folder, marker = self._folder.stat(), self._marker.path.stat()
        except OSError:
            return None
        newest = max(folder.st_mtime_ns, marker.st_mtime_ns)
        if time_ns() - newest < _CLOCK_TICK:
            return None
        return folder.st_mtime_ns, marker.st_mtime_ns, marker.st_ino, marker.st_size

    def _refresh(self) -> None:
        damaged: State | None = None
        for _ in range(_ATTEMPTS):
            current = self._marker.current()
            if current is None or current == damaged:
                break
            if current != self._state:
                if current.fault(self._folder):
                    damaged = current
                    continue
                self._open(current)
            return
        self.close()

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
        self._seen = None

    def _open(self, state: State) -> None:
        kept, self._segments = self._segments, {}
        for mark in state.segments:
            files = kept[mark.name].files if mark.name in kept else self._files(mark)
            self._segments[mark.name] = Segment(files, frozenset(mark.deleted))
        for name in kept.keys() - self._segments.keys():
            kept[name].files.close()
        self._state = state

    def _files(self, mark: SegmentMark) -> SegmentFiles:
        return SegmentFiles(self._folder, mark.name, mark.count)
