"""Where output goes: a stream, a pipe or device, or a file or folder that appears whole or not at all.

A file is written under a temporary name beside its target, which it takes when it
is complete. That name is made of a digest of the target's name and a random part,
so that it is never a name of the user's, and it is locked while it is written: what
a killed run left behind is not locked any more, and the next run for the same target
clears it.
"""

from __future__ import annotations

import os
import re
import shutil
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from hashlib import sha256
from pathlib import Path
from types import ModuleType
from typing import BinaryIO

from newsarchive.errors import ExportError

fcntl: ModuleType | None
try:
    import fcntl
except ImportError:  # Windows, which has no such locks and deletes no open file in any case.
    fcntl = None

# What output can be sent to: the name of a file or folder, or a binary stream.
Output = str | Path | BinaryIO
# /dev/stdout is a link to the first of these; so is what a shell names for >(command).
_DESCRIPTOR = re.compile(r"/(?:dev|proc/(?:self|thread-self|(?P<process>\d+)))/fd/(?P<number>\d+)")
# The number of links that Linux follows before it gives up.
_MOST_LINKS = 40
# Windows renames no open file; elsewhere the lock is kept until the file has its name.
_CLOSE_FIRST = sys.platform == "win32"


@contextmanager
def output(to: Output) -> Iterator[BinaryIO]:
    """The stream to write to. A regular file gets its name only when it is complete.

    A link is followed. Pipes, terminals and other character devices are written into.
    Mode and owner of a file that is there are kept. Raises ExportError.
    """
    if not isinstance(to, str | Path):
        yield to
        return
    path = named(to)
    with _told(path), _opened(path) as stream:
        yield stream


@contextmanager
def output_folder(to: str | Path) -> Iterator[Path]:
    """A folder to write into, which gets its name only when it is complete.

    The name is free, or that of an empty folder. Raises ExportError.
    """
    path = named(to)
    with _told(path):
        target = Path(os.path.realpath(path))
        _refuse_what_is_there(path, target)
        _clear_leftovers(target)
        with _locked_folder(target) as temporary:
            yield temporary
            if target.exists():
                shutil.copymode(target, temporary)
                target.rmdir()
            temporary.rename(target)


def named(to: str | Path) -> Path:
    """The path that a user named; raises ExportError where it can be none."""
    name = os.fspath(to)
    if not name or "\0" in name:
        raise ExportError("the output has no name that a file can have", hint="name a file to write to")
    return Path(name)


@contextmanager
def _told(path: Path) -> Iterator[None]:
    try:
        yield
    except BrokenPipeError:
        # The reader of a pipe has what it wanted: no fault of the output.
        raise
    except OSError as exc:
        raise ExportError(f"can't write {path}: {exc.strerror or exc}", hint="choose another file") from exc


@contextmanager
def _opened(path: Path) -> Iterator[BinaryIO]:
    number = _descriptor(path)
    if number is not None:
        # A copy of the descriptor keeps what opening it anew would lose: the place in a file, and >>.
        with os.fdopen(os.dup(number), "wb") as stream:
            yield stream
        return
    mode = _mode(path)
    if mode is None or stat.S_ISREG(mode):
        with _whole_file(Path(os.path.realpath(path))) as stream:
            yield stream
    elif stat.S_ISFIFO(mode) or stat.S_ISCHR(mode):
        with path.open("wb") as stream:
            yield stream
    else:
        raise ExportError(f"can't write {path}: it is {_kind(mode)}", hint="name a file to write to")


def _descriptor(path: Path) -> int | None:
    """The number of the open descriptor of this process that a path leads to by links, if it does."""
    step = path.absolute()
    for _ in range(_MOST_LINKS):
        match = _DESCRIPTOR.fullmatch(str(step))
        if match is not None:
            return int(match["number"]) if match["process"] in (None, str(os.getpid())) else None
        if not step.is_symlink():
            return None
        step = step.parent / step.readlink()
    return None


def _mode(path: Path) -> int | None:
    try:
        return path.stat().st_mode
    except FileNotFoundError:
        return None


def _kind(mode: int) -> str:
    if stat.S_ISDIR(mode):
        return "a folder"
    return "a disk" if stat.S_ISBLK(mode) else "no file, pipe or device"


