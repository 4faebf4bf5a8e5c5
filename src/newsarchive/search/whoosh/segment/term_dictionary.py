"""The term dictionary of a segment: terms in order, and where the posting list of each is."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from newsarchive.search.whoosh.segment.packing import Numbers, unpack_names, view
from newsarchive.search.whoosh.segment.postings import ALIGNMENT
from newsarchive.search.whoosh.segment.sections import SectionFile

# The sections of a segment's file; of the last four, each has an entry a term.
POSTINGS, FIELDS, FIELD_ENDS, TERMS = "postings", "fields", "field_ends", "terms"
TERM_ENDS, LIST_ENDS, LIST_SIZES, LIST_KINDS = "term_ends", "list_ends", "list_sizes", "list_kinds"

# Terms read at a time where many are asked for.
_AT_ONCE = 256


# Terms remembered from bisecting: in a dictionary of 30,000 terms, so many spare 12 of 15 readings.
_MAX_PROBED = 4_096


class Entry(NamedTuple):
    """What the dictionary says of a term: how many articles have it, where its list is, and its kind."""

    articles: int
    start: int
    end: int
    kind: int


class TermDictionary:
    """Finds terms by bisection in the mapped file."""

    def __init__(self, file: SectionFile) -> None:
        self._file = file
        self._probed: dict[int, bytes] = {}
        ends = view("I", file.read(FIELD_ENDS)).tolist()
        names = unpack_names(file.read(FIELDS))
        count = file.size(LIST_KINDS)
        if len(names) != len(ends) or [0, *ends] != sorted([0, *ends]) or [0, *ends][-1] != count:
            raise ValueError("the fields of a term dictionary do not fit its terms")
        if not file.size(TERM_ENDS) == file.size(LIST_ENDS) == file.size(LIST_SIZES) == 4 * count:
            raise ValueError("the columns of a term dictionary do not fit its terms")
        self.fields: Mapping[str, range] = {
            name: range(first, last) for name, (first, last) in zip(names, pairwise([0, *ends]), strict=True)
        }

    def find(self, field: str, term: bytes) -> Entry | None:
        """The entry of a term; None if there is no such term."""
        at = self._first(field, term)
        if at >= self.fields.get(field, range(0)).stop or self._term(at) != term:
            return None
        return next(iter(self._entries(range(at, at + 1))))

    def beginning_with(self, field: str, prefix: bytes) -> Iterator[Entry]:
        """The entries of the terms of a field that begin with ``prefix``, in order; reads no other term."""
        # No term holds the byte 255: terms are UTF-8.
        first, last = self._first(field, prefix), self._first(field, prefix + b"\xff")
        return iter(()) if first == last else self._entries(range(first, last))

    def starting_at(self, field: str, term: bytes, at_once: int = _AT_ONCE) -> Iterator[tuple[bytes, Entry]]:
        """The terms of a field from ``term`` on, in order; ``at_once`` of them are read at a time."""
        places = self.fields.get(field, range(0))
        for start in range(self._first(field, term), places.stop, at_once):
            part = range(start, min(start + at_once, places.stop))
            yield from zip(map(self._term, part), self._entries(part), strict=True)

    def all(self) -> Iterator[tuple[str, bytes, Entry]]:
        """Every term of every field."""
        return ((field, term, entry) for field in self.fields for term, entry in self.starting_at(field, b""))

    def terms(self, field: str, first: int = 0, last: int | None = None) -> list[bytes]:
        """The terms of a field, or those from ``first`` to before ``last``, in order."""
        places = self.fields.get(field, range(0))[first:last]
        ends = self._term_ends
        start = ends[places.start - 1] if places.start else 0
        bounds = [0, *(end - start for end in ends[places.start : places.stop])]
        data = bytes(self._file.read(TERMS, start, start + bounds[-1]))
        return [data[begin:end] for begin, end in pairwise(bounds)]

    def place(self, field: str, term: bytes) -> int:
        """How many terms of a field are before ``term``."""
        return self._first(field, term) - self.fields.get(field, range(0)).start

    def entry(self, field: str, at: int) -> Entry:
        """The entry of one of ``terms``."""
        place = self.fields[field].start + at
        return next(iter(self._entries(range(place, place + 1))))

    def _first(self, field: str, term: bytes) -> int:
        """The place of the first term of a field that isn't before ``term``."""
        places = self.fields.get(field, range(0))
        return places.start + bisect_left(places, term, key=self._probe)

    def _probe(self, place: int) -> bytes:
        """A term, remembered: every bisection begins with the same ones."""
        found = self._probed.get(place)
        if found is None:
            if len(self._probed) >= _MAX_PROBED:
                self._probed.clear()
            found = self._probed[place] = self._term(place)
        return found

    def _term(self, place: int) -> bytes:
        ends = self._term_ends
        return bytes(self._file.read(TERMS, ends[place - 1] if place else 0, ends[place]))

    def _entries(self, places: range) -> Iterator[Entry]:
        first, last = places.start, places.stop
        ends = view("I", self._file.read(LIST_ENDS, 4 * max(first - 1, 0), 4 * last)).tolist()
        bounds = [end * ALIGNMENT for end in (ends if first else [0, *ends])]
        sizes = view("I", self._file.read(LIST_SIZES, 4 * first, 4 * last))
        return map(Entry, sizes, bounds, bounds[1:], self._file.read(LIST_KINDS, first, last))

    @cached_property
    def _term_ends(self) -> Numbers:
        return view("I", self._file.read(TERM_ENDS))
