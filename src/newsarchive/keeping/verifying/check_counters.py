"""Checks what SQLite and its migrations count by: numbers that were given out, and steps that were made."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterator

from newsarchive.keeping.verifying.fault import REBUILD, Fault
from newsarchive.keeping.verifying.written import Written
from newsarchive.store.log.things import THINGS
from newsarchive.store.schema import expected_migrations


def check_counters(connection: sqlite3.Connection, written: Written) -> Iterator[Fault]:
    """A counter that was set back gives a number out twice, and people cite numbers."""
    names = {thing.table: thing.name for thing in THINGS}
    wanted = {table: written.highest[name] for table, name in names.items() if name in written.highest}
    if written.last_change:
        wanted["changes"] = written.last_change
    found = connection.execute("SELECT name, seq FROM sqlite_sequence").fetchall()
    for name, number in found:
        # Articles that were removed before there was a log had higher numbers.
        is_right = number == wanted.get(name) or (
            written.is_founded and isinstance(number, int) and number > wanted.get(name, 0)
        )
        if not is_right:
            yield Fault(
                "database", f"the counter of {name} is at {number}, not {wanted.get(name, 0)}", REBUILD
            )
    times = Counter(row[0] for row in found)
    for name in wanted:
        if times[name] != 1:
            yield Fault("database", f"{name} has {times[name]} counters, not one", REBUILD)
    yield from _check_migrations(connection)


def _check_migrations(connection: sqlite3.Connection) -> Iterator[Fault]:
    rows = connection.execute("SELECT migration_set, name FROM _sqlite_migrations")
    if sorted(map(tuple, rows), key=str) != expected_migrations():
        yield Fault("database", "the list of migrations that were made is not what was written", REBUILD)
