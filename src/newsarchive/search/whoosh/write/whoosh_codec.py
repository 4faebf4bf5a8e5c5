"""The codec of every segment: what makes Whoosh's writer write our files.

Segments hold their codec, pickled by name, in Whoosh's table of contents: this
module and ``ArchiveCodec`` keep their names, or Whoosh's other tools can't open
older indexes. ``whoosh_writer.new_writer`` is the one factory of writers: a plain
``index.writer()`` would write segments of Whoosh's default codec.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from whoosh.codec.whoosh3 import W3Codec

from newsarchive.search.whoosh.segment.segment import SUFFIX


class ArchiveCodec(W3Codec):
    """Postings and terms in one mapped file a segment; no field lengths, as one column serves all scoring.

    What Whoosh's own searchers read such a file with is in tests/search/whoosh_reading.py.
    """

    length_stats = False


class BulkCodec(ArchiveCodec):
    """How ``CommitWriter`` writes: it makes whole segments by itself, values among them."""

    def per_document_writer(self, _storage: Any, _segment: Any) -> NoWriter:
        """Whoosh's hook, called before there is anything to write."""
        return NoWriter()

    def field_writer(self, _storage: Any, _segment: Any) -> NoWriter:
        """Whoosh's hook, called before there is anything to write."""
        return NoWriter()

    def new_segment(self, storage: Any, indexname: str) -> Any:
        """Whoosh's hook: a segment, which anyone reads with ``ArchiveCodec``."""
        return ArchiveCodec().new_segment(storage, indexname)


class NoWriter:
    """Takes the place of Whoosh's writers of values and postings, and makes no file."""

    is_closed = True


def segment_path(storage: Any, segment: Any) -> Path:
    """Where the file of a segment is."""
    return Path(storage.folder, segment.make_filename(SUFFIX))
