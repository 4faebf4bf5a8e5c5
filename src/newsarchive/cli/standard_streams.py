"""Standard streams as a program needs them: in UTF-8, and safe where cron or a daemon has closed one."""

from __future__ import annotations

import io
import os
import sys
from typing import NoReturn

from newsarchive.errors import NewsArchiveError


class OutputClosed(NewsArchiveError):
    """There is something to print, and standard output is closed."""


class ClosedOutput(io.TextIOBase):
    """Takes the place of a standard output that can't be written to."""

    def write(self, text: str) -> NoReturn:
        """Raise OutputClosed: an answer that nobody gets must not look like one that was given."""
        del text
        raise OutputClosed(
            "there is nowhere to print to: standard output is closed",
            hint="lead it somewhere: newsarchive COMMAND > FILE",
        )

    @property
    def buffer(self) -> ClosedOutput:
        """The same for bytes."""
        return self


def prepare_streams() -> None:
    """Set standard output and error to UTF-8; put something in the place of each stream that is closed.

    Descriptors 0 to 2 are taken first: a database that got one of them would
    receive what is meant for a terminal.
    """
    closed = [number for number in (0, 1, 2) if not _is_usable(number)]
    for number in closed:
        _lead_nowhere(number)
    if 0 in closed or sys.stdin is None:
        sys.stdin = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115  as long as the program
    if 2 in closed or sys.stderr is None:
        sys.stderr = open(2, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
    if 1 in closed or sys.stdout is None:
        sys.stdout = ClosedOutput()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # Whatever the locale says; a lone surrogate of a file name must not end a run.
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def discard_output() -> None:
    """Let what is still buffered for a reader that went away, or a full disk, go nowhere."""
    _lead_nowhere(1)


def _is_usable(number: int) -> bool:
    try:
        # Nothing is written, but the system says whether it could be.
        os.fstat(number) if number == 0 else os.write(number, b"")
    except OSError:
        return False
    return True


def _lead_nowhere(number: int) -> None:
    nowhere = os.open(os.devnull, os.O_RDWR)
    if nowhere != number:
        os.dup2(nowhere, number)
        os.close(nowhere)
