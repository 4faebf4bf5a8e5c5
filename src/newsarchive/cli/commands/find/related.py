"""``newsarchive related``: what else the articles of a search speak of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from newsarchive.cli.failures import NOTHING_FOUND
from newsarchive.cli.query_arguments import join_query
from newsarchive.cli.render.terminal import say, styled, width
from newsarchive.cli.render.terminal_text import cells, clean, cut, pad, to_json
from newsarchive.cli.session import note, open_archive, session_of
from newsarchive.cli.shared_options import After, AsJson, Before, Words

if TYPE_CHECKING:
    from newsarchive.answers.likeness.related import RelatedTerms

EXAMPLE = "Example: newsarchive related troops --after 2024-10"


def command(
    ctx: typer.Context,
    words: Words = None,
    after: After = None,
    before: Before = None,
    limit: Annotated[
        int, typer.Option("--limit", "-n", min=1, max=1000, metavar="N", help="How many to show.")
    ] = 20,
    as_json: AsJson = False,
) -> None:
    """List words that the best matches have more often than the archive does."""
    query = session_of(ctx).query = join_query(words)
    with open_archive(ctx) as archive:
        related = archive.related(query, limit=limit, after=after, before=before)
    if as_json:
        say(to_json(related.to_dict(), indent=2))
    elif related:
        _show(related)
    if not related:
        note("nothing found: too few articles match, or they are the whole archive")
        raise typer.Exit(NOTHING_FOUND)


def _show(related: RelatedTerms) -> None:
    heads = (f"of the best {related.sample:,}", "in the archive")
    names = [cut(clean(each.term), width() // 2) for each in related]
    room = max(4, *map(cells, names))
    say(styled(f"{pad('word', room)}  {heads[0]}  {heads[1]}", "bold"))
    for name, each in zip(names, related, strict=True):
        say(f"{pad(name, room)}  {each.matches:>{len(heads[0])},}  {each.articles:>{len(heads[1])},}")
