"""The term dictionary of a segment, read without Whoosh.

Importing Whoosh takes as long as a whole search. Its term file (an ordered
hash, ``whoosh.filedb.filetables``) is simple enough: records of key and value
in order of key, hash tables, then a pickle of the field numbers and the place
of every record. A key is the number of the field and the term, a value the
statistics of the term and where its postings are.
"""

from __future__ import annotations

import pickle
import struct
from array import array
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any, NoReturn

from newsarchive.search.whoosh.packing import from_bytes_big_endian

_MAGIC = b"HSH3"
_LENGTHS = struct.Struct("!ii")
_SIZE = struct.Struct("!i")
_FIELD = struct.Struct("!H")
# Flag for postings within the record, which our writer never makes; total weight; articles;
# shortest and longest field; highest weight; first and last article; then place and size of the postings.
_INFO = struct.Struct("!BfIBBfIIqi")


@dataclass(frozen=True, slots=True)
class Entry:
    """What the dictionary says of a term: how many articles have it, and where its postings are."""

    articles: int
    offset: int
    size: int


class TermDictionary:
    """Finds terms by bisection over the records; reads the file as needed."""

    def __init__(self, path: Path) -> None:
        self._stream = path.open("rb")
        try:
            self._records, self._fields = self._directory()
        except BaseException:
            self.close()
            raise
        self._names = {number: name for name, number in self._fields.items()}

    def find(self, field: str, term: bytes) -> Entry | None:
        """The entry of a term; None if there is no such term."""
        for found, entry in self.starting_at(field, term):
            return entry if found == term else None
        return None

    def starting_at(self, field: str, term: bytes) -> Iterator[tuple[bytes, Entry]]:
        """The terms of a field from ``term`` on, in order."""
        number = self._fields.get(field)
        if number is None:
            return
        prefix = _FIELD.pack(number)
        first = bisect_left(self._records, prefix + term, key=lambda at: self._record(at)[0])
        for at in self._records[first:]:
            key, entry = self._record(at)
            if not key.startswith(prefix):
                return
            yield key[_FIELD.size :], entry

    def all(self) -> Iterator[tuple[str, bytes, Entry]]:
        """Every term of every field."""
        for at in self._records:
            key, entry = self._record(at)
            yield self._names[_FIELD.unpack_from(key)[0]], key[_FIELD.size :], entry

    def close(self) -> None:
        """Close the file."""
        self._stream.close()

    def _record(self, at: int) -> tuple[bytes, Entry]:
        self._stream.seek(at)
        key_size, value_size = _LENGTHS.unpack(self._stream.read(_LENGTHS.size))
        key = self._stream.read(key_size)
        _, _, articles, *_, offset, size = _INFO.unpack(self._stream.read(value_size))
        return key, Entry(articles, offset, size)

    def _directory(self) -> tuple[array[int], dict[str, int]]:
        if self._stream.read(len(_MAGIC)) != _MAGIC:
            raise ValueError("a term file without its mark")
        end = self._stream.seek(-_SIZE.size, 2)
        (size,) = _SIZE.unpack(self._stream.read(_SIZE.size))
        self._stream.seek(end - size)
        data = BytesIO(self._stream.read(size))
        extras: dict[str, Any] = Plain(data).load()
        records = from_bytes_big_endian(extras["indextype"], data.read())
        if len(records) != extras["indexlen"]:
            raise ValueError(f"{len(records)} records of {extras['indexlen']}")
        return records, extras["fieldmap"]


class Plain(pickle.Unpickler):
    """Reads pickles of numbers, strings and containers; anything that would need an import is refused."""

    def find_class(self, module: str, name: str) -> NoReturn:
        raise pickle.UnpicklingError(f"an index may not hold {module}.{name}")
