"""Find what a query looks for in one text, by the same analysis as the index."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Container, Iterator, Sequence

from newsarchive.base.frozen import frozen
from newsarchive.query import ast
from newsarchive.query.ast import Query, Text, TextField
from newsarchive.search.text.analysis import Analyzer, QueryTerms, is_paired
from newsarchive.search.text.compounds import is_compound, part_stem
from newsarchive.search.text.proximity import Member, members, stretches
from newsarchive.search.text.stemming import Stem, primary, stemmer
from newsarchive.search.text.term_tests import Test, fuzzy_tests, wildcard_tests

# Of a longer phrase only its first words are looked for, so that comparing stays linear in the text.
_MAX_PHRASE = 32
Spans = Sequence[tuple[str, int, int]]


@frozen
class Find:
    """Characters of a text that a needle, by its number, was found at."""

    start: int
    end: int
    needle: int


@frozen
class _Terms:
    """A word, phrase or prefix; a word, be it a compound, also in its inflections."""

    wanted: QueryTerms
    is_word: bool


@frozen
class _Alike:
    """Terms in a row that each pass their test."""

    tests: tuple[Test, ...]


@frozen
class _Together:
    """Words near each other."""

    members: tuple[Member, ...]
    distance: int


_Needle = _Terms | _Alike | _Together


class Finder:
    """Finds one query's words of some fields in texts; what the query excludes is left out."""

    def __init__(self, query: Query, analyzer: Analyzer, fields: Container[TextField]) -> None:
        self._analyzer = analyzer
        self._needles = list(dict.fromkeys(_needles(query, analyzer, fields)))

    def finds(self, text: str, language: str | None) -> list[Find]:
        """Every place where the query's words are, in order; other forms by the text's language."""
        if not self._needles:
            return []
        spans = list(self._analyzer.spans(text))
        found = _Matcher(self._needles, stemmer(primary(language))).finds(spans)
        return sorted(found, key=lambda find: (find.start, find.end))


class _Matcher:
    """The needles, arranged by how they are compared in the texts of one language."""

    def __init__(self, needles: Sequence[_Needle], stem: Stem | None) -> None:
        self._stem = stem
        self._words: dict[str, int] = {}
        self._stems: dict[str, int] = {}
        self._phrases: dict[str, list[tuple[int, QueryTerms]]] = {}
        # Compounds by the stem of their first part, with the stems of all parts.
        self._compounds: dict[str, list[tuple[int, tuple[str, ...]]]] = {}
        self._open: list[tuple[str, int]] = []
        self._alike: list[tuple[int, tuple[Test, ...]]] = []
        self._together: list[tuple[int, _Together]] = []
        for number, needle in enumerate(needles):
            self._arrange(number, needle)

    def finds(self, spans: Spans) -> Iterator[Find]:
        for at, (term, start, end) in enumerate(spans):
            number = self._single(term)
            if number is not None:
                yield Find(start, end, number)
            elif (opened := self._opened(term)) is not None:
                yield Find(start, _end_of(opened[0], spans, at), opened[1])
            for number, phrase in self._phrases.get(term, ()):
                if _stands_at(phrase, spans, at):
                    yield Find(start, _end_of_run(phrase, spans, at), number)
            yield from self._compounds_at(spans, at)
        for number, tests in self._alike:
            yield from _find_alike(number, tests, spans)
        for number, needle in self._together:
            yield from _find_together(number, needle, spans)

    def _arrange(self, number: int, needle: _Needle) -> None:
        match needle:
            case _Terms(wanted, is_word):
                self._arrange_terms(number, wanted, is_word=is_word)
            case _Alike(tests):
                self._alike.append((number, tests))
            case _Together():
                self._together.append((number, needle))

    def _compounds_at(self, spans: Spans, at: int) -> Iterator[Find]:
        if not self._compounds or self._stem is None:
            return
        for number, stems in self._compounds.get(part_stem(spans[at][0], self._stem), ()):
            parts = spans[at : at + len(stems)]
            if tuple(part_stem(term, self._stem) for term, _, _ in parts) == stems:
                yield Find(spans[at][1], parts[-1][2], number)

    def _arrange_terms(self, number: int, wanted: QueryTerms, *, is_word: bool) -> None:
        if len(wanted.terms) > 1 and is_word and self._stem:
            stems = tuple(part_stem(term, self._stem) for term in wanted.terms)
            self._compounds.setdefault(stems[0], []).append((number, stems))
        elif len(wanted.terms) > 1:
            self._phrases.setdefault(wanted.terms[0], []).append((number, wanted))
        elif wanted.is_open:
            self._open.append((wanted.terms[0], number))
        else:
            self._words[wanted.terms[0]] = number
            if is_word and self._stem:
                self._stems[self._stem(wanted.terms[0])] = number

    def _single(self, term: str) -> int | None:
        found = self._words.get(term)
        if found is None and self._stems and self._stem:
            found = self._stems.get(self._stem(term))
        return found

    def _opened(self, term: str) -> tuple[str, int] | None:
        return next((each for each in self._open if term.startswith(each[0])), None)


