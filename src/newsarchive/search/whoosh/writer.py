"""Writing: the one factory of Whoosh writers, commits that say what they hold, and merging.

Kill the process at any instant: the folder holds the commit before or the one
after, and the marker tells which (marker.py). Whoosh cleans up what neither needs.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping, Sequence
from contextlib import closing, suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

from whoosh.codec.whoosh3 import W3Segment
from whoosh.filedb.filestore import FileStorage, RamStorage
from whoosh.index import TOC, FileIndex, LockError, clean_files
from whoosh.writing import SegmentWriter

from newsarchive.errors import IndexUnavailable
from newsarchive.search.whoosh.codec import ArchiveCodec
from newsarchive.search.whoosh.documents import Document
from newsarchive.search.whoosh.layout import ColumnName
from newsarchive.search.whoosh.marker import FileMark, Marker, SegmentMark, State, toc_generation
from newsarchive.search.whoosh.merging import choose, live_numbers
from newsarchive.search.whoosh.postings import PostingPool
from newsarchive.search.whoosh.schema import COLUMN_TYPE, schema
from newsarchive.search.whoosh.segment import SegmentFiles

INDEX_NAME = "MAIN"


def storage(folder: Path) -> FileStorage:
    """The files of an index. Without mmap: Whoosh would map a file only to copy all of it."""
    return FileStorage(str(folder), supports_mmap=False)


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

    def add_article(self, document: Document) -> None:
        """Add an analysed article to the segment being built."""
        for field, postings in document.terms.items():
            self.pool.add(field, self.docnum, postings)
        self._add_values(document.values)

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
        self.commit(mergetype=type(self)._merge)

    def _merge(self, segments: Sequence[Any]) -> list[Any]:
        """Whoosh's hook for a merge policy: take some segments into the one being built, keep the others."""
        before = self._marker.current()
        written = before.files if before else {}
        chosen = choose(self.storage, segments)
        for segment in chosen:
            with closing(_open_files(self._marker.folder, segment, written)) as files:
                self._take(files, frozenset(segment.deleted_docs()))
        return [segment for segment in segments if segment not in chosen]

    def _add_values(self, values: Mapping[ColumnName, Any]) -> None:
        self.perdocwriter.start_doc(self.docnum)
        for name, value in values.items():
            self.perdocwriter.add_column_value(name, COLUMN_TYPE[name], value)
        self.perdocwriter.finish_doc()
        self.docnum += 1
        self._added = True

    def _take(self, files: SegmentFiles, deleted: Collection[int]) -> None:
        """Add the live articles of a segment to the one being built."""
        moved = live_numbers(files.count, deleted, self.docnum)
        columns = {name: files.column(name) for name in ColumnName}
        for number in moved:
            self._add_values({name: column.value(number) for name, column in columns.items()})
        for field, term, postings in files.all_terms():
            self.pool.take(field, term, postings, moved)

    def _cleanup_on_error(self) -> None:
        """Whoosh's hook after a failed commit: it leaves its files open."""
        fields = self.fieldwriter
        for file in (fields._postfile, fields._tindex.dbfile, self.perdocwriter._cols._temp):
            with suppress(Exception):
                file.close()
        super()._cleanup_on_error()

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


def _open_files(folder: Path, segment: Any, written: Collection[str]) -> SegmentFiles:
    return SegmentFiles(folder, segment.segment_id(), segment.doc_count_all(), written)


def _marks(folder: Path, segments: Sequence[Any], known: Mapping[str, FileMark]) -> dict[str, FileMark]:
    prefixes = tuple(f"{segment.segment_id()}." for segment in segments)
    names = sorted(path.name for path in folder.iterdir() if path.name.startswith(prefixes))
    return {name: _mark(folder / name, known.get(name)) for name in names}


def _mark(path: Path, known: FileMark | None) -> FileMark:
    """The mark of a file; of one that was copied, with its new time, so that it need not be read again."""
    if known is None:
        return FileMark.of(path)
    return replace(known, modified=path.stat().st_mtime_ns)
