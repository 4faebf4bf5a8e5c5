"""Many posting lists at once, with numpy: the same bytes as ``postings`` writes and reads one by one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from newsarchive.search.whoosh.segment.packing import WIDTHS
from newsarchive.search.whoosh.segment.postings import ALIGNMENT, BLOCK, COUNTS, DOCUMENTS, POSITIONS, WEIGHTS

Array = NDArray[Any]
_WIDTHS = np.array(WIDTHS)


@dataclass(frozen=True, slots=True)
class Lists:
    """Posting lists end to end: ``sizes`` articles each, and per article ``counts`` positions (or 0)."""

    sizes: Array
    documents: Array
    weights: Array
    counts: Array
    positions: Array

    def part(self, first: int, last: int, ends: Array, position_ends: Array) -> Lists:
        """The lists from ``first`` to before ``last``, given where each list ends in the arrays."""
        start, end = _range(ends, first, last)
        at, stop = _range(position_ends, first, last)
        return Lists(
            self.sizes[first:last],
            self.documents[start:end],
            self.weights[start:end],
            self.counts[start:end],
            self.positions[at:stop],
        )

    def list_counts(self) -> Array:
        """How many positions each list has."""
        return segment_sums(self.counts, self.sizes)


@dataclass(frozen=True, slots=True)
class Encoded:
    """The bytes of lists end to end, and of each list its kind and its size in bytes."""

    kinds: Array
    lengths: Array
    data: Array


@dataclass(frozen=True, slots=True)
class _Layouts:
    """Where the arrays of each list begin, in bytes, and where the last one ends."""

    documents: Array
    weights: Array
    counts: Array
    positions: Array
    end: Array

    @classmethod
    def of(cls, sizes: Array, kinds: Array, totals: Array | int) -> _Layouts:
        has_blocks = (sizes > BLOCK) & (kinds >> POSITIONS > 0)
        documents = np.where(has_blocks, -(-sizes // BLOCK) * 4, 0)
        weights = _after(documents, sizes, kinds >> DOCUMENTS, kinds >> WEIGHTS)
        counts = _after(weights, sizes, kinds >> WEIGHTS, kinds >> COUNTS)
        positions = _after(counts, sizes, kinds >> COUNTS, kinds >> POSITIONS)
        end = positions + totals * _WIDTHS[kinds >> POSITIONS & 3]
        return cls(documents, weights, counts, positions, end + -end % ALIGNMENT)


def encode(lists: Lists) -> Encoded:
    """The bytes of lists, none of which may be empty."""
    totals = lists.list_counts()
    kinds = _kinds(lists, totals)
    layouts = _Layouts.of(lists.sizes, kinds, totals)
    starts = np.cumsum(layouts.end) - layouts.end
    data = np.zeros(int(layouts.end.sum()), np.uint8)
    sizes = lists.sizes
    _scatter(data, starts + layouts.documents, sizes, kinds >> DOCUMENTS, lists.documents)
    _scatter(data, starts + layouts.weights, sizes, kinds >> WEIGHTS, lists.weights)
    _scatter(data, starts + layouts.counts, sizes, kinds >> COUNTS, lists.counts)
    _scatter(data, starts + layouts.positions, totals, kinds >> POSITIONS, lists.positions)
    _scatter_blocks(data, starts, layouts.documents // 4, lists)
    return Encoded(kinds.astype(np.uint8), layouts.end, data)


def decode(data: Array, starts: Array, sizes: Array, kinds: Array) -> Lists:
    """Read lists that begin at ``starts`` in ``data``. Raises IndexError or ValueError if damaged."""
    kinds = kinds.astype(np.int64)
    layouts = _Layouts.of(sizes, kinds, 0)
    documents, weights = decode_weights(data, starts, sizes, kinds)
    counts = _gather(data, starts + layouts.counts, sizes, kinds >> COUNTS)
    as_weights = np.repeat((kinds >> COUNTS & 3 == 0) & (kinds >> POSITIONS > 0), sizes)
    np.copyto(counts, weights, where=as_weights)
    totals = segment_sums(counts, sizes)
    positions = _gather(data, starts + layouts.positions, totals, kinds >> POSITIONS)
    return Lists(sizes, documents, weights, counts, positions)


def decode_weights(data: Array, starts: Array, sizes: Array, kinds: Array) -> tuple[Array, Array]:
    """The articles and weights of lists as ``decode`` gives them."""
    kinds = kinds.astype(np.int64)
    layouts = _Layouts.of(sizes, kinds, 0)
    documents = _gather(data, starts + layouts.documents, sizes, kinds >> DOCUMENTS)
    return documents, _gather(data, starts + layouts.weights, sizes, kinds >> WEIGHTS, missing=1)


def spans(starts: Array, counts: Array) -> Array:
    """The numbers ``start`` to ``start + count - 1`` of each span, end to end."""
    ends = np.cumsum(counts)
    total = int(ends[-1]) if len(ends) else 0
    return np.repeat(starts - (ends - counts), counts) + np.arange(total)


def segment_sums(values: Array, sizes: Array) -> Array:
    """The sums of groups of ``sizes`` values."""
    sums = np.concatenate((np.zeros(1, np.int64), np.cumsum(values, dtype=np.int64)))
    ends = np.cumsum(sizes)
    found: Array = sums[ends] - sums[ends - sizes]
    return found


def _kinds(lists: Lists, totals: Array) -> Array:
    starts = np.cumsum(lists.sizes) - lists.sizes
    highest = np.maximum.reduceat(lists.weights, starts)
    kinds = _codes(lists.documents[starts + lists.sizes - 1]) << DOCUMENTS
    kinds |= np.where(highest > 1, _codes(highest), 0) << WEIGHTS
    positioned = totals > 0
    differ = np.logical_or.reduceat(lists.counts != lists.weights, starts) & positioned
    kinds |= np.where(differ, _codes(np.maximum.reduceat(lists.counts, starts)), 0) << COUNTS
    if len(lists.positions):
        firsts = (np.cumsum(totals) - totals)[positioned]
        kinds[positioned] |= _codes(np.maximum.reduceat(lists.positions, firsts)) << POSITIONS
    return kinds


def _codes(highest: Array) -> Array:
    return 1 + (highest >= 1 << 8).astype(np.int64) + (highest >= 1 << 16)


def _after(start: Array, sizes: Array, codes: Array, next_codes: Array) -> Array:
    end: Array = start + sizes * _WIDTHS[codes & 3]
    end += -end % np.maximum(_WIDTHS[next_codes & 3], 1)
    return end


def _scatter(data: Array, starts: Array, sizes: Array, codes: Array, values: Array) -> None:
    """Write the values of each list at its start, in the width of its code."""
    places = np.cumsum(sizes) - sizes
    for code in (1, 2, 3):
        chosen = codes & 3 == code
        if chosen.any():
            width = WIDTHS[code]
            out = _as_numbers(data, width)
            taken = values if chosen.all() else values[spans(places[chosen], sizes[chosen])]
            out[spans(starts[chosen] // width, sizes[chosen])] = taken


def _scatter_blocks(data: Array, starts: Array, blocks: Array, lists: Lists) -> None:
    """Write where in its positions each block of a long list begins."""
    long = np.flatnonzero(blocks)
    if not len(long):
        return
    before = np.cumsum(lists.counts, dtype=np.int64) - lists.counts
    firsts = (np.cumsum(lists.sizes) - lists.sizes)[long]
    blocks = blocks[long]
    heads = np.repeat(firsts, blocks) + spans(np.zeros_like(blocks), blocks) * BLOCK
    out = _as_numbers(data, 4)
    out[spans(starts[long] // 4, blocks)] = before[heads] - np.repeat(before[firsts], blocks)


def _gather(data: Array, starts: Array, sizes: Array, codes: Array, missing: int = 0) -> Array:
    """Read the values of each list from its start, in the width of its code."""
    values = np.full(int(sizes.sum()), missing, np.uint32)
    places = np.cumsum(sizes) - sizes
    for code in (1, 2, 3):
        chosen = codes & 3 == code
        if chosen.any():
            width = WIDTHS[code]
            found = _as_numbers(data, width)[spans(starts[chosen] // width, sizes[chosen])]
            values[spans(places[chosen], sizes[chosen])] = found
    return values


def _as_numbers(data: Array, width: int) -> Array:
    numbers: Array = data[: len(data) - len(data) % width].view(f"<u{width}")
    return numbers


def _range(ends: Array, first: int, last: int) -> tuple[int, int]:
    return (int(ends[first - 1]) if first else 0), (int(ends[last - 1]) if last else 0)
