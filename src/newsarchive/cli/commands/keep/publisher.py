"""``newsarchive publisher``: make one publisher of its spellings."""

from __future__ import annotations

from itertools import groupby
from typing import Annotated

import typer

from newsarchive.cli.help_pages import command_group
from newsarchive.cli.render.terminal import say
from newsarchive.cli.render.terminal_text import clean, to_json
from newsarchive.cli.session import note, open_archive
from newsarchive.cli.shared_options import AsJson

EXAMPLE = 'Example: newsarchive publisher alias "Harbour Post" "The Harbour Post" harbourpost.example'

group = command_group(
    "publisher",
    "Make one publisher of the spellings of its name; searches, facets and counts follow.",
    epilog=EXAMPLE,
)

Spellings = Annotated[
    list[str], typer.Argument(metavar="SPELLING", help="As pages write it, in any case.", show_default=False)
]


@group.command("alias", epilog=EXAMPLE)
def alias(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME", help="The name that is shown and counted.")],
    spellings: Spellings,
    because: Annotated[str, typer.Option("--because", metavar="REASON", help="How you know it.")] = "",
) -> None:
    """Make spellings one publisher, also in what is added later."""
    with open_archive(ctx) as archive:
        archive.corrections.alias(name, spellings, because=because)
        count = archive.search(f'publisher:"{clean(name)}"', limit=0).total if '"' not in name else None
    if count is not None:
        note(f'{count:,} {"article is" if count == 1 else "articles are"} found by publisher:"{name}" now')


@group.command("unalias", epilog="Example: newsarchive publisher unalias harbourpost.example")
def unalias(ctx: typer.Context, spellings: Spellings) -> None:
    """Let spellings be publishers of their own again."""
    with open_archive(ctx) as archive:
        archive.corrections.unalias(spellings)


@group.command("list", epilog="Example: newsarchive publisher list --json")
def list_aliases(ctx: typer.Context, as_json: AsJson = False) -> None:
    """List publishers with the spellings that were made theirs."""
    with open_archive(ctx) as archive:
        aliases = archive.corrections.aliases()
    if as_json:
        say(to_json({"format": 1, "aliases": [each.to_dict() for each in aliases]}, indent=2))
        return
    for publisher, theirs in groupby(aliases, key=lambda each: each.publisher):
        say(clean(publisher))
        for each in theirs:
            say(clean(f"  {each.spelling}{f'  ({each.because})' if each.because else ''}"))
    if not aliases:
        note("no aliases yet; begin with: newsarchive publisher alias NAME SPELLING")
