"""What the queries of a batch found: for reading, or as CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from newsarchive.cli.render.hits import day, headline
from newsarchive.cli.render.terminal import line_width, say, styled
from newsarchive.cli.render.terminal_text import clean, cut

if TYPE_CHECKING:
    from newsarchive.answers.batch.batch import BatchLine, BatchResults
    from newsarchive.model import Article

_WIDEST = 120
_BEST = "    "
_HIT_COLUMNS = ("id", "date", "publisher", "headline")


def show_batch(lines: Sequence[BatchLine]) -> None:
    """One line a query: how many, from when to when; below it the best hits."""
    room = line_width(_WIDEST)
    digits = max((len(f"{each.total:,}") for each in lines), default=0)
    for each in lines:
        say(cut(f"{each.total:>{digits},}  {_days(each)}  {clean(each.query)}", room))
        for article in each.top:
            publisher = f"  {clean(article.publisher)}" if article.publisher else ""
            head = f"{_BEST}#{article.id}  {day(article)}{publisher}  {headline(article)}"
            say(styled(cut(head, room), "dim"))


def summary(results: BatchResults) -> str:
    """How many queries found something, nothing, or could not be answered."""
    failed = len(results.failed)
    parts = [f"{results.found:,} found something", f"{len(results) - results.found - failed:,} nothing"]
    if failed:
        parts.append(f"{failed:,} could not be answered")
    return f"{_count(len(results), 'query', 'queries')}: {', '.join(parts)}"


def as_csv(lines: Sequence[BatchLine]) -> str:
    """A row a query, its best hits in columns behind it; no cell can be a formula."""
    most = max((len(each.top) for each in lines), default=0)
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    of_hits = (f"hit_{number}_{name}" for number in range(1, most + 1) for name in _HIT_COLUMNS)
    writer.writerow(["line", "query", "total", "first", "last", "error", *of_hits])
    writer.writerows(_row(line, most) for line in lines)
    return text.getvalue()


def _row(line: BatchLine, hits: int) -> list[str | int]:
    from newsarchive.export.tables.delimited import defuse

    error = "" if line.error is None else line.error.message
    cells: list[str | int] = [line.line, line.query, line.total, line.first or "", line.last or "", error]
    cells += (cell for article in line.top for cell in _cells(article))
    cells += [""] * ((hits - len(line.top)) * len(_HIT_COLUMNS))
    return [defuse(cell) if isinstance(cell, str) else cell for cell in cells]


def _cells(article: Article) -> Iterator[str | int]:
    published = article.date_published
    yield article.id or 0
    yield "" if published is None else published.isoformat()
    yield article.publisher or ""
    yield article.headline or ""


def _days(line: BatchLine) -> str:
    if line.error is not None:
        return styled("(not answered)        ", "removed")
    if line.first is None:
        return ("(undated)" if line.total else "").ljust(22)
    return (line.first if line.first == line.last else f"{line.first}..{line.last}").ljust(22)


def _count(number: int, one: str, many: str) -> str:
    return f"{number:,} {one if number == 1 else many}"
