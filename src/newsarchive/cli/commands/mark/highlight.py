"""``newsarchive highlight``: mark a passage of an article."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from newsarchive.cli.failures import UsageProblem
from newsarchive.cli.render.marks import show_highlight
from newsarchive.cli.render.terminal import say
from newsarchive.cli.render.terminal_text import to_json
from newsarchive.cli.session import note, open_archive
from newsarchive.cli.shared_options import AsJson

if TYPE_CHECKING:
    from newsarchive.store.marks.mark_values import Highlight

EXAMPLE = 'Example: newsarchive highlight 7 "talks would go on" --comment "contradicts article 12"'


def command(
    ctx: typer.Context,
    article_id: Annotated[
        int | None, typer.Argument(metavar="[ID]", help="The number of an article.", show_default=False)
    ] = None,
    passage: Annotated[
        str | None,
        typer.Argument(
            metavar="[PASSAGE]", help="The passage, word for word as in the text.", show_default=False
        ),
    ] = None,
    comment: Annotated[
        str | None, typer.Option("--comment", metavar="TEXT", help="What to say of it.")
    ] = None,
    remove: Annotated[
        int | None, typer.Option("--remove", metavar="N", help="Remove the highlight of this number.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Highlight a passage of an article; without a passage, show the highlights of it, or all."""
    if remove is not None and (article_id is not None or comment is not None):
        raise UsageProblem("--remove goes alone", hint=f"newsarchive highlight --remove {remove}")
    if comment is not None and passage is None:
        raise UsageProblem("a comment needs a passage", hint='highlight ID "PASSAGE" --comment TEXT')
    with open_archive(ctx) as archive:
        if remove is not None:
            archive.highlights.remove(remove)
            note(f"highlight {remove} is removed")
        elif article_id is None:
            _show(list(archive.highlights), as_json=as_json)
        elif passage is None:
            _show(archive.highlights.of(article_id), as_json=as_json)
        else:
            _show([archive.highlights.add(article_id, passage, comment=comment)], as_json=as_json)


def _show(highlights: list[Highlight], *, as_json: bool) -> None:
    if as_json:
        say(to_json({"format": 1, "highlights": [each.to_dict() for each in highlights]}, indent=2))
        return
    for each in highlights:
        show_highlight(each)
    if not highlights:
        note('nothing is highlighted; begin with: newsarchive highlight ID "PASSAGE"')
