"""Posting lists in plain Python: the oracle of what numpy writes, and of where an article's positions are."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from itertools import accumulate

from newsarchive.search.whoosh.segment.packing import Numbers, pack_numbers, to_bytes, width_code
from newsarchive.search.whoosh.segment.postings import (
    ALIGNMENT,
    BLOCK,
    COUNTS,
    DOCUMENTS,
    POSITIONS,
    WEIGHTS,
    Layout,
    Postings,
)


def positions_of(postings: Postings, at: int) -> Numbers:
    """The positions of the article at a place of ``documents``. Walks the counts of one block."""
    block = at // BLOCK
    start = postings.block_starts[block] + sum(postings.counts[block * BLOCK : at])
    return postings.positions[start : start + postings.counts[at]]


def encode(
    documents: Sequence[int], weights: Sequence[int], counts: Sequence[int], positions: Sequence[int]
) -> tuple[int, bytes]:
    """The kind and the bytes of a list; without positions, ``counts`` and ``positions`` are empty."""
    kind = _kind(documents, weights, counts, positions)
    layout = Layout.of(len(documents), kind)
    parts = bytearray()
    if layout.documents:
        parts += to_bytes(array("I", list(accumulate(counts, initial=0))[:-1:BLOCK]))
    for start, values, part in zip(
        layout, (documents, weights, counts, positions), (DOCUMENTS, WEIGHTS, COUNTS, POSITIONS), strict=True
    ):
        parts += bytes(start - len(parts))
        parts += pack_numbers(values, kind >> part & 3)
    return kind, bytes(parts) + bytes(-len(parts) % ALIGNMENT)


def _kind(
    documents: Sequence[int], weights: Sequence[int], counts: Sequence[int], positions: Sequence[int]
) -> int:
    kind = width_code(documents[-1]) << DOCUMENTS
    if max(weights) > 1:
        kind |= width_code(max(weights)) << WEIGHTS
    if positions:
        kind |= width_code(max(positions)) << POSITIONS
        if list(counts) != list(weights):
            kind |= width_code(max(counts)) << COUNTS
    return kind
