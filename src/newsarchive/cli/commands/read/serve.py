"""``newsarchive serve``: the archive in a browser."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from newsarchive.cli.render.terminal import say
from newsarchive.cli.session import note, open_archive
from newsarchive.errors import NewsArchiveError

if TYPE_CHECKING:
    from newsarchive.web.settings import Settings

EXAMPLE = "Example: newsarchive serve --open"


def command(
    ctx: typer.Context,
    host: Annotated[
        str,
        typer.Option(metavar="ADDRESS", help="Where to listen; others than this machine need a password."),
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, metavar="N", help="0: any that is free.")] = 8765,
    open_browser: Annotated[bool, typer.Option("--open", help="Open the page in a browser.")] = False,
    read_only: Annotated[bool, typer.Option("--read-only", help="Nothing can be added or changed.")] = False,
    password_file: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Ask for the password that is its first line.", show_default=False),
    ] = None,
    name: Annotated[
        list[str] | None,
        typer.Option(
            "--name",
            metavar="HOST",
            help="A name that browsers may call it by; may be repeated.",
            show_default=False,
        ),
    ] = None,
) -> None:
    """Open the archive in a browser: search, read, compare."""
    try:
        # What serves is an extra, and a front end beside this one: loaded here and nowhere else.
        from newsarchive.web.serving import serve
        from newsarchive.web.settings import Settings, read_password
    except ImportError as error:
        raise NewsArchiveError(
            f"serving pages needs {error.name}, which is not installed", hint="pip install 'newsarchive[web]'"
        ) from error
    settings = Settings(
        host=host,
        port=port,
        password=None if password_file is None else read_password(password_file),
        read_only=read_only,
        names=tuple(name or ()),
    )
    with open_archive(ctx) as archive:
        serve(archive, settings, ready=lambda address: _tell(address, settings, open_browser=open_browser))


def _tell(address: str, settings: Settings, *, open_browser: bool) -> None:
    say(address)
    note("Ctrl-C ends it")
    if settings.password is not None:
        note("it speaks plain HTTP: on a network that others read, put a proxy with HTTPS before it")
    if open_browser:
        import webbrowser

        webbrowser.open(address)
