"""What SQLite itself finds wrong with the database."""

from __future__ import annotations

import sqlite3


def quick_damage(connection: sqlite3.Connection) -> list[str]:
    """The same without comparing tables and their indexes, or what refers to what."""
    found = [row[0] for row in connection.execute("PRAGMA quick_check(100)")]
    return [] if found == ["ok"] else found


def damage(connection: sqlite3.Connection) -> list[str]:
    """What SQLite itself finds wrong with the database; empty when it is sound."""
    found = [row[0] for row in connection.execute("PRAGMA integrity_check(100)")]
    faults = [] if found == ["ok"] else found
    broken = connection.execute("PRAGMA foreign_key_check").fetchall()
    faults += [f"{row[0]} row {row[1]} refers to a missing row of {row[2]}" for row in broken]
    lost = connection.execute(
        "SELECT id FROM articles WHERE revision_id IS NULL OR revision_id NOT IN (SELECT id FROM revisions)"
    )
    return faults + [f"article {row[0]} has no text" for row in lost]
