"""Reading stored captures anew: which ones, and what becomes of their articles."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from newsarchive.errors import NewsArchiveError
from newsarchive.model import Article
from newsarchive.store.reading.captures import CAPTURE_COLUMNS, StoredCapture
from newsarchive.store.rows import identity, state_digest
from newsarchive.store.writing.combined_article import (
    FieldChange,
    changes,
    with_better_date,
    with_user_values,
)
from newsarchive.store.writing.store_writer import Saved, StoreWriter

# A revision keeps the text, and evidence is of value only beside the values of its reading.
_NOT_LOGGED = frozenset(("text", "evidence"))


class Which(StrEnum):
    """What to read anew.

    OUTDATED: what another version of extraction has read. FAILED: captures
    that gave no article. ALL: every capture.
    """

    OUTDATED = "outdated"
    FAILED = "failed"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class Job:
    """One article to read anew, or one capture that gave none."""

    article_id: int | None = None
    capture_id: int | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """What the captures of an article say now, the newest first, or why they say nothing."""

    job: Job
    captures: tuple[StoredCapture, ...]
    results: tuple[Article | NewsArchiveError, ...]


@dataclass(frozen=True, slots=True)
class Reread:
    """An acknowledgement: in what an article differs now, and whether it has a new revision."""

    article_id: int
    changes: tuple[FieldChange, ...]
    is_revised: bool


class Rereader(StoreWriter):
    """The one writer of an archive, for captures that are stored already."""

    def __init__(self, folder: Path, *, extractor: int) -> None:
        super().__init__(folder, extractor=extractor)
        self._version = extractor

    def jobs(self, which: Which) -> list[Job]:
        """What there is to read anew, articles first."""
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
            return tuple(StoredCapture(*row) for row in rows)
        distinct: dict[tuple[str, str | None], StoredCapture] = {}
        for capture in reversed(self.reader.captures.captures(job.article_id)):
            distinct.setdefault((capture.sha256, capture.url), capture)
        return tuple(distinct.values())

    def save_readings(self, group: Sequence[Reading]) -> list[Reread | Saved | NewsArchiveError]:
        """Save what was read: all of it is durable when this returns, none of it when it raises.

        The error of a reading is given back: its article stays as it was.
        """
        with self._transaction():
            return [self._save_reading(reading) for reading in group]

    def _save_reading(self, reading: Reading) -> Reread | Saved | NewsArchiveError:
        newest, result = reading.captures[0], reading.results[0]
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
        return error

    def _recover(self, capture: StoredCapture, article: Article) -> Saved:
        """A capture that gave no article before, and does now."""

        def place(article_id: int) -> int:
            self._db.execute(
                "UPDATE captures SET article_id = ?, error = NULL, extractor = ? WHERE id = ?",
                (article_id, self._version, capture.id),
            )
            return capture.id

        return self._file(capture, capture.captured_at, article, place)

    def _replace(self, article_id: int, reading: Reading, newest: Article) -> Reread:
        known = self.reader.articles.article(article_id)
        article = newest = with_user_values(newest, known)
        for other in _articles(reading.results[1:]):
            article = with_better_date(article, other)
        found = tuple(changes(known, article))
        is_revised = self._add_reading(article_id, reading.captures[0], newest)
        if found:
            self._update(article_id, article)
            self._rename(article_id, identity(article, reading.captures[0]))
            self._log(article_id, found)
        self._db.execute(
            "UPDATE captures SET extractor = ? WHERE article_id = ?", (self._version, article_id)
        )
        return Reread(article_id, found, is_revised)

    def _add_reading(self, article_id: int, capture: StoredCapture, article: Article) -> bool:
        """Add a revision where headline or text are read otherwise; the number of states stays."""
        if state_digest(article) == self._newest_state(article_id):
            return False
        replaced = self._db.execute("SELECT revision_id FROM articles WHERE id = ?", (article_id,)).fetchone()
        revision_id = self._insert_revision(
            article_id, capture.id, capture.captured_at, article, replaces=replaced["revision_id"]
        )
        self._db.execute("UPDATE articles SET revision_id = ? WHERE id = ?", (revision_id, article_id))
        return True

    def _rename(self, article_id: int, key: str) -> None:
        """Follow a change of identity, unless another article has it: ids that people cite stay."""
        if self._article_named(key) is None:
            self._db.execute("UPDATE articles SET identity = ? WHERE id = ?", (key, article_id))

    def _log(self, article_id: int, found: Sequence[FieldChange]) -> None:
        self._db.executemany(
            "INSERT INTO replaced_values (article_id, field, value, replaced_at, extractor) "
            "VALUES (?, ?, ?, strftime('%Y-%m-%dT%H:%M:%SZ', 'now'), ?)",
            [
                (article_id, change.field, json.dumps(change.before), self._version)
                for change in found
                if change.field not in _NOT_LOGGED
            ],
        )


def _articles(results: Sequence[Article | NewsArchiveError]) -> Iterator[Article]:
    return (result for result in results if isinstance(result, Article))
