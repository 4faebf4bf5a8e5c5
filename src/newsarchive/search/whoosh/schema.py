"""Fields, columns and the format of positions as Whoosh's interfaces know them.

The classes are pickled by name in Whoosh's table of contents, from which Whoosh's
other tools read them: after a move or a new name they can't open older indexes.
"""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from typing import Any

from whoosh.columns import Column, ColumnWriter
from whoosh.fields import FieldType, Schema
from whoosh.formats import Existence, Positions

from newsarchive.search.whoosh.layout import NAME_COLUMNS, TYPECODE, WITHOUT_POSITIONS, ColumnName, Field
from newsarchive.search.whoosh.packing import pack_names, pack_positions, to_bytes, unpack_positions


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


class Numbers(Column):
    """Signed integers of 4 ("i") or 8 ("q") bytes; 0 where an article has none."""

    def __init__(self, typecode: str) -> None:
        self.typecode = typecode
        self._default = 0

    def writer(self, dbfile: Any) -> NumbersWriter:
        """Whoosh's hook: a writer for the column of a new segment."""
        return NumbersWriter(dbfile, self.typecode)


class NumbersWriter(ColumnWriter):
    """Gathers the numbers of a segment and writes them at its end."""

    def __init__(self, dbfile: Any, typecode: str) -> None:
        super().__init__(dbfile)
        self._values = array(typecode)

    def add(self, docnum: int, value: int) -> None:
        """Set the value of an article; articles passed over have 0."""
        self._extend(docnum)
        self._values.append(value)

    def finish(self, docnum: int) -> None:
        """Write the column for a segment of ``docnum`` articles."""
        self._extend(docnum)
        self._dbfile.write(to_bytes(self._values))

    def _extend(self, count: int) -> None:
        missing = count - len(self._values)
        if missing > 0:
            self._values.frombytes(bytes(missing * self._values.itemsize))


class Names(Column):
    """Strings that many articles share: each is stored once, articles hold its number; "" is none."""

    def __init__(self) -> None:
        self._default = ""

    def writer(self, dbfile: Any) -> NamesWriter:
        """Whoosh's hook: a writer for the column of a new segment."""
        return NamesWriter(dbfile)


class NamesWriter(NumbersWriter):
    """Numbers the names of a segment in order of appearance."""

    def __init__(self, dbfile: Any) -> None:
        super().__init__(dbfile, "i")
        self._names = {"": 0}

    def add(self, docnum: int, value: str) -> None:  # type: ignore[override]
        """Set the name of an article."""
        super().add(docnum, self._names.setdefault(value, len(self._names)))

    def finish(self, docnum: int) -> None:
        """Write the numbers of ``docnum`` articles, then the names, each ended by a zero byte."""
        super().finish(docnum)
        self._dbfile.write(pack_names(self._names))


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


COLUMN_TYPE: Mapping[ColumnName, Numbers | Names] = {
    name: Names() if name in NAME_COLUMNS else Numbers(TYPECODE[name]) for name in ColumnName
}


def schema() -> Schema:
    """The fields as Whoosh knows them."""
    terms = {field.value: Terms(positions=field not in WITHOUT_POSITIONS) for field in Field}
    return Schema(**terms, **{name.value: Values(kind) for name, kind in COLUMN_TYPE.items()})
