"""What changed between two states of an article: coloured for a reader, unified for a pipe."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from difflib import unified_diff
from typing import TYPE_CHECKING

from newsarchive.cli.render.hits import headline
from newsarchive.cli.render.terminal import has_color, say, styled, width
from newsarchive.cli.render.terminal_text import cells, clean

if TYPE_CHECKING:
    from newsarchive.answers.versions.article_diff import ArticleDiff, ParagraphDiff
    from newsarchive.model import Article
    from newsarchive.search.text.word_diff import Piece
    from newsarchive.store.reading.revisions import Revision

_WIDEST = 88
_STYLES = {"added": "added", "removed": "removed"}
# Without colour, as wdiff and ``git diff --word-diff`` mark words.
_MARKS = {"added": ("{+", "+}"), "removed": ("[-", "-]"), "same": ("", "")}


def show_diff(diff: ArticleDiff, article: Article) -> None:
    """Print a comparison for reading; what stayed the same is counted, not repeated."""
    say(styled(headline(article), "bold"))
    say(
        styled(
            f"revision {diff.before} ({diff.before_at:%Y-%m-%d %H:%M} UTC) to {diff.after} "
            f"({diff.after_at:%Y-%m-%d %H:%M} UTC): "
            f"{diff.words_added:,} words added, {diff.words_removed:,} removed",
            "dim",
        )
    )
    for field in diff.fields:
        say()
        _say_pieces(field.pieces, label=f"{field.field.replace('_', ' ')}: ")
    for paragraphs in _stretches(diff.paragraphs):
        say()
        if paragraphs[0].kind.value == "same":
            number = len(paragraphs)
            say(styled(f"… {number:,} {'paragraph' if number == 1 else 'paragraphs'} as before", "dim"))
        else:
            _say_paragraph(paragraphs[0])


def show_unified(before: Revision, after: Revision, article_id: int) -> None:
    """Print a comparison as diff and patch know it, a paragraph a line."""
    lines = unified_diff(
        list(_lines(before)),
        list(_lines(after)),
        f"#{article_id} revision {before.number}",
        f"#{article_id} revision {after.number}",
        f"{before.captured_at:%Y-%m-%d %H:%M:%S} +0000",
        f"{after.captured_at:%Y-%m-%d %H:%M:%S} +0000",
        lineterm="",
    )
    for line in lines:
        say(clean(line) if not line.startswith(("--- ", "+++ ")) else line)


def _lines(revision: Revision) -> Iterator[str]:
    yield f"headline: {revision.headline or ''}"
    yield f"date_published: {revision.date_published or ''}"
    yield f"date_modified: {revision.date_modified or ''}"
    yield f"description: {revision.description or ''}"
    yield from revision.text.splitlines()


def _stretches(paragraphs: Iterable[ParagraphDiff]) -> Iterator[list[ParagraphDiff]]:
    """Paragraphs that stayed together, others alone."""
    same: list[ParagraphDiff] = []
    for paragraph in paragraphs:
        if paragraph.kind.value == "same":
            same.append(paragraph)
            continue
        if same:
            yield same
            same = []
        yield [paragraph]
    if same:
        yield same


def _say_paragraph(paragraph: ParagraphDiff) -> None:
    label = f"(moved; it was paragraph {paragraph.before}) " if paragraph.kind.value == "moved" else ""
    _say_pieces(paragraph.pieces, label=label)


def _say_pieces(pieces: Iterable[Piece], *, label: str = "") -> None:
    """Words in their styles, wrapped; a style goes on over a line break."""
    words = [("dim", part) for part in re.findall(r"\s+|\S+", label)]
    for piece in pieces:
        words += [(piece.kind.value, part) for part in re.findall(r"\s+|\S+", _marked(piece))]
    for line in _wrapped(words, min(width(), _WIDEST)):
        say("".join(styled(text, style) if style in {*_STYLES, "dim"} else text for style, text in line))


def _marked(piece: Piece) -> str:
    opening, closing = ("", "") if has_color() else _MARKS[piece.kind.value]
    return f"{opening}{clean(piece.text)}{closing}"


def _wrapped(words: Iterable[tuple[str, str]], room: int) -> Iterator[list[tuple[str, str]]]:
    line: list[tuple[str, str]] = []
    used = 0
    for style, text in words:
        length = cells(text)
        if line and used + length > room and not text.isspace():
            yield line
            line, used = [], 0
        if text.isspace() and not line:
            continue
        line.append((style, text))
        used += length
    if line:
        yield line
