"""Putting segments, and the articles gathered in memory, together into a new segment."""

from __future__ import annotations

from array import array
from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple, Protocol

import numpy as np

from newsarchive.search.whoosh.layout import NAME_COLUMNS, TYPECODE, ColumnName, Field
from newsarchive.search.whoosh.segment.posting_arrays import Array, Lists, decode, encode, segment_sums, spans
from newsarchive.search.whoosh.segment.postings import ALIGNMENT
from newsarchive.search.whoosh.segment.segment import Column, SegmentFiles
from newsarchive.search.whoosh.segment.term_dictionary import LIST_ENDS, LIST_KINDS, LIST_SIZES
from newsarchive.search.whoosh.write.article_buffer import ArticlePool
from newsarchive.search.whoosh.write.segment_file import SegmentBuilder

# Tokens or postings that are merged at a time; each takes some 100 bytes of memory.
_BATCH = 500_000
# Terms of all sources that are merged at a time; each takes some 100 bytes of memory.
_TERMS = 200_000


class Source(Protocol):
    """Something that gives terms in order, their lists, and values; articles keep their order."""

    count: int

    def term_count(self, field: str) -> int:
        """How many terms a field has."""

    def place(self, field: str, term: bytes) -> int:
        """How many terms of a field are before ``term``."""

    def terms(self, field: str, first: int, last: int) -> list[bytes]:
        """Some terms of a field, in order."""

    def sizes(self, field: str, first: int, last: int) -> Array:
        """How long, about, the lists of these terms are."""

    def lists(self, field: str, first: int, last: int) -> Lists:
        """The lists of some terms of a field, by articles that are numbered from 0; some may be empty."""

    def column(self, name: ColumnName) -> Column:
        """The values of a column, one an article."""


class FromPool:
    """The articles gathered in memory."""

    def __init__(self, pool: ArticlePool) -> None:
        self.count = pool.count
        self.column = pool.column
        found = pool.sort()
        self.term_count, self.place, self.terms = found.term_count, found.place, found.terms
        self.sizes, self.lists = found.sizes, found.lists


class FromSegment:
    """The articles of a segment that are not deleted."""

    def __init__(self, files: SegmentFiles, deleted: Collection[int]) -> None:
        self._files = files
        read = files.sections.read
        self._ends = np.frombuffer(read(LIST_ENDS), "<u4")
        self._sizes = np.frombuffer(read(LIST_SIZES), "<u4")
        self._kinds = np.frombuffer(read(LIST_KINDS), np.uint8)
        self._live = np.ones(files.count, bool)
        self._live[list(deleted)] = False
        self._numbers = np.cumsum(self._live, dtype=np.uint32) - np.uint32(1)
        self.count = files.count - len(deleted)

    def term_count(self, field: str) -> int:
        """How many terms a field has."""
        return len(self._places(field))

    def place(self, field: str, term: bytes) -> int:
        """How many terms of a field are before ``term``."""
        return self._files.dictionary.place(field, term)

    def terms(self, field: str, first: int, last: int) -> list[bytes]:
        """Some terms of a field, in order."""
        return self._files.dictionary.terms(field, first, last)

    def sizes(self, field: str, first: int, last: int) -> Array:
        """How many articles the lists of these terms have."""
        places = self._places(field)[first:last]
        return self._sizes[places.start : places.stop].astype(np.int64)

    def lists(self, field: str, first: int, last: int) -> Lists:
        """The lists of some terms of a field, without deleted articles."""
        places = self._places(field)[first:last]
        before = self._ends[places.start - 1 : places.start] if places.start else np.zeros(1, np.uint32)
        bounds = np.concatenate((before, self._ends[places.start : places.stop])).astype(np.int64) * ALIGNMENT
        lists = decode(
            np.asarray(self._files.lists(int(bounds[0]), int(bounds[-1]))),
            bounds[:-1] - bounds[0],
            self.sizes(field, first, last),
            self._kinds[places.start : places.stop],
        )
        # A merge reads each list once: its pages would count as memory until the file is closed.
        self._files.sections.forget()
        return lists if self.count == self._files.count else self._without_deleted(lists)

    def column(self, name: ColumnName) -> Column:
        """The values of a column, one an article that is left."""
        column = self._files.column(name)
        if self.count == self._files.count:
            return column
        left = np.asarray(column.numbers)[self._live]
        return Column(array(TYPECODE[name], left.tobytes()), column.names)

    def _places(self, field: str) -> range:
        return self._files.dictionary.fields.get(field, range(0))

    def _without_deleted(self, lists: Lists) -> Lists:
        live = self._live[lists.documents]
        return Lists(
            segment_sums(live, lists.sizes),
            self._numbers[lists.documents[live]],
            lists.weights[live],
            lists.counts[live],
            lists.positions[np.repeat(live, lists.counts)],
        )


def merge(sources: Sequence[Source], builder: SegmentBuilder) -> None:
    """Write a segment of all articles of the sources, in that order."""
    starts = np.cumsum([0, *(source.count for source in sources)]).tolist()
    for field in sorted(Field):
        _merge_field(field.value, sources, starts, builder)
    columns = {name: _merge_column(name, [source.column(name) for source in sources]) for name in ColumnName}
    stored = {name: column for name, column in columns.items() if any(column.numbers)}
    builder.finish(
        {name: column.numbers for name, column in stored.items()},
        {name: column.names for name, column in stored.items() if name in NAME_COLUMNS},
    )