def _needles(query: Query, analyzer: Analyzer, fields: Container[TextField]) -> Iterator[_Needle]:
    for leaf in ast.positive_terms(query):
        needle = _needle(leaf, analyzer) if leaf.field in fields else None
        if needle is not None:
            yield needle


def _needle(leaf: Text, analyzer: Analyzer) -> _Needle | None:
    """What a leaf looks for; None if there is no letter or digit in it."""
    match leaf:
        case ast.Near(text, distance):
            wanted = members(text, analyzer)
            return _Together(wanted, distance) if wanted else None
        case ast.Wildcard(pattern):
            tests = wildcard_tests(pattern, analyzer)
            return _Alike(tests) if tests else None
        case ast.Fuzzy(text, edits):
            tests = fuzzy_tests(text, edits, analyzer)
            return _Alike(tests) if tests else None
        case ast.Word(text):
            terms = analyzer.word_terms(text)
            return _in_a_row(terms, is_word=len(terms.terms) == 1 or is_compound(text, terms))
        case ast.Prefix(text):
            return _in_a_row(analyzer.query_terms(text).opened(), is_word=False)
        case ast.Phrase(text):
            return _in_a_row(analyzer.query_terms(text), is_word=False)


def _in_a_row(wanted: QueryTerms, *, is_word: bool) -> _Terms | None:
    if len(wanted.terms) > _MAX_PHRASE:
        wanted = QueryTerms(wanted.terms[:_MAX_PHRASE], is_open=False)
    return _Terms(wanted, is_word) if wanted.terms else None


def _stands_at(phrase: QueryTerms, spans: Spans, at: int) -> bool:
    *before, last = phrase.terms
    end = at + len(before)
    if end >= len(spans) or any(spans[at + step][0] != term for step, term in enumerate(before)):
        return False
    found = spans[end][0]
    return found.startswith(last) if phrase.is_open else found == last


def _end_of_run(wanted: QueryTerms, spans: Spans, at: int) -> int:
    last = at + len(wanted.terms) - 1
    return _end_of(wanted.terms[-1], spans, last) if wanted.is_open else spans[last][2]


def _end_of(beginning: str, spans: Spans, at: int) -> int:
    """Where a term that begins so ends; of a pair of which one character was typed, that one."""
    end = spans[at][2]
    if len(beginning) == 1 and is_paired(beginning) and at + 1 < len(spans):
        return min(end, max(spans[at + 1][1], spans[at][1] + 1))
    return end


def _find_alike(number: int, tests: Sequence[Test], spans: Spans) -> Iterator[Find]:
    first, *others = tests
    passed: dict[str, bool] = {}
    for at in range(len(spans) - len(others)):
        term, start, _ = spans[at]
        if term not in passed:
            passed[term] = first(term)
        if passed[term] and all(test(spans[at + step][0]) for step, test in enumerate(others, 1)):
            yield Find(start, spans[at + len(others)][2], number)


def _find_together(number: int, needle: _Together, spans: Spans) -> Iterator[Find]:
    places = [
        [at for at in range(len(spans)) if _stands_at(member.wanted, spans, at)] for member in needle.members
    ]
    marked = [0] * len(places)
    for first, last in stretches(places, needle.members, needle.distance):
        for which, (found, member) in enumerate(zip(places, needle.members, strict=True)):
            # Each place is marked once, however many stretches share it, which keeps this linear in the text.
            start = max(marked[which], bisect_left(found, first))
            marked[which] = max(start, bisect_left(found, last - member.width + 1))
            for at in found[start : marked[which]]:
                yield Find(spans[at][1], _end_of_run(member.wanted, spans, at), number)
