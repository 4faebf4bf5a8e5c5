"""``newsarchive coverage``: what was collected, and what was not."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from newsarchive.cli.failures import NOTHING_FOUND
from newsarchive.cli.render.calendar import month_rows, strips
from newsarchive.cli.render.hits import say_paragraph
from newsarchive.cli.render.terminal import say, styled, width
from newsarchive.cli.render.terminal_text import cells, clean, cut, pad, to_json
from newsarchive.cli.session import note, open_archive
from newsarchive.cli.shared_options import After, AsJson, Before

if TYPE_CHECKING:
    from newsarchive.answers.coverage import Coverage, PublisherCoverage

EXAMPLE = 'Example: newsarchive coverage --publisher "Meridian Wire" --after 2024 --plot wire.svg'
# On a narrower terminal the table has no room: each publisher gets a block of lines.
_TABLE_WIDTH = 66
_WIDE = 100


def command(
    ctx: typer.Context,
    publisher: Annotated[
        str | None, typer.Option(metavar="NAME", help="Only publishers, or hosts, whose name holds this.")
    ] = None,
    after: After = None,
    before: Before = None,
    plot: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", help="Draw it: FILE.svg has calendars, FILE.png weeks (needs newsarchive[plot])."
        ),
    ] = None,
    top: Annotated[
        int, typer.Option("--top", min=1, metavar="N", help="How many publishers to show and to draw.")
    ] = 20,
    as_json: AsJson = False,
) -> None:
    """Show which days of each publisher were collected, and how well.

    Tells "no hits" from "not collected": days with and without articles, and the shares of paywall
    stubs, of dates that are guesses, and of captures that gave no article.
    """
    with open_archive(ctx) as archive:
        coverage = archive.coverage(publisher=publisher, after=after, before=before)
    if plot is not None and coverage.publishers:
        coverage.save_plot(plot, top=top)
        note(f"drawn in {plot}")
    if as_json:
        say(to_json(coverage.to_dict(), indent=2))
    elif coverage.publishers and plot is None:
        _show(coverage, top)
    if not coverage.publishers:
        sys.stdout.flush()
        sys.stderr.write("nothing collected\nhint: newsarchive stats lists the publishers\n")
        raise typer.Exit(NOTHING_FOUND)


def _show(coverage: Coverage, top: int) -> None:
    publishers, total = coverage.publishers, coverage.total
    shown = publishers[:top]
    rows = [(each.name, each) for each in shown]
    if len(publishers) > 1:
        rows.append((f"all {len(publishers):,}", total))
    if width() < _TABLE_WIDTH:
        _show_blocks(rows)
    else:
        _show_table(rows)
    if len(publishers) > len(shown):
        say_paragraph(f"and {len(publishers) - len(shown):,} more: --top shows more, --publisher chooses")
    for line in month_rows(shown[0]) if len(publishers) == 1 else strips(shown):
        say(line)
    nowhere = total.imprecise + total.undated
    if nowhere:
        say_paragraph(f"on no day, because undated or dated to a month or year: {nowhere:,}")


def _show_table(named: Sequence[tuple[str, PublisherCoverage]]) -> None:
    heads = ["articles", "days", "without", "stubs", "guesses", "failed"]
    if width() >= _WIDE:
        heads += ["first", "last", "gap"]
    rows = [_cells(each)[: len(heads)] for _, each in named]
    widths = [max(len(row[column]) for row in [heads, *rows]) for column in range(len(heads))]
    names = max(cells(clean(name)) for name, _ in named)
    room = min(names, width() - sum(widths) - 2 * len(widths))
    say(styled(_line("", heads, room, widths), "bold"))
    for (name, _), row in zip(named, rows, strict=True):
        say(_line(clean(name), row, room, widths))
    say()


def _cells(each: PublisherCoverage) -> list[str]:
    return [
        f"{each.articles:,}",
        f"{each.days_with:,}",
        f"{each.days_without:,}",
        f"{each.paywalled_share:.0%}",
        f"{each.low_confidence_share:.0%}",
        f"{each.failed_share:.0%}",
        "" if each.first is None else each.first.isoformat(),
        "" if each.last is None else each.last.isoformat(),
        f"{each.longest_gap:,}",
    ]


def _line(label: str, row: Sequence[str], room: int, widths: Sequence[int]) -> str:
    numbers = "".join(f"  {cell:>{size}}" for cell, size in zip(row, widths, strict=True))
    return pad(cut(label, room), room) + numbers


def _show_blocks(named: Sequence[tuple[str, PublisherCoverage]]) -> None:
    for name, each in named:
        say(styled(cut(clean(name), width()), "bold"))
        span = "" if each.first is None else f", {each.first} to {each.last}"
        say(f"  {each.articles:,} articles{span}")
        say(f"  days: {each.days_with:,} with, {each.days_without:,} without")
        say(f"  stubs {each.paywalled_share:.0%}, guesses {each.low_confidence_share:.0%},")
        say(f"  failed {each.failed_share:.0%}")
    say()
