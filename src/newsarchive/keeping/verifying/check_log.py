"""Checks that the log is whole, and the database no older than what stands beside it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

from newsarchive.keeping.verifying.fault import FROM_BACKUP, REBUILD, Fault
from newsarchive.keeping.verifying.written import made_at
from newsarchive.store.log.entries import NOTHING
from newsarchive.store.log.head_check import head_trouble
from newsarchive.store.log.log_reader import entries, malformed
from newsarchive.store.manifest import MANIFEST_NAME, manifest_line, read_start


def check_log(connection: sqlite3.Connection, folder: Path) -> Iterator[Fault]:
    """The chain of hashes, and the file beside it."""
    for number in malformed(connection):
        yield Fault("log", f"entry {number} has a value that newsarchive did not write", REBUILD)
    previous, number = NOTHING, 0
    for entry, stands in entries(connection):
        if entry.number != number + 1:
            yield Fault("log", f"entries {number + 1} to {entry.number - 1} are missing", REBUILD)
        elif entry.hash_after(previous) != stands:
            yield Fault("log", f"entry {entry.number} is not what was chained", REBUILD, made_at(entry))
        previous, number = stands, entry.number
    trouble = head_trouble(connection, folder)
    if trouble is not None:
        yield Fault("log", trouble.message, trouble.hint)


def check_manifest(written: str | None, folder: Path) -> Iterator[Fault]:
    """Name and identity of the archive, against what the log has."""
    if written is None:
        return
    try:
        data = read_start(folder / MANIFEST_NAME)
    except OSError as error:
        yield Fault("manifest", f"{MANIFEST_NAME} can't be read: {error.strerror}", FROM_BACKUP)
        return
    # The engine below is the user's to edit, but its line is always there, and a last line has an end.
    is_whole = b"\nengine" in data and data.endswith(b"\n")
    if manifest_line(data).digest != written or not is_whole:
        yield Fault("manifest", f"{MANIFEST_NAME} is not what was written", FROM_BACKUP)
