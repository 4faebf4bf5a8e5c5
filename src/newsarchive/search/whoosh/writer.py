"""Writing: the one factory of Whoosh writers, commits that say what they hold, and merging.

Kill the process at any instant: the folder holds the commit before or the one
after, and the marker tells which (marker.py). Whoosh cleans up what neither needs.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from itertools import accumulate
from pathlib import Path
from typing import Any

from whoosh.filedb.filestore import FileStorage, RamStorage
from whoosh.index import TOC, FileIndex, clean_files
from whoosh.reading import SegmentReader
from whoosh.writing import SegmentWriter

from newsarchive.search.whoosh.codec import ArchiveCodec
from newsarchive.search.whoosh.marker import FileMark, Marker, State
from newsarchive.search.whoosh.postings import PostingPool
from newsarchive.search.whoosh.schema import schema

INDEX_NAME = "MAIN"

# A tier (segments below a number of articles) is merged when it holds this many
# segments more than the tier below may. What would get larger than the bound stays
# apart, so that adding one article never rewrites a large index: at 16 MB of
# postings (20,000 newswire articles) a merge takes some seconds and 150 MB.
_FAN_IN = 8
_TIERS = (100, 1_000, 10_000)
_MAX_MERGED = 16_000_000


def storage(folder: Path) -> FileStorage:
    """The files of an index. Without mmap: Whoosh would map a file only to copy all of it."""
    return FileStorage(str(folder), supports_mmap=False)


def new_writer(folder: Path, marker: Marker) -> CommitWriter:
    """A writer on the index in a folder, which is made if there is none. Takes Whoosh's write lock."""
    files = storage(folder)
    if marker.current() is None:
        files.create()
        TOC.create(files, schema(), INDEX_NAME)
    return CommitWriter(FileIndex(files, schema(), INDEX_NAME), marker)


class CommitWriter(SegmentWriter):
    """Whoosh's segment writer with our codec and pool, committing under a marker."""

    def __init__(self, index: FileIndex, marker: Marker) -> None:
        super().__init__(index, codec=ArchiveCodec(), compound=False)
        self.pool: PostingPool = PostingPool()  # type: ignore[assignment]
        self.last_change = 0
        self._marker = marker

    @property
    def size(self) -> int:
        """About how many bytes of memory the segment being built takes."""
        size: int = self.pool.size
        return size

    @property
    def added(self) -> int:
        """How many articles the segment being built holds."""
        added: int = self.docnum
        return added

    def delete_added(self, number: int) -> None:
        """Delete an article of the segment being built."""
        self.newsegment.delete_document(number)

    def delete_committed(self, segment: str, number: int) -> None:
        """Delete an article of a committed segment."""
        for entry in self.segments:
            if entry.segment_id() == segment:
                entry.delete_document(number)

    def abandon(self) -> None:
        """Drop what is not committed; harmless after a commit."""
        if not self.is_closed:
            self.cancel()

    def commit_with(self, last_change: int) -> None:
        """Commit everything added and deleted as the state after a change."""
        self.last_change = last_change
        self.commit(mergetype=_merge)

    def _commit_toc(self, segments: Sequence[Any]) -> None:
        """Whoosh's hook, replaced: marker first, then the table of contents, then the cleaning."""
        memory = RamStorage()
        TOC(self.schema, segments, self.generation).write(memory, self.indexname)
        (name,) = memory.list()
        data: bytes = memory.files[name]
        folder = self._marker.folder
        before = self._marker.current()
        known = before[0].files if before else {}
        after = State(
            self.last_change, name, hashlib.sha256(data).hexdigest(), _marks(folder, segments, known)
        )
        temporary = folder / "toc.tmp"
        temporary.write_bytes(data)
        self._marker.write([state for state in (before and before[0], after) if state])
        temporary.replace(folder / name)
        clean_files(self.storage, self.indexname, self.generation, segments)


def _marks(folder: Path, segments: Sequence[Any], known: Mapping[str, FileMark]) -> dict[str, FileMark]:
    prefixes = tuple(f"{segment.segment_id()}." for segment in segments)
    names = sorted(path.name for path in folder.iterdir() if path.name.startswith(prefixes))
    return {name: known.get(name) or FileMark.of(folder / name) for name in names}


def _merge(writer: CommitWriter, segments: list[Any]) -> list[Any]:
    """Whoosh's merge policy hook: take chosen segments into the one being built, keep the others."""
    chosen = _choose(segments, {segment: _size(writer, segment) for segment in segments})
    for segment in chosen:
        reader = SegmentReader(writer.storage, writer.schema, segment)
        writer.add_reader(reader)
        reader.close()
    return [segment for segment in segments if segment not in chosen]


def _size(writer: CommitWriter, segment: Any) -> int:
    size: int = writer.storage.file_length(segment.make_filename(ArchiveCodec.POSTS_EXT))
    return size


def _choose(segments: Sequence[Any], sizes: Mapping[Any, int]) -> list[Any]:
    """The segments of the highest full tier, smallest first; failing that, those without a live article."""
    live = {segment: segment.doc_count_all() - segment.deleted_count() for segment in segments}
    for step, bound in reversed(list(enumerate(_TIERS, 1))):
        tier = sorted((segment for segment in segments if live[segment] < bound), key=sizes.__getitem__)
        totals = accumulate(sizes[segment] for segment in tier)
        chosen = [segment for segment, total in zip(tier, totals, strict=True) if total <= _MAX_MERGED]
        if len(chosen) >= _FAN_IN * step:
            return chosen
    return [segment for segment in segments if live[segment] == 0]
