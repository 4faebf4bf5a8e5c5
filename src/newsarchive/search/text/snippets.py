"""A part of a text on one line, with the places to be marked, and where to cut it. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Protocol

from newsarchive.base.frozen import frozen
from newsarchive.model import Article

DEFAULT_WIDTH = 240
# A snippet starts at a sentence if one starts within the part before the first match.
_SENTENCE_END = re.compile(r"[.!?…][\"'”’»)]{0,3}\s|[。！？।؟]|\n")
_SPACE = re.compile(r"\s")
# A last word longer than this is cut rather than left out.
_LONGEST_CUT = 40
# Start and end in a text.
Span = tuple[int, int]


@frozen
class Snippet:
    """A part of a text on one line; ``marks`` are the (start, end) of the matches in it, in order."""

    text: str
    marks: tuple[Span, ...] = ()

    def __str__(self) -> str:
        return self.marked("**", "**")

    def marked(self, before: str, after: str) -> str:
        """The text with something around each match."""
        parts, at = [], 0
        for start, end in self.marks:
            parts += [self.text[at:start], before, self.text[start:end], after]
            at = end
        return "".join([*parts, self.text[at:]])


class Snippets(Protocol):
    """Makes the two snippets of an article that a hit shows."""

    def snippet(self, article: Article, *, width: int = DEFAULT_WIDTH) -> Snippet:
        """A part of its text or description."""

    def headline(self, article: Article) -> Snippet:
        """The whole headline."""


class Openings:
    """Snippets where there is nothing to mark, as in a listing by date: texts from their start."""

    def snippet(self, article: Article, *, width: int = DEFAULT_WIDTH) -> Snippet:
        """The start of the text, or of the description where there is none."""
        return cut(article.text or article.description or "", (0, 0), (), width)

    def headline(self, article: Article) -> Snippet:
        """The whole headline."""
        return Snippet(article.headline or "")


def cut(text: str, around: Span, matches: Iterable[Span], width: int) -> Snippet:
    """The part of a text that lies around a stretch of it, with the matches that lie within."""
    first, last = around
    start = _start(text, first, max(0, width - (last - first)))
    end = _end(text, last, start + width)
    before, after = "…" if start else "", "…" if end < len(text) else ""
    shift = len(before) - start
    shown = merged(span for span in matches if start <= span[0] and span[1] <= end)
    marks = tuple((mark + shift, end_of_mark + shift) for mark, end_of_mark in shown)
    return Snippet(before + _SPACE.sub(" ", text[start:end]) + after, marks)


def merged(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Spans in order, overlapping ones made one."""
    found: list[Span] = []
    for start, end in sorted(spans):
        if found and start < found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((start, end))
    return tuple(found)


def _start(text: str, first: int, room: int) -> int:
    """Where to start: with the text, else with the sentence of the first match, else with a word."""
    earliest = first - room // 2
    if earliest <= 0:
        return 0
    sentences = [match.end() for match in _SENTENCE_END.finditer(text, earliest, first)]
    if sentences:
        return sentences[-1]
    space = _SPACE.search(text, earliest, first)
    return space.end() if space else earliest


def _end(text: str, last: int, limit: int) -> int:
    """Where to end: with the text, else with a word, and never before the last match ends."""
    if limit >= len(text):
        return len(text)
    limit = max(limit, last)
    spaces = [match.start() for match in _SPACE.finditer(text, max(last, limit - _LONGEST_CUT), limit + 1)]
    return spaces[-1] if spaces else limit
