"""Writing to the archive: groups of captures, each durable before it is acknowledged."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from newsarchive.errors import NewsArchiveError
from newsarchive.model import Article, Capture
from newsarchive.store.database import DATABASE_NAME, store_errors
from newsarchive.store.reading.store_reader import StoreReader
from newsarchive.store.rows import Origin, article_columns, day_of, identity, state_digest, storable, utc_text
from newsarchive.store.snapshots import SNAPSHOTS
from newsarchive.store.snapshots.snapshot_files import SnapshotWriter
from newsarchive.store.writer_lock import writer_lock
from newsarchive.store.writing.combined_article import with_better_date
from newsarchive.store.writing.writable_database import connect_for_writing


class Effect(StrEnum):
    """What saving a capture did."""

    ADDED = "added"
    REVISED = "revised"
    UNCHANGED = "unchanged"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Saved:
    """An acknowledgement: the capture is durable, and this is what it did."""

    effect: Effect
    article_id: int | None


class StoreWriter:
    """The one writer of an archive, from entry to exit of its ``with`` block.

    ``extractor`` is the version of extraction that what is saved comes from,
    where it is known. Raises ArchiveLocked on entry if another process writes.
    """

    def __init__(self, folder: Path, *, extractor: int | None = None) -> None:
        self._folder = folder
        self._extractor = extractor
        self._stack = ExitStack()

    def __enter__(self) -> Self:
        with ExitStack() as stack:
            stack.enter_context(writer_lock(self._folder))
            self._db = connect_for_writing(self._folder)
            stack.callback(self._db.close)
            self.reader = StoreReader.of(self._db)
            with store_errors(self._folder / SNAPSHOTS):
                self._snapshots = SnapshotWriter(
                    self._folder / SNAPSHOTS, self.reader.captures.snapshot_lengths()
                )
            stack.callback(self._snapshots.close)
            self._stack = stack.pop_all()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.close()

    def known(self, capture: Capture) -> int | None:
        """The article that the same bytes from the same place gave before.

        A fetch is never known: that a page still says the same at a later time is news of its own.
        """
        if capture.exchange is not None:
            return None
        row = self._same_bytes(capture)
        return None if row is None else row["article_id"]

    def save(self, group: Sequence[tuple[Capture, Article | NewsArchiveError]]) -> list[Saved]:
        """Save a group of captures with what was extracted of each, or why nothing was.

        When this returns, all of it is durable: snapshots fsynced, then one
        transaction committed. When it raises, none of it is in the archive.
        """
        with self._transaction():
            return [self._save_one(capture, result) for capture, result in group]

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        before = self.reader.captures.snapshot_lengths()
        with store_errors(self._folder / DATABASE_NAME):
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._acknowledge(self._snapshots.sync())
                self._db.execute("COMMIT")
            except BaseException:
                self._db.rollback()
                self._snapshots.rollback(before)
                raise

    def _acknowledge(self, lengths: dict[str, int]) -> None:
        self._db.executemany(
            "INSERT INTO snapshots (name, length) VALUES (?, ?) "
            "ON CONFLICT (name) DO UPDATE SET length = excluded.length",
            lengths.items(),
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
        article_id = self._article_named(identity(article, capture))
        same = self._same_bytes(capture)
        is_here = article_id is not None and same is not None and same["article_id"] == article_id
        if is_here and capture.exchange is None:
            return Saved(Effect.UNCHANGED, article_id)

        def place(article_id: int) -> int:
            return self._insert_capture(capture, same, article_id=article_id, error=None)

        return self._file(capture, utc_text(capture.captured_at), article, place)

    def _article_named(self, key: str) -> int | None:
        row = self._db.execute("SELECT id FROM articles WHERE identity = ?", (key,)).fetchone()
        return None if row is None else row["id"]

    def _file(self, origin: Origin, moment: str, article: Article, place: Callable[[int], int]) -> Saved:
        """Put what was read off a capture where it belongs; ``place`` gives an article that capture."""
        key = identity(article, origin)
        article_id = self._article_named(key)
        if article_id is None:
            return self._add(key, moment, article, place)
        return self._add_capture(article_id, place(article_id), moment, article)

    def _add(self, key: str, moment: str, article: Article, place: Callable[[int], int]) -> Saved:
        columns = {
            "identity": key,
            **article_columns(article),
            "revisions": 1,
            "first_captured_at": moment,
            "last_captured_at": moment,
        }
        article_id = self._insert("articles", columns)
        revision_id = self._insert_revision(article_id, place(article_id), moment, article)
        self._db.execute("UPDATE articles SET revision_id = ? WHERE id = ?", (revision_id, article_id))
        self._write_lists(article_id, article)
        self._record_change(article_id)
        return Saved(Effect.ADDED, article_id)

    def _add_capture(self, article_id: int, capture_id: int, moment: str, article: Article) -> Saved:
        """Another capture of an article that is known."""
        known = self.reader.articles.article(article_id)
        is_newest = self._extend_captured(article_id, moment)
        if state_digest(article) == self._newest_state(article_id):
            self._update_date(article_id, known, article)
            return Saved(Effect.UNCHANGED, article_id)
        revision_id = self._insert_revision(article_id, capture_id, moment, article)
        self._db.execute("UPDATE articles SET revisions = revisions + 1 WHERE id = ?", (article_id,))
        if is_newest:
            self._db.execute("UPDATE articles SET revision_id = ? WHERE id = ?", (revision_id, article_id))
            self._update(article_id, with_better_date(article, known))
        else:
            self._record_change(article_id)
            self._update_date(article_id, known, article)
        return Saved(Effect.REVISED, article_id)

    def _update_date(self, article_id: int, known: Article, other: Article) -> None:
        merged = with_better_date(known, other)
        if merged != known:
            self._update(article_id, merged)

    def _extend_captured(self, article_id: int, moment: str) -> bool:
        """Widen the span of captures; tell whether this one is the newest."""
        first, last = self._db.execute(
            "SELECT first_captured_at, last_captured_at FROM articles WHERE id = ?", (article_id,)
        ).fetchone()
        self._db.execute(
            "UPDATE articles SET first_captured_at = min(first_captured_at, ?1), "
            "last_captured_at = max(last_captured_at, ?1) WHERE id = ?2",
            (moment, article_id),
        )
        if not day_of(first) <= day_of(moment) <= day_of(last):
            # The index answers ``captured:`` by the days of the first and the last capture.
            self._record_change(article_id)
        return moment >= str(last)

    def _newest_state(self, article_id: int) -> str:
        row = self._db.execute(
            "SELECT sha256 FROM revisions WHERE id = (SELECT revision_id FROM articles WHERE id = ?)",
            (article_id,),
        ).fetchone()
        return str(row[0])

    def _update(self, article_id: int, article: Article) -> None:
        columns = article_columns(article)
        assignments = ", ".join(f"{name} = ?" for name in columns)
        self._db.execute(
            f"UPDATE articles SET {assignments} WHERE id = ?", (*storable(columns.values()), article_id)
        )
        for table in ("authors", "keywords", "evidence"):
            self._db.execute(f"DELETE FROM {table} WHERE article_id = ?", (article_id,))
        self._write_lists(article_id, article)
        self._record_change(article_id)

    def _insert_capture(
        self, capture: Capture, known: sqlite3.Row | None, *, article_id: int | None, error: str | None
    ) -> int:
        """Keep a capture; ``known`` is an earlier one of the same bytes."""
        is_anew = article_id is not None and capture.exchange is None
        if is_anew and known is not None and known["article_id"] is None:
            # Bytes that gave no article before, and do now.
            self._db.execute(
                "UPDATE captures SET article_id = ?, error = NULL, extractor = ? WHERE id = ?",
                (article_id, self._extractor, known["id"]),
            )
            return int(known["id"])
        place = self._snapshots.append(capture)
        return self._insert(
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
                "sha256": capture.sha256,
                "length": len(capture.payload),
                "snapshot": place.snapshot,
                "record_offset": place.offset,
                "record_length": place.length,
                "extractor": self._extractor,
            },
        )

    def _same_bytes(self, capture: Capture) -> sqlite3.Row | None:
        row: sqlite3.Row | None = self._db.execute(
            "SELECT id, article_id FROM captures "
            "WHERE sha256 = ? AND url IS ? AND dataset IS ? AND identifier IS ? "
            "ORDER BY article_id IS NULL, id LIMIT 1",
            (capture.sha256, capture.url, capture.dataset, capture.identifier),
        ).fetchone()
        return row

    def _insert_revision(
        self, article_id: int, capture_id: int, moment: str, article: Article, *, replaces: int | None = None
    ) -> int:
        published, modified = article.date_published, article.date_modified
        return self._insert(
            "revisions",
            {
                "article_id": article_id,
                "capture_id": capture_id,
                "captured_at": moment,
                "sha256": state_digest(article),
                "headline": article.headline,
                "description": article.description,
                "date_published": None if published is None else published.isoformat(),
                "date_modified": None if modified is None else modified.isoformat(),
                "text": article.text,
                "extractor": self._extractor,
                "replaces": replaces,
            },
        )

    def _write_lists(self, article_id: int, article: Article) -> None:
        for table, names in (("authors", article.authors), ("keywords", article.keywords)):
            if names:
                rows = [storable((article_id, position, name)) for position, name in enumerate(names)]
                self._db.executemany(f"INSERT INTO {table} VALUES (?, ?, ?)", rows)
        self._db.executemany(
            "INSERT INTO evidence VALUES (?, ?, ?, ?, ?, ?, ?)",
            [
                storable(
                    (article_id, position, item.field, item.value, item.source, item.raw, item.confidence)
                )
                for position, item in enumerate(article.evidence)
            ],
        )

    def _record_change(self, article_id: int) -> None:
        self._db.execute("INSERT INTO changes (article_id) VALUES (?)", (article_id,))

    def _insert(self, table: str, columns: dict[str, Any]) -> int:
        names = ", ".join(columns)
        marks = ", ".join("?" * len(columns))
        cursor = self._db.execute(
            f"INSERT INTO {table} ({names}) VALUES ({marks})", storable(columns.values())
        )
        return int(cursor.lastrowid or 0)
