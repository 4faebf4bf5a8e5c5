"""``newsarchive changes``: what was edited lately."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated

import typer

from newsarchive.cli.failures import NOTHING_FOUND, UsageProblem
from newsarchive.cli.render.hits import headline
from newsarchive.cli.render.terminal import say, styled, width
from newsarchive.cli.render.terminal_text import clean, cut, to_json
from newsarchive.cli.session import note, open_archive
from newsarchive.cli.shared_options import AsJson, AsJsonLines

if TYPE_CHECKING:
    from newsarchive.answers.versions.edits import Edit

EXAMPLE = "Example: newsarchive changes --since yesterday --silent"
_WIDEST = 100


def command(
    ctx: typer.Context,
    since: Annotated[
        str | None,
        typer.Option("--since", metavar="DATE", help="Only edits captured on this day (UTC) or later."),
    ] = None,
    until: Annotated[
        str | None,
        typer.Option("--until", metavar="DATE", help="Only edits captured on this day (UTC) or earlier."),
    ] = None,
    silent: Annotated[
        bool, typer.Option("--silent", help="Only edits of which the new text says nothing.")
    ] = False,
    as_json: AsJson = False,
    as_jsonl: AsJsonLines = False,
) -> None:
    """List what was edited after it was first captured, by how much, and whether the text says so."""
    if as_json and as_jsonl:
        raise UsageProblem("--json and --jsonl exclude each other", hint="choose one")
    with open_archive(ctx) as archive:
        found = (
            edit for edit in archive.versions.edits(since=since, until=until) if edit.is_silent or not silent
        )
        count = _tell(found, as_json=as_json, as_jsonl=as_jsonl)
    if not count:
        note("nothing found: no edit was captured" + (" that says nothing of itself" if silent else ""))
        raise typer.Exit(NOTHING_FOUND)


def _tell(edits: Iterable[Edit], *, as_json: bool, as_jsonl: bool) -> int:
    if as_json:
        found = [edit.to_dict() for edit in edits]
        say(to_json({"format": 1, "edits": found}, indent=2))
        return len(found)
    count = 0
    for edit in edits:
        count += 1
        if as_jsonl:
            say(to_json(edit.to_dict()))
        else:
            _show(edit)
    if count and not as_jsonl:
        say(styled("what changed, word by word: newsarchive diff ID", "dim"))
    return count


def _show(edit: Edit) -> None:
    columns = min(width(), _WIDEST)
    diff = edit.diff
    publisher = f"  {clean(edit.article.publisher)}" if edit.article.publisher else ""
    head = f"#{edit.article.id}  {diff.after_at:%Y-%m-%d %H:%M} UTC{publisher}"
    say(styled(cut(head, columns), "cyan"))
    say("  " + styled(cut(headline(edit.article), columns - 2), "bold"))
    what = f"+{diff.words_added:,} -{diff.words_removed:,} words"
    fields = [field.field.replace("_", " ") for field in diff.fields if field.field != "date_modified"]
    parts = [what, *fields, "silent" if edit.is_silent else "announced"]
    if edit.is_silent and edit.moves_date:
        parts.append("its date of modification moved")
    say("  " + cut(", ".join(parts), columns - 2))
    say()
