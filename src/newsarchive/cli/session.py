"""What one run of the program knows: its options, its archive, its query."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from newsarchive.cli.render.terminal_text import clean
from newsarchive.errors import StoreError

if TYPE_CHECKING:
    from newsarchive.archive import Archive
    from newsarchive.base.progress import Notice, Progress, ProgressCallback


@dataclass(slots=True)
class Session:
    """The global options; ``query`` is what an error of the query points into."""

    archive: Path | None = None
    debug: bool = False
    query: str = ""


def session_of(ctx: typer.Context) -> Session:
    """The session of a command's run."""
    return ctx.ensure_object(Session)


def open_archive(ctx: typer.Context, progress: ProgressCallback | None = None) -> Archive:
    """Open the archive that the options, the environment or the working folder name.

    ``progress`` is told how far long work is; without it, notices alone reach the user.
    """
    from newsarchive.archive import Archive
    from newsarchive.keeping.archive_folder import find_archive

    folder = session_of(ctx).archive or find_archive(Path.cwd())
    if folder is None:
        raise StoreError(
            "there is no archive here or in a folder above",
            hint="make one with: newsarchive init, or name one with: newsarchive --archive DIR",
        )
    return Archive.open(folder, progress=progress or tell_notices)


def tell_notices(event: Progress | Notice) -> None:
    """Tell the user what is worth knowing of an archive; nobody looks at how far it is."""
    from newsarchive.base.progress import Notice

    if isinstance(event, Notice):
        note(event.message)


def note(message: str) -> None:
    """Tell the user something on standard error."""
    sys.stdout.flush()
    sys.stderr.write(f"note: {clean(message)}\n")


def hint(message: str) -> None:
    """Name a next step, where a person is looking; scripts know theirs."""
    if sys.stderr.isatty() and sys.stdout.isatty():
        sys.stdout.flush()
        sys.stderr.write(f"next: {clean(message)}\n")
