"""What is done with the folder of an open archive as a whole."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from newsarchive.base import arguments
from newsarchive.base.progress import ProgressCallback, notify
from newsarchive.keeping.signing.signing import ANYONE, Trust, Vouched, sign_archive
from newsarchive.keeping.verify import Fault, Verification
from newsarchive.pipeline.index_sync import ArchiveIndex
from newsarchive.pipeline.outcomes import Outcome
from newsarchive.pipeline.run import Run
from newsarchive.store.reading.captures import StoredCapture
from newsarchive.store.snapshots import SNAPSHOTS

if TYPE_CHECKING:
    from newsarchive.keeping.backups.backing_up import BackedUp


@dataclass(frozen=True, slots=True)
class Upkeep:
    """Checks and signs an archive, and takes in what lies in it unacknowledged."""

    folder: Path
    uuid: str
    connection: sqlite3.Connection
    index: ArchiveIndex
    payload: Callable[[StoredCapture], bytes]
    progress: ProgressCallback | None
    find: Callable[[str], Sequence[int]]

    def faults(
        self, *, quick: bool = False, trust: Trust = ANYONE, progress: ProgressCallback | None = None
    ) -> Iterator[Fault]:
        """What is not as it was written; see Archive.verify. ``trust``: whose signatures and stamps count."""
        progress = progress or self.progress
        parts = (self.folder, self.uuid, self.connection, self.index, self.payload, partial(notify, progress))
        return Verification(*parts).faults(quick=quick, trust=trust, progress=progress)

    def sign(self, *, key: str | Path | None = None, service: str | None = None) -> Vouched:
        """Sign the state of the archive with an SSH key, have it stamped by a service (RFC 3161), or both.

        Both are kept in signatures/ and checked by ``verify``. Raises SigningError.
        """
        file = None if key is None else Path(key)
        return sign_archive(self.folder, self.connection, self.uuid, key=file, service=service)

    def remove(
        self,
        which: str | int | Iterable[int],
        *,
        reason: str | None = None,
        progress: ProgressCallback | None = None,
    ) -> int:
        """Remove articles, by a query or ids, with all that belongs to them; return how many.

        Tombstones stay, so that the log says what was there, and ``add`` takes none of them
        back unasked. The bytes of captures stay in the snapshots. Raises QueryError, ArticleNotFound,
        ArchiveLocked.
        """
        from newsarchive.pipeline.whole_runs import one_writer
        from newsarchive.store.writing.removal import Removal

        progress = progress or self.progress
        ids = self.find(which) if isinstance(which, str) else arguments.ids("which", which)
        with one_writer(self.folder, progress) as writer:
            writer.reader.articles.known(ids)
            count = Removal(writer).remove(ids, reason=reason) if ids else 0
            self.index.catch_up(progress)
        return count

    def backup(self, to: str | Path, *, progress: ProgressCallback | None = None) -> BackedUp:
        """Add a backup to a folder of backups; an ``add`` may go on meanwhile. Raises BackupError.

        Blocks of bytes that the folder has already are not written again.
        """
        from newsarchive.keeping.backups.backing_up import back_up
        from newsarchive.store.database import FORMAT
        from newsarchive.store.manifest import read_manifest

        # What reads nothing would not notice that the archive is closed.
        self.connection.execute("SELECT 1")
        manifest = read_manifest(self.folder, supported=FORMAT)
        return back_up(self.folder, manifest, Path(to), progress=progress or self.progress)

    def adopt(self, *, workers: int = 1, progress: ProgressCallback | None = None) -> Run[Outcome]:
        """Archive what snapshots/unacknowledged/ holds; a run gives what becomes of each capture.

        A file that was read whole is removed: what it held is in the archive then. Raises ArchiveLocked.
        """
        return Run(lambda: self._adopt(workers=workers, progress=progress or self.progress))

    def _adopt(self, *, workers: int, progress: ProgressCallback | None) -> Generator[Outcome]:
        from newsarchive.extraction.workers.worker_pool import WorkerPool
        from newsarchive.keeping.adopt import adopt
        from newsarchive.pipeline.whole_runs import one_writer

        told = partial(notify, progress)
        with one_writer(self.folder, progress) as writer, WorkerPool(workers) as pool:
            yield from adopt(self.folder / SNAPSHOTS, writer, pool, workers=workers, notify=told)
            pool.close()
            self.index.catch_up(progress)
