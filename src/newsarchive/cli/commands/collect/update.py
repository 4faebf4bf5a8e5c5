"""``newsarchive update``: fetch what is new in the feeds."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Annotated

import typer

from newsarchive.cli.failures import SOME_FAILED, failure_line
from newsarchive.cli.render.progress_bar import reporter
from newsarchive.cli.render.terminal import say
from newsarchive.cli.render.terminal_text import clean, to_json
from newsarchive.cli.session import note, open_archive
from newsarchive.cli.shared_options import AllowPrivate, AsJson, Delay, Jobs

if TYPE_CHECKING:
    from newsarchive.pipeline.feeds.update import FeedReport

EXAMPLE = "Example: newsarchive update --quiet"


def command(
    ctx: typer.Context,
    feeds: Annotated[
        list[str] | None, typer.Argument(metavar="URL", help="Feeds; without any, all that are followed.")
    ] = None,
    silent_after: Annotated[
        int, typer.Option(min=1, metavar="DAYS", help="Name feeds that brought nothing for so long.")
    ] = 30,
    quiet: Annotated[bool, typer.Option("--quiet", help="Name only feeds with news or trouble.")] = False,
    jobs: Jobs = 8,
    delay: Delay = 1.0,
    allow_private: AllowPrivate = False,
    as_json: AsJson = False,
) -> None:
    """Fetch what is new in the feeds; code 3 where one failed."""
    from newsarchive.acquire import Fetching

    fetching = Fetching(jobs=jobs, delay=delay, allow_private=allow_private)
    with open_archive(ctx) as archive, reporter() as report:
        reports = archive.feeds.update(
            feeds or None,
            fetching=fetching,
            silent_after=timedelta(days=silent_after),
            progress=report.progress,
        )
    if as_json:
        say(to_json({"format": 1, "feeds": [each.to_dict() for each in reports]}, indent=2))
    else:
        for each in reports:
            _tell(each, quiet=quiet)
    if not reports:
        note("no feed is followed yet; begin with: newsarchive feed add URL")
    if any(each.has_failed for each in reports):
        raise typer.Exit(SOME_FAILED)


def _tell(report: FeedReport, *, quiet: bool) -> None:
    parts = [f"{number:,} {name}" for name, number in report.counts.items() if number]
    if report.own_text:
        parts.append(f"{report.own_text:,} with the feed's own text")
    if report.error is not None:
        parts.append(f"failed: {report.error.message.removeprefix(report.feed.url).strip(': ')}")
    if report.silent_since is not None:
        parts.append(f"silent since {report.silent_since:%Y-%m-%d}")
    if parts or not quiet:
        say(clean(f"{report.feed.url}: {', '.join(parts) or 'nothing new'}"))
    for failed in report.failed:
        say(clean(f"  {failure_line(failed.source, failed.error)}"))
