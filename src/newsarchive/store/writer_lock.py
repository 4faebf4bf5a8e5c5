"""One writer an archive: a lock file that names its holder."""

from __future__ import annotations

import os
import platform
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

from newsarchive.errors import ArchiveLocked, StoreError

LOCK_NAME = "writer.lock"
# Beside the lock, not in it: taking a lock may truncate its file, also by those who don't get it.
HOLDER_NAME = "writer.txt"


@contextmanager
def writer_lock(folder: Path) -> Iterator[None]:
    """Hold the archive for writing; raise ArchiveLocked at once if another process has it.

    The operating system drops the lock with the process, however it ends.
    """
    # Imported here: readers never lock, and the import costs 40 ms.
    from filelock import FileLock, Timeout

    lock = FileLock(folder / LOCK_NAME, timeout=0, thread_local=False)
    try:
        lock.acquire()
    except Timeout as exc:
        raise ArchiveLocked(folder, holder=_read_holder(folder)) from exc
    except OSError as exc:
        raise StoreError(
            f"can't write to {folder}: {exc.strerror or exc}", hint="check its permissions and the disk"
        ) from exc
    try:
        # The name of the holder is a courtesy: a full disk must not keep from working without it.
        with suppress(OSError):
            (folder / HOLDER_NAME).write_text(_describe_self(), encoding="utf-8")
        yield
    finally:
        (folder / HOLDER_NAME).unlink(missing_ok=True)
        lock.release()


def _describe_self() -> str:
    command = Path(sys.argv[0]).name if sys.argv and sys.argv[0] else "python"
    since = datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC")
    return f"{command} (process {os.getpid()} on {platform.node()}, since {since})"


def _read_holder(folder: Path) -> str:
    try:
        return (folder / HOLDER_NAME).read_text(encoding="utf-8")[:200] or "another process"
    except OSError:
        return "another process"
