"""One segment of the index, opened for reading: terms, postings and columns, read when first asked for."""

from __future__ import annotations

import pickle
import zlib
from array import array
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from io import BytesIO
from itertools import accumulate
from pathlib import Path
from typing import Any, NoReturn

from whoosh.codec.whoosh3 import WHOOSH3_HEADER_MAGIC
from whoosh.filedb.structfile import BufferFile

from newsarchive.search.whoosh.columns import NamesReader
from newsarchive.search.whoosh.schema import COLUMN_TYPE, ColumnName, Field


@dataclass(frozen=True, slots=True)
class Postings:
    """The articles of a term, ascending and deleted ones included, with their weights.

    ``values`` are the packed positions; None in fields without.
    """

    documents: array[int]
    weights: array[float]
    values: list[bytes] | None

    def weight_of(self) -> dict[int, float]:
        """Weights by article."""
        return dict(zip(self.documents, self.weights, strict=True))


NO_POSTINGS = Postings(array("I"), array("f"), [])


class SegmentFiles:
    """The files of a segment; they never change, only the set of deleted articles does."""

    def __init__(self, storage: Any, segment: Any, written: Collection[str]) -> None:
        """Open a segment of Whoosh's; ``written`` are the names of all files of the index."""
        codec = segment.codec()
        self.count: int = segment.doc_count_all()
        self._terms = codec.terms_reader(storage, segment)
        self._folder = Path(storage.folder)
        self._column_names = {name: codec.column_filename(segment, name) for name in ColumnName}
        self._written = written
        self._columns: dict[ColumnName, Any] = {}

    def postings(self, field: Field, term: bytes) -> Postings:
        """The postings of a term; none if the segment doesn't have it."""
        if (field, term) not in self._terms:
            return NO_POSTINGS
        return self._read(self._terms.term_info(field, term))

    def postings_from(self, field: Field, prefix: bytes) -> Iterator[tuple[bytes, Postings]]:
        """The terms of a field that begin with ``prefix``, in order, and their postings."""
        if field not in self._terms.indexed_field_names():
            return
        for (found_field, term), info in self._terms.items_from(field, prefix):
            if found_field != field or not term.startswith(prefix):
                return
            yield term, self._read(info)

    def column(self, name: ColumnName) -> Any:
        """A column, read when first asked for."""
        if name not in self._columns:
            file, kind = self._column_names[name], COLUMN_TYPE[name]
            # Whoosh writes no file for a column in which no article has a value.
            is_written = file in self._written
            data = (self._folder / file).read_bytes() if is_written else kind.empty(self.count)
            self._columns[name] = kind.reader(BufferFile(data), 0, len(data), self.count)
        return self._columns[name]

    def numbers(self, name: ColumnName) -> array[int]:
        """A column of numbers, one an article."""
        numbers: array[int] = self.column(name).numbers
        return numbers

    def names(self, name: ColumnName) -> NamesReader:
        """A column of names."""
        reader: NamesReader = self.column(name)
        return reader

    def all_terms(self) -> Iterator[tuple[str, bytes, Postings]]:
        """Every term of every field with its postings."""
        for (field, term), info in self._terms.items():
            yield field, term, self._read(info)

    def close(self) -> None:
        """Close the files."""
        self._terms.close()

    def _read(self, info: Any) -> Postings:
        start, length = info.extent()
        # whoosh3 gives the length of a term read from disk as a tuple of one, 2.7.4 too.
        size = length[0] if isinstance(length, tuple) else length
        return _decode(self._terms._postfile.get(start, size))


def _decode(data: bytes) -> Postings:
    """Read a posting list in Whoosh's block format. Raises ValueError and others where it is damaged."""
    if data[:4] != WHOOSH3_HEADER_MAGIC:
        raise ValueError("a posting list without its mark")
    documents, weights, values = array("I"), array("f"), list[bytes]()
    at, size = 4, 1
    while size > 0:
        size = int.from_bytes(data[at : at + 4], "big", signed=True)
        block = BytesIO(data[at + 4 : at + 4 + abs(size)])
        count, _, _, compression, _, _ = _Plain(block).load()
        rest = zlib.decompress(block.read()) if compression else block.read()
        gaps, weighted, valued = _Plain(BytesIO(rest)).load()
        documents.extend(accumulate(gaps))
        weights.extend(weighted or (1.0,) * count)
        values.extend(valued or ())
        at += 4 + abs(size)
    return Postings(documents, weights, values or None)


class _Plain(pickle.Unpickler):
    """Reads pickles of numbers, bytes and tuples; anything that would need an import is refused."""

    def find_class(self, module: str, name: str) -> NoReturn:
        raise pickle.UnpicklingError(f"a posting list may not hold {module}.{name}")
