"""``newsarchive backup``: a copy of the archive, in a folder of backups."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from newsarchive.cli.render.byte_counts import size
from newsarchive.cli.render.progress_bar import reporter
from newsarchive.cli.render.terminal import say
from newsarchive.cli.render.terminal_text import to_json
from newsarchive.cli.session import hint, open_archive
from newsarchive.cli.shared_options import AsJson

EXAMPLE = "Example: newsarchive backup /media/disk/news-backups"


def command(
    ctx: typer.Context,
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="A folder of backups; made if need be.")],
    as_json: AsJson = False,
) -> None:
    """Add a backup to a folder of backups; only what is new is written, and others may write meanwhile."""
    with open_archive(ctx) as archive, reporter() as report:
        made = archive.keeping.backup(folder, progress=report.progress)
    if as_json:
        values = {"articles": made.articles, "bytes": made.bytes, "new_bytes": made.new_bytes}
        say(to_json({"format": 1, "list": str(made.path), **values}, indent=2))
        return
    say(f"backed up {made.articles:,} articles: {size(made.bytes)}, {size(made.new_bytes)} of it new")
    hint(f"newsarchive restore {folder} NEW_FOLDER puts it together again")
