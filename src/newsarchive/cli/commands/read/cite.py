"""``newsarchive cite``: references to articles in the style of a journal or handbook."""

from __future__ import annotations

from typing import Annotated

import typer

from newsarchive.cli.render.terminal import say
from newsarchive.cli.render.terminal_text import clean, to_json
from newsarchive.cli.session import open_archive
from newsarchive.cli.shared_options import AsJson

EXAMPLE = "Example: newsarchive cite 7 12 --style chicago"


def command(
    ctx: typer.Context,
    ids: Annotated[list[int], typer.Argument(metavar="ID...", help="The numbers of articles.")],
    style: Annotated[
        str,
        typer.Option(
            help="apa, ama, chicago, chicago-author-date, din, harvard, ieee, mla; or another of CSL's."
        ),
    ] = "apa",
    locale: Annotated[str, typer.Option(help="The language of words such as 'accessed': de-DE.")] = "en-US",
    plain: Annotated[
        bool, typer.Option("--plain", help="The citation alone, without when and where it was archived.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Cite articles in a style; needs the extra "cite". For LaTeX and Zotero: export --format."""
    with open_archive(ctx) as archive:
        cited = archive.cite(ids, style=style, locale=locale)
    if as_json:
        say(to_json({"format": 1, "citations": [each.to_dict() for each in cited]}, indent=2))
        return
    for each in cited:
        say(clean(each.text if plain else str(each)))
