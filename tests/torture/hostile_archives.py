"""Archives made to do harm, each asked everything: refused or bounded in time and memory."""

from __future__ import annotations

import os
import random
import resource
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path

from test_hostile_archives import HOSTILE, run

COMMANDS: tuple[tuple[str, ...], ...] = (
    *(("search", "harbour"), ("stats",), ("show", "--raw", "1"), ("verify",), ("verify", "--quick")),
    *(("add", "page.txt"), ("add", "--adopt"), ("reindex",), ("reextract", "--all"), ("rebuild",)),
    *(("export", "-o", "out.jsonl"), ("report", "harbour", "-o", "out.html"), ("families", "--top", "3")),
)
# Of processor time, for a machine may have much else to do.
MOST_SECONDS = 5.0
MOST_MEGABYTES = 300


class HostileArchives:
    """One kind of harm an attempt, in turn, and all commands."""

    def __init__(self, base: Path) -> None:
        self._base, self._work = base / "pristine", base / "work"
        self._base.mkdir()
        text = "Harbour reopens\n\n" + "The ships came back on Monday. " * 20
        (self._base / "page.txt").write_text(text)
        run(self._base, "init", "a")
        run(self._base, "add", "page.txt")
        self._left: list[str] = []

    def attempt(self, rng: random.Random) -> Counter[str]:
        """One kind."""
        if not self._left:
            self._left = sorted(HOSTILE)
        name = self._left.pop()
        for command in rng.sample(COMMANDS, len(COMMANDS)):
            self._try(name, command)
        return Counter({"commands": len(COMMANDS)})

    def _try(self, name: str, command: tuple[str, ...]) -> None:
        shutil.rmtree(self._work, ignore_errors=True)
        shutil.copytree(self._base, self._work)
        outside = self._work / "outside"
        outside.mkdir()
        (outside / "victim").write_text("precious")
        HOSTILE[name](self._work / "a", outside / "victim")
        code, errors, seconds, megabytes = _measured(self._work, command)
        where = f"{name}: {' '.join(command)}"
        assert code in (0, 1, 2, 3), f"{where}: {errors}"
        assert "Traceback" not in errors, f"{where}: {errors}"
        assert "unexpected" not in errors, f"{where}: {errors}"
        assert [path.name for path in outside.iterdir()] == ["victim"], where
        assert (outside / "victim").read_text() == "precious", where
        assert seconds <= MOST_SECONDS, f"{where}: {seconds:.1f} s"
        assert megabytes <= MOST_MEGABYTES, f"{where}: {megabytes:.0f} MB"

    def close(self) -> None:
        """Nothing was started."""


def _measured(work: Path, command: tuple[str, ...]) -> tuple[int, str, float, float]:
    """Exit code, errors, processor seconds and the most memory of a command."""
    program = [sys.executable, "-m", "newsarchive", "--archive", "a", *command]
    limit = (200_000_000, 200_000_000)
    with (work / "errors").open("w+b") as errors:
        process = subprocess.Popen(
            program,
            cwd=work,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=errors,
            preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, limit),
        )
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        errors.seek(0)
        said = errors.read().decode("utf-8", "replace")
    return process.returncode, said[-2_000:], used.ru_utime + used.ru_stime, used.ru_maxrss / 1024
