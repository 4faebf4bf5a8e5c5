"""One writer an archive, and one that indexes it: lock files that name their holders."""

from __future__ import annotations

import os
import platform
import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

from newsarchive.errors import ArchiveLocked, StoreError

LOCK_NAME = "writer.lock"
# Beside the lock, not in it: taking a lock may truncate its file, also by those who don't get it.
HOLDER_NAME = "writer.txt"


INDEX_LOCK_NAME = "index.lock"
INDEX_HOLDER_NAME = "index.txt"


def writer_lock(folder: Path) -> AbstractContextManager[None]:
    """Hold the archive for writing; raise ArchiveLocked at once if another process has it.

    The operating system drops the lock with the process, however it ends.
    """
    return _lock(folder, LOCK_NAME, HOLDER_NAME, "written")


def index_lock(folder: Path) -> AbstractContextManager[None]:
    """Hold the index of an archive for writing, which is no bar to adding. Raises ArchiveLocked."""
    return _lock(folder, INDEX_LOCK_NAME, INDEX_HOLDER_NAME, "indexed")


@contextmanager
def _lock(folder: Path, name: str, holder: str, act: str) -> Iterator[None]:
    # Imported here: readers never lock, and the import costs 40 ms.
    from filelock import FileLock, Timeout

    lock = FileLock(folder / name, timeout=0, thread_local=False)
    try:
        lock.acquire()
    except Timeout as exc:
        raise ArchiveLocked(folder, holder=_read_holder(folder / holder), act=act) from exc
    except OSError as exc:
        raise StoreError(
            f"can't write to {folder}: {exc.strerror or exc}", hint="check its permissions and the disk"
        ) from exc
    try:
        # The name of the holder is a courtesy: a full disk must not keep from working without it.
        with suppress(OSError):
            (folder / holder).write_text(_describe_self(), encoding="utf-8")
        yield
    finally:
        (folder / holder).unlink(missing_ok=True)
        lock.release()


def _describe_self() -> str:
    command = Path(sys.argv[0]).name if sys.argv and sys.argv[0] else "python"
    since = datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC")
    return f"{command} (process {os.getpid()} on {platform.node()}, since {since})"


def _read_holder(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")[:200] or "another process"
    except OSError:
        return "another process"
