"""Field types as Whoosh's schema knows them, and the format of positions.

The classes are pickled by name inside every index (Whoosh keeps the schema in
its table of contents): a move or a new name is a new INDEX_VERSION.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence

from whoosh.columns import Column
from whoosh.fields import FieldType
from whoosh.formats import Existence, Positions

from newsarchive.search.whoosh.columns import from_bytes, to_bytes

# What is indexed of one term in one article: the term, its weight, its value.
Posting = tuple[bytes, float, bytes]


class PackedPositions(Positions):
    """Positions as 16-bit numbers, or 32-bit ones behind a zero byte, instead of a pickle a posting."""

    def encode(self, poslist: Sequence[int]) -> bytes:
        """Ascending positions as bytes."""
        return pack_positions(poslist)

    def decode_positions(self, valuestring: bytes) -> list[int]:
        """The positions; the inverse of ``encode``."""
        return unpack_positions(valuestring).tolist()

    def decode_frequency(self, valuestring: bytes) -> int:
        """How many positions there are."""
        return len(unpack_positions(valuestring))


def pack_positions(positions: Sequence[int]) -> bytes:
    """Ascending positions as bytes: an even number of them for 16 bits, an odd one for 32."""
    if positions[-1] < 0x10000:
        return to_bytes(array("H", positions))
    return b"\0" + to_bytes(array("I", positions))


def unpack_positions(data: bytes) -> array[int]:
    """The inverse of ``pack_positions``."""
    return from_bytes("I", data[1:]) if len(data) % 2 else from_bytes("H", data)


class Terms(FieldType):
    """A field of terms with weights, and positions where phrases are searched in it.

    It has no analyzer: terms come ready made to ``CommitWriter.add_article``.
    """

    def __init__(self, *, positions: bool) -> None:
        # No lengths are kept a field (scorable): one column of them serves all scoring.
        super().__init__(PackedPositions() if positions else Existence(), None)  # type: ignore[arg-type]


class Values(FieldType):
    """A field that is a column and nothing else."""

    indexed = False

    def __init__(self, column: Column) -> None:
        self.column_type = column
