"""``newsarchive note``: write something on an article."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from newsarchive.cli.failures import UsageProblem
from newsarchive.cli.render.marks import show_note
from newsarchive.cli.render.terminal import say
from newsarchive.cli.render.terminal_text import to_json
from newsarchive.cli.session import note, open_archive
from newsarchive.cli.shared_options import AsJson

if TYPE_CHECKING:
    from newsarchive.store.marks.mark_values import Note

EXAMPLE = 'Example: newsarchive note 7 "Ask Ana whether the second figure is right."'
_LONGEST = 1_000_000


def command(
    ctx: typer.Context,
    article_id: Annotated[
        int | None, typer.Argument(metavar="[ID]", help="The number of an article.", show_default=False)
    ] = None,
    words: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[TEXT]",
            help="The note, in Markdown; - is standard input.",
            show_default=False,
        ),
    ] = None,
    remove: Annotated[
        int | None, typer.Option("--remove", metavar="N", help="Remove the note of this number.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Write a note on an article; without a text, show the notes of it, or all."""
    if remove is not None and (article_id is not None or words):
        raise UsageProblem("--remove goes alone", hint=f"newsarchive note --remove {remove}")
    with open_archive(ctx) as archive:
        if remove is not None:
            archive.notes.remove(remove)
            note(f"note {remove} is removed")
            return
        if article_id is not None and words:
            _show([archive.notes.add(article_id, _text(words))], as_json=as_json)
            return
        _show(list(archive.notes) if article_id is None else archive.notes.of(article_id), as_json=as_json)


def _text(words: list[str]) -> str:
    return sys.stdin.read(_LONGEST) if words == ["-"] else " ".join(words)


def _show(notes: list[Note], *, as_json: bool) -> None:
    if as_json:
        say(to_json({"format": 1, "notes": [each.to_dict() for each in notes]}, indent=2))
        return
    for each in notes:
        show_note(each)
    if not notes:
        note('no notes yet; write one with: newsarchive note ID "TEXT"')
