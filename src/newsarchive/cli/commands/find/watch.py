"""``newsarchive watch``: what saved searches find that is new."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any

import typer

from newsarchive.cli.completion import saved_names
from newsarchive.cli.failures import NOTHING_FOUND, SOME_FAILED, UsageProblem, failure_line
from newsarchive.cli.render.hits import show_hit
from newsarchive.cli.render.terminal import say, styled
from newsarchive.cli.render.terminal_text import clean, to_json
from newsarchive.cli.session import note, open_archive
from newsarchive.cli.shared_options import AsJson, AsJsonLines
from newsarchive.errors import NewsArchiveError, QueryError, SavedSearchNotFound, StoreError

if TYPE_CHECKING:
    from newsarchive.answers.saved_searches import RunReport, SavedSearches

EXAMPLE = "Example: newsarchive watch strike"


def command(
    ctx: typer.Context,
    name: Annotated[
        str | None,
        typer.Argument(
            metavar="NAME",
            help="A saved search; without it, all.",
            show_default=False,
            autocompletion=saved_names,
        ),
    ] = None,
    as_json: AsJson = False,
    as_jsonl: AsJsonLines = False,
    ids: Annotated[bool, typer.Option("--ids", help="Print the ids of what is new only.")] = False,
) -> None:
    """Show what saved searches find that is new since their last run.

    Made for cron: prints nothing and exits with 1 when nothing is new. A search that can't be answered
    any more is named on standard error, the others are told, and the exit code is 3.
    """
    if as_json + as_jsonl + ids > 1:
        raise UsageProblem("--json, --jsonl and --ids exclude each other", hint="choose one")
    with open_archive(ctx) as archive:
        saved = archive.saved
        watched = _Watched.of(saved, [name]) if name is not None else _Watched.of(saved, _names(saved))
        if as_json:
            say(to_json(watched.to_dict(saved), indent=2))
        else:
            for report in watched.reports:
                _show(saved, report, as_jsonl=as_jsonl, ids=ids, named=name is None)
        # Only what was written is acknowledged: a run that is cut off tells the same again.
        sys.stdout.flush()
        for report in watched.reports:
            saved.acknowledge(report)
    watched.finish()


@dataclass(frozen=True, slots=True)
class _Watched:
    """What the saved searches found; by name, those that can't be answered any more, and why."""

    reports: list[RunReport]
    broken: dict[str, NewsArchiveError]

    @classmethod
    def of(cls, saved: SavedSearches, names: list[str]) -> _Watched:
        """Run the searches; one that can't be answered doesn't silence the others."""
        watched = cls([], {})
        for name in names:
            try:
                watched.reports.append(saved.watch(name))
            except (QueryError, SavedSearchNotFound) as error:
                if len(names) == 1:
                    raise
                watched.broken[name] = error
        return watched

    def to_dict(self, saved: SavedSearches) -> dict[str, Any]:
        """The JSON document."""
        failed = [
            {"name": name, "error": error.message, "hint": error.hint} for name, error in self.broken.items()
        ]
        return {
            "format": 1,
            "searches": [_document(saved, report) for report in self.reports],
            "failed": failed,
        }

    def finish(self) -> None:
        """Name the broken ones on standard error, and end with the code that says what there was."""
        for name, error in self.broken.items():
            sys.stderr.write(failure_line(name, error) + "\n")
        if self.broken:
            raise typer.Exit(SOME_FAILED)
        if not any(report.has_news for report in self.reports):
            raise typer.Exit(NOTHING_FOUND)


def _names(saved: SavedSearches) -> list[str]:
    names = [each.name for each in saved]
    if not names:
        raise StoreError("there are no saved searches", hint="save one: newsarchive saved add NAME QUERY")
    return names


def _document(saved: SavedSearches, report: RunReport) -> dict[str, Any]:
    fields = report.to_dict()
    return {
        **{key: value for key, value in fields.items() if key not in ("format", "method")},
        "new": [hit.to_dict() for hit in saved.hits(report, report.added)],
    }


def _show(saved: SavedSearches, report: RunReport, *, as_jsonl: bool, ids: bool, named: bool) -> None:
    if ids:
        for article_id in report.added:
            say(str(article_id))
    elif as_jsonl:
        for line in _lines(saved, report):
            say(to_json(line))
    elif report.has_news:
        if named:
            say(styled(f"{clean(report.run.name)}: {len(report.added):,} new", "bold"))
        for hit in saved.hits(report, report.added):
            show_hit(hit)
    if report.has_news and (report.changed or report.removed):
        note(
            f"{report.run.name}: {len(report.changed):,} changed, {len(report.removed):,} no longer match; "
            f"see: newsarchive saved run {report.run.name}"
        )


def _lines(saved: SavedSearches, report: RunReport) -> Iterator[dict[str, Any]]:
    for hit in saved.hits(report, report.added):
        yield {"search": report.run.name, **hit.to_dict()}
