"""Reading the states of an article's text over time."""

from __future__ import annotations

import sqlite3
from datetime import date, datetime
from typing import Any

from newsarchive.base.dates import DateInterval, PartialDate, utc_text
from newsarchive.base.frozen import frozen
from newsarchive.base.scripts import count_words
from newsarchive.store.rows import moment_of, values_of


@frozen
class Revision:
    """One state of an article's text over time; ``number`` counts from 1, the oldest.

    ``capture_id`` is the first capture in that state, ``sha256`` the digest of headline and text.
    ``is_reextracted`` marks what a newer extraction makes of a state that an older revision has, too.
    """

    number: int
    captured_at: datetime
    headline: str | None
    description: str | None
    date_published: PartialDate | None
    date_modified: PartialDate | None
    text: str
    is_reextracted: bool = False
    capture_id: int | None = None
    sha256: str | None = None

    def to_dict(self) -> dict[str, Any]:
        """The JSON form."""
        return {
            "revision": self.number,
            "captured_at": utc_text(self.captured_at),
            "headline": self.headline,
            "description": self.description,
            "date_published": None if self.date_published is None else self.date_published.isoformat(),
            "date_modified": None if self.date_modified is None else self.date_modified.isoformat(),
            "word_count": count_words(self.text),
            "reextracted": self.is_reextracted,
            "capture": self.capture_id,
            "sha256": self.sha256,
            "text": self.text,
        }


class RevisionReader:
    """The states of articles."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection

    def revisions(self, article_id: int) -> list[Revision]:
        """The states of an article's text, oldest first."""
        rows = self._db.execute(
            "SELECT * FROM revisions WHERE article_id = ? ORDER BY captured_at, id", (article_id,)
        )
        return [
            Revision(
                number=number,
                captured_at=moment_of(row["captured_at"], f"revision {row['id']}"),
                headline=row["headline"],
                description=row["description"],
                date_published=_date(row["date_published"]),
                date_modified=_date(row["date_modified"]),
                text=row["text"],
                is_reextracted=row["replaces"] is not None,
                capture_id=row["capture_id"],
                sha256=row["sha256"],
            )
            for number, row in enumerate(rows, start=1)
        ]

    def edited(self, days: DateInterval) -> list[int]:
        """The articles of which another state was captured on these days (UTC), the newest first."""
        rows = self._db.execute(
            """
            SELECT article_id, max(captured_at) AS newest FROM revisions AS this
            WHERE replaces IS NULL AND substr(captured_at, 1, 10) BETWEEN ? AND ? AND EXISTS (
                SELECT 1 FROM revisions AS earlier WHERE earlier.article_id = this.article_id
                AND (earlier.captured_at, earlier.id) < (this.captured_at, this.id))
            GROUP BY article_id ORDER BY newest DESC, article_id
            """,
            ((days.earliest or date.min).isoformat(), (days.latest or date.max).isoformat()),
        )
        return [row[0] for row in rows]


def _date(text: str | None) -> PartialDate | None:
    with values_of("a revision"):
        return None if text is None else PartialDate.fromisoformat(text)
