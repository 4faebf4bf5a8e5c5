"""``newsarchive tag``: give articles tags, and take them away."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated

import typer

from newsarchive.cli.failures import NOTHING_FOUND, UsageProblem
from newsarchive.cli.render.terminal import say
from newsarchive.cli.render.terminal_text import clean, to_json
from newsarchive.cli.session import note, open_archive, session_of
from newsarchive.cli.shared_options import AsJson, which_articles

if TYPE_CHECKING:
    from newsarchive.answers.marks.tags import Retagged

EXAMPLE = "Example: newsarchive tag ferry published:2024-10 +ukraine -todo"


def command(
    ctx: typer.Context,
    words: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[QUERY|ID…] [+TAG] [-TAG]",
            help="The articles, then what to add and to remove.",
            show_default=False,
        ),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Give articles tags, and take tags away; without tags, list those that there are.

    The last words that begin with + or - are tags; a query that ends with an exclusion goes between
    single quotes.
    """
    asked, changes = _parted(list(words or ()))
    if changes and not asked:
        raise UsageProblem(
            "which articles are meant?",
            hint=f"newsarchive tag QUERY {' '.join(changes)}; any: published:..today",
        )
    with open_archive(ctx) as archive:
        if not changes:
            _show_counts(
                archive.search(_query(ctx, asked), limit=1, facets=["tag"]).facets["tag"], as_json=as_json
            )
            return
        add = [change[1:] for change in changes if change[0] == "+"]
        remove = [change[1:] for change in changes if change[0] == "-"]
        _query(ctx, asked)
        done = archive.tags.change(which_articles(asked), add=add, remove=remove)
    say(to_json(done.to_dict(), indent=2)) if as_json else _show(done)
    if not done.articles:
        raise typer.Exit(NOTHING_FOUND)


def _query(ctx: typer.Context, asked: list[str]) -> str:
    session_of(ctx).query = " ".join(asked)
    return session_of(ctx).query


def _parted(words: list[str]) -> tuple[list[str], list[str]]:
    """What names articles, and the tags at its end."""
    if words and words[-1] in ("+", "-"):
        raise UsageProblem(f"{words[-1]} names no tag", hint=f"write the tag right after it: {words[-1]}TAG")
    first = len(words)
    while first and words[first - 1][:1] in ("+", "-") and len(words[first - 1]) > 1:
        first -= 1
    return words[:first], words[first:]


def _show(done: Retagged) -> None:
    for sign, counts in (("+", done.added), ("-", done.removed)):
        for tag, count in counts.items():
            say(f"{sign}{tag}  {count:,} of {done.articles:,} articles")
    if not done.articles:
        note("no article is meant; nothing was changed")


def _show_counts(counts: Mapping[str, int], *, as_json: bool) -> None:
    tags = {tag: count for tag, count in counts.items() if tag}
    if as_json:
        say(to_json({"format": 1, "tags": tags}, indent=2))
        return
    for tag, count in tags.items():
        say(f"{count:>8,}  {clean(tag)}")
    if not tags:
        note("nothing is tagged; begin with: newsarchive tag QUERY +TAG")
