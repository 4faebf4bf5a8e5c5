"""Measure the archive beside its peers, in one run; print tables for docs/performance.md.

    python benchmarks/run.py [--pages FOLDER] [--rows FILE.jsonl.gz] [--only pages|rows|search]

Without real pages and rows at hand it takes the sample archive, whose figures say little.
Ratios are what to compare: machines differ, and both sides of a ratio run in turn here.
"""

from __future__ import annotations

import argparse
import gzip
import json
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
QUERIES = ("cocoa", '"interest rates"', "oil published:1987-03", "published:1987-10..")


@dataclass(frozen=True, slots=True)
class Cost:
    """What a whole process took: wall-clock seconds and peak resident memory in MB."""

    seconds: float
    megabytes: float


def run(arguments: Sequence[str]) -> Cost:
    """Run a command to its end; an ``add`` in which some sources failed has ended well, too."""
    start = time.perf_counter()
    process = subprocess.Popen(arguments, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = _wait(process.pid)
    process.returncode = status
    if status not in (0, 1, 3):
        raise SystemExit(f"failed with {status}: {' '.join(arguments)}")
    return Cost(time.perf_counter() - start, usage.ru_maxrss / 1024)


def _wait(pid: int) -> tuple[int, int, resource.struct_rusage]:
    import os

    found, status, usage = os.wait4(pid, 0)
    return found, os.waitstatus_to_exitcode(status), usage


def newsarchive(archive: Path, *arguments: str) -> list[str]:
    return [sys.executable, "-m", "newsarchive", "--archive", str(archive), *arguments]


def peer(name: str, *arguments: str) -> list[str]:
    """This program again, doing one peer's work in a process of its own."""
    return [sys.executable, __file__, "--peer", name, *arguments]


def table(title: str, head: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    print(f"\n### {title}\n\n| {' | '.join(head)} |\n|{'---|' * len(head)}")
    for row in rows:
        print(f"| {' | '.join(row)} |")


def bench_pages(folder: Path, work: Path, repeat: int) -> None:
    """``add`` of a folder of pages beside trafilatura's extract, called page by page."""
    count = sum(1 for path in folder.rglob("*.html*") if path.is_file())
    rates: dict[str, list[float]] = {"trafilatura": [], "add": [], "again": []}
    memory = 0.0
    for _ in range(repeat):
        rates["trafilatura"].append(count / run(peer("trafilatura", str(folder))).seconds)
        archive = _fresh(work / "pages")
        cost = run(newsarchive(archive, "add", str(folder)))
        rates["add"].append(count / cost.seconds)
        memory = max(memory, cost.megabytes)
        rates["again"].append(count / run(newsarchive(archive, "add", str(folder))).seconds)
    base = statistics.median(rates["trafilatura"])
    names = {
        "trafilatura": "trafilatura.extract, page by page, one core",
        "add": "newsarchive add, whole command",
        "again": "newsarchive add of the same folder again",
    }
    rows = [
        (names[key], f"{statistics.median(values):.1f}", f"{statistics.median(values) / base:.2f}")
        for key, values in rates.items()
    ]
    table(f"Archiving {count:,} pages", ("", "pages/s", "÷ trafilatura"), rows)
    print(f"\nPeak memory of the archiving process: {memory:.0f} MB.")


def bench_rows(file: Path, work: Path, repeat: int) -> Path:
    """``add`` of a dataset beside raw Whoosh, which only indexes: no snapshot, no database."""
    count = sum(1 for _ in _rows(file))
    peers: dict[str, Callable[[], list[str]]] = {
        "Whoosh alone, the same fields (exact, stemmed, headline, dates)": lambda: peer(
            "whoosh-same", str(file), str(_emptied(work / "whoosh"))
        ),
        "Whoosh alone, title and body, one form": lambda: peer(
            "whoosh-plain", str(file), str(_emptied(work / "whoosh"))
        ),
    }
    rates: dict[str, list[float]] = {name: [] for name in peers}
    rates["newsarchive add: snapshots, database and index"] = ours = []
    memory: dict[str, float] = {}
    for _ in range(repeat):
        for name, command in peers.items():
            cost = run(command())
            rates[name].append(count / cost.seconds)
            memory[name] = max(memory.get(name, 0), cost.megabytes)
        cost = run(newsarchive(_fresh(work / "rows"), "add", str(file)))
        ours.append(count / cost.seconds)
        name = "newsarchive add: snapshots, database and index"
        memory[name] = max(memory.get(name, 0), cost.megabytes)
    mine = statistics.median(ours)
    rows = [
        (name, f"{statistics.median(v):,.0f}", f"{mine / statistics.median(v):.2f}", f"{memory[name]:.0f}")
        for name, v in rates.items()
    ]
    table(f"Archiving {count:,} rows", ("", "articles/s", "add ÷ this", "peak MB"), rows)
    return work / "rows"


def bench_search(archive: Path, repeat: int) -> None:
    """Whole processes: start, search, print, end."""
    rows = []
    for query in QUERIES:
        extra = ["--sort", "newest"] if query.startswith("published") else []
        costs = [run(newsarchive(archive, "search", query, *extra, "--json")) for _ in range(5 * repeat)]
        times = sorted(cost.seconds * 1000 for cost in costs)
        rows.append(
            (
                f"`{query}`",
                f"{statistics.median(times):.0f}",
                f"{times[-1]:.0f}",
                f"{max(cost.megabytes for cost in costs):.0f}",
            )
        )
    bare = statistics.median(run([sys.executable, "-c", "pass"]).seconds * 1000 for _ in range(5 * repeat))
    table("Searching, a fresh process each", ("query", "median ms", "worst ms", "peak MB"), rows)
    print(f"\nPython alone starts in {bare:.0f} ms.")


def _fresh(archive: Path) -> Path:
    shutil.rmtree(archive, ignore_errors=True)
    subprocess.run(
        [sys.executable, "-m", "newsarchive", "init", str(archive)], check=True, stdout=subprocess.DEVNULL
    )
    return archive


def _emptied(folder: Path) -> Path:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


def _rows(file: Path) -> Iterator[dict[str, str]]:
    opener = gzip.open if file.suffix == ".gz" else open
    with opener(file, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def peer_trafilatura(folder: str) -> None:
    """The plainest call: default settings, the text alone, no metadata."""
    import trafilatura

    for path in sorted(Path(folder).rglob("*.html*")):
        data = path.read_bytes()
        trafilatura.extract(gzip.decompress(data) if path.suffix == ".gz" else data)


def peer_whoosh(file: str, folder: str, *, same: bool) -> None:
    """Stock Whoosh with its own analyzers, memory limit 256 MB, one process."""
    from datetime import datetime

    from whoosh import fields, index
    from whoosh.analysis.analyzers import StandardAnalyzer, StemmingAnalyzer

    exact = StandardAnalyzer(stoplist=None, minsize=1)
    schema = fields.Schema(
        id=fields.ID(stored=True, unique=True),
        title=fields.TEXT(analyzer=exact),
        body=fields.TEXT(analyzer=exact),
        date=fields.DATETIME(sortable=True),
        topics=fields.KEYWORD(commas=True),
    )
    if same:
        schema.add("text", fields.TEXT(analyzer=exact))
        schema.add("stems", fields.TEXT(analyzer=StemmingAnalyzer(stoplist=None, minsize=1), phrase=False))
        schema.add(
            "title_stems", fields.TEXT(analyzer=StemmingAnalyzer(stoplist=None, minsize=1), phrase=False)
        )
        schema.remove("body")
    writer = index.create_in(folder, schema).writer(limitmb=256)
    for row in _rows(Path(file)):
        title, body = row.get("title") or "", row.get("body") or ""
        stated = {
            "id": str(row["id"]),
            "title": title,
            "date": datetime.fromisoformat(row["date"]) if row.get("date") else None,
            "topics": ",".join(row.get("topics") or []),
        }
        if same:
            text = f"{title}\n{body}"
            writer.add_document(**stated, text=text, stems=text, title_stems=title)
        else:
            writer.add_document(**stated, body=body)
    writer.commit()


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--pages", type=Path, default=PROJECT / "sample_archive" / "pages")
    parser.add_argument("--rows", type=Path, default=PROJECT / "sample_archive" / "wire.jsonl")
    parser.add_argument("--repeat", type=int, default=1)
    parser.add_argument("--only", choices=("pages", "rows", "search"))
    parser.add_argument("--peer", nargs="+", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.peer:
        name, *arguments = options.peer
        if name == "trafilatura":
            peer_trafilatura(*arguments)
        else:
            peer_whoosh(*arguments, same=name == "whoosh-same")
        return
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        if options.only in (None, "pages"):
            bench_pages(options.pages, work, options.repeat)
        if options.only in (None, "rows", "search"):
            archive = bench_rows(options.rows, work, options.repeat)
            bench_search(archive, options.repeat)


if __name__ == "__main__":
    main()
