"""``newsarchive crawl``: archive the news of a site by its sitemaps or a section page."""

from __future__ import annotations

from datetime import date
from typing import Annotated

import typer

from newsarchive.cli.failures import SOME_FAILED
from newsarchive.cli.render.progress_bar import reporter
from newsarchive.cli.render.told_outcomes import Told
from newsarchive.cli.session import open_archive
from newsarchive.cli.shared_options import (
    AllowPrivate,
    AsJson,
    AsJsonLines,
    Cookies,
    Delay,
    Headers,
    Jobs,
    header_values,
)

EXAMPLE = "Example: newsarchive crawl https://harbour-post.example --since yesterday --match /harbour/"


def command(
    ctx: typer.Context,
    site: Annotated[
        str, typer.Argument(metavar="SITE", help="The address of a front page, a section page or a sitemap.")
    ],
    since: Annotated[
        str | None, typer.Option(metavar="DAY", help="Leave out what is dated earlier.", show_default=False)
    ] = None,
    match: Annotated[
        str | None, typer.Option(metavar="PATTERN", help="Only addresses that this regular expression fits.")
    ] = None,
    limit: Annotated[int | None, typer.Option(min=1, metavar="N", help="Fetch so many at most.")] = None,
    jobs: Jobs = 8,
    delay: Delay = 1.0,
    headers: Headers = None,
    cookies: Cookies = None,
    allow_private: AllowPrivate = False,
    as_json: AsJson = False,
    as_jsonl: AsJsonLines = False,
) -> None:
    """Archive the news of a site that the archive has not, by its sitemaps or a section page."""
    from newsarchive.acquire import Fetching
    from newsarchive.answers.search import days_between

    fetching = Fetching(
        jobs=jobs,
        delay=delay,
        headers=header_values(headers),
        cookies=cookies,
        allow_private=allow_private,
    )
    with open_archive(ctx) as archive, reporter() as report:
        run = archive.feeds.crawl(
            site,
            since=days_between(since, None, today=date.today()).earliest,
            match=match,
            limit=limit,
            fetching=fetching,
            progress=report.progress,
        )
        with run:
            told = Told(report, keep=as_json, stream=as_jsonl)
            told.follow(run)
    told.summary()
    if told.counts["failed"]:
        raise typer.Exit(SOME_FAILED)
