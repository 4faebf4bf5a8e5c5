"""Disks that fill up in the midst of an act: an error with a hint, and nothing acknowledged is lost."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
from collections import Counter
from pathlib import Path

from kills import ACTS, Processes, Worlds, acknowledged, check


class FullDisks:
    """Disks without room: a small one, where this user may mount one, or a limit to the size of files."""

    def __init__(self, base: Path) -> None:
        self._processes, self._worlds, self._work = Processes(base), Worlds(base), base / "work"
        self._disk = base / "disk"
        self._disk.mkdir()
        self._has_disk = _mount(self._disk)

    def attempt(self, rng: random.Random) -> Counter[str]:
        """One."""
        act = rng.choice(ACTS)
        # From no room at all to more than any act needs, little most often.
        room = int(300_000 * rng.random() ** 3)
        if self._has_disk and rng.random() < 0.5:
            kind, folder, lines = "disk", *self._on_the_disk(act, room)
        else:
            kind, folder = "file size", self._worlds.fresh(act, self._work)
            _, lines = self._processes.run(folder, act, room=room)
        errors = [line for line in lines if line.startswith("error")]
        for line in errors:
            assert line.split()[2] == "True", f"no hint: {line}"
        check(folder, act, acknowledged(lines), self._processes)
        return Counter({f"{kind}, full" if errors else f"{kind}, with room": 1, f"in {act}": 1})

    def _on_the_disk(self, act: str, room: int) -> tuple[Path, list[str]]:
        """An act on the small disk, of which all but some bytes are taken; they are free again then."""
        folder, filler = self._worlds.fresh(act, self._disk / "work"), self._disk / "filler"
        with filler.open("wb") as file:
            left = shutil.disk_usage(self._disk).free - room
            file.write(bytes(max(0, left)))
        _, lines = self._processes.run(folder, act)
        filler.unlink()
        return folder, lines

    def close(self) -> None:
        """End the processes, and take the disk away."""
        self._processes.close()
        if self._has_disk:
            subprocess.run(["umount", self._disk], check=True)


def _mount(folder: Path) -> bool:
    """Whether a disk of some megabytes in memory could be mounted."""
    if not hasattr(os, "geteuid") or os.geteuid() != 0 or shutil.which("mount") is None:
        return False
    command = ["mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", str(folder)]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0
