"""One segment of the index, opened for reading: terms, postings and columns, read when first asked for."""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path

from newsarchive.base.frozen import frozen
from newsarchive.search.whoosh.layout import NAME_COLUMNS, TYPECODE, ColumnName, Field
from newsarchive.search.whoosh.segment.packing import from_bytes, unpack_names
from newsarchive.search.whoosh.segment.postings import Postings
from newsarchive.search.whoosh.segment.sections import SectionFile
from newsarchive.search.whoosh.segment.term_dictionary import POSTINGS, Entry, TermDictionary

SUFFIX = ".seg"


@frozen
class Column:
    """One number an article; in columns of names, the place of its name in ``names``."""

    numbers: array[int]
    names: list[str]

    def value(self, article: int) -> int | str:
        """What an article has."""
        return self.names[self.numbers[article]] if self.names else self.numbers[article]


class SegmentFiles:
    """The mapped file of a segment; it never changes, only the set of deleted articles does."""

    def __init__(self, folder: Path, name: str, count: int) -> None:
        self.count = count
        self._name = name
        self._columns: dict[ColumnName, Column] = {}
        self.sections = SectionFile(folder / f"{name}{SUFFIX}")
        try:
            self.dictionary = TermDictionary(self.sections)
        except BaseException:
            self.sections.close()
            raise

    def find(self, field: Field, term: bytes) -> Entry | None:
        """The entry of a term; None if the segment doesn't have it."""
        return self.dictionary.find(field, term)

    def beginning_with(self, field: Field, prefix: bytes) -> Iterator[Entry]:
        """The entries of the terms of a field that begin with ``prefix``, in order of the terms."""
        return self.dictionary.beginning_with(field, prefix)

    def terms(self, field: Field, prefix: bytes) -> Iterator[tuple[bytes, Entry]]:
        """The terms of a field that begin with ``prefix``, in order, with their entries."""
        for term, entry in self.dictionary.starting_at(field, prefix):
            if not term.startswith(prefix):
                return
            yield term, entry

    def all_terms(self) -> Iterator[tuple[str, bytes, Postings]]:
        """Every term of every field with its postings."""
        return ((field, term, self.read(entry)) for field, term, entry in self.dictionary.all())

    def read(self, entry: Entry) -> Postings:
        """The postings of a term."""
        return Postings(self.sections.read(POSTINGS, entry.start, entry.end), entry.articles, entry.kind)

    def lists(self, start: int, end: int) -> memoryview:
        """The bytes of posting lists in a row."""
        return self.sections.read(POSTINGS, start, end)

    def column(self, name: ColumnName) -> Column:
        """A column, read when first asked for."""
        if name not in self._columns:
            self._columns[name] = self._read_column(name)
        return self._columns[name]

    def numbers(self, name: ColumnName) -> array[int]:
        """The numbers of a column, one an article."""
        return self.column(name).numbers

    @cached_property
    def id_bounds(self) -> tuple[int, int]:
        """The lowest and the highest id of its articles."""
        ids = self.numbers(ColumnName.ID)
        return min(ids), max(ids)

    def close(self) -> None:
        """Close the file; closing twice is harmless."""
        self.sections.close()

    def _read_column(self, name: ColumnName) -> Column:
        typecode = TYPECODE[name]
        # A column in which no article has a value isn't stored.
        if name not in self.sections:
            return Column(
                array(typecode, bytes(self.count * array(typecode).itemsize)), [""] * (name in NAME_COLUMNS)
            )
        numbers = from_bytes(typecode, self.sections.read(name))
        names = unpack_names(self.sections.read(names_section(name))) if name in NAME_COLUMNS else []
        if len(numbers) != self.count or (names and max(numbers, default=0) >= len(names)):
            raise ValueError(f"column {name} of {self._name} does not fit {self.count} articles")
        return Column(numbers, names)


def names_section(column: ColumnName) -> str:
    """The section with the names of a column of names."""
    return f"{column}.names"
