"""Pages in files: HTML and plain text, and either gzipped."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from newsarchive.acquire.decompression import inflate, too_large
from newsarchive.acquire.names import is_gzip_name
from newsarchive.acquire.reader import DEFAULT_LIMITS, Failure, Limits, printable
from newsarchive.acquire.sniff import page_type
from newsarchive.errors import AcquireError
from newsarchive.model import Capture


class FileReader:
    """Reads one page a file. Accepts every source, so it belongs last: it tells what is missing."""

    def __init__(self, limits: Limits = DEFAULT_LIMITS) -> None:
        self._limits = limits

    def accepts(self, source: str) -> bool:
        """Always: what is nothing else is taken for a path."""
        del source
        return True

    def read(self, source: str, *, now: datetime) -> Iterator[Capture | Failure]:
        """Yield the page, its payload decompressed, or the reason why there is none."""
        name = printable(source)
        try:
            if not source:
                raise AcquireError("a source without a name", hint="give a file, a folder or a URL")
            payload = self._payload(Path(source), name)
            content_type = page_type(payload, name=name)
        except AcquireError as error:
            yield Failure(name, error)
        else:
            yield Capture(payload=payload, source=name, captured_at=now, content_type=content_type)

    def count(self, source: str) -> int:
        """One page a file."""
        del source
        return 1

    def _payload(self, path: Path, name: str) -> bytes:
        limit = self._limits.payload
        with open_regular(path) as file:
            data = read_some(file, limit + 1, name=name)
        if len(data) > limit:
            raise too_large(name, limit)
        return inflate(data, name=name, limit=limit) if data and is_gzip_name(path.name) else data


def open_regular(path: Path) -> BinaryIO:
    """Open a file for reading; raises AcquireError for all that is no readable regular file."""
    name = printable(str(path))
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise AcquireError(f"{name} is no regular file", hint="to read from a pipe, give - as the source")
        # Not blocking: a pipe that takes the file's place meanwhile must not hang the run.
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    except (OSError, ValueError) as exc:
        raise unreadable(name, exc) from exc
    return os.fdopen(handle, "rb")


def read_some(file: BinaryIO, size: int, *, name: str) -> bytes:
    """Read up to ``size`` bytes; raises AcquireError where the system can't."""
    try:
        return file.read(size)
    except OSError as exc:
        raise unreadable(name, exc) from exc


def unreadable(name: str, exc: OSError | ValueError) -> AcquireError:
    """What the system's refusal means to a user."""
    if isinstance(exc, FileNotFoundError | NotADirectoryError):
        return AcquireError(f"no such file or folder: {name}", hint=_missing_hint(name))
    if isinstance(exc, PermissionError):
        return AcquireError(f"{name} can't be read: permission denied", hint="check who may read it")
    reason = exc.strerror if isinstance(exc, OSError) else None
    return AcquireError(f"{name} can't be read: {reason or exc}", hint="check the path")


def _missing_hint(name: str) -> str:
    first = name.split("/")[0].lower()
    if first.startswith("www.") or ("/" in name and "." in first.strip(".")):
        return f"to fetch it from the web, write https://{name}"
    return "check the path"
