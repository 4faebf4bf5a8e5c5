"""Folders: their names made durable, and one put in the place of another."""

from __future__ import annotations

import os
import shutil
from pathlib import Path


def sync_folder(folder: Path) -> None:
    """Make a new file's name durable (POSIX; other systems do so on their own)."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def swap_folders(new: Path, old: Path) -> None:
    """Put a folder in the place of another, which goes; whoever has its files open reads on.

    Between two renames there is none: a moment in which readers look again.
    """
    aside = old.with_name(f"{old.name}.old")
    shutil.rmtree(aside, ignore_errors=True)
    if old.exists():
        old.rename(aside)
    new.rename(old)
    shutil.rmtree(aside, ignore_errors=True)
