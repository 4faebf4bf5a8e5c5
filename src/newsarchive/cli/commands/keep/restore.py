"""``newsarchive restore``: an archive from a backup, checked."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from newsarchive.base.dates import utc_text
from newsarchive.cli.failures import ERROR
from newsarchive.cli.render.progress_bar import reporter
from newsarchive.cli.render.terminal import say
from newsarchive.cli.render.terminal_text import clean, to_json
from newsarchive.cli.session import tell_notices
from newsarchive.cli.shared_options import AsJson

EXAMPLE = "Example: newsarchive restore /media/disk/news-backups my-archive-again"


def command(
    backup: Annotated[
        Path, typer.Argument(metavar="BACKUP", help="A folder of backups, or the list of one of them.")
    ],
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="The new folder of the archive.")],
    verify: Annotated[
        bool, typer.Option("--verify/--no-verify", help="Check every row and byte against the log, too.")
    ] = True,
    as_json: AsJson = False,
) -> None:
    """Make an archive in a new folder from a backup, the newest unless one is named, and verify it."""
    from newsarchive.archive import Archive
    from newsarchive.keeping.backups.restoring import restore

    with reporter() as report:
        listed = restore(backup, folder, progress=report.progress)
        faults = []
        if verify:
            with Archive.open(folder, progress=tell_notices) as archive:
                faults = list(archive.verify(progress=report.progress))
    if as_json:
        about = {"made_at": utc_text(listed.made_at), "uuid": listed.uuid, "name": listed.name}
        found = {"articles": listed.articles, "faults": [fault.to_dict() for fault in faults]}
        say(to_json({"format": 1, **about, **found}, indent=2))
    else:
        said = "; all that was written is there" if verify and not faults else ""
        say(f"restored {listed.articles:,} articles as of {utc_text(listed.made_at)}{said}")
        for fault in faults:
            say(clean(str(fault)))
    if faults:
        raise typer.Exit(ERROR)
