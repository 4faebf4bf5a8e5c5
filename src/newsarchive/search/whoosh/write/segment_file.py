"""Writing the file of a segment: posting lists as they come, columns and the dictionary at the end."""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from itertools import accumulate
from pathlib import Path

from newsarchive.search.whoosh.layout import ColumnName
from newsarchive.search.whoosh.segment.packing import Bytes, pack_names, to_bytes
from newsarchive.search.whoosh.segment.postings import ALIGNMENT
from newsarchive.search.whoosh.segment.sections import SectionWriter
from newsarchive.search.whoosh.segment.segment import names_section
from newsarchive.search.whoosh.segment.term_dictionary import (
    FIELD_ENDS,
    FIELDS,
    LIST_ENDS,
    LIST_KINDS,
    LIST_SIZES,
    POSTINGS,
    TERM_ENDS,
    TERMS,
)


class SegmentBuilder:
    """Takes the terms of a segment, field by field and in order."""

    def __init__(self, path: Path) -> None:
        self._file = SectionWriter(path)
        self._file.begin(POSTINGS)
        self._fields: dict[str, int] = {}
        self._terms = bytearray()
        self._term_lengths = array("I")
        self._sizes = array("I")
        self._kinds = bytearray()
        self._lengths = array("I")

    def add_lists(
        self,
        field: str,
        terms: Sequence[bytes],
        sizes: array[int],
        kinds: Bytes,
        lengths: array[int],
        data: Bytes,
    ) -> None:
        """Add terms of a field with the bytes of their lists, end to end."""
        self._file.append(data)
        self._terms += b"".join(terms)
        self._term_lengths.extend(map(len, terms))
        self._sizes.extend(sizes)
        self._kinds += kinds
        self._lengths.extend(lengths)
        self._fields[field] = len(self._term_lengths)

    def finish(
        self, numbers: Mapping[ColumnName, array[int]], names: Mapping[ColumnName, Sequence[str]]
    ) -> None:
        """Write the columns and the dictionary; the segment is complete."""
        add = self._file.add
        for name, values in numbers.items():
            add(name, to_bytes(values))
        for name, found in names.items():
            add(names_section(name), pack_names(found))
        add(FIELDS, pack_names(self._fields))
        add(FIELD_ENDS, to_bytes(array("I", self._fields.values())))
        add(TERMS, self._terms)
        add(TERM_ENDS, to_bytes(_ends(self._term_lengths, 1)))
        add(LIST_ENDS, to_bytes(_ends(self._lengths, ALIGNMENT)))
        add(LIST_SIZES, to_bytes(self._sizes))
        add(LIST_KINDS, self._kinds)
        self._file.close()

    def abandon(self) -> None:
        """Close the unfinished file; harmless after ``finish``."""
        self._file.abandon()


def _ends(lengths: array[int], unit: int) -> array[int]:
    """Where each of some pieces, put end to end, ends. Raises OverflowError beyond 2**32 units."""
    units = (length // unit for length in lengths) if unit > 1 else lengths
    return array("I", accumulate(units))
