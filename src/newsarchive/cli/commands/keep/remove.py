"""``newsarchive remove``: articles leave the archive."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from newsarchive.cli.failures import NOTHING_FOUND, UsageProblem
from newsarchive.cli.render.progress_bar import reporter
from newsarchive.cli.render.terminal import say
from newsarchive.cli.session import note, open_archive, session_of
from newsarchive.cli.shared_options import which_articles

EXAMPLE = 'Example: newsarchive remove url:example.com --reason "not news"'


def command(
    ctx: typer.Context,
    words: Annotated[list[str], typer.Argument(metavar="QUERY|ID…", help="A query, or numbers of articles.")],
    reason: Annotated[
        str | None,
        typer.Option("--reason", metavar="TEXT", help="Why; the log keeps it."),
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Don't ask.")] = False,
) -> None:
    """Remove articles with their captures, notes and tags; a tombstone stays, and add asks for --again."""
    session_of(ctx).query = " ".join(words)
    which = which_articles(words)
    with open_archive(ctx) as archive, reporter() as report:
        ids = list(archive.ids(which)) if isinstance(which, str) else which
        if not ids:
            note("no article is meant; nothing was removed")
            raise typer.Exit(NOTHING_FOUND)
        if not yes:
            _ask(len(ids), archive.article(ids[0]).headline)
        count = archive.keeping.remove(ids, reason=reason, progress=report.progress)
    say(f"removed {count:,} {'article' if count == 1 else 'articles'}")


def _ask(count: int, first: str | None) -> None:
    if not sys.stdin.isatty():
        raise UsageProblem(f"{count:,} articles would be removed", hint="say --yes to do it unasked")
    others = f" and {count - 1:,} more" if count > 1 else ""
    typer.confirm(
        f"Remove \u201c{first or 'an article without a headline'}\u201d{others}?", abort=True, err=True
    )
