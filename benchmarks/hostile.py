"""Ask one worker a page for each page made to break it; print seconds and memory of each.

    python benchmarks/hostile.py [--only WORD]

Exits with 1 where a page is over the limits that ``add`` has, or its article is not found.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from threading import Timer
from typing import Any, BinaryIO, cast

from newsarchive.extraction.workers.frames import read_frame, write_frame

PROJECT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(PROJECT / "tests" / "extraction"))

from hostile_pages import SENTENCE, WITH_ARTICLE, WITHOUT_ARTICLE  # noqa: E402

# The limits of extraction/workers/worker_pool.py.
MAX_SECONDS = 10.0
MAX_MEGABYTES = 1_024
REQUEST = {
    "url": "https://example.org/ferry",
    "content_type": None,
    "format": "html",
    "time_known": True,
    "captured_at": "2024-11-03T12:00:00+00:00",
}


@dataclass(frozen=True, slots=True)
class Cost:
    """What one page took its worker; ``cpu`` is what holds on a machine with much else to do."""

    wall: float
    cpu: float
    megabytes: float
    answer: dict[str, Any]

    @property
    def is_within(self) -> bool:
        return self.cpu <= MAX_SECONDS and self.megabytes <= MAX_MEGABYTES


def ask(payload: bytes) -> Cost:
    """Extract a page in a fresh worker that has the limits of ``add``."""
    command = [sys.executable, "-P", "-m", "newsarchive.extraction.workers.worker", str(MAX_MEGABYTES)]
    worker = subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )
    requests, answers = cast("BinaryIO", worker.stdin), cast("BinaryIO", worker.stdout)
    read_frame(answers)
    cpu, start = _cpu(worker.pid), time.perf_counter()
    # Three times the limit: what a page really takes is of interest, too.
    alarm = Timer(3 * MAX_SECONDS, worker.kill)
    alarm.start()
    write_frame(requests, REQUEST, payload)
    frame = read_frame(answers)
    wall = time.perf_counter() - start
    alarm.cancel()
    spent, peak = _cpu(worker.pid) - cpu, _peak(worker.pid)
    worker.kill()
    worker.wait()
    return Cost(wall, spent if frame else float("inf"), peak, frame[0] if frame else {"error": "no answer"})


def _cpu(pid: int) -> float:
    """Processor seconds of a process so far (Linux)."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / 100


def _peak(pid: int) -> float:
    """The most memory that a process held so far, MB (Linux)."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM")), 0.0)


def pages(word: str) -> Iterator[tuple[str, Callable[[], bytes]]]:
    for name, make in {**WITH_ARTICLE, **WITHOUT_ARTICLE}.items():
        if word in name:
            yield name, make


def verdict(name: str, cost: Cost) -> str:
    if name in WITHOUT_ARTICLE:
        return "answered" if cost.is_within else "too slow"
    found = SENTENCE in cost.answer.get("text", "")
    return "found" if found else f"NOT FOUND: {cost.answer.get('error') or cost.answer.get('text', '')[:60]}"


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--only", default="", metavar="WORD", help="pages whose name holds a word")
    failed = False
    print("| page | MB | CPU seconds | seconds | peak MB | article |\n|---|---|---|---|---|---|")
    for name, make in pages(parser.parse_args().only):
        payload = make()
        cost = ask(payload)
        said = verdict(name, cost)
        failed = failed or not cost.is_within or said not in ("found", "answered")
        print(
            f"| {name} | {len(payload) / 1e6:.1f} | {cost.cpu:.2f} | {cost.wall:.2f} "
            f"| {cost.megabytes:.0f} | {said} |",
            flush=True,
        )
    return 1 if failed else 0


if __name__ == "__main__":
    raise SystemExit(main())
