"""``newsarchive sign``: vouch for the state of the archive, or for a bag."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from newsarchive.cli.render.terminal import say
from newsarchive.cli.render.terminal_text import clean
from newsarchive.cli.session import open_archive
from newsarchive.keeping.signing.signing import sign_bag

EXAMPLE = "Example: newsarchive sign --key ~/.ssh/id_ed25519"


def command(
    ctx: typer.Context,
    bag: Annotated[
        Path | None,
        typer.Argument(metavar="BAG", help="A bag to sign in the place of the archive.", show_default=False),
    ] = None,
    key: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Sign with this SSH key (private, or an agent's).")
    ] = None,
    stamp: Annotated[
        str | None,
        typer.Option(metavar="URL", help="Have it stamped by this service (RFC 3161); it sees a digest."),
    ] = None,
) -> None:
    """Sign the state of the archive, or a bag, and have it time-stamped."""
    if bag is not None:
        vouched = sign_bag(bag, key=key, service=stamp)
    else:
        with open_archive(ctx) as archive:
            vouched = archive.keeping.sign(key=key, service=stamp)
    say(clean(str(vouched)))
