"""``newsarchive reindex``: build the search index anew."""

from __future__ import annotations

import typer

from newsarchive.cli.render.progress_bar import reporter
from newsarchive.cli.render.terminal import say_done
from newsarchive.cli.session import open_archive

EXAMPLE = "Example: newsarchive reindex"


def command(ctx: typer.Context) -> None:
    """Build the search index anew."""
    with open_archive(ctx) as archive, reporter() as report:
        count = archive.reindex(progress=report.progress)
    say_done(f"{count:,} {'article' if count == 1 else 'articles'} indexed")
