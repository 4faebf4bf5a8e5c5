"""Tells whether the database is as new as the head of the log that stands beside it."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from newsarchive.errors import ArchiveSetBack, Hint, Remedy, StoreError
from newsarchive.store.log.head_file import HEAD_NAME, HeadDamaged, read_head
from newsarchive.store.log.log_reader import hash_at, log_head

# Making an archive, or founding the log of an older one, writes these; a run that is killed then
# has written no file yet, or an empty one.
_MAKING = ("founding", "manifest")
_OLDER = Hint("restore the newest archive.db, or make it anew from the snapshots", Remedy.REBUILD)
_NEXT = Hint(
    "adding writes it anew; if it was not you who removed it, verify everything first", Remedy.VERIFY
)


def head_trouble(connection: sqlite3.Connection, folder: Path) -> StoreError | None:
    """What is wrong between log and head; None where the one follows from the other."""
    try:
        head = read_head(folder)
    except HeadDamaged as error:
        is_begun = (folder / HEAD_NAME).stat().st_size == 0 and _is_being_made(connection)
        return None if is_begun else StoreError(str(error), hint=_NEXT)
    except OSError as error:
        return StoreError(f"{HEAD_NAME} can't be read: {error.strerror}", hint=_NEXT)
    if head is None:
        is_begun = _is_being_made(connection)
        return None if is_begun else StoreError(f"{HEAD_NAME} is missing", hint=_NEXT)
    return set_back(connection, folder)


def _is_being_made(connection: sqlite3.Connection) -> bool:
    marks = ", ".join("?" * len(_MAKING))
    others = connection.execute(f"SELECT 1 FROM log WHERE kind NOT IN ({marks}) LIMIT 1", _MAKING)
    return others.fetchone() is None


def set_back(connection: sqlite3.Connection, folder: Path) -> ArchiveSetBack | None:
    """What tells that the database is older than its archive, or of another one."""
    try:
        head = read_head(folder)
    except (HeadDamaged, OSError):
        return None
    if head is None:
        return None
    last = log_head(connection)
    if head.number > last.number:
        return ArchiveSetBack(
            f"archive.db is older than its archive: its log ends with entry {last.number}, "
            f"{HEAD_NAME} with entry {head.number}",
            hint=_OLDER,
        )
    if hash_at(connection, head.number) != head.hash:
        return ArchiveSetBack(
            f"archive.db and {HEAD_NAME} are of two histories: entry {head.number} differs", hint=_OLDER
        )
    return None
