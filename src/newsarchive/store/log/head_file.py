"""The head of the log in a small file beside the database: it tells of a database that was set back.

Written after each commit, so that it is never ahead of what is durable; a run that is killed in
between leaves it behind, which is harmless.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

from newsarchive.store.log.entries import Head

HEAD_NAME = "log.head"
_FORM = re.compile(r"newsarchive log entry (\d{12}) ([0-9a-f]{64})\n")
_LENGTH = len("newsarchive log entry ") + 12 + 1 + 64 + 1
# Neither a link nor a pipe is written to, whatever stands there.
_FLAGS = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


class HeadDamaged(ValueError):
    """The file says nothing that a writer ever wrote."""


def read_head(folder: Path) -> Head | None:
    """What the file says; None where there is none. Raises HeadDamaged, OSError."""
    try:
        handle = os.open(folder / HEAD_NAME, os.O_RDONLY | _FLAGS)
    except FileNotFoundError:
        return None
    try:
        data = os.read(handle, _LENGTH + 1)
    finally:
        os.close(handle)
    found = _FORM.fullmatch(data.decode("utf-8", "replace"))
    if found is None:
        raise HeadDamaged(f"{HEAD_NAME} is damaged")
    return Head(int(found[1]), found[2])


def write_head(folder: Path, head: Head) -> None:
    """Write it in one go: a line of fixed length within one sector is there whole or not at all."""
    line = f"newsarchive log entry {head.number:012} {head.hash}\n".encode()
    handle = os.open(folder / HEAD_NAME, os.O_WRONLY | os.O_CREAT | _FLAGS, 0o666)
    try:
        os.pwrite(handle, line, 0) if hasattr(os, "pwrite") else os.write(handle, line)
        if os.fstat(handle).st_size != _LENGTH:
            os.ftruncate(handle, _LENGTH)
    finally:
        os.close(handle)
