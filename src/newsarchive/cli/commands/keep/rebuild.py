"""``newsarchive rebuild``: the database anew from the snapshots, as the last resort."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from newsarchive.cli.render.progress_bar import reporter
from newsarchive.cli.render.terminal import say
from newsarchive.cli.render.terminal_text import clean
from newsarchive.cli.session import note, session_of
from newsarchive.errors import StoreError

EXAMPLE = "Example: newsarchive --archive my-archive rebuild"


def command(
    ctx: typer.Context,
    workers: Annotated[
        int, typer.Option(min=1, metavar="N", help="Processes that extract.", show_default=True)
    ] = 1,
) -> None:
    """Make the database anew from the snapshots."""
    from newsarchive.keeping.archive_folder import find_archive
    from newsarchive.keeping.rebuilding import rebuild

    folder = session_of(ctx).archive or find_archive(Path.cwd())
    if folder is None or not (folder / "snapshots").is_dir():
        raise StoreError("there are no snapshots here", hint="name an archive with --archive DIR")
    with reporter() as report:
        rebuilt = rebuild(folder, workers=workers, notify=note, progress=report.progress)
    kept = f"; the former database is {rebuilt.replaced.name}" if rebuilt.replaced else ""
    say(clean(f"rebuilt: {rebuilt.articles:,} articles from {rebuilt.captures:,} captures{kept}"))
