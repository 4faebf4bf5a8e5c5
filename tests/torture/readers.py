"""Readers beside a writer and a reindex: never refused, and totals never go back.

    python tests/torture/readers.py [SECONDS]

prints the 95th percentile of a search, first with nobody writing, then beside both.
"""

from __future__ import annotations

import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from newsarchive import Archive

sys.path.insert(0, str(Path(__file__).parents[1] / "archive"))
from archive_data import write_dataset

READERS = 4
# Each opens the archive anew now and then, as commands do, and prints what it found and the seconds.
_READ = """
import sys, time
from newsarchive import Archive
until = time.monotonic() + float(sys.argv[2])
last = 0
while time.monotonic() < until:
    with Archive.open(sys.argv[1]) as archive:
        for query in ("ferry", "word7 OR ferry", "harbour", "ferry published:2024"):
            start = time.perf_counter()
            total = archive.search(query).total
            print(total, time.perf_counter() - start, flush=True)
            assert query != "ferry" or total >= last, f"{total} after {last}"
            last = max(last, total) if query == "ferry" else last
            time.sleep(0.05)
"""
_WRITE = """
import sys, time
sys.path.insert(0, sys.argv[3])
from pathlib import Path
from archive_data import write_dataset
from newsarchive import Archive
until, first = time.monotonic() + float(sys.argv[2]), 1_000
with Archive.open(sys.argv[1]) as archive:
    while time.monotonic() < until:
        rows = write_dataset(Path(sys.argv[1]).parent / "more.jsonl", 20, first=first)
        archive.add(rows, workers=1).finish()
        first += 20
        time.sleep(0.05)
"""
_REINDEX = """
import sys, time
from newsarchive import Archive, ArchiveLocked
until = time.monotonic() + float(sys.argv[2])
with Archive.open(sys.argv[1]) as archive:
    while time.monotonic() < until:
        try:
            archive.reindex()
        except ArchiveLocked:
            time.sleep(0.01)
"""


def _start(script: str, folder: Path, seconds: float) -> subprocess.Popen[str]:
    data = str(Path(__file__).parents[1] / "archive")
    command = [sys.executable, "-c", script, str(folder), str(seconds), data]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def searches(folder: Path, seconds: float, *, busy: bool) -> list[float]:
    """The seconds of each search of four readers; a refusal, or a total that went back, is an error."""
    others = [_start(script, folder, seconds) for script in ((_WRITE, _REINDEX) if busy else ())]
    readers = [_start(_READ, folder, seconds) for _ in range(READERS)]
    took: list[float] = []
    for process in (*readers, *others):
        said, errors = process.communicate()
        assert process.returncode == 0, errors
        took += [float(line.split()[1]) for line in said.splitlines()]
    return sorted(took)


def write_archive(base: Path) -> Path:
    """An archive of some hundred articles."""
    with Archive.open(base / "a", create=True) as archive:
        archive.add(write_dataset(base / "rows.jsonl", 500), workers=1).finish()
    return base / "a"


class Readers:
    """Some seconds of reading beside writing an attempt."""

    def __init__(self, base: Path) -> None:
        self._folder = write_archive(base)

    def attempt(self, rng: random.Random) -> Counter[str]:
        """Three to ten seconds."""
        return Counter({"searches": len(searches(self._folder, rng.uniform(3, 10), busy=True))})

    def close(self) -> None:
        """Nothing was started."""


def main() -> None:
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 60.0
    with tempfile.TemporaryDirectory() as base:
        folder = write_archive(Path(base))
        for busy in (False, True):
            took = searches(folder, seconds, busy=busy)
            line = f"{'busy' if busy else 'quiet'}: {len(took):,} searches"
            sys.stdout.write(f"{line}, p95 {1000 * took[len(took) * 95 // 100]:.1f} ms\n")


if __name__ == "__main__":
    start = time.monotonic()
    main()
    sys.stdout.write(f"{time.monotonic() - start:.0f} s\n")
