"""``newsarchive verify``: check database, snapshots and index."""

from __future__ import annotations

import typer

from newsarchive.cli.failures import ERROR
from newsarchive.cli.render.progress_bar import reporter
from newsarchive.cli.render.terminal import say
from newsarchive.cli.render.terminal_text import clean
from newsarchive.cli.session import open_archive

EXAMPLE = "Example: newsarchive verify"


def command(ctx: typer.Context) -> None:
    """Check database, snapshots and index."""
    faults = 0
    with open_archive(ctx) as archive:
        with reporter() as report:
            for fault in archive.verify(progress=report.progress):
                faults += 1
                hint = f" ({fault.hint})" if fault.hint else ""
                say(clean(f"{fault.part}: {fault.message}{hint}"))
        captures = archive.stats().captures
    say(f"verified: {captures:,} captures, {faults or 'no'} {'fault' if faults == 1 else 'faults'}")
    if faults:
        raise typer.Exit(ERROR)
