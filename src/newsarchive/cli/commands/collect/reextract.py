"""``newsarchive reextract``: read what is archived with today's extraction."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated

import typer

from newsarchive.cli.failures import SOME_FAILED, UsageProblem, failure_line
from newsarchive.cli.render.progress_bar import Reporter, reporter
from newsarchive.cli.render.terminal import say, say_done
from newsarchive.cli.render.terminal_text import to_json
from newsarchive.cli.session import open_archive
from newsarchive.cli.shared_options import AsJson, AsJsonLines

if TYPE_CHECKING:
    from newsarchive.pipeline.outcomes import Reextracted

EXAMPLE = "Example: newsarchive reextract && newsarchive search 'has:author' --ids"
_NAMES = ("changed", "recovered", "unchanged", "failed")
_KINDS = ("changed", "found", "lost")


def command(
    ctx: typer.Context,
    ids: Annotated[
        list[int] | None,
        typer.Argument(metavar="ID", help="Only these articles.", show_default=False),
    ] = None,
    failed: Annotated[
        bool, typer.Option("--failed", help="Only captures from which no article came.")
    ] = False,
    everything: Annotated[
        bool, typer.Option("--all", help="Also what this version of extraction has read before.")
    ] = False,
    workers: Annotated[
        int | None,
        typer.Option(min=1, metavar="N", help="Processes that extract.  [default: the processors at hand]"),
    ] = None,
    as_json: AsJson = False,
    as_jsonl: AsJsonLines = False,
) -> None:
    """Read stored captures with today's extraction."""
    if bool(ids) + failed + everything > 1:
        raise UsageProblem("give IDs, --failed or --all", hint="they exclude each other")
    which = ids or ("failed" if failed else "all" if everything else "outdated")
    with (
        open_archive(ctx) as archive,
        reporter() as report,
        archive.reextract(which, workers=workers, progress=report.progress) as run,
    ):
        tally = _Tally().follow(run, report, keep=as_json, stream=as_jsonl)
    if as_json:
        say(to_json(tally.to_dict(), indent=2))
    elif as_jsonl:
        sys.stderr.write(f"{tally.summary()}\n")
    else:
        tally.show()
    if tally.counts["failed"]:
        raise typer.Exit(SOME_FAILED)


class _Tally:
    """How many outcomes there are of each kind, and how often each field differs."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()
        self._fields: dict[str, Counter[str]] = {}
        self._kept: list[dict[str, object]] = []

    def follow(
        self, outcomes: Iterable[Reextracted], report: Reporter, *, keep: bool, stream: bool
    ) -> _Tally:
        """Count outcomes and name failures; print each at once if asked to, or keep those that changed."""
        for outcome in outcomes:
            self._count(outcome, report)
            # What is as it was is many lines and no news; its number is in the document.
            if keep and outcome.name != "unchanged":
                self._kept.append(outcome.to_dict())
            if stream:
                say(to_json(outcome.to_dict()))
                sys.stdout.flush()
        return self

    def _count(self, outcome: Reextracted, report: Reporter) -> None:
        from newsarchive.pipeline.outcomes import Changed, Failed

        self.counts[outcome.name] += 1
        if isinstance(outcome, Failed):
            report.say(failure_line(outcome.source, outcome.error))
        elif isinstance(outcome, Changed):
            for change in outcome.changes:
                self._fields.setdefault(change.field, Counter())[change.kind] += 1

    def to_dict(self) -> dict[str, object]:
        """The JSON document."""
        fields = {name: {kind: kinds[kind] for kind in _KINDS} for name, kinds in self._fields.items()}
        counts = {name: self.counts[name] for name in _NAMES}
        return {"format": 1, **counts, "fields": fields, "outcomes": self._kept}

    def summary(self) -> str:
        """The line at the end."""
        return ", ".join(f"{self.counts[name]:,} {name}" for name in _NAMES)

    def show(self) -> None:
        """Print what changed by field, and the summary."""
        if self._fields:
            say_done(f"{'field':<24}{'changed':>9}{'found':>9}{'lost':>9}")
        for name, kinds in sorted(self._fields.items(), key=lambda item: (-item[1].total(), item[0])):
            say_done(f"{name:<24}" + "".join(f"{kinds[kind]:>9,}" for kind in _KINDS))
        say_done(self.summary())
