"""Making a backup: consistent while others write, and no block twice."""

from __future__ import annotations

import hashlib
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

from newsarchive.base.progress import ProgressCallback, tell
from newsarchive.errors import BackupError, Hint, Remedy
from newsarchive.keeping.backups.backup_list import BLOCKS, BackupList, KeptFile, backups_in
from newsarchive.keeping.backups.block_store import BLOCK, BlockStore
from newsarchive.keeping.backups.instructions import INSTRUCTIONS
from newsarchive.keeping.signing.statements import SIGNATURES
from newsarchive.store.database import DATABASE_NAME
from newsarchive.store.log.head_file import HEAD_NAME, write_head
from newsarchive.store.log.log_reader import log_head
from newsarchive.store.manifest import MANIFEST_NAME, Manifest
from newsarchive.store.snapshots import SNAPSHOTS
from newsarchive.store.snapshots.snapshot_files import plain_file

_README = "README.txt"
# Snapshots are compressed already; level 0 wraps them.
_PACKED, _PLAIN = 6, 0

_VERIFY = Hint("verify the archive", Remedy.VERIFY)


@dataclass(frozen=True, slots=True)
class BackedUp:
    """A backup that was made: its list, what it holds, and how many bytes were new."""

    path: Path
    articles: int
    bytes: int
    new_bytes: int


def back_up(
    folder: Path, manifest: Manifest, to: Path, *, progress: ProgressCallback | None = None
) -> BackedUp:
    """Add a backup of an archive to a folder of backups; a writer may go on meanwhile.

    The database is copied as of one commit, then the snapshots as far as that commit
    acknowledges them: what is appended meanwhile is of the next backup. Raises BackupError.
    """
    _prepare(folder, to)
    with tempfile.TemporaryDirectory(prefix=".part-", dir=to) as work:
        copied = Path(work)
        articles, lengths = _copy_database(folder, copied)
        made = _Backup(folder, BlockStore(to / BLOCKS), progress)
        files = made.files(copied, lengths)
    now = datetime.now(UTC).replace(microsecond=0)
    found = BackupList(now, manifest.uuid, manifest.name, articles, tuple(files))
    return BackedUp(found.write(to), articles, sum(each.length for each in files), made.new_bytes)


def _prepare(folder: Path, to: Path) -> None:
    if to.resolve().is_relative_to(folder.resolve()):
        raise BackupError(f"{to} lies in the archive itself", hint="choose a folder on another disk")
    if to.exists() and not (to.is_dir() and (backups_in(to) or _is_ours(to))):
        raise BackupError(f"{to} is there and holds no backups", hint="name a folder that is new or empty")
    try:
        to.mkdir(parents=True, exist_ok=True)
        (to / _README).write_text(INSTRUCTIONS, encoding="utf-8")
    except OSError as exc:
        raise BackupError(f"can't write {to}: {exc.strerror or exc}", hint="choose another folder") from exc


def _is_ours(to: Path) -> bool:
    """Whether it is empty, or what an interrupted first backup left."""
    return all(entry.name in (BLOCKS, _README) or entry.name.startswith(".part-") for entry in to.iterdir())


def _copy_database(folder: Path, work: Path) -> tuple[int, dict[str, int]]:
    """The database as of one commit, with the head of its log; how far it acknowledges the snapshots."""
    try:
        with (
            closing(
                sqlite3.connect((folder / DATABASE_NAME).absolute().as_uri() + "?mode=ro", uri=True)
            ) as db,
            closing(sqlite3.connect(work / DATABASE_NAME)) as copy,
        ):
            db.backup(copy)
            # One file, whoever opens it first.
            copy.execute("PRAGMA journal_mode = DELETE")
            write_head(work, log_head(copy))
            articles = int(copy.execute("SELECT count(*) FROM articles").fetchone()[0])
            return articles, dict(copy.execute("SELECT name, length FROM snapshots WHERE length > 0"))
    except sqlite3.DatabaseError as exc:
        raise BackupError(f"the database can't be copied: {exc}", hint=_VERIFY) from exc


class _Backup:
    def __init__(self, folder: Path, store: BlockStore, progress: ProgressCallback | None) -> None:
        self._folder = folder
        self._store = store
        self._progress = progress
        self.new_bytes = 0
        self._done = 0
        self._total = 0

    def files(self, copied: Path, lengths: dict[str, int]) -> list[KeptFile]:
        """Keep all files of an archive; the database is the one that was copied."""
        database = copied / DATABASE_NAME
        self._total = database.stat().st_size + sum(lengths.values())
        found = [self._keep(database, DATABASE_NAME, _PACKED, database.stat().st_size)]
        for name, length in sorted(lengths.items()):
            found.append(self._keep(self._folder / SNAPSHOTS / name, f"{SNAPSHOTS}/{name}", _PLAIN, length))
        for path in sorted((self._folder / SIGNATURES).glob("*")):
            if plain_file(path):
                name = f"{SIGNATURES}/{path.name}"
                found.append(self._keep(path, name, _PACKED, path.stat().st_size))
        others = (self._folder / MANIFEST_NAME, copied / HEAD_NAME)
        return found + [self._keep(path, path.name, _PACKED, path.stat().st_size) for path in others]

    def _keep(self, path: Path, name: str, level: int, length: int) -> KeptFile:
        whole, blocks = hashlib.sha256(), []
        try:
            with path.open("rb") as file:
                for data in _blocks(file, length):
                    whole.update(data)
                    digest, written = self._store.put(data, level=level)
                    blocks.append(digest)
                    self.new_bytes += written
                    self._done += len(data)
                    tell(self._progress, "backing up", self._done, self._total)
        except OSError as exc:
            raise BackupError(
                f"{path}: {exc.strerror or exc}", hint="check both disks, then run it again"
            ) from exc
        return KeptFile(name, length, whole.hexdigest(), tuple(blocks))


def _blocks(file: BinaryIO, length: int) -> Iterator[bytes]:
    while length:
        data = file.read(min(BLOCK, length))
        if not data:
            raise BackupError(
                f"{file.name} is shorter than the database says",
                hint=_VERIFY,
            )
        length -= len(data)
        yield data
