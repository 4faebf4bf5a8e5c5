"""archive.db opened for writing, made or migrated where needed."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from sqlite_utils.db import Database

from newsarchive.errors import SchemaTooNew
from newsarchive.store.database import DATABASE_NAME, FORMAT, connect_to, store_errors, user_version
from newsarchive.store.schema import migrate
from newsarchive.store.table_check import check_tables


def connect_for_writing(folder: Path) -> sqlite3.Connection:
    """Open the database for the one writer. The caller holds the writer lock."""
    path = folder / DATABASE_NAME
    with store_errors(path):
        connection = connect_to(path)
        found = user_version(connection)
        if found > FORMAT:
            connection.close()
            raise SchemaTooNew(folder, found=found, supported=FORMAT)
        check_tables(connection, folder)
        connection.execute("PRAGMA journal_mode = WAL")
        # FULL: a commit that was acknowledged survives a power cut, not only a killed process.
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA foreign_keys = ON")
        if found < FORMAT:
            migrate(Database(connection, execute_plugins=False))
        return connection
