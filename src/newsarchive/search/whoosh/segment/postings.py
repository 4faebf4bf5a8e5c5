"""The bytes of one posting list, in plain Python. ``posting_arrays`` does the same for many lists with numpy.

The format is described in docs/reference/index-format.md: flat arrays, each of
one width, so that a list is read in place. A list's *kind* holds the codes of
its widths, two bits each: articles, weights, counts, positions.
"""

from __future__ import annotations

from array import array
from functools import cached_property
from itertools import accumulate
from typing import NamedTuple

from newsarchive.search.whoosh.segment.packing import (
    TYPECODES,
    WIDTHS,
    Numbers,
    view,
)

# Articles a block: what is walked to find the positions of one.
BLOCK = 256
# Every list begins at a multiple of this, and every array in it at a multiple of its own width.
ALIGNMENT = 4

DOCUMENTS, WEIGHTS, COUNTS, POSITIONS = 0, 2, 4, 6
_EMPTY = memoryview(b"")


class Layout(NamedTuple):
    """Where the arrays of a list begin, in bytes from its beginning."""

    documents: int
    weights: int
    counts: int
    positions: int

    @classmethod
    def of(cls, count: int, kind: int) -> Layout:
        """The layout of a list of ``count`` articles."""
        blocks = -(-count // BLOCK) if count > BLOCK and kind >> POSITIONS else 0
        documents = 4 * blocks
        weights = _after(documents, count, kind >> DOCUMENTS, kind >> WEIGHTS)
        counts = _after(weights, count, kind >> WEIGHTS, kind >> COUNTS)
        return cls(documents, weights, counts, _after(counts, count, kind >> COUNTS, kind >> POSITIONS))


class Postings:
    """The articles of a term in one segment, ascending and deleted ones included.

    Every part is a flat buffer of unsigned numbers of 1, 2 or 4 bytes (``itemsize``
    says which). Python indexes, slices and bisects it; ``numpy.asarray`` takes it
    without a copy. Parts are read when first asked for, and nothing is decoded on
    the way: whoever looks up a few articles in a very common term pays for a
    bisection, not for the whole list.

    Raises ValueError where the bytes can't be a list.
    """

    def __init__(self, data: memoryview, count: int, kind: int) -> None:
        self._data = data
        self._count = count
        self._kind = kind
        self._layout = Layout.of(count, kind)
        if count and (not kind & 3 or self._layout.positions > len(data)):
            raise ValueError("a posting list is cut off")

    def __len__(self) -> int:
        return self._count

    @cached_property
    def documents(self) -> Numbers:
        """Articles by their number in the segment."""
        return self._array(self._layout.documents, self._count, DOCUMENTS)

    @cached_property
    def weights(self) -> Numbers:
        """How often the term stands in each article, headline words counted more."""
        if not self._kind >> WEIGHTS & 3:
            return memoryview(b"\x01" * self._count)
        return self._array(self._layout.weights, self._count, WEIGHTS)

    @cached_property
    def counts(self) -> Numbers:
        """How many positions each article has; empty in fields without positions."""
        if not self._kind >> POSITIONS:
            return _EMPTY
        if not self._kind >> COUNTS & 3:
            return self.weights
        return self._array(self._layout.counts, self._count, COUNTS)

    @cached_property
    def positions(self) -> Numbers:
        """The positions of all articles, one article after the other, ascending within each."""
        if not self._kind >> POSITIONS:
            return _EMPTY
        starts = self.block_starts
        last = len(starts) - 1
        total = starts[last] + sum(self.counts[last * BLOCK :])
        return self._array(self._layout.positions, total, POSITIONS)

    @cached_property
    def block_starts(self) -> Numbers:
        """Where in ``positions`` each block of ``BLOCK`` articles begins."""
        size = self._layout.documents
        return view("I", self._data[:size]) if size else view("I", memoryview(bytes(4)))

    def starts(self) -> array[int]:
        """Where in ``positions`` each article begins, and at last where they end. Walks all counts."""
        return array("I", accumulate(self.counts, initial=0))

    def _array(self, start: int, count: int, part: int) -> Numbers:
        if not count:
            return _EMPTY
        width = WIDTHS[self._kind >> part & 3]
        data = self._data[start : start + count * width]
        if len(data) != count * width:
            raise ValueError("a posting list is cut off")
        return view(TYPECODES[width], data)


def _after(start: int, count: int, code: int, next_code: int) -> int:
    """Where the array behind one that begins at ``start`` begins."""
    end = start + count * WIDTHS[code & 3]
    return end + -end % (WIDTHS[next_code & 3] or 1)
