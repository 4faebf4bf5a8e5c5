"""A file that was opened and recognised, whatever it is."""

from __future__ import annotations

import gzip
import os
import stat
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, cast

from newsarchive.acquire.decompression import cut_short, inflate, too_large
from newsarchive.acquire.reader import printable
from newsarchive.errors import AcquireError
from newsarchive.formats import HEAD, Format, recognize

_GZIP = b"\x1f\x8b"
_ZIP = b"PK"


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file: ``raw`` as it lies on disk, seekable; ``head`` the start of its content, unzipped."""

    name: str
    raw: BinaryIO
    head: bytes
    format: Format
    is_gzipped: bool = False
    # For fields of an article the columns that a user says hold them.
    columns: Mapping[str, str] = field(default_factory=dict)

    def stream(self) -> BinaryIO:
        """Its content, unzipped; OSError, EOFError and zlib.error where it is damaged."""
        self.raw.seek(0)
        return cast("BinaryIO", gzip.GzipFile(fileobj=self.raw)) if self.is_gzipped else self.raw

    def content(self, limit: int) -> bytes:
        """All of it, unzipped. Raises AcquireError where it is damaged, or longer than ``limit``."""
        self.raw.seek(0)
        data = read_some(self.raw, limit + 1, name=self.name)
        if len(data) > limit:
            raise too_large(self.name, limit)
        return inflate(data, name=self.name, limit=limit) if self.is_gzipped else data


@contextmanager
def open_source(path: Path) -> Iterator[SourceFile]:
    """Open a file and recognise it. Raises AcquireError for all that is no readable regular file."""
    with open_regular(path) as raw:
        yield recognized(raw, name=printable(str(path)))


def recognized(raw: BinaryIO, *, name: str) -> SourceFile:
    """Tell what an open file is."""
    head = read_some(raw, HEAD, name=name)
    is_gzipped = head.startswith(_GZIP)
    if is_gzipped:
        head = _unzipped(head)
    members = _members(raw) if head.startswith(_ZIP) and not is_gzipped else ()
    raw.seek(0)
    return SourceFile(name, raw, head, recognize(head, name=name, members=members), is_gzipped)


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


def damaged(name: str, exc: OSError | EOFError | zlib.error) -> AcquireError:
    """What it means that a stream broke off."""
    if isinstance(exc, EOFError):
        return cut_short(name)
    if isinstance(exc, OSError) and not isinstance(exc, gzip.BadGzipFile):
        return unreadable(name, exc)
    return AcquireError(f"{name} can't be decompressed: {exc}", hint="the data are damaged; get a fresh copy")


def _unzipped(head: bytes) -> bytes:
    """As much of the content as tells its format; what is damaged is found out when it is read."""
    try:
        return zlib.decompressobj(16 + zlib.MAX_WBITS).decompress(head, HEAD)
    except zlib.error:
        return b""


def _members(raw: BinaryIO) -> tuple[str, ...]:
    try:
        with zipfile.ZipFile(raw) as archive:
            return tuple(archive.namelist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return ()


def _missing_hint(name: str) -> str:
    first = name.split("/")[0].lower()
    if first.startswith("www.") or ("/" in name and "." in first.strip(".")):
        return f"to fetch it from the web, write https://{name}"
    return "check the path"
