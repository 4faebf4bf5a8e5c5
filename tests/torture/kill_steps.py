"""Run one act of the library and kill the process at the n-th step that reaches the disk.

A step is what a crash can come before or after: a rename, a removal, a truncation, an fsync, a
write of the head of the log, and a commit of SQLite. Run as a program: FOLDER ACT N.
"""

from __future__ import annotations

import os
import signal
import sqlite3
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

_STEPS = (
    "rename",
    "replace",
    "unlink",
    "remove",
    "truncate",
    "ftruncate",
    "fsync",
    "pwrite",
    "link",
    "rmdir",
)


class Killer:
    """Counts steps; the process ends without a word before the step of a number."""

    def __init__(self, number: int) -> None:
        self.count = 0
        self._number = number

    def step(self) -> None:
        """One more."""
        self.count += 1
        if self.count == self._number:
            os.kill(os.getpid(), signal.SIGKILL)

    def around(self, function: Callable[..., Any]) -> Callable[..., Any]:
        """The function, with a step before it and one after it."""

        def stepped(*arguments: Any, **named: Any) -> Any:
            self.step()
            result = function(*arguments, **named)
            self.step()
            return result

        return stepped


def install(killer: Killer) -> None:
    """Put steps around everything that reaches the disk."""
    for name in _STEPS:
        setattr(os, name, killer.around(getattr(os, name)))
    connect = sqlite3.connect

    def stepped(*arguments: Any, factory: Any = sqlite3.Connection, **named: Any) -> sqlite3.Connection:
        class Stepped(factory):  # type: ignore[misc]
            def execute(self, sql: str, *parameters: Any) -> Any:
                if sql != "COMMIT":
                    return super().execute(sql, *parameters)
                return killer.around(super().execute)(sql, *parameters)

        return connect(*arguments, factory=Stepped, **named)

    sqlite3.connect = stepped  # type: ignore[assignment]


def say(line: str) -> None:
    """A line that is out before the next step."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def act(folder: Path, name: str) -> None:
    """Do one act; print what was acknowledged, a line each, as soon as it is."""
    from newsarchive import Archive, rebuild

    if name == "create":
        Archive.create(folder).close()
        return
    if name == "rebuild":
        rebuild(folder)
        return
    with Archive.open(folder) as archive:
        if name == "add":
            for outcome in archive.add([folder.parent / "rows.jsonl"], workers=1):
                say(f"{outcome.name} {getattr(outcome, 'article_id', None)}")
        elif name == "reextract":
            list(archive.reextract("all", workers=1))
        elif name == "reindex":
            archive.reindex()
        elif name == "adopt":
            list(archive.keeping.adopt())
        else:
            archive.saved.add("ferries", "ferry", replace=True)
            archive.saved.run("ferries")


if __name__ == "__main__":
    # All that is imported late is imported now: its own steps are none of the act's.

    steps = Killer(int(sys.argv[3]))
    install(steps)
    act(Path(sys.argv[1]), sys.argv[2])
    say(f"steps {steps.count}")
