"""What a person does, in one transaction with its entry of the log.

Marks are no part of what is indexed, so writing them takes SQLite's own lock and not the
archive's: an article is tagged while a long ``add`` runs.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from newsarchive.store.database import DATABASE_NAME, store_errors
from newsarchive.store.log.head_file import write_head
from newsarchive.store.log.log_writer import LogWriter


@contextmanager
def act(folder: Path, connection: sqlite3.Connection, kind: str, said: dict[str, Any]) -> Iterator[LogWriter]:
    """Write all that is done within, or nothing; ``said`` is what the log keeps of the act, as JSON."""
    log = LogWriter(connection)
    with store_errors(folder / DATABASE_NAME):
        connection.execute("BEGIN IMMEDIATE")
        try:
            yield log
            head = log.append(kind, act=json.dumps(said, ensure_ascii=False))
            connection.execute("COMMIT")
        except BaseException:
            connection.rollback()
            raise
        write_head(folder, head)


def spans(ids: list[int]) -> str:
    """Ids as text that stays short: ``1-500,502``."""
    runs: list[list[int]] = []
    for each in sorted(ids):
        if runs and each == runs[-1][1] + 1:
            runs[-1][1] = each
        else:
            runs.append([each, each])
    return ",".join(str(first) if first == last else f"{first}-{last}" for first, last in runs)
