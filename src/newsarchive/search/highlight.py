"""Snippets: the part of an article that shows best why it matches, with the matches marked.

Pure, and by the same analysis as the index: what was searched is what is marked.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from newsarchive.model import Article
from newsarchive.query import ast
from newsarchive.query.ast import Query, TextField
from newsarchive.search.analysis import Analyzer, QueryTerms
from newsarchive.search.stemming import Stem, primary, stemmer

DEFAULT_WIDTH = 240
# Of a longer phrase, so many words are looked for: comparing stays linear in the text.
_MAX_PHRASE = 32
# A snippet starts at a sentence if one starts within the part before the first match.
_SENTENCE_END = re.compile(r"[.!?…][\"'”’»)]{0,3}\s|[。！？।؟]|\n")
_SPACE = re.compile(r"\s")
# A last word longer than this is cut rather than left out.
_LONGEST_CUT = 40


@dataclass(frozen=True, slots=True)
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


@dataclass(frozen=True, slots=True)
class _Needle:
    """What one leaf of the query looks for; a single word also in its inflections."""

    wanted: QueryTerms
    is_word: bool


@dataclass(frozen=True, slots=True)
class _Find:
    """A needle found in a text."""

    start: int
    end: int
    needle: int


class Highlighter:
    """Finds one query's words in texts. What the query excludes, and other fields' words, are not marked."""

    def __init__(self, query: Query, analyzer: Analyzer) -> None:
        self._analyzer = analyzer
        self._needles = list(dict.fromkeys(_needles(query, analyzer)))

    def snippet(self, article: Article, *, width: int = DEFAULT_WIDTH) -> Snippet:
        """The best part of an article's text; of its description where only that has a match."""
        for text in filter(None, (article.text, article.description)):
            finds = self._find(text, article.language)
            if finds:
                return _cut(text, finds, width)
        return _cut(article.text or article.description or "", [], width)

    def marked(self, text: str, language: str | None) -> Snippet:
        """A whole text, such as a headline, with its matches."""
        return Snippet(text, _merge(self._find(text, language)))

    def _find(self, text: str, language: str | None) -> list[_Find]:
        if not self._needles:
            return []
        spans = list(self._analyzer.spans(text))
        return list(_Matcher(self._needles, stemmer(primary(language))).finds(spans))


class _Matcher:
    """The needles, arranged by how they are compared in the texts of one language."""

    def __init__(self, needles: Sequence[_Needle], stem: Stem | None) -> None:
        self._stem = stem
        self._words: dict[str, int] = {}
        self._stems: dict[str, int] = {}
        self._phrases: dict[str, list[tuple[int, QueryTerms]]] = {}
        self._open: list[tuple[str, int]] = []
        for number, needle in enumerate(needles):
            self._arrange(number, needle)

    def finds(self, spans: Sequence[tuple[str, int, int]]) -> Iterator[_Find]:
        """Every match, by where it starts."""
        for at, (term, start, end) in enumerate(spans):
            number = self._single(term)
            if number is not None:
                yield _Find(start, end, number)
            for number, phrase in self._phrases.get(term, ()):
                if _stands_at(phrase, spans, at):
                    yield _Find(start, spans[at + len(phrase.terms) - 1][2], number)

    def _arrange(self, number: int, needle: _Needle) -> None:
        wanted = needle.wanted
        if len(wanted.terms) > 1:
            self._phrases.setdefault(wanted.terms[0], []).append((number, wanted))
        elif wanted.is_open:
            self._open.append((wanted.terms[0], number))
        else:
            self._words[wanted.terms[0]] = number
            if needle.is_word and self._stem:
                self._stems[self._stem(wanted.terms[0])] = number

    def _single(self, term: str) -> int | None:
        found = self._words.get(term)
        if found is None and self._stems and self._stem:
            found = self._stems.get(self._stem(term))
        if found is None:
            found = next((number for prefix, number in self._open if term.startswith(prefix)), None)
        return found


def _needles(query: Query, analyzer: Analyzer) -> Iterator[_Needle]:
    match query:
        case ast.And() | ast.Or():
            for part in query.parts:
                yield from _needles(part, analyzer)
        case ast.Boost():
            yield from _needles(query.part, analyzer)
        case (
            ast.Word(field=TextField.ANY) | ast.Phrase(field=TextField.ANY) | ast.Prefix(field=TextField.ANY)
        ):
            wanted = analyzer.query_terms(query.text)
            if isinstance(query, ast.Prefix):
                wanted = wanted.opened()
            if len(wanted.terms) > _MAX_PHRASE:
                wanted = QueryTerms(wanted.terms[:_MAX_PHRASE], is_open=False)
            if wanted.terms:
                yield _Needle(wanted, is_word=isinstance(query, ast.Word))


def _stands_at(phrase: QueryTerms, spans: Sequence[tuple[str, int, int]], at: int) -> bool:
    *before, last = phrase.terms
    end = at + len(before)
    if end >= len(spans) or any(spans[at + step][0] != term for step, term in enumerate(before)):
        return False
    found = spans[end][0]
    return found.startswith(last) if phrase.is_open else found == last


def _cut(text: str, finds: Sequence[_Find], width: int) -> Snippet:
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


def _merge(finds: Sequence[_Find]) -> tuple[tuple[int, int], ...]:
    """Ranges of the finds, overlapping ones made one."""
    merged: list[tuple[int, int]] = []
    for find in sorted(finds, key=lambda find: (find.start, find.end)):
        if merged and find.start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], find.end))
        else:
            merged.append((find.start, find.end))
    return tuple(merged)


def _best(finds: Sequence[_Find], width: int) -> tuple[int, int]:
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
