"""Reextracting stored captures: which ones, and what becomes of their articles."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from newsarchive.base.dates import utc_text
from newsarchive.errors import NewsArchiveError
from newsarchive.model import Article
from newsarchive.store.log.things import CAPTURE
from newsarchive.store.reading.captures import CAPTURE_COLUMNS, StoredCapture, capture_from_row
from newsarchive.store.rows import identity, state_digest
from newsarchive.store.writing.article_filer import Saved
from newsarchive.store.writing.combined_article import FieldChange, changes, combined, with_user_values
from newsarchive.store.writing.store_writer import StoreWriter


class Which(StrEnum):
    """What to reextract.

    OUTDATED: what another version of extraction has read. FAILED: captures
    that gave no article. ALL: every capture.
    """

    OUTDATED = "outdated"
    FAILED = "failed"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class Job:
    """One article to reextract, or one capture that gave none."""

    article_id: int | None = None
    capture_id: int | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """What the captures of an article say now, the newest first, or why they say nothing."""

    job: Job
    captures_read: tuple[StoredCapture, ...]
    results: tuple[Article | NewsArchiveError, ...]
    is_urgent = False

    @property
    def captures(self) -> int:
        """How many captures were read."""
        return len(self.captures_read)

    @property
    def payload_bytes(self) -> int:
        """None: they are stored already."""
        return 0


@dataclass(frozen=True, slots=True)
class ReadingSaved:
    """An acknowledgement: in what an article differs now, and whether it has a new revision."""

    article_id: int
    changes: tuple[FieldChange, ...]
    is_revised: bool


class Reextraction:
    """Saves through the one writer of an archive what its stored captures say to today's extraction."""

    def __init__(self, writer: StoreWriter, *, extractor: int) -> None:
        self._writer = writer
        self._version = extractor

    @property
    def _db(self) -> sqlite3.Connection:
        return self._writer.connection

    def jobs(self, which: Which) -> list[Job]:
        """What there is to reextract, articles first."""
        found: list[Job] = []
        if which is not Which.FAILED:
            every = which is Which.ALL
            rows = self._db.execute(
                "SELECT id FROM articles WHERE ?1 OR EXISTS (SELECT 1 FROM captures "
                "WHERE captures.article_id = articles.id AND captures.extractor IS NOT ?2) ORDER BY id",
                (every, self._version),
            )
            found += [Job(article_id=row["id"]) for row in rows]
        rows = self._db.execute(
            "SELECT id FROM captures WHERE article_id IS NULL AND (?1 OR extractor IS NOT ?2) ORDER BY id",
            (which is not Which.OUTDATED, self._version),
        )
        return found + [Job(capture_id=row["id"]) for row in rows]

    def captures_of(self, job: Job) -> tuple[StoredCapture, ...]:
        """The captures of a job, the newest first; of those with the same bytes one."""
        if job.article_id is None:
            rows = self._db.execute(f"SELECT {CAPTURE_COLUMNS} FROM captures WHERE id = ?", (job.capture_id,))
            return tuple(capture_from_row(row) for row in rows)
        distinct: dict[tuple[str, str | None], StoredCapture] = {}
        for capture in reversed(self._writer.reader.captures.captures(job.article_id)):
            if capture.remark is not None:
                continue
            distinct.setdefault((capture.sha256, capture.url), capture)
        return tuple(distinct.values())

    def save(self, group: Sequence[Reading]) -> list[ReadingSaved | Saved | NewsArchiveError]:
        """Save what was read: all of it is durable when this returns, none of it when it raises.

        The error of a reading is given back: its article stays as it was.
        """
        with self._writer.transaction("reextract"):
            return [self._save_reading(reading) for reading in group]

    def _save_reading(self, reading: Reading) -> ReadingSaved | Saved | NewsArchiveError:
        newest, result = reading.captures_read[0], reading.results[0]
        if isinstance(result, NewsArchiveError):
            return self._keep(reading.job, newest, result)
        if reading.job.article_id is None:
            return self._recover(newest, result)
        return self._replace(reading.job.article_id, reading, result)

    def _keep(self, job: Job, capture: StoredCapture, error: NewsArchiveError) -> NewsArchiveError:
        if job.article_id is None:
            self._db.execute(
                "UPDATE captures SET error = ?, extractor = ? WHERE id = ?",
                (error.message, self._version, capture.id),
            )
            self._writer.log.touch(CAPTURE, capture.id)
        return error

    def _recover(self, capture: StoredCapture, article: Article) -> Saved:
        """A capture that gave no article before, and does now."""

        def place(article_id: int) -> int:
            self._db.execute(
                "UPDATE captures SET article_id = ?, error = NULL, extractor = ? WHERE id = ?",
                (article_id, self._version, capture.id),
            )
            self._writer.log.touch(CAPTURE, capture.id)
            return capture.id

        return self._writer.filer.file(capture, utc_text(capture.captured_at), article, place)

    def _replace(self, article_id: int, reading: Reading, newest: Article) -> ReadingSaved:
        rows = self._writer.rows
        known = rows.decisions.without(self._writer.reader.articles.article(article_id))
        article = newest = with_user_values(newest, known)
        for other in _articles(reading.results[1:]):
            same_state = state_digest(other) == state_digest(newest)
            article = combined(article, other, same_state=same_state)
        found = tuple(changes(known, article))
        is_revised = self._add_reading(article_id, reading.captures_read[0], newest)
        if found:
            rows.update(article_id, article)
            rows.rename(article_id, identity(article, reading.captures_read[0]))
            rows.keep_replaced(article_id, found)
        read = self._db.execute(
            "UPDATE captures SET extractor = ?1 WHERE article_id = ?2 AND extractor IS NOT ?1 RETURNING id",
            (self._version, article_id),
        ).fetchall()
        for row in read:
            self._writer.log.touch(CAPTURE, row["id"])
        said = rows.decisions.overruled_fields(known)
        seen = tuple(change for change in found if change.field not in said)
        return ReadingSaved(article_id, seen, is_revised)

    def _add_reading(self, article_id: int, capture: StoredCapture, article: Article) -> bool:
        """Add a revision where headline or text are read otherwise; the number of states stays."""
        rows = self._writer.rows
        replaced, state = rows.current_revision(article_id)
        if state_digest(article) == state:
            return False
        revision_id = rows.insert_revision(
            article_id, capture.id, utc_text(capture.captured_at), article, replaces=replaced
        )
        rows.set_current_revision(article_id, revision_id)
        return True


def _articles(results: Sequence[Article | NewsArchiveError]) -> Iterator[Article]:
    return (result for result in results if isinstance(result, Article))
