"""``newsarchive verify``: check that what is kept is what was written."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from newsarchive.base.progress import Notice, Progress, ProgressCallback
from newsarchive.cli.failures import ERROR, fault_line
from newsarchive.cli.render.progress_bar import reporter
from newsarchive.cli.render.terminal import say
from newsarchive.cli.render.terminal_text import clean, to_json
from newsarchive.cli.session import open_archive, tell_notices
from newsarchive.cli.shared_options import AsJson
from newsarchive.export.evidence.bag_check import verify_bag
from newsarchive.keeping.signing.signing import Trust, vouched_bag
from newsarchive.keeping.verify import Fault

EXAMPLE = "Example: newsarchive verify --quick"


def command(
    ctx: typer.Context,
    bag: Annotated[
        Path | None,
        typer.Argument(metavar="BAG", help="A bag to check in the place of the archive.", show_default=False),
    ] = None,
    quick: Annotated[
        bool, typer.Option("--quick", help="Structure, log and lengths only: seconds, however large.")
    ] = False,
    signers: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Accept only signatures of these (allowed_signers of ssh-keygen)."),
    ] = None,
    authorities: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Accept only time stamps of these root certificates (PEM)."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Check that what is kept is what was written; or that a bag is as it was made."""
    trust = Trust(signers, authorities)
    if bag is not None:
        _verify_bag(bag, trust, as_json=as_json)
        return
    faults: list[Fault] = []
    remarks: list[str] = []
    with open_archive(ctx) as archive:
        with reporter() as report:
            listen = _listener(report.progress or tell_notices, remarks if as_json else None)
            for fault in archive.keeping.faults(quick=quick, trust=trust, progress=listen):
                faults.append(fault)
                if not as_json:
                    say(fault_line(fault))
        captures = archive.stats().captures
    if as_json:
        found = {"faults": [fault.to_dict() for fault in faults], "remarks": remarks}
        say(to_json({"format": 1, "quick": quick, "captures": captures, **found}, indent=2))
    else:
        count = f"{len(faults) or 'no'} {'fault' if len(faults) == 1 else 'faults'}"
        say(f"{'checked quickly' if quick else 'verified'}: {captures:,} captures, {count}")
    if faults:
        raise typer.Exit(ERROR)


def _listener(tell: ProgressCallback, remarks: list[str] | None) -> ProgressCallback:
    """Tells what happens, but keeps notices for a document where there is one."""

    def listen(event: Progress | Notice) -> None:
        if remarks is not None and isinstance(event, Notice):
            remarks.append(event.message)
        else:
            tell(event)

    return listen


def _verify_bag(bag: Path, trust: Trust, *, as_json: bool) -> None:
    faults: list[dict[str, str]] = []
    remarks: list[str] = []
    for fault in verify_bag(bag):
        faults.append(fault.to_dict())
        if not as_json:
            say(clean(str(fault)))
    for vouched in vouched_bag(bag, trust):
        if vouched.fault is not None:
            faults.append({"file": vouched.file, "message": vouched.fault})
        else:
            remarks.append(str(vouched))
        if not as_json:
            say(clean(str(vouched)))
    if as_json:
        say(to_json({"format": 1, "bag": str(bag), "faults": faults, "remarks": remarks}, indent=2))
    else:
        count = f"{len(faults) or 'no'} {'fault' if len(faults) == 1 else 'faults'}"
        say(f"verified: {clean(str(bag))}, {count}")
    if faults:
        raise typer.Exit(ERROR)
