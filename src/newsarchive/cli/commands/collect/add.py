"""``newsarchive add``: archive pages."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from contextlib import nullcontext
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from newsarchive.cli.failures import SOME_FAILED, UsageProblem
from newsarchive.cli.render.progress_bar import Reporter, reporter
from newsarchive.cli.render.told_outcomes import Told
from newsarchive.cli.session import open_archive
from newsarchive.cli.shared_options import (
    AllowPrivate,
    AsJson,
    AsJsonLines,
    Cookies,
    Delay,
    Follow,
    Headers,
    Jobs,
    KeepCredentials,
    Robots,
    header_values,
)
from newsarchive.errors import AcquireError

if TYPE_CHECKING:
    from newsarchive.acquire import Fetching, Said
    from newsarchive.archive import Archive
    from newsarchive.pipeline.outcomes import Outcome
    from newsarchive.pipeline.run import Run

EXAMPLE = "Example: newsarchive add pages/ dataset.jsonl.gz https://example.org/story"
# No address and no path is longer.
_LONGEST_LINE = 1_000_000


Sources = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="SOURCE",
        help="Files, folders, datasets, web archives, exports, URLs; - is standard input.",
        show_default=False,
    ),
]
Urls = Annotated[
    str | None,
    typer.Option(
        "--urls", metavar="FILE", help="Read more sources from a file, one a line; - is standard input."
    ),
]
Workers = Annotated[
    int | None,
    typer.Option(min=1, metavar="N", help="Processes that extract.  [default: the processors at hand]"),
]
Adopt = Annotated[bool, typer.Option("--adopt", help="Archive what snapshots/unacknowledged/ holds.")]
Kind = Annotated[
    str | None,
    typer.Option("--kind", metavar="KIND", help="What the files are, whatever they look like: warc, csv …"),
]
Columns = Annotated[
    list[str] | None,
    typer.Option("--map", metavar="FIELD=COLUMN", help="Which column of a table holds a field; repeatable."),
]
DryRun = Annotated[
    bool, typer.Option("--dry-run", help="Say what would be added, a line each; write nothing.")
]
Fetch = Annotated[
    bool, typer.Option("--fetch", help="Fetch the addresses that files name: bookmarks, sitemaps, tables …")
]
Dead = Annotated[
    Path | None,
    typer.Option(
        metavar="FILE", help="Write the addresses that could not be fetched to a file, which --urls reads."
    ),
]
Again = Annotated[bool, typer.Option("--again", help="Take back what was removed from the archive.")]
Verbose = Annotated[bool, typer.Option("--verbose", help="Name the files that are not read.")]


def command(
    ctx: typer.Context,
    sources: Sources = None,
    urls: Urls = None,
    workers: Workers = None,
    jobs: Jobs = 8,
    delay: Delay = 1.0,
    headers: Headers = None,
    cookies: Cookies = None,
    keep_credentials: KeepCredentials = False,
    robots: Robots = False,
    follow: Follow = False,
    allow_private: AllowPrivate = False,
    fetch: Fetch = False,
    dead: Dead = None,
    adopt: Adopt = False,
    kind: Kind = None,
    columns: Columns = None,
    dry_run: DryRun = False,
    again: Again = False,
    verbose: Verbose = False,
    as_json: AsJson = False,
    as_jsonl: AsJsonLines = False,
) -> None:
    """Archive pages, datasets and URLs."""
    named = _given(sources or [], urls)
    if adopt and named:
        raise UsageProblem("--adopt takes no sources", hint="add them in a run of their own")
    if not named and not adopt:
        raise UsageProblem("nothing to add", hint="give a file, a folder, a URL or --urls FILE")
    from newsarchive.acquire import Fetching

    fetching = Fetching(
        jobs=jobs,
        delay=delay,
        headers=header_values(headers),
        cookies=cookies,
        keep_credentials=keep_credentials,
        robots=robots,
        follow=follow,
        allow_private=allow_private,
        links=fetch,
        # What comes from a pipe has no name to go on with.
        resume=None if urls in (None, "-") else str(Path(urls).absolute()),
    )
    with open_archive(ctx) as archive, reporter() as report:
        if adopt:
            run = archive.keeping.adopt(workers=workers or 1, progress=report.progress)
        else:
            said = _said(kind, columns or ())
            run = _run(archive, named, report, said, workers, fetching=fetching, dry_run=dry_run, again=again)
        with run:
            told = Told(report, keep=as_json, stream=as_jsonl)
            told.follow(run)
    told.others(verbose=verbose)
    told.dead(to=dead, is_list=urls is not None)
    told.summary(is_dry=dry_run)
    if told.counts["failed"]:
        raise typer.Exit(SOME_FAILED)


def _run(
    archive: Archive,
    sources: Iterable[str],
    report: Reporter,
    said: Said,
    workers: int | None,
    *,
    fetching: Fetching,
    dry_run: bool,
    again: bool,
) -> Run[Outcome]:
    if not dry_run:
        return archive.add(
            sources, workers=workers, fetching=fetching, said=said, again=again, progress=report.progress
        )
    from newsarchive.pipeline.run import Run
    from newsarchive.pipeline.whole_runs import preview_all

    return Run(lambda: preview_all(sources, said=said, fetching=fetching))


def _said(kind: str | None, pairs: Iterable[str]) -> Said:
    """What the options say of the files."""
    from newsarchive.acquire import said_by_user

    columns = {}
    for pair in pairs:
        name, equals, column = pair.partition("=")
        if not equals:
            raise UsageProblem(f"--map {pair} names no column", hint="for example: --map headline=Title")
        columns[name.strip()] = column.strip()
    return said_by_user(kind, columns)


def _given(sources: list[str], urls: str | None) -> Iterable[str]:
    """All sources; those of a list are read as they are needed. Empty where there are none."""
    if urls is None:
        return sources
    if urls == "-" and "-" in sources:
        raise UsageProblem("standard input can't be a page and a list at once", hint="give --urls a file")
    every = chain(sources, _listed(urls))
    first = next(every, None)
    return () if first is None else chain((first,), every)


def _listed(name: str) -> Iterator[str]:
    """The sources that a file lists, as it is read; comments and blank lines are skipped."""
    try:
        with nullcontext(sys.stdin.buffer) if name == "-" else Path(name).open("rb") as file:
            while data := file.readline(_LONGEST_LINE):
                if len(data) == _LONGEST_LINE:
                    raise AcquireError(f"the list {name} has a line without end", hint="put each on a line")
                # File names may be of any encoding.
                text = data.removeprefix(b"\xef\xbb\xbf").decode("utf-8", "surrogateescape")
                # What follows a tab says why the address was dead.
                lines = (line.partition("\t")[0].strip() for line in text.splitlines())
                yield from (line for line in lines if line and not line.startswith("#"))
    except (OSError, ValueError) as exc:
        reason = getattr(exc, "strerror", None) or exc
        raise AcquireError(f"can't read the list {name}: {reason}", hint="give --urls a text file") from exc
