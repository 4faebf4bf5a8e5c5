"""Writing to the archive: groups of captures, each durable before it is acknowledged."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Protocol, Self

from newsarchive.base.dates import utc_text
from newsarchive.base.urls import normalize
from newsarchive.errors import NewsArchiveError
from newsarchive.model import Article, Capture
from newsarchive.store.database import DATABASE_NAME, store_errors
from newsarchive.store.log.head_check import set_back
from newsarchive.store.log.head_file import write_head
from newsarchive.store.log.log_reader import log_head
from newsarchive.store.log.log_writer import LogWriter
from newsarchive.store.log.segments import Segment
from newsarchive.store.log.things import CAPTURE
from newsarchive.store.manifest import MANIFEST_NAME, Manifest, manifest_line, read_start
from newsarchive.store.reading.store_reader import StoreReader
from newsarchive.store.rows import identity
from newsarchive.store.snapshots import SNAPSHOTS
from newsarchive.store.snapshots.snapshot_files import RecordPlace, SnapshotWriter
from newsarchive.store.snapshots.unacknowledged import UNACKNOWLEDGED, set_aside
from newsarchive.store.writer_lock import writer_lock
from newsarchive.store.writing.article_filer import ArticleFiler, Effect, Saved
from newsarchive.store.writing.article_rows import ArticleRows
from newsarchive.store.writing.capture_remarks import remark_of_redirect
from newsarchive.store.writing.writable_database import connect_for_writing


class Snapshots(Protocol):
    """Where the bytes of captures go."""

    def append(self, capture: Capture) -> RecordPlace:
        """Write a capture; return its place."""

    def sync(self) -> list[Segment]:
        """Make it durable; return what was written since the last time."""

    def rollback(self, committed: dict[str, int]) -> None:
        """Take back what was not committed."""

    def close(self) -> None:
        """Release files."""


class StoreWriter:
    """The one writer of an archive, from entry to exit of its ``with`` block.

    ``extractor`` is the version of extraction that what is saved comes from,
    where it is known. ``notify`` is told of bytes of snapshots that were set aside. Raises
    ArchiveLocked on entry if another process writes, ArchiveSetBack where the database is
    older than its archive. ``ids`` are those that articles had before, by identity, and
    ``snapshots`` takes the place of files that are appended to: for a database made anew.
    ``again`` lets come back what was removed.
    """

    def __init__(
        self,
        folder: Path,
        *,
        extractor: int | None = None,
        notify: Callable[[str], None] | None = None,
        ids: Mapping[str, int] | None = None,
        snapshots: Snapshots | None = None,
        again: bool = False,
    ) -> None:
        self.folder = self._folder = folder
        self._notify = notify
        self._ids = ids or {}
        self._given_snapshots = snapshots
        self._extractor = extractor
        self._again = again
        self._stack = ExitStack()

    def __enter__(self) -> Self:
        with ExitStack() as stack:
            stack.enter_context(writer_lock(self._folder))
            self.connection = connect_for_writing(self._folder)
            stack.callback(self.connection.close)
            self.reader = StoreReader.of(self.connection)
            self.log = LogWriter(self.connection)
            stack.callback(self.log.close)
            self.rows = ArticleRows(self.connection, self.log, extractor=self._extractor, ids=self._ids)
            self.filer = ArticleFiler(self.rows, self.reader)
            self._snapshots = self._open_snapshots()
            stack.callback(self._snapshots.close)
            self._begin_log()
            self._stack = stack.pop_all()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.close()

    def _open_snapshots(self) -> Snapshots:
        if self._given_snapshots is not None:
            return self._given_snapshots
        trouble = set_back(self.connection, self._folder)
        if trouble is not None:
            raise trouble
        folder, lengths = self._folder / SNAPSHOTS, self.reader.captures.snapshot_lengths()
        with store_errors(folder):
            for path in set_aside(folder, lengths):
                self._tell_set_aside(path)
            return SnapshotWriter(folder, lengths)

    def _tell_set_aside(self, path: Path) -> None:
        if self._notify is not None:
            self._notify(
                f"{path.stat().st_size:,} bytes of snapshots that were never acknowledged are kept in "
                f"{SNAPSHOTS}/{UNACKNOWLEDGED}/{path.name}; adopting archives what they hold"
            )

    def _begin_log(self) -> None:
        """Enter what an archive held before it had a log, and see that the file beside it follows."""
        with store_errors(self._folder / DATABASE_NAME):
            head = log_head(self.connection)
            if head.number == 0:
                self.connection.execute("BEGIN IMMEDIATE")
                self._log_manifest()
                head = self.log.found()
                self.connection.execute("COMMIT")
            write_head(self._folder, head)

    def write_manifest(self, manifest: Manifest) -> None:
        """Write what makes the folder an archive, and log it first: an archive is never without it."""
        with store_errors(self._folder), self.transaction("manifest"):
            self.log.add_lines([manifest_line(manifest.text().encode())])
        with store_errors(self._folder):
            manifest.write(self._folder)

    def _log_manifest(self) -> None:
        path = self._folder / MANIFEST_NAME
        if path.exists():
            self.log.add_lines([manifest_line(read_start(path))])

    def known(self, capture: Capture) -> int | None:
        """The article that the same bytes from the same place gave before.

        A fetch is never known: that a page still says the same at a later time is news of its own.
        """
        if capture.fetched:
            return None
        row = self._same_bytes(capture)
        return None if row is None else row["article_id"]

    def is_fetched(self, url: str) -> bool:
        """Whether there is an article of this address, or a capture that came from it."""
        found = self.connection.execute(
            "SELECT 1 FROM articles WHERE identity = ?", (f"url:{normalize(url)}",)
        ).fetchone()
        return found is not None

    def fetched_since(self, moment: datetime) -> set[str]:
        """The sources whose pages were fetched at a moment or later. Takes a walk over all captures."""
        rows = self.connection.execute(
            "SELECT source FROM captures WHERE captured_at >= ? AND url IS NOT NULL", (utc_text(moment),)
        )
        return {row[0] for row in rows}

    def save(self, group: Sequence[tuple[Capture, Article | NewsArchiveError]]) -> list[Saved]:
        """Save a group of captures with what was extracted of each, or why nothing was.

        When this returns, all of it is durable: snapshots fsynced, then one
        transaction committed. When it raises, none of it is in the archive.
        """
        with self.transaction("add"):
            return [self._save_one(capture, result) for capture, result in group]

    @contextmanager
    def transaction(self, kind: str, *, act: str | None = None) -> Iterator[None]:
        """Make all that is written within durable, snapshots first, or none of it.

        ``kind`` names the act in the log, ``act`` is its JSON where a person did it.
        """
        before = self.reader.captures.snapshot_lengths()
        with store_errors(self._folder / DATABASE_NAME):
            self.connection.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._acknowledge(self._snapshots.sync())
                head = self.log.append(kind, act=act)
                self.connection.execute("COMMIT")
            except BaseException:
                self.connection.rollback()
                self.log.forget()
                self._snapshots.rollback(before)
                raise
            write_head(self._folder, head)

    def _acknowledge(self, segments: Sequence[Segment]) -> None:
        self.log.add_lines(segment.line for segment in segments)
        self.connection.executemany(
            "INSERT INTO snapshots (name, length) VALUES (?, ?) "
            "ON CONFLICT (name) DO UPDATE SET length = excluded.length",
            [(segment.name, segment.end) for segment in segments],
        )

    def _save_one(self, capture: Capture, result: Article | NewsArchiveError) -> Saved:
        if isinstance(result, NewsArchiveError):
            return self._save_failure(capture, result)
        return self._save_article(capture, result)

    def _save_failure(self, capture: Capture, error: NewsArchiveError) -> Saved:
        if self._same_bytes(capture) is None:
            self._insert_capture(capture, None, article_id=None, error=error.message)
        return Saved(Effect.FAILED, None)

    def _save_article(self, capture: Capture, article: Article) -> Saved:
        led_away = self._led_away(capture, article)
        if led_away is not None:
            return led_away
        article_id = self.rows.named(key := identity(article, capture))
        if article_id is None and not self._again and (removed_at := self.rows.removed_at(key)) is not None:
            return Saved(Effect.REMOVED, None, removed_at=removed_at)
        same = self._same_bytes(capture)
        is_here = article_id is not None and same is not None and same["article_id"] == article_id
        if is_here and not capture.fetched:
            return Saved(Effect.UNCHANGED, article_id)

        def place(article_id: int) -> int:
            return self._insert_capture(capture, same, article_id=article_id, error=None)

        return self.filer.file(capture, utc_text(capture.captured_at), article, place)

    def _led_away(self, capture: Capture, article: Article) -> Saved | None:
        """Keep what the address of a known article led to, where that is a front page, error or wall."""
        asked = normalize(capture.source) if capture.fetched else None
        known = None if asked is None else self.rows.named(f"url:{asked}")
        if known is None or identity(article, capture) == f"url:{asked}":
            return None
        found = remark_of_redirect(article)
        if found is None:
            return None
        capture_id = self._insert_capture(capture, self._same_bytes(capture), article_id=known, error=None)
        return self.filer.keep_elsewhere(known, utc_text(capture.captured_at), found, capture_id)

    def _insert_capture(
        self, capture: Capture, known: sqlite3.Row | None, *, article_id: int | None, error: str | None
    ) -> int:
        """Keep a capture; ``known`` is an earlier one of the same bytes."""
        is_anew = article_id is not None and not capture.fetched
        if is_anew and known is not None and known["article_id"] is None:
            # Bytes that gave no article before, and do now.
            self.connection.execute(
                "UPDATE captures SET article_id = ?, error = NULL, extractor = ? WHERE id = ?",
                (article_id, self._extractor, known["id"]),
            )
            self.log.touch(CAPTURE, known["id"])
            return int(known["id"])
        place = self._snapshots.append(capture)
        return self.rows.insert(
            "captures",
            {
                "article_id": article_id,
                "error": error,
                "source": capture.source,
                "url": capture.url,
                "dataset": capture.dataset,
                "identifier": capture.identifier,
                "captured_at": utc_text(capture.captured_at),
                "content_type": capture.content_type,
                "format": capture.format.word,
                "time_known": int(capture.time_known),
                "sha256": capture.sha256,
                "length": len(capture.payload),
                "snapshot": place.snapshot,
                "record_offset": place.offset,
                "record_length": place.length,
                "extractor": self._extractor,
            },
        )

    def _same_bytes(self, capture: Capture) -> sqlite3.Row | None:
        row: sqlite3.Row | None = self.connection.execute(
            "SELECT id, article_id FROM captures "
            "WHERE sha256 = ? AND url IS ? AND dataset IS ? AND identifier IS ? "
            # The same bytes of another known moment are another capture.
            "AND (? OR captured_at = ?) ORDER BY article_id IS NULL, id LIMIT 1",
            (
                capture.sha256,
                capture.url,
                capture.dataset,
                capture.identifier,
                not capture.time_known,
                utc_text(capture.captured_at),
            ),
        ).fetchone()
        return row
