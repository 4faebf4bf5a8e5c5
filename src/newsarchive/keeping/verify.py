"""Is what the archive holds what was written? Every stored thing against the log, and the index."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from newsarchive.base.progress import ProgressCallback, tell
from newsarchive.errors import Hint, Remedy, StoreError
from newsarchive.keeping.signing.signing import ANYONE, Trust, vouched_archive
from newsarchive.keeping.verifying.check_counters import check_counters
from newsarchive.keeping.verifying.check_log import check_log, check_manifest
from newsarchive.keeping.verifying.check_snapshots import check_bytes, check_lengths
from newsarchive.keeping.verifying.check_structure import check_structure
from newsarchive.keeping.verifying.check_things import check_things
from newsarchive.keeping.verifying.fault import REBUILD, Fault
from newsarchive.keeping.verifying.written import Written, read_written
from newsarchive.pipeline.index_sync import ArchiveIndex
from newsarchive.store.reading.captures import CaptureReader, StoredCapture

__all__ = ["Fault", "Verification"]


@dataclass(frozen=True, slots=True)
class Verification:
    """Checks one archive. What is no fault and good to know is told to ``notify``.

    An index that is absent or behind, and bytes that no run has acknowledged, are such: the
    next command sees to them.
    """

    folder: Path
    uuid: str
    connection: sqlite3.Connection
    index: ArchiveIndex
    payload: Callable[[StoredCapture], bytes]
    notify: Callable[[str], None]

    def faults(
        self, *, quick: bool, trust: Trust = ANYONE, progress: ProgressCallback | None
    ) -> Iterator[Fault]:
        """Check structure, chain, lengths and keys; unless ``quick``, also each digest and the index."""
        yield from _guarded(check_structure(self.connection, quick=quick))
        yield from _guarded(check_log(self.connection, self.folder))
        yield from _guarded(self._check_signatures(trust))
        try:
            written = read_written(self.connection)
        except StoreError as error:
            yield Fault("log", error.message, REBUILD)
            return
        yield from check_manifest(written.manifest, self.folder)
        step = _steps(progress, written)
        captures = CaptureReader(self.connection)
        yield from _guarded(check_things(self.connection, written, step, quick=quick))
        yield from _guarded(check_counters(self.connection, written))
        yield from _guarded(check_lengths(self.folder, captures, written, self.notify))
        if not quick:
            yield from _guarded(check_bytes(self.folder, captures, written, self.payload, step))
        for message in () if quick else self.index.faults(progress):
            yield Fault("index", message, Hint("build the index anew", Remedy.REINDEX))

    def _check_signatures(self, trust: Trust) -> Iterator[Fault]:
        for vouched in vouched_archive(self.folder, self.connection, self.uuid, trust):
            if vouched.fault is None:
                self.notify(str(vouched))
            else:
                yield Fault("signatures", str(vouched))


def _guarded(faults: Iterator[Fault]) -> Iterator[Fault]:
    """A database that can't be read on is one fault more, and the other checks go on."""
    try:
        yield from faults
    except StoreError as error:
        yield Fault("database", error.message, REBUILD)


def _steps(progress: ProgressCallback | None, written: Written) -> Callable[[], None]:
    total = sum(map(len, written.things.values())) + len(written.segments)
    done = 0

    def step() -> None:
        nonlocal done
        done += 1
        tell(progress, "verifying", done, max(done, total))

    return step
