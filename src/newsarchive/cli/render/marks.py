"""What people put on articles, in a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from newsarchive.cli.render.terminal import line_width, say, styled
from newsarchive.cli.render.terminal_text import clean, wrap

if TYPE_CHECKING:
    from newsarchive.store.marks.mark_values import Highlight, MarksOfArticle, Note

_WIDEST = 88


def show_note(note: Note) -> None:
    """A note, with its number and the article that it is on."""
    say(styled(f"note {note.id}  {note.made_at:%Y-%m-%d %H:%M} UTC  article {note.article_id}", "cyan"))
    _say_indented(note.text)


def show_highlight(highlight: Highlight) -> None:
    """A passage, its comment, and whether the text still has it."""
    gone = "" if highlight.place is not None else "  (the text has it no more)"
    when = f"{highlight.made_at:%Y-%m-%d %H:%M} UTC"
    say(styled(f"highlight {highlight.id}  {when}  article {highlight.article_id}{gone}", "cyan"))
    _say_indented(f"“{highlight.quote}”")
    if highlight.comment:
        _say_indented(highlight.comment)


def mark_lines(marks: MarksOfArticle) -> Iterator[str]:
    """The tags and collections of an article, a line each."""
    if marks.tags:
        yield f"tags: {', '.join(marks.tags)}"
    if marks.collections:
        yield f"collections: {', '.join(marks.collections)}"


def show_written(marks: MarksOfArticle) -> None:
    """The notes and highlights of an article, after its text."""
    for note in marks.notes:
        say()
        show_note(note)
    for highlight in marks.highlights:
        say()
        show_highlight(highlight)


def _say_indented(text: str) -> None:
    for paragraph in text.split("\n"):
        for line in wrap(clean(paragraph), line_width(_WIDEST) - 2):
            say(f"  {line}")
