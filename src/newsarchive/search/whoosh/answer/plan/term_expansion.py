"""Which terms of a dictionary a beginning, a shape or a similar word stands for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import islice, product
from typing import Protocol

from newsarchive.errors import QueryError
from newsarchive.search.text.compounds import part_stem
from newsarchive.search.text.stemming import stem
from newsarchive.search.text.term_tests import shape
from newsarchive.search.whoosh.answer.plan.nodes import (
    Beginning,
    Expansion,
    Inflected,
    Plan,
    Shape,
    Similar,
    Step,
    expansions,
)
from newsarchive.search.whoosh.layout import Field
from newsarchive.search.whoosh.segment.segment import SegmentFiles
from newsarchive.search.whoosh.segment.term_dictionary import Entry
from newsarchive.search.whoosh.segment.vocabulary import Vocabulary

# Terms that a query may stand for, in all segments: reading the postings of one takes some 25
# microseconds, so that all of them take a second.
MAX_LISTS = 40_000


# Of longer stems the last letter may differ from that of a form: policies and policy have polici.
_SHORT = 3


class Entries(Protocol):
    """Looks up terms in one segment."""

    def entries(self, field: Field, step: Step) -> tuple[Entry, ...]:
        """The terms that a step stands for."""


def check(plan: Plan, lookups: Sequence[Entries]) -> None:
    """Raise QueryError for a plan that stands for too many terms to be carried out in about a second."""
    left = MAX_LISTS
    for (field, expansion), lookup in product(expansions(plan), lookups):
        left -= len(lookup.entries(field, expansion))
        if left < 0:
            raise QueryError(
                f"too many words are like {_typed(expansion)!r}, or like it and others of this query",
                hint="type more letters",
            )


class Expander:
    """Expands in one segment."""

    def __init__(self, files: SegmentFiles) -> None:
        self._files = files
        self._vocabularies: dict[Field, Vocabulary] = {}

    def expand(self, field: Field, expansion: Expansion) -> tuple[Entry, ...]:
        """The entries of all terms that are meant, or as many as are too many."""
        return tuple(islice(self._matching(field, expansion), MAX_LISTS + 1))

    def _matching(self, field: Field, expansion: Expansion) -> Iterator[Entry]:
        match expansion:
            case Beginning(prefix):
                return self._files.beginning_with(field, prefix)
            case Shape(pattern) if literal := re.split(r"[*?]", pattern, maxsplit=1)[0]:
                fits = shape(pattern).fullmatch
                terms = self._files.terms(field, literal.encode())
                return (entry for term, entry in terms if fits(term.decode()))
            case Shape(pattern):
                return self._entries(field, self._vocabulary(field).of_shape(pattern))
            case Inflected(word, language):
                return self._inflected(field, word, language)
            case Similar(word, edits):
                return self._entries(field, self._vocabulary(field).similar(word, edits))

    def _inflected(self, field: Field, word: str, language: str) -> Iterator[Entry]:
        """Terms of a word's stem, looked for among those that begin as both the word and its stem do."""
        root = stem(word, language)
        beginning = root[:-1] if len(root) > _SHORT else root
        while not word.startswith(beginning):
            beginning = beginning[:-1]
        find = partial(stem, language=language)
        terms = self._files.terms(field, beginning.encode())
        return (entry for term, entry in terms if part_stem(term.decode(), find) == root)

    def _entries(self, field: Field, places: Iterable[int]) -> Iterator[Entry]:
        return (self._files.dictionary.entry(field, place) for place in places)

    def _vocabulary(self, field: Field) -> Vocabulary:
        if field not in self._vocabularies:
            self._vocabularies[field] = Vocabulary(self._files.dictionary.terms(field))
        return self._vocabularies[field]


def _typed(expansion: Expansion) -> str:
    match expansion:
        case Beginning(prefix):
            return f"{prefix.decode()}*"
        case Shape(pattern):
            return pattern
        case Inflected(word):
            return word
        case Similar(word, edits):
            return f"{word}~{edits}"
