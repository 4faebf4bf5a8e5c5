"""``newsarchive verify``: check that what is kept is what was written."""

from __future__ import annotations

from typing import Annotated

import typer

from newsarchive.cli.failures import ERROR
from newsarchive.cli.render.progress_bar import reporter
from newsarchive.cli.render.terminal import say
from newsarchive.cli.render.terminal_text import clean, to_json
from newsarchive.cli.session import note, open_archive
from newsarchive.cli.shared_options import AsJson
from newsarchive.keeping.verify import Fault

EXAMPLE = "Example: newsarchive verify --quick"


def command(
    ctx: typer.Context,
    quick: Annotated[
        bool, typer.Option("--quick", help="Structure, log and lengths only: seconds, however large.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Check that what is kept is what was written."""
    faults: list[Fault] = []
    remarks: list[str] = []
    with open_archive(ctx) as archive:
        archive.notice = remarks.append if as_json else note
        with reporter() as report:
            for fault in archive.verify(quick=quick, progress=report.progress):
                faults.append(fault)
                if not as_json:
                    say(clean(str(fault)))
        captures = archive.stats().captures
    if as_json:
        found = {"faults": [fault.to_dict() for fault in faults], "remarks": remarks}
        say(to_json({"format": 1, "quick": quick, "captures": captures, **found}, indent=2))
    else:
        count = f"{len(faults) or 'no'} {'fault' if len(faults) == 1 else 'faults'}"
        say(f"{'checked quickly' if quick else 'verified'}: {captures:,} captures, {count}")
    if faults:
        raise typer.Exit(ERROR)
