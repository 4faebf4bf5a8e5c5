"""Connections to archive.db."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from operator import methodcaller
from pathlib import Path
from typing import Any, Self, cast

from newsarchive.errors import ArchiveClosed, Hint, NotAnArchive, Remedy, SchemaTooNew, StoreError
from newsarchive.store.table_check import check_tables, guard

DATABASE_NAME = "archive.db"
# The number of the newest migration; user_version of archive.db and format of newsarchive.toml.
# A number here, so that readers need not import sqlite-utils (80 ms); a test holds it to the migrations.
FORMAT = 9
# Called for every text that is read: a function of Python's would take as long again as the decoding.
_TEXT = methodcaller("decode", "utf-8", "replace")
# Readers wait this long for a checkpoint or a migration, seconds.
_BUSY_SECONDS = 30.0
# Far less than SQLite's own 2 MB: threads that read have a connection each, and the system keeps
# what they read as well. With 512 sixteen busy threads took 1.33 times the memory of one, with
# 128 they take 1.2; searches take as long with 64 as with 512.
_READER_KIB = 128


def connect(folder: Path) -> sqlite3.Connection:
    """Open the database of an archive; raise NotAnArchive or SchemaTooNew where that can't be."""
    path = folder / DATABASE_NAME
    if not path.is_file():
        raise NotAnArchive(folder, reason=f"has no {DATABASE_NAME}", hint="restore it from a backup")
    with store_errors(path):
        connection = _connect_reading(path)
        found = user_version(connection)
        if found > FORMAT:
            connection.close()
            raise SchemaTooNew(folder, found=found, supported=FORMAT)
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute(f"PRAGMA cache_size = -{_READER_KIB}")
        check_tables(connection, folder)
        return connection


def needs_migration(folder: Path) -> bool:
    """Whether an older newsarchive wrote the database, or a migration was cut off before the log began."""
    with store_errors(folder / DATABASE_NAME):
        connection = _connect_reading(folder / DATABASE_NAME)
        try:
            if user_version(connection) != FORMAT:
                return user_version(connection) < FORMAT
            return connection.execute("SELECT 1 FROM log LIMIT 1").fetchone() is None
        finally:
            connection.close()


# The second where what SQLite has to say of a damaged schema quotes bytes that are no text.
_ERRORS = (sqlite3.DatabaseError, UnicodeDecodeError)


def _reason(exc: sqlite3.DatabaseError | UnicodeDecodeError) -> str:
    return exc.object.decode("utf-8", "replace") if isinstance(exc, UnicodeDecodeError) else str(exc)


class _Connection(sqlite3.Connection):
    """Raises StoreError for what SQLite finds wrong in the midst of reading."""

    path: Path

    def cursor(self, *_: Any) -> _Cursor:  # type: ignore[override]
        try:
            return super().cursor(_Cursor)
        except sqlite3.ProgrammingError as exc:
            # All that can be wrong with the connection itself.
            raise ArchiveClosed(self.path.parent) from exc

    def execute(self, *arguments: Any) -> _Cursor:
        # sqlite3's own makes a plain cursor, whatever cursor() makes.
        return self.cursor().execute(*arguments)


class _Cursor(sqlite3.Cursor):
    # Plain try, no context manager: rows are many.
    def execute(self, *arguments: Any) -> Self:
        try:
            return super().execute(*arguments)
        except _ERRORS as exc:
            raise self._error(exc) from exc

    def fetchone(self) -> Any:
        try:
            return super().fetchone()
        except _ERRORS as exc:
            raise self._error(exc) from exc

    def fetchall(self) -> list[Any]:
        try:
            return super().fetchall()
        except _ERRORS as exc:
            raise self._error(exc) from exc

    def __next__(self) -> Any:
        try:
            return super().__next__()
        except _ERRORS as exc:
            raise self._error(exc) from exc

    def _error(self, exc: sqlite3.DatabaseError | UnicodeDecodeError) -> StoreError:
        path = cast("_Connection", self.connection).path
        if isinstance(exc, sqlite3.ProgrammingError) and "closed" in str(exc):
            return ArchiveClosed(path.parent)
        return _store_error(path, _reason(exc))


def connect_to(path: Path) -> sqlite3.Connection:
    """A connection that may write; it makes the file where there is none."""
    return _opened(path, str(path), uri=False)


def _connect_reading(path: Path) -> _Connection:
    uri = path.absolute().as_uri()
    if not os.access(path.parent, os.W_OK) and not path.with_name(f"{path.name}-wal").exists():
        # SQLite would make the shared memory file of its WAL there, and can't. Where nothing
        # can be written, nothing changes while it is read.
        uri += "?immutable=1"
    return _opened(path, uri, uri=True)


def _opened(path: Path, name: str, *, uri: bool) -> _Connection:
    connection = sqlite3.connect(
        name, uri=uri, timeout=_BUSY_SECONDS, check_same_thread=False, factory=_Connection
    )
    connection.path = path
    connection.row_factory = sqlite3.Row
    # One byte that is no UTF-8 must not take a whole page of hits, or an index, along; verify finds it.
    connection.text_factory = _TEXT
    guard(connection)
    return connection


@contextmanager
def store_errors(path: Path) -> Iterator[None]:
    """Turn SQLite's and the system's errors into StoreError, with what to do about them."""
    try:
        yield
    except _ERRORS as exc:
        raise _store_error(path, _reason(exc)) from exc
    except OSError as exc:
        raise _store_error(path, exc.strerror or str(exc)) from exc


_FREE_SPACE = "free some space; all that was reported as saved is safe; then try again"
_RESTORE = Hint("restore the file from a backup, then verify the archive", Remedy.VERIFY)
_HINTS = {
    "full": _FREE_SPACE,
    "too large": _FREE_SPACE,
    "quota": _FREE_SPACE,
    "disk i/o": "check the disk and its free space; all that was reported as saved is safe",
    "no space": _FREE_SPACE,
    "malformed": _RESTORE,
    "not a database": _RESTORE,
    "no such table": _RESTORE,
    "readonly": "check the permissions of the archive's folder",
    "locked": "wait until the other program has finished, then try again",
}


def _store_error(path: Path, reason: str) -> StoreError:
    lower = reason.lower()
    hint = next((hint for word, hint in _HINTS.items() if word in lower), None)
    return StoreError(f"{path}: {reason}", hint=hint)


def user_version(connection: sqlite3.Connection) -> int:
    """The format that the file says it has."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])
