"""What an archive's folder may hold: plain files and folders, for a stranger may have made it.

A link or a pipe in the place of a file would be read, waited for or written through, wherever
it leads. Links are refused and not followed: nothing that this program makes is one.
"""

from __future__ import annotations

import stat
from pathlib import Path

from newsarchive.errors import NotAnArchive

_FILES = (
    *("newsarchive.toml", "newsarchive.toml.part", "archive.db", "archive.db-wal", "archive.db-shm"),
    *("archive.db-journal", "log.head", "writer.lock", "writer.txt", "index.lock", "index.txt"),
)
_FOLDERS = (
    *("snapshots", "snapshots/unacknowledged", "index", "index.next", "index.old", "rebuild"),
    "signatures",
)
# A journal that ends so names another one, which SQLite deletes wherever that is.
_SUPER_JOURNAL = b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7"


def check_folder(folder: Path) -> None:
    """Raise NotAnArchive where something is no plain file or folder that has to be one."""
    for names, is_right, kind in ((_FILES, stat.S_ISREG, "file"), (_FOLDERS, stat.S_ISDIR, "folder")):
        for name in names:
            try:
                mode = (folder / name).lstat().st_mode
            except OSError:
                continue
            if not is_right(mode):
                raise _refusal(folder, f"has no plain {kind} for {name}")
    _check_below(folder)
    if _ends_in_super_journal(folder / "archive.db-journal"):
        raise _refusal(folder, "has a journal that leads elsewhere")


def _check_below(folder: Path) -> None:
    """The folders below hold no links."""
    for name in ("index", "index.next", "index.old", "rebuild"):
        for path in (folder / name).rglob("*") if (folder / name).is_dir() else ():
            if path.is_symlink() or not (path.is_file() or path.is_dir()):
                raise _refusal(folder, f"has something that is no file in {name}")


def _ends_in_super_journal(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            file.seek(0, 2)
            file.seek(max(0, file.tell() - len(_SUPER_JOURNAL)))
            return file.read() == _SUPER_JOURNAL
    except OSError:
        return False


def _refusal(folder: Path, reason: str) -> NotAnArchive:
    return NotAnArchive(
        folder, reason=reason, hint="if it came from somebody else, don't trust it; else restore a backup"
    )
