"""``newsarchive add``: archive pages."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import nullcontext
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from newsarchive.base.file_suffixes import suffix
from newsarchive.cli.failures import SOME_FAILED, UsageProblem, failure_line
from newsarchive.cli.render.progress_bar import Reporter, reporter
from newsarchive.cli.render.terminal import say, say_done
from newsarchive.cli.render.terminal_text import clean, to_json
from newsarchive.cli.session import hint, note, open_archive
from newsarchive.cli.shared_options import AsJson, AsJsonLines
from newsarchive.errors import AcquireError

if TYPE_CHECKING:
    from newsarchive.acquire import Said
    from newsarchive.archive import Archive
    from newsarchive.pipeline.outcomes import NotRead, Outcome
    from newsarchive.pipeline.run import Run

_SHOWN = {
    "error page": "an error page",
    "paywall": "a paywall",
    "consent wall": "a consent wall",
    "another story": "another story",
    "front page": "a front page",
}
EXAMPLE = "Example: newsarchive add pages/ dataset.jsonl.gz https://example.org/story"
_NAMES = ("added", "revised", "updated", "unchanged", "failed")
_SUFFIXES_SHOWN = 4
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
AllowPrivate = Annotated[
    bool, typer.Option("--allow-private", help="Let URLs lead to private and local addresses.")
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
Verbose = Annotated[bool, typer.Option("--verbose", help="Name the files that are not read.")]


def command(
    ctx: typer.Context,
    sources: Sources = None,
    urls: Urls = None,
    workers: Workers = None,
    allow_private: AllowPrivate = False,
    adopt: Adopt = False,
    kind: Kind = None,
    columns: Columns = None,
    dry_run: DryRun = False,
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
    with open_archive(ctx) as archive, reporter() as report:
        if adopt:
            run = archive.keeping.adopt(workers=workers or 1, progress=report.progress)
        else:
            said = _said(kind, columns or ())
            run = _run(archive, named, report, said, workers, allow_private=allow_private, dry_run=dry_run)
        with run:
            kept, others = follow(run, report, keep=as_json, stream=as_jsonl)
        counts = Counter(run.summary.counts)
        counts["not_read"] = sum(item.number for item in others)
    _tell_not_read(others, verbose=verbose)
    shown = ["foreseen", "failed"] if dry_run else list(_NAMES)
    shown += ["listed"] if counts["listed"] else []
    summary = ", ".join(f"{counts[name]:,} {name}" for name in shown)
    if as_json:
        numbers = {
            name: counts[name] for name in (*_NAMES, "not_read", "listed", *(["foreseen"] if dry_run else []))
        }
        say(to_json({"format": 1, **numbers, "outcomes": kept}, indent=2))
    elif as_jsonl:
        sys.stderr.write(f"{summary}\n")
    else:
        say_done(summary)
        if counts["added"]:
            hint("search them with: newsarchive search WORDS")
    if counts["failed"]:
        raise typer.Exit(SOME_FAILED)


def _run(
    archive: Archive,
    sources: Iterable[str],
    report: Reporter,
    said: Said,
    workers: int | None,
    *,
    allow_private: bool,
    dry_run: bool,
) -> Run[Outcome]:
    if not dry_run:
        return archive.add(
            sources, workers=workers, allow_private=allow_private, said=said, progress=report.progress
        )
    from newsarchive.pipeline.run import Run
    from newsarchive.pipeline.whole_runs import preview_all

    return Run(lambda: preview_all(sources, said=said, allow_private=allow_private))


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


def follow(
    outcomes: Iterable[Outcome], report: Reporter, *, keep: bool, stream: bool
) -> tuple[list[dict[str, object]], list[NotRead]]:
    """Name failures; print each outcome at once if asked to, or keep them for one document."""
    from newsarchive.pipeline.outcomes import Failed, Foreseen, NotRead, Unchanged

    others: list[NotRead] = []
    kept: list[dict[str, object]] = []
    for outcome in outcomes:
        if keep:
            kept.append(outcome.to_dict())
        if stream:
            say(to_json(outcome.to_dict()))
            # At once: whoever reads it may count on it being durable.
            sys.stdout.flush()
        if isinstance(outcome, Failed):
            report.say(failure_line(outcome.source, outcome.error))
        elif isinstance(outcome, Unchanged) and outcome.remark is not None:
            report.say(clean(f"kept as a capture: {outcome.source} shows {_SHOWN[outcome.remark]}"))
        elif isinstance(outcome, NotRead):
            others.append(outcome)
        elif isinstance(outcome, Foreseen) and not keep and not stream:
            what = f"{outcome.date_published or 'undated'}, {outcome.headline or 'no headline'}"
            say(clean(f"{outcome.source}: {what}"))
        for what in getattr(outcome, "left_out", ()):
            report.say(f"note: {outcome.source}: {what}")
    return kept, others


def _tell_not_read(others: list[NotRead], *, verbose: bool) -> None:
    """Say how many files of what kinds were passed over, or name each."""
    if verbose:
        for item in others:
            note(_named(item))
    elif others:
        kinds: Counter[str] = Counter()
        for item in others:
            kinds[item.kind if item.number > 1 else suffix(item.source) or "without suffix"] += item.number
        most = kinds.most_common()
        named = ", ".join(f"{number:,} {kind}" for kind, number in most[:_SUFFIXES_SHOWN])
        note(f"{kinds.total():,} not read: {named}{' …' if len(most) > _SUFFIXES_SHOWN else ''}; --verbose")


def _named(item: NotRead) -> str:
    times = f"{item.number:,} × " if item.number > 1 else ""
    return f"not read: {item.source}: {times}{item.kind}"


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
                lines = map(str.strip, text.splitlines())
                yield from (line for line in lines if line and not line.startswith("#"))
    except (OSError, ValueError) as exc:
        reason = getattr(exc, "strerror", None) or exc
        raise AcquireError(f"can't read the list {name}: {reason}", hint="give --urls a text file") from exc
