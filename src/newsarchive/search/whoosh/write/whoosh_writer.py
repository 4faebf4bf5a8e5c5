"""Writing: the one factory of Whoosh writers, commits that say what they hold, and merging.

Kill the process at any instant: the folder holds the commit before or the one
after, and the marker tells which (index_marker.py). Whoosh cleans up what neither needs.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any

from whoosh.codec.whoosh3 import W3Segment
from whoosh.filedb.filestore import FileStorage, RamStorage
from whoosh.index import TOC, FileIndex, LockError, clean_files
from whoosh.writing import SegmentWriter

from newsarchive.errors import IndexUnavailable
from newsarchive.search.whoosh.index_marker import FileMark, Marker, SegmentMark, State, toc_generation
from newsarchive.search.whoosh.segment.segment import SUFFIX, SegmentFiles
from newsarchive.search.whoosh.write.article_buffer import ArticlePool
from newsarchive.search.whoosh.write.documents import Document
from newsarchive.search.whoosh.write.merge_policy import BulkRun, choose
from newsarchive.search.whoosh.write.segment_file import SegmentBuilder
from newsarchive.search.whoosh.write.segment_merge import FromPool, FromSegment, Source, merge
from newsarchive.search.whoosh.write.whoosh_codec import ArchiveCodec, BulkCodec, segment_path
from newsarchive.search.whoosh.write.whoosh_schema import schema

INDEX_NAME = "MAIN"


def storage(folder: Path) -> IndexStorage:
    """The files of an index."""
    return IndexStorage(str(folder), supports_mmap=False)


class IndexStorage(FileStorage):
    """The files of an index; what Whoosh keeps for a while stays in memory, not in a folder a commit."""

    def temp_storage(self, _name: str | None = None) -> RamStorage:
        """Whoosh's hook: where its writer would keep its own runs, of which there are none."""
        return RamStorage()


def new_writer(folder: Path, marker: Marker) -> CommitWriter:
    """A writer on the index in a folder, which is made if there is none. Takes Whoosh's write lock."""
    files = storage(folder)
    files.create()
    try:
        return CommitWriter(_MarkedIndex(files, marker), marker)
    except LockError as error:
        raise IndexUnavailable(
            f"another process is writing the index in {folder}", hint="try again when it is done"
        ) from error


class _MarkedIndex(FileIndex):
    """An index whose state comes from the marker: Whoosh's table of contents, a pickle, is never read."""

    def __init__(self, files: FileStorage, marker: Marker) -> None:
        self.storage = files
        self.indexname = INDEX_NAME
        self._marker = marker

    def _read_toc(self) -> TOC:
        """Whoosh's hook: the newest commit, asked for by a writer once it has the lock."""
        state = self._marker.current()
        if state is None:
            return TOC(schema(), [], 0)
        return TOC(schema(), [_entry(mark) for mark in state.segments], toc_generation(state.toc))


class CommitWriter(SegmentWriter):
    """Whoosh's segment writer with our codec and pool, committing under a marker."""

    def __init__(self, index: _MarkedIndex, marker: Marker) -> None:
        super().__init__(index, codec=BulkCodec(), compound=False)
        self.last_change = 0
        self._marker = marker
        self._pool = ArticlePool()
        self._taken: list[Source] = []
        self._merged = ExitStack()
        self._run: BulkRun | None = None

    @property
    def size(self) -> int:
        """About how many bytes of memory the segment being built takes."""
        return self._pool.size

    @property
    def added(self) -> int:
        """How many articles the segment being built holds."""
        return self._pool.count

    def add_article(self, document: Document) -> None:
        """Add an analysed article to the segment being built."""
        self._pool.add(document)
        self._grow(1)

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

    def commit_with(self, last_change: int, run: BulkRun | None = None) -> None:
        """Commit everything added and deleted as the state after a change; ``run`` may merge for long."""
        self.last_change = last_change
        self._run = run
        with self._merged:
            self.commit(mergetype=type(self)._choose)

    def _choose(self, segments: Sequence[Any]) -> list[Any]:
        """Whoosh's hook for a merge policy: take some segments into the one being built, keep the others."""
        chosen = choose(segments, self.added, self._run)
        for segment in chosen:
            files = SegmentFiles(self._marker.folder, segment.segment_id(), segment.doc_count_all())
            self._merged.callback(files.close)
            source = FromSegment(files, frozenset(segment.deleted_docs()))
            self._taken.append(source)
            self._grow(source.count)
        return [segment for segment in segments if segment not in chosen]

    def _flush_segment(self) -> None:
        """Whoosh's hook: write the segment being built."""
        builder = SegmentBuilder(segment_path(self.storage, self.newsegment))
        try:
            merge([*([FromPool(self._pool)] if self.added else []), *self._taken], builder)
        finally:
            builder.abandon()

    def _grow(self, count: int) -> None:
        self.docnum += count
        self._added = self._added or count > 0

    def _commit_toc(self, segments: Sequence[Any]) -> None:
        """Whoosh's hook, replaced: marker first, then the table of contents, then the cleaning."""
        memory = RamStorage()
        TOC(self.schema, segments, self.generation).write(memory, self.indexname)
        (name,) = memory.list()
        data: bytes = memory.files[name]
        folder = self._marker.folder
        before = self._marker.current()
        known = before.files if before else {}
        after = State(
            self.last_change,
            name,
            hashlib.sha256(data).hexdigest(),
            [_segment_mark(segment) for segment in segments],
            _marks(folder, segments, known),
        )
        temporary = folder / "toc.tmp"
        temporary.write_bytes(data)
        self._marker.write([state for state in (before, after) if state])
        temporary.replace(folder / name)
        clean_files(self.storage, self.indexname, self.generation, segments)


def _entry(mark: SegmentMark) -> W3Segment:
    """A segment as Whoosh lists it, made from its mark."""
    identifier = mark.name.removeprefix(f"{INDEX_NAME}_")
    return W3Segment(ArchiveCodec(), INDEX_NAME, mark.count, identifier, set(mark.deleted) or None)


def _segment_mark(segment: Any) -> SegmentMark:
    return SegmentMark(segment.segment_id(), segment.doc_count_all(), sorted(segment.deleted_docs()))


def _marks(folder: Path, segments: Sequence[Any], known: Mapping[str, FileMark]) -> dict[str, FileMark]:
    names = [segment.make_filename(SUFFIX) for segment in segments]
    return {name: _mark(folder / name, known.get(name)) for name in names}


def _mark(path: Path, known: FileMark | None) -> FileMark:
    """The mark of a file; of one that was copied, with its new time, so that it need not be read again."""
    if known is None:
        return FileMark.of(path)
    return replace(known, modified=path.stat().st_mtime_ns)
