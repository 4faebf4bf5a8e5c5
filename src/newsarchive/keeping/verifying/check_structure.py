"""Checks that the database is sound as SQLite sees it, and of the form that newsarchive makes."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

from newsarchive.keeping.verifying.fault import REBUILD, Fault
from newsarchive.store.database import FORMAT
from newsarchive.store.reading.soundness import damage, quick_damage
from newsarchive.store.schema import APPLICATION_ID, expected_objects


def check_structure(connection: sqlite3.Connection, *, quick: bool) -> Iterator[Fault]:
    """Pages, references, tables and indexes."""
    for message in (quick_damage if quick else damage)(connection):
        yield Fault("database", message, REBUILD)
    for name, wanted in (("application_id", APPLICATION_ID), ("user_version", FORMAT)):
        found = connection.execute(f"PRAGMA {name}").fetchone()[0]
        if found != wanted:
            yield Fault("database", f"{name} is {found}, not {wanted}", REBUILD)
    yield from _objects(connection)


def _objects(connection: sqlite3.Connection) -> Iterator[Fault]:
    expected = expected_objects()
    found = {
        row["name"]: row["sql"]
        for row in connection.execute("SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL")
    }
    for name, sql in expected.items():
        if name not in found:
            yield Fault("database", f"the table, index or view {name} is missing", REBUILD)
        elif found[name] != sql:
            yield Fault("database", f"{name} is not as newsarchive makes it", REBUILD)
