"""``newsarchive families``: who ran the same story."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from newsarchive.cli.failures import NOTHING_FOUND, UsageProblem
from newsarchive.cli.render.hits import day, headline
from newsarchive.cli.render.progress_bar import reporter
from newsarchive.cli.render.terminal import say, styled, width
from newsarchive.cli.render.terminal_text import clean, cut, to_json
from newsarchive.cli.session import note, open_archive
from newsarchive.cli.shared_options import AsJson, AsJsonLines

if TYPE_CHECKING:
    from newsarchive.answers.copies.families import Copy, Family

EXAMPLE = "Example: newsarchive families 7; newsarchive families --top 20"
_WIDEST = 100


def command(
    ctx: typer.Context,
    article_id: Annotated[
        int | None,
        typer.Argument(
            metavar="[ID]",
            help="An article; without it, the stories with the most copies.",
            show_default=False,
        ),
    ] = None,
    top: Annotated[
        int, typer.Option("--top", "-n", min=1, max=10_000, metavar="N", help="How many stories to show.")
    ] = 10,
    as_json: AsJson = False,
    as_jsonl: AsJsonLines = False,
) -> None:
    """Show who ran the same story, who first, and how much of it is shared."""
    if as_json and as_jsonl:
        raise UsageProblem("--json and --jsonl exclude each other", hint="choose one")
    with reporter() as report, open_archive(ctx, report.progress) as archive:
        families = archive.families.top(top) if article_id is None else [archive.families.of(article_id)]
    if as_json:
        found = [family.to_dict() for family in families]
        say(to_json(found[0] if article_id is not None else {"format": 1, "families": found}, indent=2))
    elif as_jsonl:
        for family in families:
            say(to_json(family.to_dict()))
    else:
        for family in families:
            _show(family)
    if not families or (article_id is not None and len(families[0]) == 1):
        note("no other article tells this story" if article_id is not None else "no story has two copies")
        raise typer.Exit(NOTHING_FOUND)


def _show(family: Family) -> None:
    columns = min(width(), _WIDEST)
    count, houses = len(family), len(family.publishers)
    say(styled(cut(headline(family.first), columns), "bold"))
    say(
        styled(
            f"  {count:,} {'copy' if count == 1 else 'copies'}, {houses:,} "
            f"{'publisher' if houses == 1 else 'publishers'}",
            "dim",
        )
    )
    for number, copy in enumerate(family):
        say(cut(f"  {_line(copy, is_first=number == 0)}", columns))
    say()


def _line(copy: Copy, *, is_first: bool) -> str:
    article = copy.article
    part = "first" if is_first else f"{copy.shared_text:.0%}"
    publisher = clean(article.publisher or "(not stated)")
    return f"{part:>5}  #{article.id}  {day(article)}  {publisher}  {headline(article)}"
