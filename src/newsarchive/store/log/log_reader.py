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
        act = None if row["act"] is None else _text(row["act"])
        kind, made_at, lines = (_text(row[name]) for name in ("kind", "made_at", "lines"))
        yield Entry(row["entry"], kind, made_at, act, lines, row["last_change"]), _text(row["hash"])


def malformed(connection: sqlite3.Connection) -> list[int]:
    """Entries of which a value is of another kind than any that was written, whatever it hashes to."""
    rows = connection.execute(
        "SELECT entry FROM log WHERE typeof(last_change) <> 'integer' OR typeof(act) NOT IN ('text', 'null') "
        "OR act = '' OR instr(act, char(10)) OR instr(kind, char(10)) OR instr(made_at, char(10)) OR "
        + " OR ".join(f"typeof({column}) <> 'text'" for column in ("kind", "made_at", "lines", "hash"))
    )
    return [row[0] for row in rows]


def _text(value: object) -> str:
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)
