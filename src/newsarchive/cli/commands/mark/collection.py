"""``newsarchive collection``: articles under a name, in an order."""

from __future__ import annotations

from typing import Annotated

import typer

from newsarchive.cli.completion import collection_names
from newsarchive.cli.help_pages import command_group
from newsarchive.cli.query_arguments import QueryCommand
from newsarchive.cli.render.hits import headline
from newsarchive.cli.render.terminal import line_width, say
from newsarchive.cli.render.terminal_text import clean, cut, to_json
from newsarchive.cli.session import note, open_archive, session_of
from newsarchive.cli.shared_options import AsJson, which_articles

EXAMPLE = 'Example: newsarchive collection add strike "harbour strike" published:2024-10'
_WIDEST = 120

group = command_group("collection", "Keep articles under a name, in an order.", epilog=EXAMPLE)

Name = Annotated[
    str,
    typer.Argument(metavar="NAME", help="The name of the collection.", autocompletion=collection_names),
]
Which = Annotated[list[str], typer.Argument(metavar="QUERY|ID…", help="A query, or numbers of articles.")]


@group.command("add", cls=QueryCommand, epilog=EXAMPLE)
def add(ctx: typer.Context, name: Name, words: Which) -> None:
    """Put articles at the end of a collection, in the order of hits or as given; make it if need be."""
    session_of(ctx).query = " ".join(words)
    with open_archive(ctx) as archive:
        count = archive.collections.add(name, which_articles(words))
    note(f"{count:,} added to {clean(name)}")


@group.command("list", epilog="Example: newsarchive collection list")
def list_collections(ctx: typer.Context, as_json: AsJson = False) -> None:
    """List the collections, with the number of their articles."""
    with open_archive(ctx) as archive:
        counts = archive.collections.counts()
    if as_json:
        say(to_json({"format": 1, "collections": counts}, indent=2))
        return
    for name, count in counts.items():
        say(f"{count:>8,}  {clean(name)}")
    if not counts:
        note("there are none; begin with: newsarchive collection add NAME QUERY")


@group.command("show", epilog="Example: newsarchive collection show strike --ids")
def show(
    ctx: typer.Context,
    name: Name,
    as_json: AsJson = False,
    ids: Annotated[bool, typer.Option("--ids", help="Print the ids only, one a line.")] = False,
) -> None:
    """Show what is in a collection, in its order."""
    with open_archive(ctx) as archive:
        held = archive.collections.ids(name)
        if as_json:
            say(to_json({"format": 1, "collection": name, "ids": held}, indent=2))
            return
        for article_id in held:
            line = str(article_id)
            if not ids:
                line = cut(f"{article_id:>6}  {headline(archive.article(article_id))}", line_width(_WIDEST))
            say(line)


@group.command("arrange", epilog="Example: newsarchive collection arrange strike 12 7 9")
def arrange(
    ctx: typer.Context,
    name: Name,
    ids: Annotated[list[int], typer.Argument(metavar="ID…", help="Numbers of articles, the first first.")],
) -> None:
    """Put these articles first, in this order; the others follow as they were."""
    with open_archive(ctx) as archive:
        archive.collections.arrange(name, ids)


@group.command("drop", cls=QueryCommand, epilog="Example: newsarchive collection drop strike 7")
def drop(ctx: typer.Context, name: Name, words: Which) -> None:
    """Take articles out of a collection; they stay in the archive."""
    session_of(ctx).query = " ".join(words)
    with open_archive(ctx) as archive:
        count = archive.collections.drop(name, which_articles(words))
    note(f"{count:,} taken out of {clean(name)}")


@group.command("remove", epilog="Example: newsarchive collection remove strike")
def remove(ctx: typer.Context, name: Name) -> None:
    """Forget a collection; its articles stay."""
    with open_archive(ctx) as archive:
        archive.collections.remove(name)
