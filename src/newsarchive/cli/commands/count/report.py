"""``newsarchive report``: a search on one page, counted, drawn and citable."""

from __future__ import annotations

from typing import Annotated

import typer

from newsarchive.cli.query_arguments import join_query
from newsarchive.cli.render.progress_bar import reporter
from newsarchive.cli.render.terminal import say
from newsarchive.cli.render.terminal_text import clean
from newsarchive.cli.session import open_archive, session_of
from newsarchive.cli.shared_options import After, Before, Words

EXAMPLE = "Example: newsarchive report '\"Port Almar\" strike' -o report.html"


def command(
    ctx: typer.Context,
    output: Annotated[str, typer.Option("--output", "-o", metavar="FILE", help="The page, in HTML.")],
    words: Words = None,
    after: After = None,
    before: Before = None,
) -> None:
    """Write a page about a search: over time, by whom, which words, edits, copies, and the method."""
    query = session_of(ctx).query = join_query(words)
    with reporter() as report, open_archive(ctx, report.progress) as archive:
        count = archive.report(query, to=output, after=after, before=before)
    say(f"a report of {count:,} {'article' if count == 1 else 'articles'} written to {clean(output)}")
