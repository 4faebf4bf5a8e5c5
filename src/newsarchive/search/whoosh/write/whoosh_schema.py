"""Fields and the format of positions as Whoosh's interfaces know them.

The classes are pickled by name in Whoosh's table of contents, from which Whoosh's
other tools read them: after a move or a new name they can't open older indexes.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence

from whoosh.fields import FieldType, Schema
from whoosh.formats import Existence, Positions

from newsarchive.search.whoosh.layout import WITHOUT_POSITIONS, Field
from newsarchive.search.whoosh.segment.packing import from_bytes, to_bytes


class PackedPositions(Positions):
    """Positions as plain 32-bit numbers instead of a pickle a posting."""

    def encode(self, poslist: Sequence[int]) -> bytes:
        """Positions as bytes."""
        return to_bytes(array("I", poslist))

    def decode_positions(self, valuestring: bytes) -> list[int]:
        """The positions; the inverse of ``encode``."""
        return from_bytes("I", valuestring).tolist()

    def decode_frequency(self, valuestring: bytes) -> int:
        """How many positions there are."""
        return len(self.decode_positions(valuestring))


class Terms(FieldType):
    """A field of terms with weights, and positions where phrases are searched in it.

    It has no analyzer: terms come ready made to ``CommitWriter.add_article``.
    """

    def __init__(self, *, positions: bool) -> None:
        # Whoosh's lengths by field (scorable) are not kept: scoring reads one column of lengths.
        super().__init__(PackedPositions() if positions else Existence(), None)  # type: ignore[arg-type]


def schema() -> Schema:
    """The fields of terms as Whoosh knows them; values are no business of Whoosh's."""
    return Schema(**{field.value: Terms(positions=field not in WITHOUT_POSITIONS) for field in Field})
