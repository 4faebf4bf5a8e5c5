"""How fast each format of exports is written, and in how much memory.

    .venv/bin/python benchmarks/exports.py ARCHIVE [--formats jsonl,csv] [--query QUERY]

Each format in a process of its own, for its peak of memory; processor time, as machines are shared.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from newsarchive import Archive
from newsarchive.export.registry import formats


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("archive", type=Path)
    parser.add_argument("--formats", default=",".join(formats()))
    parser.add_argument("--query", default="")
    parser.add_argument("--alone", action="store_true", help="this one format, in this process")
    chosen = parser.parse_args()
    if chosen.alone:
        print(measure(chosen.archive, chosen.formats, chosen.query))
        return
    print("| format | articles/s | peak MB | MB |\n|---|---|---|---|")
    for name in chosen.formats.split(","):
        arguments = [str(chosen.archive), "--formats", name, "--query", chosen.query, "--alone"]
        subprocess.run([sys.executable, __file__, *arguments], check=True)


def measure(archive: Path, name: str, query: str) -> str:
    """A row of the table."""
    with tempfile.TemporaryDirectory() as folder, Archive.open(archive) as opened:
        target = Path(folder) / "out"
        start = time.process_time()
        count = opened.export(query, to=target, format=name)
        seconds = time.process_time() - start
        files = [target] if target.is_file() else [path for path in target.rglob("*") if path.is_file()]
        size = sum(path.stat().st_size for path in files) / 1e6
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return f"| `{name}` | {count / seconds:,.0f} | {peak:,.0f} | {size:,.1f} |"


if __name__ == "__main__":
    main()
