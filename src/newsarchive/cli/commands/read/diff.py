"""``newsarchive diff``: what changed between two revisions of an article."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from newsarchive.cli.failures import NOTHING_FOUND, UsageProblem
from newsarchive.cli.render.terminal import is_terminal, say
from newsarchive.cli.render.terminal_text import to_json
from newsarchive.cli.render.word_changes import show_diff, show_unified
from newsarchive.cli.session import note, open_archive
from newsarchive.cli.shared_options import ArticleId, AsJson

EXAMPLE = "Example: newsarchive diff 7 1 3 --html -o changes.html"


def command(
    ctx: typer.Context,
    article_id: ArticleId,
    before: Annotated[
        int | None,
        typer.Argument(
            metavar="[A", help="The earlier revision.  [default: the last but one]", show_default=False
        ),
    ] = None,
    after: Annotated[
        int | None,
        typer.Argument(metavar="B]", help="The later revision.  [default: the newest]", show_default=False),
    ] = None,
    html: Annotated[bool, typer.Option("--html", help="Write a page to send, as HTML.")] = False,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help="Where the page goes.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Show what changed in an article, word by word."""
    if html and as_json:
        raise UsageProblem("--html and --json exclude each other", hint="choose one")
    if output is not None and not html:
        raise UsageProblem("--output is for --html", hint="add --html, or leave --output out")
    with open_archive(ctx) as archive:
        diff = archive.versions.diff(article_id, before, after)
        if diff is None:
            note(f"#{article_id} has one state only: nothing has changed")
            raise typer.Exit(NOTHING_FOUND)
        if as_json:
            say(to_json(diff.to_dict(), indent=2))
        elif html:
            page = diff.to_html(archive.article(article_id))
            _write(page, output)
        elif is_terminal():
            show_diff(diff, archive.article(article_id))
        else:
            revisions = archive.revisions(article_id)
            show_unified(revisions[diff.before - 1], revisions[diff.after - 1], article_id)
    if diff.is_empty:
        note(f"revisions {diff.before} and {diff.after} say the same")
        raise typer.Exit(NOTHING_FOUND)


def _write(page: str, output: Path | None) -> None:
    if output is None:
        say(page.rstrip("\n"))
        return
    from newsarchive.base.whole_files import output as whole_file

    with whole_file(output) as stream:
        stream.write(page.encode())
