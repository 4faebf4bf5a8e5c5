"""Reading where the bytes of captures lie, and how they came."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from newsarchive.base.dates import utc_text
from newsarchive.base.frozen import frozen
from newsarchive.errors import CaptureNotFound
from newsarchive.store.rows import moment_of


@frozen
class StoredCapture:
    """Where the bytes of a capture lie, and how they came; ``captured_at`` is UTC.

    ``remark`` says what it shows where that is not its article: an error page, a paywall, a
    consent wall, another story or a front page. ``extractor`` is the version of extraction that read it.
    """

    id: int
    article_id: int | None
    source: str
    url: str | None
    captured_at: datetime
    content_type: str | None
    sha256: str
    length: int
    snapshot: str
    record_offset: int
    record_length: int
    error: str | None
    dataset: str | None
    identifier: str | None
    format: str | None
    time_known: int | None
    remark: str | None = None
    extractor: int | None = None

    def to_dict(self) -> dict[str, Any]:
        """The JSON form; ``offset`` and ``record_length`` say where its record lies in the snapshot."""
        return {
            "id": self.id,
            "source": self.source,
            "url": self.url,
            "captured_at": utc_text(self.captured_at),
            "content_type": self.content_type,
            "sha256": self.sha256,
            "length": self.length,
            "snapshot": f"snapshots/{self.snapshot}",
            "offset": self.record_offset,
            "record_length": self.record_length,
            "error": self.error,
            "remark": self.remark,
            "extractor": self.extractor,
        }


CAPTURE_COLUMNS = (
    "id, article_id, source, url, captured_at, content_type, sha256, length, "
    "snapshot, record_offset, record_length, error, dataset, identifier, format, time_known, extractor, "
    "(SELECT remark FROM capture_remarks WHERE capture_id = captures.id) AS remark"
)


def capture_from_row(row: sqlite3.Row) -> StoredCapture:
    """A capture from a row of ``CAPTURE_COLUMNS``. Raises StoreError."""
    moment = moment_of(row["captured_at"], f"capture {row['id']}")
    return StoredCapture(**{**dict(row), "captured_at": moment})


class CaptureReader:
    """Captures, and the snapshot files that hold them."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection

    def captures(self, article_id: int) -> list[StoredCapture]:
        """The captures of an article, oldest first."""
        rows = self._db.execute(
            f"SELECT {CAPTURE_COLUMNS} FROM captures WHERE article_id = ? ORDER BY captured_at, id",
            (article_id,),
        )
        return [capture_from_row(row) for row in rows]

    def capture(self, capture_id: int) -> StoredCapture:
        """One capture; raises CaptureNotFound."""
        row = self._db.execute(
            f"SELECT {CAPTURE_COLUMNS} FROM captures WHERE id = ?", (capture_id,)
        ).fetchone()
        if row is None:
            raise CaptureNotFound(capture_id)
        return capture_from_row(row)

    def all_captures(self) -> Iterator[StoredCapture]:
        """Every capture in the order of its place in the snapshots."""
        rows = self._db.execute(
            f"SELECT {CAPTURE_COLUMNS} FROM captures ORDER BY snapshot, record_offset, id"
        )
        return (capture_from_row(row) for row in rows)

    def snapshot_lengths(self) -> dict[str, int]:
        """The acknowledged length of each snapshot file, in bytes."""
        return {str(row[0]): row[1] for row in self._db.execute("SELECT name, length FROM snapshots")}
