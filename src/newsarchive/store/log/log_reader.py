"""Reading the log."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

from newsarchive.store.log.entries import NOTHING, Entry, Head


def log_head(connection: sqlite3.Connection) -> Head:
    """The last entry; number 0 where there is none."""
    row = connection.execute("SELECT entry, hash FROM log ORDER BY entry DESC LIMIT 1").fetchone()
    return Head(0, NOTHING) if row is None else Head(row[0], row[1])


def hash_at(connection: sqlite3.Connection, number: int) -> str | None:
    """The hash that the database has for an entry."""
    if number == 0:
        return NOTHING
    row = connection.execute("SELECT hash FROM log WHERE entry = ?", (number,)).fetchone()
    return None if row is None else str(row[0])


def entries(connection: sqlite3.Connection) -> Iterator[tuple[Entry, str]]:
    """Every entry with the hash that stands beside it, the first first."""
    for row in connection.execute("SELECT * FROM log ORDER BY entry"):
        yield (
            Entry(row["entry"], row["kind"], row["made_at"], row["act"], row["lines"], row["last_change"]),
            row["hash"],
        )
