"""``newsarchive stats``: what the archive holds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

import typer

from newsarchive.cli.render.bars import first_bars
from newsarchive.cli.render.byte_counts import size
from newsarchive.cli.render.terminal import say, styled
from newsarchive.cli.render.terminal_text import clean, to_json
from newsarchive.cli.session import open_archive
from newsarchive.cli.shared_options import AsJson

if TYPE_CHECKING:
    from newsarchive.answers.results import Stats

EXAMPLE = "Example: newsarchive stats --json"
_SHOWN = 10


def command(ctx: typer.Context, as_json: AsJson = False) -> None:
    """Show what the archive holds."""
    with open_archive(ctx) as archive:
        stats = archive.stats()
    if as_json:
        say(to_json(stats.to_dict(), indent=2))
        return
    for label, value in _facts(stats):
        say(f"{label:<11} {value}")
    for label, counts in (("publishers", stats.publishers), ("languages", stats.languages)):
        _show_counts(label, counts)


def _facts(stats: Stats) -> Iterator[tuple[str, str]]:
    yield "archive", clean(stats.name)
    yield "articles", f"{stats.articles:,} ({stats.undated:,} undated)"
    if stats.first_published and stats.last_published:
        yield "published", f"{stats.first_published} to {stats.last_published}"
    yield "revisions", f"{stats.revisions:,}"
    yield "captures", f"{stats.captures:,} ({stats.failed_captures:,} without an article)"
    yield "snapshots", size(stats.snapshots_bytes)
    yield "database", size(stats.database_bytes)
    state = "up to date" if stats.index_up_to_date else f"{stats.pending:,} changes behind"
    yield "index", f"{size(stats.index_bytes)} ({stats.engine}, {state})"


def _show_counts(label: str, counts: Mapping[str, int]) -> None:
    if not counts:
        return
    say()
    say(styled(label, "bold"))
    for line in first_bars(counts, shown=_SHOWN, indent="  ", more=": newsarchive stats --json"):
        say(line)
