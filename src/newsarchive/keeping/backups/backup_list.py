"""What a backup says of itself: a JSON file that lists the blocks of each file."""

from __future__ import annotations

import json
import os
import re
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from newsarchive.base.dates import read_utc_text, utc_text
from newsarchive.base.folder_renames import sync_folder
from newsarchive.errors import BackupError

FORMAT = 1
BLOCKS = "blocks"
_NAME = re.compile(r"\d{8}T\d{6}Z-\d{3}\.json")
# A list from a stranger leads to no other files than an archive has.
_PATHS = re.compile(
    r"archive\.db|newsarchive\.toml|log\.head|snapshots/\d{5,12}\.warc\.gz|signatures/\w[\w.-]{0,100}"
)
_LONGEST = 500_000_000


@dataclass(frozen=True, slots=True)
class KeptFile:
    """One file of an archive: its length, the SHA-256 of all of it, and its blocks in order."""

    path: str
    length: int
    sha256: str
    blocks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BackupList:
    """One backup: what of, when, and its files."""

    made_at: datetime
    uuid: str
    name: str
    articles: int
    files: tuple[KeptFile, ...]

    def write(self, folder: Path) -> Path:
        """Write it whole, under a name that is free: from then on the backup is there."""
        stem = f"{self.made_at:%Y%m%dT%H%M%SZ}"
        names = (f"{stem}-{n:03}.json" for n in range(1000))
        path = next(folder / name for name in names if not (folder / name).exists())
        part = path.with_suffix(".part")
        with part.open("w", encoding="utf-8") as file:
            fields = {**asdict(self), "made_at": utc_text(self.made_at)}
            json.dump({"format": FORMAT, **fields}, file, ensure_ascii=False, indent=1)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
        sync_folder(folder)
        return path


def backups_in(folder: Path) -> list[Path]:
    """The lists of all backups in a folder, the oldest first."""
    if not folder.is_dir():
        return []
    return sorted(path for path in folder.iterdir() if _NAME.fullmatch(path.name) and path.is_file())


def read_list(path: Path) -> BackupList:
    """Read a list. Raises BackupError."""
    try:
        if path.stat().st_size > _LONGEST:
            raise BackupError(f"{path} is no list of a backup")
        found = json.loads(path.read_text(encoding="utf-8"))
        if found["format"] != FORMAT:
            raise BackupError(f"{path} has format {found['format']}", hint="upgrade newsarchive")
        files = tuple(_file(each) for each in found["files"])
        moment = read_utc_text(found["made_at"])
        return BackupList(moment, str(found["uuid"]), str(found["name"]), int(found["articles"]), files)
    except (OSError, ValueError, KeyError, TypeError, OverflowError) as exc:
        raise BackupError(f"{path} can't be read as a backup: {exc}", hint="name another backup") from exc


def _file(found: Any) -> KeptFile:
    path = str(found["path"])
    if _PATHS.fullmatch(path) is None:
        raise BackupError(f"the backup has a file {path[:60]!r}, which no archive has")
    blocks = tuple(str(each) for each in found["blocks"])
    return KeptFile(path, int(found["length"]), str(found["sha256"]), blocks)
