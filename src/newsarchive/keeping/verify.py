"""Is what the archive holds what was written? Database, snapshots and index against each other."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from newsarchive.base.progress import ProgressCallback, tell
from newsarchive.errors import StoreError
from newsarchive.pipeline.index_sync import ArchiveIndex
from newsarchive.store.reading.captures import StoredCapture
from newsarchive.store.reading.soundness import damage
from newsarchive.store.reading.store_reader import StoreReader


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that ``verify`` found wrong; ``part`` is database, snapshots or index."""

    part: str
    message: str
    hint: str | None = None


def verify(
    connection: sqlite3.Connection,
    reader: StoreReader,
    payload: Callable[[StoredCapture], bytes],
    index: ArchiveIndex,
    *,
    progress: ProgressCallback | None = None,
) -> Iterator[Fault]:
    """Check the database, every stored capture against its digest, and the index; yield faults.

    An index that is absent or behind is none: the next search sees to it, and whoever opened
    the archive is told.
    """
    for message in damage(connection):
        yield Fault("database", message, "restore archive.db from a backup")
    total = reader.counts.counts()["captures"]
    for done, capture in enumerate(reader.captures.all_captures(), start=1):
        try:
            payload(capture)
        except StoreError as error:
            yield Fault("snapshots", f"capture {capture.id} ({capture.source}): {error.message}", error.hint)
        tell(progress, "verifying", done, total)
    for message in index.faults():
        yield Fault("index", message, "newsarchive reindex")
