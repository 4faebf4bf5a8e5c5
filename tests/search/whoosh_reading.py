"""What lets Whoosh's own searchers and writers read and write our segments: the oracle of what is written."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

from plain_lists import encode
from whoosh.codec.base import FieldCursor, FieldWriter, TermsReader
from whoosh.index import TOC, FileIndex
from whoosh.matching.mcore import ListMatcher
from whoosh.reading import TermInfo, TermNotFound

from newsarchive.search.whoosh.segment.postings import Postings
from newsarchive.search.whoosh.segment.segment import SegmentFiles
from newsarchive.search.whoosh.write.segment_file import SegmentBuilder
from newsarchive.search.whoosh.write.whoosh_codec import ArchiveCodec, segment_path


class ReadableCodec(ArchiveCodec):
    """The codec of the archive with the hooks that Whoosh's own searchers and writers call."""

    def field_writer(self, storage: Any, segment: Any) -> ListWriter:
        """Whoosh's hook: what writes terms and postings of a new segment."""
        return ListWriter(segment_path(storage, segment))

    def terms_reader(self, storage: Any, segment: Any) -> ListReader:
        """Whoosh's hook: what reads the terms and postings of a segment."""
        path = segment_path(storage, segment)
        return ListReader(SegmentFiles(path.parent, path.stem, segment.doc_count_all()))


class ReadableIndex(FileIndex):
    """An index of the archive, opened by its table of contents as Whoosh's tools do."""

    def _read_toc(self) -> TOC:
        toc: TOC = super()._read_toc()
        for segment in toc.segments:
            segment._codec = ReadableCodec()
        return toc


class ListWriter(FieldWriter):
    """Takes postings one by one, as Whoosh's own writers bring them."""

    def __init__(self, path: Path) -> None:
        self.is_closed = False
        self._builder = SegmentBuilder(path)
        self._field = ""
        self._format: Any = None
        self._term = b""

    def add_postings(self, schema: Any, lengths: Any, items: Any) -> None:
        """Whoosh's hook: write all postings of a segment."""
        super().add_postings(schema, lengths, items)
        self._builder.finish({}, {})

    def start_field(self, fieldname: str, fieldobj: Any) -> None:
        """Begin a field."""
        self._field, self._format = fieldname, fieldobj.format

    def start_term(self, text: bytes) -> None:
        """Begin a term of the field."""
        self._term = text
        self._documents, self._weights = array("I"), array("I")
        self._counts, self._positions = array("I"), array("I")

    def add(self, docnum: int, weight: float, vbytes: bytes, _length: int) -> None:
        """Add an article to the term."""
        if weight != int(weight):
            raise ValueError(f"a weight of {weight} is not a whole number")
        self._documents.append(docnum)
        self._weights.append(int(weight))
        if self._format.supports("positions"):
            positions = self._format.decode_positions(vbytes)
            self._counts.append(len(positions))
            self._positions.extend(positions)

    def finish_term(self) -> None:
        """Write the term."""
        kind, data = encode(self._documents, self._weights, self._counts, self._positions)
        sizes, lengths = array("I", (len(self._documents),)), array("I", (len(data),))
        self._builder.add_lists(self._field, [self._term], sizes, bytes((kind,)), lengths, data)

    def close(self) -> None:
        """Close the file, whole or not."""
        self._builder.abandon()
        self.is_closed = True


class ListReader(TermsReader):
    """Gives Whoosh's searchers the terms and postings of a segment."""

    def __init__(self, files: SegmentFiles) -> None:
        self._files = files

    def __contains__(self, term: tuple[str, bytes]) -> bool:
        return self._files.dictionary.find(*term) is not None

    def indexed_field_names(self) -> Sequence[str]:
        """The fields that have terms."""
        return list(self._files.dictionary.fields)

    def cursor(self, fieldname: str, fieldobj: Any) -> ListCursor:
        """Walk the terms of a field."""
        return ListCursor(self._files.dictionary.terms(fieldname), fieldname, fieldobj, self)

    def terms(self) -> Iterator[tuple[str, bytes]]:
        """All terms, in order."""
        dictionary = self._files.dictionary
        return ((field, term) for field in dictionary.fields for term in dictionary.terms(field))

    def terms_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[str, bytes]]:
        """The terms from one on, those of later fields too."""
        return (found for found in self.terms() if found >= (fieldname, prefix))

    def items(self) -> Iterator[tuple[tuple[str, bytes], TermInfo]]:
        """All terms with their statistics."""
        return ((found, self.term_info(*found)) for found in self.terms())

    def items_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[tuple[str, bytes], TermInfo]]:
        """The terms from one on with their statistics."""
        return ((found, self.term_info(*found)) for found in self.terms_from(fieldname, prefix))

    def term_info(self, fieldname: str, text: bytes) -> TermInfo:
        """The statistics of a term."""
        postings = self._postings(fieldname, text)
        weights, documents = postings.weights, postings.documents
        return TermInfo(sum(weights), len(postings), 0, 0, max(weights), documents[0], documents[-1])

    def frequency(self, fieldname: str, text: bytes) -> int:
        """The total weight of a term."""
        return sum(self._postings(fieldname, text).weights)

    def doc_frequency(self, fieldname: str, text: bytes) -> int:
        """How many articles have a term."""
        return len(self._postings(fieldname, text))

    def matcher(self, fieldname: str, text: bytes, format_: Any, scorer: Any = None) -> ListMatcher:
        """Walk the articles of a term."""
        postings = self._postings(fieldname, text)
        values = None
        if postings.counts:
            positions = postings.positions
            values = [format_.encode(positions[a:b]) for a, b in pairwise(postings.starts())]
        return ListMatcher(
            postings.documents.tolist(),
            [float(weight) for weight in postings.weights],
            values,
            format_,
            scorer=scorer,
            term=(fieldname, text),
            terminfo=self.term_info(fieldname, text),
        )

    def close(self) -> None:
        """Close the file."""
        self._files.close()

    def _postings(self, field: str, term: bytes) -> Postings:
        entry = self._files.dictionary.find(field, term)
        if entry is None:
            raise TermNotFound(f"no term {field}:{term!r}")
        return self._files.read(entry)


class ListCursor(FieldCursor):
    """Walks the terms of a field for Whoosh's searchers."""

    def __init__(self, terms: Sequence[bytes], field: str, fieldobj: Any, reader: ListReader) -> None:
        self._terms = terms
        self._field = field
        self._fieldobj = fieldobj
        self._reader = reader
        self._at = 0

    def first(self) -> str | None:
        """Go to the first term."""
        self._at = 0
        return self.text()

    def find(self, term: bytes | str) -> str | None:
        """Go to a term, or to the next one behind where it would be."""
        wanted = term if isinstance(term, bytes) else self._fieldobj.to_bytes(term)
        self._at = bisect_left(self._terms, wanted)
        return self.text()

    def next(self) -> str | None:
        """Go to the next term."""
        self._at += 1
        return self.text()

    def text(self) -> str | None:
        """The term; None behind the last one."""
        text: str | None = self._fieldobj.from_bytes(self._terms[self._at]) if self.is_valid() else None
        return text

    def term_info(self) -> TermInfo:
        """The statistics of the term."""
        return self._reader.term_info(self._field, self._terms[self._at])

    def is_valid(self) -> bool:
        """Whether there is a term here."""
        return self._at < len(self._terms)
