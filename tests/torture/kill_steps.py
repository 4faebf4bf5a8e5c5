"""Do acts of the library in processes that end before a step that reaches the disk, or lack room.

A step is what a crash can come before or after: a rename, a removal, a truncation, an fsync, a
write of the head of the log, and a commit of SQLite. Run as a program, it reads orders from
standard input, a JSON object a line, and answers each with the exit code of the process that
did it, and what it said. That process is forked off, with all libraries loaded: a hundred a
minute would else be ten.
"""

from __future__ import annotations

import json
import os
import resource
import shutil
import signal
import sqlite3
import sys
import time
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

_STEPS = (
    *("rename", "replace", "unlink", "remove", "truncate", "ftruncate", "fsync", "pwrite", "link", "rmdir"),
)


class Killer:
    """Counts steps; the process ends without a word before the step of a number."""

    def __init__(self, number: int | None) -> None:
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
    os.write(1, f"{line}\n".encode())


def act(folder: Path, name: str) -> None:
    """Do one act; print what was acknowledged, a line each, as soon as it is."""
    from newsarchive import Archive, rebuild

    if name == "create":
        Archive.create(folder).close()
    elif name == "rebuild":
        rebuild(folder)
    else:
        with Archive.open(folder) as archive:
            _ACTS[name](archive)


def _add(archive: Any) -> None:
    for outcome in archive.add([archive.folder.parent / "rows.jsonl"], workers=1):
        say(f"{outcome.name} {getattr(outcome, 'article_id', None)}")


def _save(archive: Any) -> None:
    archive.saved.add("ferries", "ferry", replace=True)
    archive.saved.run("ferries")


_ACTS: dict[str, Callable[[Any], object]] = {
    "add": _add,
    "reextract": lambda archive: list(archive.reextract("all", workers=1)),
    "reindex": lambda archive: archive.reindex(),
    "adopt": lambda archive: list(archive.keeping.adopt()),
    "saved": _save,
    "search": lambda archive: archive.search("ferry"),
    "migrate": lambda archive: archive.stats(),
    "export": lambda archive: archive.export("ferry", to=archive.folder.parent / "out.csv"),
    "export site": lambda archive: archive.export("ferry", to=archive.folder.parent / "out", format="site"),
    "report": lambda archive: archive.report("ferry", to=archive.folder.parent / "out.html"),
}


def run(order: dict[str, Any]) -> None:
    """Do what an order says, in this process."""
    steps = Killer(order.get("step"))
    install(steps)
    if order.get("room") is not None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (order["room"], order["room"]))
    from newsarchive import NewsArchiveError

    try:
        act(Path(order["folder"]), order["act"])
    except NewsArchiveError as error:
        say(f"error {type(error).__name__} {bool(error.hint)} {error.message}")
    say(f"steps {steps.count}")


def serve(answers: int) -> None:
    """Do orders, each in a process of its own, until there are no more."""
    for line in sys.stdin:
        order = json.loads(line)
        # A pipe, for a file would be short of room, too; it holds more than any act says.
        said, saying = os.pipe()
        child = os.fork()
        if child == 0:
            os.dup2(saying, 1)
            os.dup2(saying, 2)
            os._exit(_status(order))
        os.close(saying)
        code = _wait(child, order.get("seconds"))
        with os.fdopen(said, encoding="utf-8", errors="replace") as stream:
            answer = json.dumps({"code": code, "said": stream.read()})
        os.write(answers, f"{answer}\n".encode())


def _status(order: dict[str, Any]) -> int:
    try:
        run(order)
    except BaseException:  # noqa: BLE001 -- whoever gave the order reads it
        say(traceback.format_exc())
        return 1
    return 0


def _wait(child: int, seconds: float | None) -> int:
    """The exit code of a process, or minus the signal that ended it; it is killed after a time, if any."""
    if seconds is not None:
        time.sleep(seconds)
        os.kill(child, signal.SIGKILL)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


if __name__ == "__main__":
    # All that is imported late is imported now, by doing everything once.
    warm_up, rows = Path(sys.argv[1]), '{"id": 1, "text": "The ferry left."}\n'
    (warm_up / "rows.jsonl").write_text(rows)
    answers = os.dup(1)
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    for each in ("create", "add", *_ACTS, "rebuild"):
        act(warm_up / "a", each)
        shutil.rmtree(warm_up / "out", ignore_errors=True)
    serve(answers)