@contextmanager
def _whole_file(target: Path) -> Iterator[BinaryIO]:
    is_there = target.exists()
    if is_there and not os.access(target, os.W_OK, effective_ids=os.access in os.supports_effective_ids):
        raise ExportError(f"can't write {target}: it is read-only", hint="choose another file")
    _clear_leftovers(target)
    temporary, stream = _locked_file(target)
    try:
        with stream:
            if is_there:
                _take_after(target, temporary)
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
            if not _CLOSE_FIRST:
                temporary.replace(target)
        if _CLOSE_FIRST:
            temporary.replace(target)
    finally:
        # Whatever ended it before the end: an error of the archive, Ctrl-C.
        with suppress(OSError):
            temporary.unlink(missing_ok=True)


def _locked_file(target: Path) -> tuple[Path, BinaryIO]:
    """A new file under a name of its own, locked."""
    while True:
        temporary = _temporary_name(target)
        stream = temporary.open("xb")
        # Another run may have taken it for a leftover before it was locked.
        if _hold(stream.fileno()) and temporary.exists():
            return temporary, stream
        stream.close()


@contextmanager
def _locked_folder(target: Path) -> Iterator[Path]:
    """A new folder under a name of its own, locked; removed unless it was given another name."""
    temporary, descriptor = _make_locked_folder(target)
    try:
        yield temporary
    finally:
        shutil.rmtree(temporary, ignore_errors=True)
        if descriptor is not None:
            os.close(descriptor)


def _make_locked_folder(target: Path) -> tuple[Path, int | None]:
    while True:
        temporary = _temporary_name(target)
        temporary.mkdir()
        if _CLOSE_FIRST:
            return temporary, None
        descriptor = os.open(temporary, os.O_RDONLY)
        if _hold(descriptor) and temporary.exists():
            return temporary, descriptor
        os.close(descriptor)


def _take_after(target: Path, temporary: Path) -> None:
    """Give a file the mode, owner and attributes of the one whose place it will take."""
    shutil.copystat(target, temporary)
    there, made = target.stat(), temporary.stat()
    if (there.st_uid, there.st_gid) != (made.st_uid, made.st_gid) and hasattr(os, "chown"):
        os.chown(temporary, there.st_uid, there.st_gid)
        # Changing the owner drops bits of the mode.
        temporary.chmod(stat.S_IMODE(there.st_mode))


def _refuse_what_is_there(path: Path, target: Path) -> None:
    mode = _mode(target)
    if mode is None:
        return
    if not stat.S_ISDIR(mode):
        raise ExportError(f"can't write {path}: it is no folder", hint="choose a folder that is new or empty")
    if any(target.iterdir()):
        raise ExportError(
            f"can't write {path}: the folder isn't empty", hint="choose a folder that is new or empty"
        )


def _temporary_name(target: Path) -> Path:
    return target.with_name(f"{_prefix(target)}{os.urandom(8).hex()}.part")


def _prefix(target: Path) -> str:
    # A digest of the name: the name itself may be as long as a name can be.
    return f".newsarchive-{sha256(os.fsencode(target.name)).hexdigest()[:16]}-"


def _clear_leftovers(target: Path) -> None:
    """Remove what killed runs left of earlier versions of a target."""
    name = re.compile(re.escape(_prefix(target)) + r"[0-9a-f]{16}\.part")
    with suppress(OSError):
        for path in [entry for entry in target.parent.iterdir() if name.fullmatch(entry.name)]:
            _clear(path)


def _clear(leftover: Path) -> None:
    """Remove a temporary file or folder unless a run that is alive holds it."""
    if _CLOSE_FIRST:
        # Windows keeps a file that somebody has open, and knows no locks on folders.
        leftover.unlink(missing_ok=True)
        return
    with suppress(OSError):
        descriptor = os.open(leftover, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0))
        try:
            if not _is_abandoned(descriptor):
                return
            if leftover.is_dir():
                shutil.rmtree(leftover, ignore_errors=True)
            else:
                leftover.unlink()
        finally:
            os.close(descriptor)


def _hold(descriptor: int) -> bool:
    """Lock something of one's own; False where another process has just locked it."""
    return _lock(descriptor) is not False


def _is_abandoned(descriptor: int) -> bool:
    """Whether the process that locked something is gone; False where there is no telling."""
    return _lock(descriptor) is True


def _lock(descriptor: int) -> bool | None:
    """Whether a lock was free; None where there are no locks, as on some network shares."""
    if fcntl is None:
        return None
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        return None
    return True
