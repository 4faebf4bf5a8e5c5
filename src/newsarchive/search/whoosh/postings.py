"""Postings of the segment being built, grouped by term, and their writing in Whoosh's own block format.

Whoosh's pool keeps a tuple a posting, sorts them all and hands them on one by
one; here the articles of a term lie together from the start. What lands on
disk is what Whoosh's own writer would write, and Whoosh's own reader reads it.
"""

from __future__ import annotations

import zlib
from array import array
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from pickle import dumps
from typing import Any

from whoosh.codec.whoosh3 import W3FieldWriter, W3TermInfo
from whoosh.system import pack_ushort

from newsarchive.search.whoosh.documents import Posting
from newsarchive.search.whoosh.packing import pack_positions
from newsarchive.search.whoosh.segment import BLOCK_MARK, Postings

BLOCK = 128
# Below this, compressing a block lost time and won nothing: 80 bytes is whoosh3's own measurement.
_COMPRESS_FROM = 80
_LEVEL = 1
# Whoosh's own protocol 2 knows no bytes: it spells them as text, and reading runs an import.
_PICKLE = 4

# Rough costs in memory, measured over the Reuters collection: of a term and of a posting beside its value.
_TERM_BYTES = 400
_POSTING_BYTES = 60


class TermPostings:
    """The articles of a term in ascending order, with a weight and a value each."""

    __slots__ = ("documents", "values", "weights")

    def __init__(self) -> None:
        self.documents = array("I")
        self.weights = array("f")
        self.values: list[bytes] = []


class PostingPool:
    """Takes the place of the pool of Whoosh's segment writer, which calls these methods."""

    def __init__(self) -> None:
        self.fields: dict[str, dict[bytes, TermPostings]] = {}
        self.size = 0

    def add(self, field: str, document: int, postings: Iterable[Posting]) -> None:
        """Add an article's terms in one field; the articles of a term come in ascending order."""
        # A plain string: Whoosh pickles the names of fields, and readers refuse to import an enum.
        terms = self.fields.setdefault(str(field), {})
        for term, weight, value in postings:
            found = terms.get(term)
            if found is None:
                found = terms[term] = TermPostings()
                self.size += _TERM_BYTES
            found.documents.append(document)
            found.weights.append(weight)
            found.values.append(value)
            self.size += _POSTING_BYTES + len(value)

    def take(self, field: str, term: bytes, postings: Postings, moved: Mapping[int, int]) -> None:
        """Add the postings of a merged segment; ``moved`` gives its live articles their new numbers."""
        starts = postings.starts() if postings.counts else array("I", bytes(4 * (len(postings) + 1)))
        positions = postings.positions
        values = (pack_positions(positions[a:b]) if b > a else b"" for a, b in pairwise(starts))
        for number, weight, value in zip(postings.documents, postings.weights, values, strict=True):
            if number in moved:
                self.add(field, moved[number], [(term, weight, value)])

    def iter_postings(self) -> PostingPool:
        """Whoosh's hook: what the field writer is given."""
        return self

    def cleanup(self) -> None:
        """Whoosh's hook: release everything."""
        self.fields.clear()

    def sorted_terms(self, field: str) -> Iterator[tuple[bytes, TermPostings]]:
        """The terms of a field in order; each is dropped once it is passed."""
        terms = self.fields.pop(field)
        for term in sorted(terms):
            yield term, terms.pop(term)


class FieldWriter(W3FieldWriter):
    """Writes whole terms of a pool instead of single postings."""

    def add_postings(self, schema: Mapping[str, Any], _lengths: object, items: PostingPool) -> None:
        """Whoosh's hook: write all postings of a segment."""
        for field in sorted(items.fields):
            self.start_field(field, schema[field])
            with_values = schema[field].format.fixed_value_size() != 0
            prefix = pack_ushort(self._fieldid)
            for term, postings in items.sorted_terms(field):
                info = self._write_term(postings, with_values)
                self._tindex.add(prefix + term, info.to_bytes())
            self.finish_field()

    def _write_term(self, postings: TermPostings, with_values: bool) -> W3TermInfo:
        documents, weights = postings.documents, postings.weights
        start, count = self._postfile.tell(), len(documents)
        parts = [BLOCK_MARK]
        for at in range(0, count, BLOCK):
            values = tuple(postings.values[at : at + BLOCK]) if with_values else None
            block = _block(documents[at : at + BLOCK], weights[at : at + BLOCK], values)
            last = at + BLOCK >= count
            parts.append((-len(block) if last else len(block)).to_bytes(4, "big", signed=True))
            parts.append(block)
        data = b"".join(parts)
        self._postfile.write(data)
        info = W3TermInfo(sum(weights), count, None, 0, max(weights), documents[0], documents[-1])
        info.set_extent(start, len(data))
        return info


def _block(documents: array[int], weights: array[float], values: tuple[bytes, ...] | None) -> bytes:
    """A block as Whoosh's reader expects it: two pickles, the second compressed where that helps.

    The first holds the number of postings, last article, highest weight, compression,
    and the shortest and longest field, which nothing here uses.
    """
    gaps = (documents[0], *(b - a for a, b in pairwise(documents)))
    highest = max(weights)
    flat = None if highest == 1.0 == min(weights) else tuple(weights)
    data = dumps((gaps, flat, values), _PICKLE)
    compression = _LEVEL if len(data) >= _COMPRESS_FROM else 0
    if compression:
        data = zlib.compress(data, compression)
    return dumps((len(documents), documents[-1], highest, compression, 0, 0), _PICKLE) + data
