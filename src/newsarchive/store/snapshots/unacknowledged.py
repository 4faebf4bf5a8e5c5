"""Bytes of snapshots that no database acknowledges: set aside, never cut.

A run that was killed leaves some; so does an archive.db that was set back, and then they
are the only copy of what was archived.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path

from newsarchive.base.folder_renames import sync_folder
from newsarchive.errors import StoreError

UNACKNOWLEDGED = "unacknowledged"


def set_aside(folder: Path, acknowledged: Mapping[str, int]) -> Iterator[Path]:
    """Move what lies behind the acknowledged length of each snapshot; yield where to."""
    for path in sorted(folder.glob("*.warc.gz")):
        length = acknowledged.get(path.name, 0)
        if path.is_symlink() or not path.is_file():
            raise StoreError(f"{path} is no plain file", hint="replace it by the file from a backup")
        if path.stat().st_size > length:
            yield _move(path, length, _target(folder / UNACKNOWLEDGED, path.name, length))


def _target(folder: Path, name: str, length: int) -> Path:
    folder.mkdir(exist_ok=True)
    stem = f"{name.removesuffix('.warc.gz')}-from-{length}"
    names = (f"{stem}{'' if n == 1 else f'-{n}'}.warc.gz" for n in range(1, 1_000_000))
    return next(folder / each for each in names if not os.path.lexists(folder / each))


def _move(path: Path, length: int, target: Path) -> Path:
    """Copy first and cut then: at every moment the bytes are in one place at least."""
    if length == 0:
        path.rename(target)
    else:
        part = target.with_suffix(".part")
        with path.open("rb") as source, part.open("wb") as copy:
            source.seek(length)
            shutil.copyfileobj(source, copy)
            copy.flush()
            os.fsync(copy.fileno())
        part.rename(target)
        sync_folder(target.parent)
        os.truncate(path, length)
    sync_folder(target.parent)
    return target
