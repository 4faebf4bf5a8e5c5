"""``newsarchive add``: archive pages."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from newsarchive.base.file_suffixes import suffix
from newsarchive.cli.failures import SOME_FAILED, UsageProblem, failure_line
from newsarchive.cli.render.progress_bar import Reporter, reporter
from newsarchive.cli.render.terminal import say
from newsarchive.cli.render.terminal_text import clean, to_json
from newsarchive.cli.session import note, open_archive
from newsarchive.cli.shared_options import AsJson, AsJsonLines
from newsarchive.errors import AcquireError

if TYPE_CHECKING:
    from newsarchive.pipeline.outcomes import NotRead, Outcome

_SHOWN = {
    "error page": "an error page",
    "paywall": "a paywall",
    "consent wall": "a consent wall",
    "another story": "another story",
}
EXAMPLE = "Example: newsarchive add pages/ dataset.jsonl.gz https://example.org/story"
_NAMES = ("added", "revised", "updated", "unchanged", "failed")
_SUFFIXES_SHOWN = 4


def command(
    ctx: typer.Context,
    sources: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="SOURCE",
            help="Files, folders, JSONL datasets, URLs; - is standard input.",
            show_default=False,
        ),
    ] = None,
    urls: Annotated[
        str | None,
        typer.Option(
            "--urls", metavar="FILE", help="Read more sources from a file, one a line; - is standard input."
        ),
    ] = None,
    workers: Annotated[
        int | None,
        typer.Option(min=1, metavar="N", help="Processes that extract.  [default: the processors at hand]"),
    ] = None,
    allow_private: Annotated[
        bool, typer.Option("--allow-private", help="Let URLs lead to private and local addresses.")
    ] = False,
    adopt: Annotated[
        bool, typer.Option("--adopt", help="Archive what snapshots/unacknowledged/ holds.")
    ] = False,
    verbose: Annotated[bool, typer.Option("--verbose", help="Name the files that are not read.")] = False,
    as_json: AsJson = False,
    as_jsonl: AsJsonLines = False,
) -> None:
    """Archive pages, datasets and URLs."""
    named = [*(sources or ()), *_listed(urls, sources or ())]
    if adopt and named:
        raise UsageProblem("--adopt takes no sources", hint="add them in a run of their own")
    if not named and not adopt:
        raise UsageProblem("nothing to add", hint="give a file, a folder, a URL or --urls FILE")
    with open_archive(ctx) as archive, reporter() as report:
        if adopt:
            run = archive.keeping.adopt(workers=workers or 1, progress=report.progress)
        else:
            run = archive.add(named, workers=workers, allow_private=allow_private, progress=report.progress)
        with run:
            kept, others = _follow(run, report, keep=as_json, stream=as_jsonl)
        counts = run.summary.counts
    _tell_not_read(others, verbose=verbose)
    shown = [*_NAMES, *(["listed"] if counts["listed"] else [])]
    summary = ", ".join(f"{counts[name]:,} {name}" for name in shown)
    if as_json:
        numbers = {name: counts[name] for name in (*_NAMES, "not_read", "listed")}
        say(to_json({"format": 1, **numbers, "outcomes": kept}, indent=2))
    elif as_jsonl:
        sys.stderr.write(f"{summary}\n")
    else:
        say(summary)
    if counts["failed"]:
        raise typer.Exit(SOME_FAILED)


def _follow(
    outcomes: Iterable[Outcome], report: Reporter, *, keep: bool, stream: bool
) -> tuple[list[dict[str, object]], list[NotRead]]:
    """Name failures; print each outcome at once if asked to, or keep them for one document."""
    from newsarchive.pipeline.outcomes import Failed, NotRead, Unchanged

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
    return kept, others


def _tell_not_read(others: list[NotRead], *, verbose: bool) -> None:
    """Say how many files of what kinds were passed over, or name each."""
    if verbose:
        for item in others:
            note(f"not read: {item.source}: {item.kind}")
    elif others:
        kinds = Counter(suffix(item.source) or "without suffix" for item in others).most_common()
        named = ", ".join(f"{number:,} {kind}" for kind, number in kinds[:_SUFFIXES_SHOWN])
        note(f"{len(others):,} not read: {named}{' …' if len(kinds) > _SUFFIXES_SHOWN else ''}; --verbose")


def _listed(name: str | None, sources: Iterable[str]) -> Iterator[str]:
    """The sources that a file lists; comments and blank lines are skipped."""
    if name is None:
        return
    if name == "-" and "-" in sources:
        raise UsageProblem("standard input can't be a page and a list at once", hint="give --urls a file")
    for line in _read(name).splitlines():
        source = line.strip()
        if source and not source.startswith("#"):
            yield source


def _read(name: str) -> str:
    try:
        data = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
    except (OSError, ValueError) as exc:
        reason = getattr(exc, "strerror", None) or exc
        raise AcquireError(f"can't read the list {name}: {reason}", hint="give --urls a text file") from exc
    # File names may be of any encoding.
    return data.removeprefix(b"\xef\xbb\xbf").decode("utf-8", "surrogateescape")