def _merge_field(
    field: str, sources: Sequence[Source], starts: Sequence[int], builder: SegmentBuilder
) -> None:
    for bounds in _term_ranges(field, sources):
        parts = [_Part(*part) for part in zip(sources, starts, bounds, strict=False)]
        _merge_terms(field, parts, builder)


class _Part(NamedTuple):
    """A range of a source's terms, and the number of the source's first article in the new segment."""

    source: Source
    start: int
    bounds: tuple[int, int]


def _term_ranges(field: str, sources: Sequence[Source]) -> Iterator[list[tuple[int, int]]]:
    """Of each source the terms between two terms: a vocabulary may not fit in memory, let alone all."""
    counts = [source.term_count(field) for source in sources]
    if not any(counts):
        return
    largest = counts.index(max(counts))
    step = _TERMS // len(sources)
    firsts = [0] * len(sources)
    for at in range(step, counts[largest], step):
        (term,) = sources[largest].terms(field, at, at + 1)
        lasts = [source.place(field, term) for source in sources]
        yield list(zip(firsts, lasts, strict=True))
        firsts = lasts
    yield list(zip(firsts, counts, strict=True))


def _merge_terms(field: str, parts: Sequence[_Part], builder: SegmentBuilder) -> None:
    terms, places = _union([part.source.terms(field, *part.bounds) for part in parts])
    sizes = np.zeros(len(terms), np.int64)
    for part, place in zip(parts, places, strict=True):
        sizes[place] += part.source.sizes(field, *part.bounds)
    for first, last in _batches(sizes):
        found = []
        for part, place in zip(parts, places, strict=True):
            begin, end = np.searchsorted(place, (first, last)).tolist()
            if end > begin:
                lists = part.source.lists(field, part.bounds[0] + begin, part.bounds[0] + end)
                found.append((place[begin:end] - first, part.start, lists))
        _write(field, terms[first:last], _combine(last - first, found), builder)


def _write(field: str, terms: Sequence[bytes], lists: Lists, builder: SegmentBuilder) -> None:
    """Write lists, leaving out those whose articles were all deleted."""
    sizes = lists.sizes
    if not sizes.all():
        left = sizes > 0
        terms = [terms[at] for at in np.flatnonzero(left).tolist()]
        sizes = sizes[left]
        lists = Lists(sizes, lists.documents, lists.weights, lists.counts, lists.positions)
    if len(sizes):
        encoded = encode(lists)
        builder.add_lists(
            field,
            terms,
            array("I", sizes.astype(np.uint32).tobytes()),
            encoded.kinds.tobytes(),
            array("I", encoded.lengths.astype(np.uint32).tobytes()),
            encoded.data.data,
        )


def _union(lists: Sequence[list[bytes]]) -> tuple[list[bytes], list[Array]]:
    """All terms of some sorted lists, in order, and the places there of each list's terms."""
    if len(lists) == 1:
        return lists[0], [np.arange(len(lists[0]))]
    terms = sorted(set().union(*lists))
    number = dict(zip(terms, range(len(terms)), strict=True))
    return terms, [np.fromiter(map(number.__getitem__, found), np.int64, len(found)) for found in lists]


def _batches(sizes: Array) -> Iterator[tuple[int, int]]:
    """Ranges of terms whose lists together are about a batch long; a longer list is a batch of its own."""
    ends = np.cumsum(sizes)
    first = 0
    while first < len(sizes):
        before = int(ends[first - 1]) if first else 0
        last = max(first + 1, int(np.searchsorted(ends, before + _BATCH)))
        yield first, last
        first = last


def _combine(count: int, parts: Sequence[tuple[Array, int, Lists]]) -> Lists:
    """Lists of several sources, put together: of each its terms' places, first article, and lists."""
    if len(parts) == 1 and len(parts[0][0]) == count and not parts[0][1]:
        return parts[0][2]
    sizes, totals = np.zeros(count, np.int64), np.zeros(count, np.int64)
    sums = [lists.list_counts() for _, _, lists in parts]
    for (place, _, lists), total in zip(parts, sums, strict=True):
        sizes[place] += lists.sizes
        totals[place] += total
    documents, weights, counts = (np.empty(int(sizes.sum()), np.uint32) for _ in range(3))
    positions = np.empty(int(totals.sum()), np.uint32)
    at, position_at = np.cumsum(sizes) - sizes, np.cumsum(totals) - totals
    for (place, start, lists), total in zip(parts, sums, strict=True):
        to = spans(at[place], lists.sizes)
        documents[to] = lists.documents + np.uint32(start)
        weights[to] = lists.weights
        counts[to] = lists.counts
        positions[spans(position_at[place], total)] = lists.positions
        at[place] += lists.sizes
        position_at[place] += total
    return Lists(sizes, documents, weights, counts, positions)


def _merge_column(name: ColumnName, columns: Sequence[Column]) -> Column:
    if len(columns) == 1:
        return columns[0]
    numbers = array(TYPECODE[name])
    if name not in NAME_COLUMNS:
        for column in columns:
            numbers.extend(column.numbers)
        return Column(numbers, [])
    names: dict[str, int] = {"": 0}
    for column in columns:
        renumbered = [names.setdefault(found, len(names)) for found in column.names]
        numbers.extend(array(TYPECODE[name], map(renumbered.__getitem__, column.numbers)))
    return Column(numbers, list(names))
