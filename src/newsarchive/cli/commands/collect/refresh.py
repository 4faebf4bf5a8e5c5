"""``newsarchive refresh``: capture pages of articles again."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from newsarchive.cli.commands.collect.add import AllowPrivate, follow
from newsarchive.cli.failures import SOME_FAILED
from newsarchive.cli.query_arguments import join_query
from newsarchive.cli.render.progress_bar import reporter
from newsarchive.cli.render.terminal import say, say_done
from newsarchive.cli.render.terminal_text import to_json
from newsarchive.cli.session import hint, open_archive, session_of
from newsarchive.cli.shared_options import AsJson, AsJsonLines, Words

EXAMPLE = "Example: newsarchive refresh publisher:herald published:last-week --limit 50"
_NAMES = ("added", "revised", "updated", "unchanged", "failed")


def command(
    ctx: typer.Context,
    words: Words = None,
    limit: Annotated[
        int | None, typer.Option("--limit", "-n", min=1, metavar="N", help="How many pages at most.")
    ] = None,
    if_edited: Annotated[
        Path | None,
        typer.Option(
            "--if-edited",
            metavar="FILE",
            help="A feed or sitemap: only pages that it says were edited since their last capture.",
        ),
    ] = None,
    allow_private: AllowPrivate = False,
    as_json: AsJson = False,
    as_jsonl: AsJsonLines = False,
) -> None:
    """Capture pages again, the oldest capture first; edits become revisions."""
    query = session_of(ctx).query = join_query(words)
    with open_archive(ctx) as archive, reporter() as report:
        run = archive.versions.refresh(
            query, limit=limit, if_edited=if_edited, allow_private=allow_private, progress=report.progress
        )
        with run:
            kept, _ = follow(run, report, keep=as_json, stream=as_jsonl)
        counts = run.summary.counts
    summary = ", ".join(f"{counts[name]:,} {name}" for name in _NAMES)
    if as_json:
        numbers = {name: counts[name] for name in _NAMES}
        say(to_json({"format": 1, **numbers, "outcomes": kept}, indent=2))
    elif as_jsonl:
        sys.stderr.write(f"{summary}\n")
    else:
        say_done(summary)
        if counts["revised"]:
            hint("see what was edited with: newsarchive changes --since today")
    if counts["failed"]:
        raise typer.Exit(SOME_FAILED)
