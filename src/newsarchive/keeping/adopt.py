"""Archiving bytes of snapshots that no database acknowledged."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from newsarchive.extraction.workers.worker_pool import WorkerPool
from newsarchive.model import Capture
from newsarchive.pipeline.add import add
from newsarchive.pipeline.outcomes import Outcome
from newsarchive.store.database import store_errors
from newsarchive.store.snapshots.snapshot_files import plain_file
from newsarchive.store.snapshots.snapshot_records import captures_in
from newsarchive.store.snapshots.unacknowledged import UNACKNOWLEDGED
from newsarchive.store.writing.store_writer import StoreWriter


def adopt(
    snapshots: Path, writer: StoreWriter, pool: WorkerPool, *, workers: int, notify: Callable[[str], None]
) -> Iterator[Outcome]:
    """Add the captures of each file that was set aside; remove those that were read whole."""
    for path in sorted((snapshots / UNACKNOWLEDGED).glob("*.warc.gz")):
        if not plain_file(path):
            continue
        unreadable: list[int] = []
        yield from add(_captures(path, unreadable), writer, pool, workers=workers)
        if unreadable:
            places = ", ".join(f"{place:,}" for place in unreadable[:5])
            notify(f"{path.name} is kept: its records at {places} can't be read")
        else:
            with store_errors(path):
                path.unlink()


def _captures(path: Path, unreadable: list[int]) -> Iterator[Capture]:
    for found in captures_in(path):
        if isinstance(found, int):
            unreadable.append(found)
        else:
            yield found.capture
