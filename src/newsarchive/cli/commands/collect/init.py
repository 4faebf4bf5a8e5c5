"""``newsarchive init``: make an archive."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from newsarchive.cli.render.terminal import say_done
from newsarchive.cli.render.terminal_text import clean
from newsarchive.cli.session import session_of

EXAMPLE = "Example: newsarchive init my-archive --name 'Harbour strike'"


def command(
    ctx: typer.Context,
    folder: Annotated[
        Path | None,
        typer.Argument(
            metavar="DIR", help="A new or empty folder.  [default: the archive option, else here]"
        ),
    ] = None,
    name: Annotated[str | None, typer.Option(metavar="NAME", help="Default: the name of the folder.")] = None,
) -> None:
    """Make an archive."""
    from newsarchive.archive import Archive
    from newsarchive.store.manifest import MANIFEST_NAME

    target = folder or session_of(ctx).archive or Path.cwd()
    was_there = (target / MANIFEST_NAME).exists()
    with Archive.create(target, name=name) as archive:
        made = "is an archive already" if was_there else "is ready"
        say_done(f"the archive {clean(archive.name)} in {clean(str(target))} {made}")
