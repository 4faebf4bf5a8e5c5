"""``newsarchive timeline``: coverage over time."""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterator, Mapping
from itertools import islice, pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from newsarchive.base.periods import Period as ByPeriod
from newsarchive.base.periods import number_of, period_at, span
from newsarchive.cli.failures import NOTHING_FOUND, UsageProblem
from newsarchive.cli.query_arguments import join_query
from newsarchive.cli.render.bars import bars, sparks
from newsarchive.cli.render.progress_bar import reporter
from newsarchive.cli.render.terminal import say, styled
from newsarchive.cli.render.terminal_text import to_json
from newsarchive.cli.session import note, open_archive, session_of
from newsarchive.cli.shared_options import After, AsJson, Before, Collapse, DatedFacet, Period, Words

if TYPE_CHECKING:
    from newsarchive.answers.timeline import Timeline

EXAMPLE = "Example: newsarchive timeline korea --by week --facet publisher --plot korea.svg"
# A gap of more periods than this is told in one line.
_LONGEST_GAP = 3
_SHOWN = 20


def command(
    ctx: typer.Context,
    words: Words = None,
    by: Annotated[Period, typer.Option("--by", metavar="PERIOD", help="The length of a period.")] = "month",
    facet: Annotated[
        DatedFacet | None,
        typer.Option("--facet", metavar="FIELD", help="A line for each of these.", show_default=False),
    ] = None,
    after: After = None,
    before: Before = None,
    collapse: Collapse = False,
    plot: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Draw it: FILE.svg, or FILE.png (needs newsarchive[plot])."),
    ] = None,
    as_json: AsJson = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="Print CSV: period, articles.")] = False,
) -> None:
    """Chart how many articles match, over time."""
    if as_json and as_csv:
        raise UsageProblem("--json and --csv exclude each other", hint="choose one")
    query = session_of(ctx).query = join_query(words)
    with open_archive(ctx) as archive, reporter() as report:
        timeline = archive.timeline(
            query,
            by=by,
            facet=facet,
            after=after,
            before=before,
            collapse=collapse,
            progress=report.progress,
        )
    if plot is not None and timeline.periods:
        timeline.save_plot(plot)
        note(f"drawn in {plot}")
    if as_json:
        say(to_json(timeline.to_dict(), indent=2))
    elif as_csv:
        _write_csv(timeline)
    elif plot is None:
        _show(timeline)
    if timeline.imprecise and not as_json:
        note(f"{timeline.imprecise:,} of {timeline.total:,} have no known {timeline.by} and are left out")
    if not timeline.total:
        sys.stdout.flush()
        sys.stderr.write("nothing found\nhint: try fewer words, or see: newsarchive search --explain\n")
        raise typer.Exit(NOTHING_FOUND)


def _write_csv(timeline: Timeline) -> None:
    # A name that a spreadsheet would take for a formula is defused, as in exports.
    from newsarchive.export.tables.delimited import defuse

    writer = csv.writer(sys.stdout, lineterminator="\n")
    if timeline.facet is None:
        writer.writerows([("period", "articles"), *timeline.periods.items()])
        return
    writer.writerow(("period", timeline.facet.value, "articles"))
    for value, counts in timeline.facets.items():
        writer.writerows((period, defuse(value), count) for period, count in counts.items())


def _show(timeline: Timeline) -> None:
    if timeline.facet is None:
        _show_bars(timeline.periods, timeline.by)
    elif timeline.periods:
        _show_sparks(timeline)


def _show_bars(counts: Mapping[str, int], by: ByPeriod) -> None:
    filled, gaps = fill_gaps(counts, by)
    for period, line in zip(filled, bars(filled), strict=True):
        say(line)
        if period in gaps:
            say(f"… {gaps[period]:,} empty …")


def _show_sparks(timeline: Timeline) -> None:
    numbers = span(timeline.periods)
    series = {value: _row(counts, numbers) for value, counts in islice(timeline.facets.items(), _SHOWN)}
    ends = (period_at(numbers[0], timeline.by), period_at(numbers[-1], timeline.by))
    series = {"(all)": _row(timeline.periods, numbers), **series}
    if timeline.unstated:
        series["(not stated)"] = _row(timeline.unstated, numbers)
    for line in sparks(series, ends=ends, unit=timeline.by):
        say(line)
    more = len(timeline.facets) - _SHOWN
    if more > 0:
        say(styled(f"and {more:,} more: --json and --csv list all", "dim"))


def _row(counts: Mapping[str, int], numbers: range) -> list[int]:
    row = [0] * len(numbers)
    for period, count in counts.items():
        row[number_of(period) - numbers[0]] = count
    return row


def fill_gaps(counts: Mapping[str, int], by: ByPeriod) -> tuple[dict[str, int], dict[str, int]]:
    """Counts with the empty periods between; long gaps by the period that they follow, with their length."""
    filled: dict[str, int] = dict(islice(counts.items(), 1))
    gaps: dict[str, int] = {}
    for before, period in pairwise(counts):
        between = range(number_of(before) + 1, number_of(period))
        if len(between) > _LONGEST_GAP:
            gaps[before] = len(between)
        else:
            filled.update(_empty(between, by))
        filled[period] = counts[period]
    return filled, gaps


def _empty(numbers: range, by: ByPeriod) -> Iterator[tuple[str, int]]:
    for number in numbers:
        yield period_at(number, by), 0
