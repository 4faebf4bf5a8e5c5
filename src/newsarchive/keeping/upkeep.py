"""What is done with the folder of an open archive as a whole."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass
from pathlib import Path

from newsarchive.base.progress import ProgressCallback
from newsarchive.keeping.verify import Fault, Verification
from newsarchive.pipeline.index_sync import ArchiveIndex
from newsarchive.pipeline.outcomes import Outcome
from newsarchive.store.reading.captures import StoredCapture
from newsarchive.store.snapshots import SNAPSHOTS
from newsarchive.store.writing.store_writer import StoreWriter


@dataclass(frozen=True, slots=True)
class Upkeep:
    """Checks an archive, and takes in what lies in it unacknowledged."""

    folder: Path
    connection: sqlite3.Connection
    index: ArchiveIndex
    payload: Callable[[StoredCapture], bytes]
    writer: Callable[[], StoreWriter]
    notify: Callable[[str], None]

    def faults(self, *, quick: bool = False, progress: ProgressCallback | None = None) -> Iterator[Fault]:
        """What is not as it was written; see Archive.verify."""
        parts = (self.folder, self.connection, self.index, self.payload, self.notify)
        return Verification(*parts).faults(quick=quick, progress=progress)

    def adopt(self, *, workers: int = 1, progress: ProgressCallback | None = None) -> Generator[Outcome]:
        """Archive what snapshots/unacknowledged/ holds; yield what became of each capture.

        A file that was read whole is removed: what it held is in the archive then. Raises ArchiveLocked.
        """
        from newsarchive.extraction.workers.worker_pool import WorkerPool
        from newsarchive.keeping.adopt import adopt

        with self.writer() as writer, WorkerPool(workers) as pool:
            yield from adopt(self.folder / SNAPSHOTS, writer, pool, workers=workers, notify=self.notify)
            pool.close()
            self.index.catch_up(progress)
