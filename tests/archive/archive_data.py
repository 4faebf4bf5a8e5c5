"""Datasets and subprocesses for the tests of the archive."""

from __future__ import annotations

import json
import subprocess
import sys
import textwrap
from collections.abc import Callable
from pathlib import Path

from newsarchive import Notice, Progress

# Prints the id of each acknowledged article, flushed.
ADDER = textwrap.dedent(
    """
    import sys
    from newsarchive import Archive
    import newsarchive.pipeline.lookahead as lookahead
    lookahead._GROUP_CAPTURES = 20
    with Archive.open(sys.argv[1], create=True) as archive:
        print("ready", flush=True)
        for outcome in archive.add(sys.argv[2:], workers=1):
            print(outcome.name, outcome.article_id, flush=True)
    print("done", flush=True)
    """
)


def notices(told: list[str]) -> Callable[[Progress | Notice], None]:
    """A listener that keeps the notices of an archive."""

    def listen(event: Progress | Notice) -> None:
        if isinstance(event, Notice):
            told.append(event.message)

    return listen


def write_dataset(path: Path, count: int, *, first: int = 0) -> Path:
    """Rows that each have a word of their own."""
    rows = [
        {
            "id": number,
            "headline": f"Harbour notice {number}",
            "text": f"The ferry word{number} left the pier. " * 5,
            "date": f"2024-{number % 12 + 1:02}-{number % 28 + 1:02}",
            "publisher": "Almar Notices",
            "language": "en",
        }
        for number in range(first, first + count)
    ]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return path


def start(script: str, *arguments: str | Path) -> subprocess.Popen[str]:
    """A Python process of its own, its output readable by lines."""
    command = [sys.executable, "-c", script, *map(str, arguments)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
