"""Putting an archive together again from a backup."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from newsarchive.base.folder_renames import sync_folder
from newsarchive.base.progress import ProgressCallback, tell
from newsarchive.errors import BackupError, Hint, Remedy
from newsarchive.keeping.backups.backup_list import BLOCKS, BackupList, KeptFile, backups_in, read_list
from newsarchive.keeping.backups.block_store import BlockStore
from newsarchive.store.manifest import MANIFEST_NAME

_PART = ".restoring"


def restore(
    backup: str | Path, folder: str | Path, *, progress: ProgressCallback | None = None
) -> BackupList:
    """Make an archive in a new folder from a backup, or from the newest of a folder of backups.

    Every block and file is checked against its digest; the folder is there whole or not at
    all. Raises BackupError.
    """
    found_in, to = Path(backup), Path(folder)
    path = _chosen(found_in)
    listed = read_list(path)
    if to.exists() and (not to.is_dir() or any(to.iterdir())):
        raise BackupError(f"{to} is there already", hint="name a folder that is new or empty")
    part = to.with_name(to.name + _PART)
    if part.is_symlink():
        raise BackupError(f"{part} is a link", hint="remove it")
    shutil.rmtree(part, ignore_errors=True)
    try:
        _write_all(listed, BlockStore(path.parent / BLOCKS), part, progress)
        if to.exists():
            to.rmdir()
        part.replace(to)
        sync_folder(to.absolute().parent)
    except OSError as exc:
        raise BackupError(f"can't write {to}: {exc.strerror or exc}", hint="check the disk") from exc
    return listed


def _chosen(path: Path) -> Path:
    if path.is_file():
        return path
    found = backups_in(path)
    if not found:
        raise BackupError(f"{path} holds no backup", hint=Hint("make a backup", Remedy.MAKE_BACKUP))
    return found[-1]


def _write_all(listed: BackupList, store: BlockStore, part: Path, progress: ProgressCallback | None) -> None:
    for name in ("snapshots", *({"signatures"} if any(_signs(each) for each in listed.files) else ())):
        (part / name).mkdir(parents=True)
    total, done = sum(each.length for each in listed.files), 0
    # The manifest comes last: a folder is an archive once all of it is there.
    for each in sorted(listed.files, key=lambda file: file.path == MANIFEST_NAME):
        for count in _write(each, store, part / each.path):
            done += count
            tell(progress, "restoring", done, total)


def _signs(kept: KeptFile) -> bool:
    return kept.path.startswith("signatures/")


def _write(kept: KeptFile, store: BlockStore, path: Path) -> Iterator[int]:
    whole, length = hashlib.sha256(), 0
    with path.open("wb") as file:
        for name in kept.blocks:
            data = store.get(name)
            length += len(data)
            if length > kept.length:
                break
            whole.update(data)
            file.write(data)
            yield len(data)
        file.flush()
        os.fsync(file.fileno())
    if length != kept.length or whole.hexdigest() != kept.sha256:
        raise BackupError(f"{kept.path} is not what was backed up", hint="restore an older backup")
