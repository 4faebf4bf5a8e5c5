"""Measure building and updating the index alone, without store and snapshots.

    python benchmarks/indexing.py build FILE.jsonl[.gz] [--articles 60000] [--memory 256]
    python benchmarks/indexing.py updates FILE.jsonl[.gz] [--articles 60000] [--adds 10000]

``build`` prints articles a second of processor time, index ÷ text and the peak of
memory over that of the generator alone; ``updates`` builds, then commits single
articles, each found by a search before the next, and prints how long that took.
"""

from __future__ import annotations

import argparse
import resource
import statistics
import tempfile
import time
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

from generate import Corpus, articles
from newsarchive.base.dates import PartialDate
from newsarchive.model import Article, IndexChange, IndexedArticle
from newsarchive.query.ast import Word
from newsarchive.search.engines import SearchRequest
from newsarchive.search.whoosh.engine import WhooshEngine

_CAPTURED = (date(2024, 5, 1), date(2024, 5, 1))


def change(number: int, row: dict[str, Any]) -> IndexChange:
    """A row as the store hands it to the index."""
    year, month, day = map(int, row["date"][:10].split("-"))
    article = Article(
        id=number,
        url=row["url"],
        headline=row["title"],
        date_published=PartialDate(year, month, day, int(row["date"][11:13]), int(row["date"][14:16])),
        section=row["section"],
        keywords=tuple(row["topics"]),
        language=row["language"],
        text=row["body"],
    )
    return IndexChange(number, number, IndexedArticle(article, 1, _CAPTURED))


def changes(rows: Iterable[dict[str, Any]], first: int = 1) -> Iterator[IndexChange]:
    """Rows as changes, numbered."""
    return (change(number, row) for number, row in enumerate(rows, first))


class Text:
    """Counts what passes, in bytes of text, and the processor time that making it takes."""

    def __init__(self, found: Iterator[IndexChange]) -> None:
        self._found = found
        self.size = 0
        self.seconds = 0.0

    def __iter__(self) -> Iterator[IndexChange]:
        while True:
            start = time.process_time()
            item = next(self._found, None)
            self.seconds += time.process_time() - start
            if item is None:
                return
            assert item.document is not None
            self.size += len(item.document.article.text.encode())
            yield item


def build(folder: Path, corpus: Corpus, count: int, memory: int) -> WhooshEngine:
    """Build an index and print what that took."""
    engine = WhooshEngine(folder, archive="benchmark", limit_mb=memory)
    passing = Text(changes(articles(corpus, count)))
    before, start = _peak(), time.process_time()
    engine.apply(passing, bulk=True)
    seconds = time.process_time() - start - passing.seconds
    size = sum(path.stat().st_size for path in folder.iterdir())
    print(f"{count:,} articles: {count / seconds:,.0f} articles/s, index / text {size / passing.size:.2f}")
    print(f"peak of memory {_peak():,.0f} MB, {before:,.0f} MB of it before; {_segments(folder)} segments")
    return engine


def update(engine: WhooshEngine, folder: Path, corpus: Corpus, count: int, adds: int) -> None:
    """Commit and find articles one by one; print the times."""
    clocks, segments = (time.perf_counter, time.process_time), list[int]()
    times: list[tuple[float, ...]] = []
    for item in changes(articles(corpus, adds, seed=2), count + 1):
        starts = [clock() for clock in clocks]
        engine.apply([item])
        engine.search(SearchRequest(query=Word("zyzzyva")))
        times.append(tuple(1000 * (clock() - start) for clock, start in zip(clocks, starts, strict=True)))
        segments.append(_segments(folder))
    for name, found in zip(("wall clock", "processor"), zip(*times, strict=True), strict=True):
        ordered = sorted(found)
        p50, p99 = ordered[len(found) // 2], ordered[len(found) * 99 // 100]
        print(
            f"{adds:,} single adds, {name}: p50 {p50:.1f} ms, p99 {p99:.1f} ms, longest {ordered[-1]:.0f} ms"
        )
    print(f"segments: {statistics.fmean(segments):.0f} in the mean, at most {max(segments)}")


def _segments(folder: Path) -> int:
    return sum(path.suffix == ".seg" for path in folder.iterdir())


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    """Measure what is asked for."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("what", choices=("build", "updates"))
    parser.add_argument("dataset", type=Path)
    parser.add_argument("--articles", type=int, default=60_000)
    parser.add_argument("--adds", type=int, default=10_000)
    parser.add_argument("--memory", type=int, default=256)
    wanted = parser.parse_args()
    corpus = Corpus.read(wanted.dataset)
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary, "index")
        engine = build(folder, corpus, wanted.articles, wanted.memory)
        if wanted.what == "updates":
            update(engine, folder, corpus, wanted.articles, wanted.adds)
        engine.close()


if __name__ == "__main__":
    main()
