"""What a person does, in one transaction with its entry of the log.

It is no part of what is indexed, so writing it takes SQLite's own lock and not the archive's:
an article is tagged and a search saved while a long ``add`` runs.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from newsarchive.store.database import DATABASE_NAME, store_errors
from newsarchive.store.log.head_file import write_head
from newsarchive.store.log.log_writer import LogWriter


@contextmanager
def act(
    folder: Path, connection: sqlite3.Connection, kind: str, said: Mapping[str, Any] | None = None
) -> Iterator[LogWriter]:
    """Write all that is done within, or nothing; ``said`` is what the log keeps of the act, as JSON."""
    log = LogWriter(connection)
    with store_errors(folder / DATABASE_NAME):
        connection.execute("BEGIN IMMEDIATE")
        try:
            yield log
            head = log.append(kind, act=None if said is None else json.dumps(said, ensure_ascii=False))
            connection.execute("COMMIT")
        except BaseException:
            connection.rollback()
            raise
        finally:
            log.close()
        write_head(folder, head)
