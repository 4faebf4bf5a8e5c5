"""The last resort: a database made anew from the snapshots alone."""

from __future__ import annotations

import hashlib
import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from newsarchive.base.progress import ProgressCallback, tell
from newsarchive.errors import NewsArchiveError
from newsarchive.extraction import EXTRACTOR_VERSION
from newsarchive.extraction.workers.worker_pool import WorkerPool
from newsarchive.keeping.salvage import Salvaged, salvage
from newsarchive.model import Capture
from newsarchive.pipeline.add import add
from newsarchive.pipeline.index_sync import INDEX
from newsarchive.store.database import DATABASE_NAME, FORMAT, store_errors
from newsarchive.store.log.head_file import HEAD_NAME
from newsarchive.store.log.segments import Segment
from newsarchive.store.manifest import MANIFEST_NAME, Manifest
from newsarchive.store.snapshots import SNAPSHOTS
from newsarchive.store.snapshots.snapshot_files import RecordPlace, is_snapshot
from newsarchive.store.snapshots.snapshot_records import captures_in
from newsarchive.store.writer_lock import writer_lock
from newsarchive.store.writing.store_writer import StoreWriter

_WORK = "rebuild"


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """What a rebuild found; ``unreadable`` are records that are damaged, ``replaced`` the old database."""

    articles: int
    captures: int
    unreadable: int
    replaced: Path | None


def rebuild(
    folder: Path,
    *,
    workers: int = 1,
    notify: Callable[[str], None] = lambda _: None,
    progress: ProgressCallback | None = None,
) -> Rebuilt:
    """Make the database anew; the one that is there is kept under another name. Raises ArchiveLocked.

    Captures and their places come from the snapshots, articles from extraction. From the
    database that is there, where it can be read, come the ids of articles, what users said,
    and saved searches with their runs.
    """
    with writer_lock(folder), store_errors(folder):
        _prepare(folder)
        known = salvage(folder / DATABASE_NAME, notify)
        places = _PlacedSnapshots(folder / SNAPSHOTS, notify, progress)
        with StoreWriter(
            folder / _WORK, extractor=EXTRACTOR_VERSION, ids=known.ids, snapshots=places
        ) as writer:
            with WorkerPool(workers) as pool:
                for _ in add(places.captures(known), writer, pool, workers=workers):
                    pass
            known.restore(writer, notify)
            with writer.transaction("rebuild"):
                places.finish()
            counts = writer.reader.counts.counts()
        replaced = _swap(folder)
    return Rebuilt(counts["articles"], counts["captures"], places.unreadable, replaced)


def _prepare(folder: Path) -> None:
    work = folder / _WORK
    if work.is_symlink():
        raise NewsArchiveError(f"{work} is a link", hint="remove it")
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir()
    if (folder / MANIFEST_NAME).exists():
        shutil.copyfile(folder / MANIFEST_NAME, work / MANIFEST_NAME)
    else:
        Manifest.new(folder.absolute().name, format_version=FORMAT).write(work)


class _PlacedSnapshots:
    """Snapshots that are written already: gives each capture the place where it lies."""

    def __init__(
        self, folder: Path, notify: Callable[[str], None], progress: ProgressCallback | None
    ) -> None:
        self._folder = folder
        self._notify = notify
        self._progress = progress
        self._places: dict[int, RecordPlace] = {}
        self._ends: dict[str, int] = {}
        self._acknowledged: dict[str, int] = {}
        self.unreadable = 0

    def captures(self, known: Salvaged) -> Iterator[Capture]:
        """Every capture, in the order in which they were written."""
        paths = [path for path in sorted(self._folder.glob("*.warc.gz")) if is_snapshot(path)]
        total, before = sum(path.stat().st_size for path in paths), 0
        for path in paths:
            self._ends.setdefault(path.name, 0)
            for found in captures_in(path):
                if isinstance(found, int):
                    self.unreadable += 1
                    self._notify(f"the record at {found:,} of {path.name} can't be read")
                    continue
                if known.is_removed(found.capture, path.name, found.offset):
                    continue
                capture = known.named(found.capture, path.name, found.offset)
                self._places[id(capture)] = RecordPlace(path.name, found.offset, found.length)
                yield capture
                tell(self._progress, "archiving", before + found.offset, total)
            before += path.stat().st_size

    def append(self, capture: Capture) -> RecordPlace:
        """Where the capture lies."""
        place = self._places.pop(id(capture))
        self._ends[place.snapshot] = max(self._ends[place.snapshot], place.offset + place.length)
        return place

    def sync(self) -> list[Segment]:
        """What was appended since, for the database to acknowledge."""
        segments = [
            self._segment(name, self._acknowledged.get(name, 0), end)
            for name, end in self._ends.items()
            if end > self._acknowledged.get(name, 0)
        ]
        self._acknowledged.update((segment.name, segment.end) for segment in segments)
        return segments

    def finish(self) -> None:
        """Take each file to its end."""
        for name in self._ends:
            self._ends[name] = (self._folder / name).stat().st_size

    def rollback(self, committed: dict[str, int]) -> None:
        """Nothing was written."""

    def close(self) -> None:
        """Nothing is open."""

    def _segment(self, name: str, start: int, end: int) -> Segment:
        digest, left = hashlib.sha256(), end - start
        with (self._folder / name).open("rb") as file:
            file.seek(start)
            while left and (data := file.read(min(left, 1 << 20))):
                digest.update(data)
                left -= len(data)
        return Segment(name, start, end, digest.hexdigest())


def _swap(folder: Path) -> Path | None:
    """Put the new database in the place of the old one, which is kept; a kill in between loses neither."""
    work, database = folder / _WORK, folder / DATABASE_NAME
    replaced = None
    if database.exists():
        stem = f"{DATABASE_NAME}.replaced-{datetime.now(UTC):%Y%m%d-%H%M%S}"
        names = (stem if n == 1 else f"{stem}-{n}" for n in range(1, 1_000_000))
        replaced = next(folder / name for name in names if not os.path.lexists(folder / name))
        _fold_journal(database)
        for suffix in ("-wal", "-shm"):
            with suppress(FileNotFoundError):
                Path(f"{database}{suffix}").rename(f"{replaced}{suffix}")
        os.link(database, replaced) if hasattr(os, "link") else shutil.copy2(database, replaced)
    (folder / HEAD_NAME).unlink(missing_ok=True)
    (work / DATABASE_NAME).replace(database)
    (work / HEAD_NAME).replace(folder / HEAD_NAME)
    if not (folder / MANIFEST_NAME).exists():
        (work / MANIFEST_NAME).replace(folder / MANIFEST_NAME)
    shutil.rmtree(work)
    if not (folder / INDEX).is_symlink():
        shutil.rmtree(folder / INDEX, ignore_errors=True)
    return replaced


def _fold_journal(database: Path) -> None:
    with suppress(sqlite3.DatabaseError), closing(sqlite3.connect(database)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
