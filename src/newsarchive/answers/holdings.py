"""What every answer is drawn from: the store's readers, the index, and the searcher over both, held open."""

from __future__ import annotations

import os
import sqlite3
import weakref
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from pathlib import Path
from threading import local
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self, TypeVar

from newsarchive.answers.search import Searcher
from newsarchive.base.frozen import frozen
from newsarchive.base.progress import ProgressCallback
from newsarchive.errors import ArchiveClosed
from newsarchive.model import Article
from newsarchive.pipeline.index_sync import ArchiveIndex
from newsarchive.store.database import connect
from newsarchive.store.manifest import Manifest
from newsarchive.store.reading.captures import StoredCapture
from newsarchive.store.reading.store_reader import StoreReader
from newsarchive.store.snapshots import SNAPSHOTS

if TYPE_CHECKING:
    from newsarchive.answers.results import MarkedArticle
    from newsarchive.pipeline.feeds.followed_feeds import FollowedFeeds
    from newsarchive.pipeline.outcomes import Outcome, Reextracted
    from newsarchive.pipeline.run import Run

_O = TypeVar("_O", bound="Outcome | Reextracted")


@frozen
class Holdings:
    """One open archive, as those who answer questions of it see it. For one thread."""

    folder: Path
    manifest: Manifest
    connection: sqlite3.Connection
    reader: StoreReader
    index: ArchiveIndex
    searcher: Searcher

    @classmethod
    def open(cls, folder: Path, manifest: Manifest, progress: ProgressCallback | None) -> Holdings:
        """Open the database; the index waits until it is asked. Raises NotAnArchive, SchemaTooNew."""
        connection = connect(folder)
        reader = StoreReader.of(connection)
        index = ArchiveIndex(folder, manifest, reader, progress=progress)
        searcher = Searcher(
            reader,
            index,
            lambda name: _saved_query(folder, connection, name),
            connection,
            lambda ids, told: _families(folder, manifest, reader, ids, told or progress),
        )
        return cls(folder, manifest, connection, reader, index, searcher)

    def payload(self, capture: StoredCapture) -> bytes:
        """The bytes of a capture as received. Raises SnapshotDamaged."""
        # Imported here: warcio is of no use to a search.
        from newsarchive.store.snapshots.snapshot_files import RecordPlace, read_payload

        place = RecordPlace(capture.snapshot, capture.record_offset, capture.record_length)
        return read_payload(self.folder / SNAPSHOTS, place, sha256=capture.sha256)

    def record(self, capture: StoredCapture) -> bytes:
        """The WARC record of a capture, as it was stored. Raises SnapshotDamaged."""
        from newsarchive.store.snapshots.snapshot_files import RecordPlace, read_record

        place = RecordPlace(capture.snapshot, capture.record_offset, capture.record_length)
        return read_record(self.folder / SNAPSHOTS, place, sha256=capture.sha256)

    def close(self) -> None:
        """Release files; closing twice is harmless."""
        self.index.close()
        self.connection.close()


def _families(
    folder: Path,
    manifest: Manifest,
    reader: StoreReader,
    ids: Sequence[int],
    progress: ProgressCallback | None,
) -> Mapping[int, int]:
    # Imported here: few searches ask for stories.
    from newsarchive.answers.copies.families import families_of

    return families_of(folder, manifest.uuid, reader, ids, progress)


def _saved_query(folder: Path, connection: sqlite3.Connection, name: str) -> str | None:
    # Imported here: few queries stand for saved ones.
    from newsarchive.store.search_runs import SearchStore

    return SearchStore(folder, connection).query_of(name)


class _Kept:
    """Holdings that are closed when their thread ends, or the archive is given up without a word."""

    def __init__(self, holdings: Holdings) -> None:
        self.holdings = holdings

    def __del__(self) -> None:
        self.holdings.close()


class ThreadHoldings:
    """The holdings of each thread that asks: a connection of its own, and one engine for all.

    A forked process can't use them: SQLite's locks and the engine's belong to the process that
    made them.
    """

    def __init__(self, folder: Path, manifest: Manifest, progress: ProgressCallback | None) -> None:
        self.folder = folder
        self.manifest = manifest
        self.progress = progress
        self._process = os.getpid()
        self._is_closed = False
        self._of_thread = local()
        # At once: what is wrong with the archive is told to whoever opens it.
        _ = self.here

    @property
    def here(self) -> Holdings:
        """Those of this thread. Raises ArchiveClosed."""
        if self._is_closed or self._process != os.getpid():
            self.close()
            raise ArchiveClosed(self.folder, is_forked=self._process != os.getpid())
        kept: _Kept | None = getattr(self._of_thread, "kept", None)
        if kept is None:
            kept = self._of_thread.kept = _Kept(Holdings.open(self.folder, self.manifest, self.progress))
        return kept.holdings

    def close(self) -> None:
        """Release the files of this thread; others' are released when they end, or ask again.

        SQLite crashes where a connection is closed in the midst of its use, and who uses one
        is not known. A forked process leaves all of them alone: they are its parent's.
        """
        if self._process == os.getpid():
            self._is_closed = True
            kept: _Kept | None = self._of_thread.__dict__.pop("kept", None)
            if kept is not None:
                kept.holdings.close()


class OpenArchive:
    """What an ``Archive`` is before it is asked anything: a context manager, a collection of articles."""

    def __init__(self, folder: Path, manifest: Manifest, progress: ProgressCallback | None = None) -> None:
        self.folder = folder
        self.name = manifest.name
        self.uuid = manifest.uuid
        self._progress = progress
        self._holdings = ThreadHoldings(folder, manifest, progress)
        self._runs = weakref.WeakSet[Any]()

    def __len__(self) -> int:
        return self._holdings.here.reader.counts.counts()["articles"]

    def __bool__(self) -> bool:
        return True

    def __iter__(self) -> Iterator[Article]:
        reader = self._holdings.here.reader.articles
        _, ids = reader.list_by_date(None, newest=True, limit=None, offset=0)
        yield from reader.stream(ids)

    @property
    def last_change(self) -> int:
        """The number of the newest change: as long as it is the same, so are all answers about articles."""
        return self._holdings.here.reader.changes.last_change()

    def marked(self, article_id: int, query: str) -> MarkedArticle:
        """One article with what a query finds in it marked; raises ArticleNotFound, QueryError."""
        return self._holdings.here.searcher.marked(article_id, query)

    def __repr__(self) -> str:
        return f"<Archive {self.name!r} in {self.folder}>"

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def feeds(self) -> FollowedFeeds:
        """Feeds that the archive follows, and the news of sites."""
        from newsarchive.pipeline.feeds.followed_feeds import FollowedFeeds

        return FollowedFeeds(self.folder, self._holdings.here, self._progress)

    def close(self) -> None:
        """End its runs and release its files (of other threads: as these end); twice is harmless."""
        for run in list(self._runs):
            run.close()
        self._holdings.close()

    def _known(self, ids: Sequence[int]) -> Sequence[int]:
        """The same ids; raises ArticleNotFound for one that is none."""
        for article_id in ids:
            self._holdings.here.reader.articles.article(article_id)
        return ids

    def _run(self, steps: Callable[[], Generator[_O]]) -> Run[_O]:
        from newsarchive.pipeline.run import Run

        run = Run(steps)
        self._runs.add(run)
        return run
