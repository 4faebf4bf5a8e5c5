"""One segment of the index, opened for reading: terms, postings and columns, read when first asked for."""

from __future__ import annotations

import zlib
from array import array
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from io import BytesIO
from itertools import accumulate
from pathlib import Path

from newsarchive.search.whoosh.layout import NAME_COLUMNS, TYPECODE, ColumnName, Field
from newsarchive.search.whoosh.packing import Numbers, from_bytes, unpack_names, unpack_positions
from newsarchive.search.whoosh.terms import Entry, Plain, TermDictionary

# Whoosh's mark of a posting list, and its names of files.
BLOCK_MARK = b"W3Bl"
# Articles a block: what is walked to find the positions of one.
BLOCK = 256
POSTINGS_SUFFIX, _TERMS_SUFFIX = ".pst", ".trm"


class Postings:
    """The articles of a term in one segment, ascending and deleted ones included.

    Every part is a flat buffer of unsigned numbers of 1, 2 or 4 bytes (``itemsize``
    says which). Python indexes, slices and bisects it; ``numpy.asarray`` takes it
    without a copy. Parts are read when first asked for, and nothing is decoded on
    the way: whoever looks up a few articles in a very common term pays for a
    bisection, not for the whole list. ``block_starts`` does the same for positions.
    """

    __slots__ = ("_counts", "_values", "documents", "weights")

    def __init__(self, documents: Numbers, weights: Numbers, values: list[bytes] | None) -> None:
        # Articles by their number in the segment.
        self.documents = documents
        # How often the term stands in each article, headline words counted more.
        self.weights = weights
        self._values = values
        self._counts: array[int] | None = None

    def __len__(self) -> int:
        return len(self.documents)

    @property
    def counts(self) -> Numbers:
        """How many positions each article has; empty in fields without positions."""
        if self._counts is None:
            self._counts = array("I", (len(unpack_positions(value)) for value in self._values or ()))
        return memoryview(self._counts)

    @property
    def positions(self) -> Numbers:
        """The positions of all articles, one article after the other, ascending within each."""
        found = array("I")
        for value in self._values or ():
            found.extend(iter(unpack_positions(value)))
        return memoryview(found)

    @property
    def block_starts(self) -> Numbers:
        """Where in ``positions`` each block of ``BLOCK`` articles begins."""
        return memoryview(self.starts()[:-1:BLOCK])

    def starts(self) -> array[int]:
        """Where in ``positions`` each article begins, and at last where they end. Walks all counts."""
        return array("I", accumulate(self.counts, initial=0))

    def positions_of(self, at: int) -> Numbers:
        """The positions of the article at a place of ``documents``. Walks the counts of one block."""
        block = at // BLOCK
        start = self.block_starts[block] + sum(self.counts[block * BLOCK : at])
        return self.positions[start : start + self.counts[at]]


@dataclass(frozen=True, slots=True)
class Column:
    """One number an article; in columns of names, the place of its name in ``names``."""

    numbers: array[int]
    names: list[str]

    def value(self, article: int) -> int | str:
        """What an article has."""
        return self.names[self.numbers[article]] if self.names else self.numbers[article]


class SegmentFiles:
    """The files of a segment; they never change, only the set of deleted articles does.

    ``written`` are the names of all files of the index.
    """

    def __init__(self, folder: Path, name: str, count: int, written: Collection[str]) -> None:
        self.count = count
        self._folder = folder
        self._name = name
        self._written = written
        self._columns: dict[ColumnName, Column] = {}
        self._terms = TermDictionary(folder / f"{name}{_TERMS_SUFFIX}")
        try:
            self._postings = (folder / f"{name}{POSTINGS_SUFFIX}").open("rb")
        except BaseException:
            self._terms.close()
            raise

    def find(self, field: Field, term: bytes) -> Entry | None:
        """The entry of a term; None if the segment doesn't have it."""
        return self._terms.find(field, term)

    def terms(self, field: Field, prefix: bytes) -> Iterator[tuple[bytes, Entry]]:
        """The terms of a field that begin with ``prefix``, in order, with their entries."""
        for term, entry in self._terms.starting_at(field, prefix):
            if not term.startswith(prefix):
                return
            yield term, entry

    def all_terms(self) -> Iterator[tuple[str, bytes, Postings]]:
        """Every term of every field with its postings."""
        return ((field, term, self.read(entry)) for field, term, entry in self._terms.all())

    def read(self, entry: Entry) -> Postings:
        """The postings of a term."""
        self._postings.seek(entry.offset)
        return _decode(self._postings.read(entry.size))

    def column(self, name: ColumnName) -> Column:
        """A column, read when first asked for."""
        if name not in self._columns:
            self._columns[name] = self._read_column(name)
        return self._columns[name]

    def numbers(self, name: ColumnName) -> array[int]:
        """The numbers of a column, one an article."""
        return self.column(name).numbers

    def close(self) -> None:
        """Close the files; closing twice is harmless."""
        self._terms.close()
        self._postings.close()

    def _read_column(self, name: ColumnName) -> Column:
        typecode = TYPECODE[name]
        size = self.count * array(typecode).itemsize
        file = f"{self._name}.{name}.col"
        # Whoosh writes no file for a column in which no article has a value.
        data = (self._folder / file).read_bytes() if file in self._written else bytes(size + 1)
        numbers = from_bytes(typecode, data[:size])
        names = unpack_names(data[size:]) if name in NAME_COLUMNS else []
        if len(numbers) != self.count or (names and max(numbers, default=0) >= len(names)):
            raise ValueError(f"{file} does not fit {self.count} articles")
        return Column(numbers, names)


def _decode(data: bytes) -> Postings:
    """Read a posting list in Whoosh's block format. Raises ValueError and others where it is damaged."""
    if data[:4] != BLOCK_MARK:
        raise ValueError("a posting list without its mark")
    documents, weights, values = array("I"), array("I"), list[bytes]()
    at, size = 4, 1
    while size > 0:
        size = int.from_bytes(data[at : at + 4], "big", signed=True)
        block = BytesIO(data[at + 4 : at + 4 + abs(size)])
        count, _, _, compression, _, _ = Plain(block).load()
        rest = zlib.decompress(block.read()) if compression else block.read()
        gaps, weighted, valued = Plain(BytesIO(rest)).load()
        documents.extend(accumulate(gaps))
        weights.extend(map(int, weighted or (1,) * count))
        values.extend(valued or ())
        at += 4 + abs(size)
    return _postings(documents, weights, values)


def _postings(documents: array[int], weights: array[int], values: list[bytes]) -> Postings:
    return Postings(memoryview(documents), memoryview(weights), values or None)
