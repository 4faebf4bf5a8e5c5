"""Which terms of a dictionary a beginning, a shape or a similar word stands for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice

from newsarchive.errors import QueryError
from newsarchive.search.alike import shape
from newsarchive.search.whoosh.layout import Field
from newsarchive.search.whoosh.plan import Beginning, Expansion, Shape, Similar
from newsarchive.search.whoosh.segment import SegmentFiles
from newsarchive.search.whoosh.terms import Entry
from newsarchive.search.whoosh.vocabulary import Vocabulary

# Reading a term's postings takes about 30 microseconds: this many, a third of a second.
MAX_EXPANSIONS = 10_000


class Expander:
    """Expands in one segment."""

    def __init__(self, files: SegmentFiles) -> None:
        self._files = files
        self._vocabularies: dict[Field, Vocabulary] = {}

    def expand(self, field: Field, expansion: Expansion) -> tuple[Entry, ...]:
        """The entries of all terms that are meant. Raises QueryError where they are too many."""
        found = tuple(islice(self._matching(field, expansion), MAX_EXPANSIONS + 1))
        if len(found) > MAX_EXPANSIONS:
            raise QueryError(
                f"more than {MAX_EXPANSIONS:,} words are like {_typed(expansion)!r}",
                hint="type more letters",
            )
        return found

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
            case Similar(word, edits):
                return self._entries(field, self._vocabulary(field).similar(word, edits))

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
        case Similar(word, edits):
            return f"{word}~{edits}"
