"""Snippets: the part of an article that shows best why it matches, with the matches marked.

Pure, and by the same analysis as the index: what was searched is what is marked.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from newsarchive.base.frozen import frozen
from newsarchive.model import Article
from newsarchive.query.ast import Query, TextField
from newsarchive.search.text.analysis import Analyzer
from newsarchive.search.text.query_places import Find, Finder

DEFAULT_WIDTH = 240
# A snippet starts at a sentence if one starts within the part before the first match.
_SENTENCE_END = re.compile(r"[.!?…][\"'”’»)]{0,3}\s|[。！？।؟]|\n")
_SPACE = re.compile(r"\s")
# A last word longer than this is cut rather than left out.
_LONGEST_CUT = 40


@frozen
class Snippet:
    """A part of a text on one line; ``marks`` are the (start, end) of the matches in it, in order."""

    text: str
    marks: tuple[tuple[int, int], ...] = ()

    def __str__(self) -> str:
        return self.marked("**", "**")

    def marked(self, before: str, after: str) -> str:
        """The text with something around each match."""
        parts, at = [], 0
        for start, end in self.marks:
            parts += [self.text[at:start], before, self.text[start:end], after]
            at = end
        return "".join([*parts, self.text[at:]])


class Highlighter:
    """Marks one query's words. What the query excludes, and other fields' words, are not marked."""

    def __init__(self, query: Query, analyzer: Analyzer) -> None:
        self._in_text = Finder(query, analyzer, {TextField.ANY})
        self._in_headline = Finder(query, analyzer, {TextField.ANY, TextField.HEADLINE})

    def snippet(self, article: Article, *, width: int = DEFAULT_WIDTH) -> Snippet:
        """The best part of an article's text; of its description where only that has a match."""
        for text in filter(None, (article.text, article.description)):
            finds = self._in_text.finds(text, article.language)
            if finds:
                return _cut(text, finds, width)
        return _cut(article.text or article.description or "", [], width)

    def headline(self, article: Article) -> Snippet:
        """The whole headline with its matches."""
        text = article.headline or ""
        return Snippet(text, _merge(self._in_headline.finds(text, article.language)))


def _cut(text: str, finds: Sequence[Find], width: int) -> Snippet:
    """The stretch around the best finds as a snippet; the start of the text if there are none."""
    first, last = _best(finds, width) if finds else (0, 0)
    start = _start(text, first, max(0, width - (last - first)))
    end = _end(text, last, start + width)
    before, after = "…" if start else "", "…" if end < len(text) else ""
    shift = len(before) - start
    shown = _merge([find for find in finds if start <= find.start and find.end <= end])
    marks = tuple((mark + shift, end_of_mark + shift) for mark, end_of_mark in shown)
    return Snippet(before + _SPACE.sub(" ", text[start:end]) + after, marks)


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


def _merge(finds: Sequence[Find]) -> tuple[tuple[int, int], ...]:
    """Ranges of the finds, overlapping ones made one."""
    merged: list[tuple[int, int]] = []
    for find in sorted(finds, key=lambda find: (find.start, find.end)):
        if merged and find.start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], find.end))
        else:
            merged.append((find.start, find.end))
    return tuple(merged)


def _best(finds: Sequence[Find], width: int) -> tuple[int, int]:
    """Start and end of the stretch with the most different needles, then the most matches; the first such."""
    counts: Counter[int] = Counter()
    best, best_score, low = (finds[0].start, finds[0].end), (0, 0), 0
    for high, find in enumerate(finds):
        counts[find.needle] += 1
        while low < high and find.end - finds[low].start > width:
            left = finds[low].needle
            counts[left] -= 1
            if not counts[left]:
                del counts[left]
            low += 1
        score = (len(counts), high - low + 1)
        if score > best_score:
            best, best_score = (finds[low].start, find.end), score
    return best
