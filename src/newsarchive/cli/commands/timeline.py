"""``newsarchive timeline``: coverage over time."""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Annotated

import typer

from newsarchive.cli.arguments import join_query
from newsarchive.cli.charts import bars
from newsarchive.cli.choices import After, AsJson, Before, Period, Words
from newsarchive.cli.failures import UsageProblem
from newsarchive.cli.session import open_archive, session_of
from newsarchive.cli.terminal import say
from newsarchive.cli.text import to_json

EXAMPLE = "Example: newsarchive timeline korea --by year"
# A gap of more periods than this is told in one line.
_LONGEST_GAP = 12


def command(
    ctx: typer.Context,
    words: Words = None,
    by: Annotated[Period, typer.Option("--by", help="The length of a period.")] = "month",
    after: After = None,
    before: Before = None,
    as_json: AsJson = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="Print CSV: period, articles.")] = False,
) -> None:
    """Chart how many articles match, over time."""
    if as_json and as_csv:
        raise UsageProblem("--json and --csv exclude each other", hint="choose one")
    query = session_of(ctx).query = join_query(words)
    with open_archive(ctx) as archive:
        counts = archive.timeline(query, by=by, after=after, before=before)
    if as_json:
        say(to_json({"format": 1, "query": query, "by": by, "periods": counts}, indent=2))
    elif as_csv:
        csv.writer(sys.stdout, lineterminator="\n").writerows([("period", "articles"), *counts.items()])
    elif counts:
        _show_chart(counts)
    else:
        sys.stderr.write(
            "nothing found\nhint: articles without a date precise enough are not in a timeline\n"
        )


def _show_chart(counts: Mapping[str, int]) -> None:
    filled, gaps = fill_gaps(counts)
    for period, line in zip(filled, bars(filled), strict=True):
        say(line)
        if period in gaps:
            say(f"… {gaps[period]:,} empty …")


def fill_gaps(counts: Mapping[str, int]) -> tuple[dict[str, int], dict[str, int]]:
    """Counts with the empty periods between; long gaps by the period that they follow, with their length."""
    filled: dict[str, int] = {}
    gaps: dict[str, int] = {}
    last = None
    for period, count in counts.items():
        if last is not None:
            between = _number(period) - _number(last) - 1
            if between > _LONGEST_GAP:
                gaps[last] = between
            else:
                filled.update(dict.fromkeys(_periods_after(last, between), 0))
        filled[period] = count
        last = period
    return filled, gaps


def _periods_after(period: str, count: int) -> Iterator[str]:
    first = _number(period) + 1
    for number in range(first, first + count):
        yield _period(number, parts=period.count("-") + 1)


def _number(period: str) -> int:
    """Periods since year 0 (days: since 1 January of year 1), so that the next one is one more."""
    match [int(part) for part in period.split("-")]:
        case [year, month, day]:
            return date(year, month, day).toordinal()
        case [year, month]:
            return year * 12 + month - 1
        case [year]:
            return year
        case _:
            raise ValueError(f"not a period: {period!r}")


def _period(number: int, *, parts: int) -> str:
    if parts == 3:
        return date.fromordinal(number).isoformat()
    return f"{number // 12:04}-{number % 12 + 1:02}" if parts == 2 else f"{number:04}"
