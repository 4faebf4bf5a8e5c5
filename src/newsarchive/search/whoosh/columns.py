"""Per-article values, packed: one array a column, read in one piece.

Whoosh's own columns write and read a value at a time; these hold the same in
arrays, under its column interface. Numbers are little-endian on disk.

The classes are pickled by name inside every index (Whoosh keeps the schema in
its table of contents): a move or a new name is a new INDEX_VERSION.
"""

from __future__ import annotations

import sys
from array import array
from typing import Any

from whoosh.columns import Column, ColumnReader, ColumnWriter

_SWAPPED = sys.byteorder == "big"


def to_bytes(values: array[Any]) -> bytes:
    """The items of an array, little-endian."""
    if _SWAPPED:
        values = values[:]
        values.byteswap()
    return values.tobytes()


def from_bytes(typecode: str, data: bytes | memoryview) -> array[Any]:
    """The inverse of ``to_bytes``. Raises ValueError for a torn item."""
    values = array(typecode)
    values.frombytes(data)
    if _SWAPPED:
        values.byteswap()
    return values


class Numbers(Column):
    """Signed integers of 4 ("i") or 8 ("q") bytes; 0 where an article has none."""

    def __init__(self, typecode: str) -> None:
        self.typecode = typecode
        self._default = 0

    def writer(self, dbfile: Any) -> NumbersWriter:
        """Whoosh's hook: a writer for the column of a new segment."""
        return NumbersWriter(dbfile, self.typecode)

    def reader(self, dbfile: Any, basepos: int, length: int, doccount: int) -> NumbersReader:
        """Whoosh's hook: a reader of the column of a segment."""
        return NumbersReader(dbfile, basepos, length, doccount, self.typecode)

    def empty(self, doccount: int) -> bytes:
        """The column of a segment where no article has a value."""
        return bytes(doccount * array(self.typecode).itemsize)


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


class NumbersReader(ColumnReader):
    """The numbers of a segment."""

    def __init__(self, dbfile: Any, basepos: int, length: int, doccount: int, typecode: str) -> None:
        super().__init__(dbfile, basepos, length, doccount)
        self.numbers = from_bytes(typecode, dbfile.get(basepos, length))
        if len(self.numbers) != doccount:
            raise ValueError(f"a column of {len(self.numbers)} numbers for {doccount} articles")

    def __getitem__(self, docnum: int) -> int:
        number: int = self.numbers[docnum]
        return number


class Names(Column):
    """Strings that many articles share: each is stored once, articles hold its number; "" is none."""

    def __init__(self) -> None:
        self._default = ""

    def writer(self, dbfile: Any) -> NamesWriter:
        """Whoosh's hook: a writer for the column of a new segment."""
        return NamesWriter(dbfile)

    def reader(self, dbfile: Any, basepos: int, length: int, doccount: int) -> NamesReader:
        """Whoosh's hook: a reader of the column of a segment."""
        return NamesReader(dbfile, basepos, length, doccount)

    def empty(self, doccount: int) -> bytes:
        """The column of a segment where no article has a name."""
        return bytes(doccount * array("i").itemsize) + b"\0"


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
        self._dbfile.write(b"".join(name.encode() + b"\0" for name in self._names))


class NamesReader(ColumnReader):
    """The names of a segment."""

    def __init__(self, dbfile: Any, basepos: int, length: int, doccount: int) -> None:
        super().__init__(dbfile, basepos, length, doccount)
        data = dbfile.get(basepos, length)
        size = doccount * array("i").itemsize
        self.numbers = from_bytes("i", data[:size])
        self.names: list[str] = bytes(data[size:]).decode().split("\0")[:-1]
        if len(self.numbers) != doccount or not self.names:
            raise ValueError(f"a column of {len(self.numbers)} names for {doccount} articles")

    def __getitem__(self, docnum: int) -> str:
        name: str = self.names[self.numbers[docnum]]
        return name


def clean_name(name: str | None) -> str:
    """A name as ``Names`` can hold it."""
    return (name or "").replace("\0", " ").encode(errors="replace").decode()
