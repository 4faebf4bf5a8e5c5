"""Locks on open files and folders, which end with the process that holds them."""

from __future__ import annotations

from types import ModuleType

fcntl: ModuleType | None
try:
    import fcntl
except ImportError:  # Windows, which has no such locks and deletes no open file in any case.
    fcntl = None


def hold(descriptor: int) -> bool:
    """Lock something of one's own; False where another process has just locked it."""
    return _lock(descriptor) is not False


def is_abandoned(descriptor: int) -> bool:
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
