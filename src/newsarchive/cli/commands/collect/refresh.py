"""``newsarchive refresh``: capture pages of articles again."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from newsarchive.cli.failures import SOME_FAILED, UsageProblem
from newsarchive.cli.query_arguments import join_query
from newsarchive.cli.render.progress_bar import reporter
from newsarchive.cli.render.told_outcomes import Told
from newsarchive.cli.session import open_archive, session_of
from newsarchive.cli.shared_options import AllowPrivate, AsJson, AsJsonLines, Words

EXAMPLE = "Example: newsarchive refresh publisher:herald published:last-week --limit 50"


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
    if not query and limit is None and if_edited is None:
        raise UsageProblem(
            "which articles are meant?", hint="newsarchive refresh QUERY; all that have an address: has:url"
        )
    with open_archive(ctx) as archive, reporter() as report:
        run = archive.versions.refresh(
            query, limit=limit, if_edited=if_edited, allow_private=allow_private, progress=report.progress
        )
        with run:
            told = Told(report, keep=as_json, stream=as_jsonl)
            told.follow(run)
    told.summary(next_steps={"revised": "see what was edited with: newsarchive changes --since today"})
    if told.counts["failed"]:
        raise typer.Exit(SOME_FAILED)
