"""The codec of every segment: Whoosh's own on disk, with a faster way of writing.

The codec is pickled by name in Whoosh's table of contents, from which Whoosh's
other tools read it: after a move or a new name they can't open older indexes. It
is used by writer.py alone; Whoosh's plain ``index.writer()`` never is.
"""

from __future__ import annotations

from typing import Any

from whoosh.codec.whoosh3 import W3Codec

from newsarchive.search.whoosh.postings import FieldWriter


class ArchiveCodec(W3Codec):
    """Writes term by term; keeps no field lengths, as one column of them serves all scoring."""

    length_stats = False

    def field_writer(self, storage: Any, segment: Any) -> FieldWriter:
        """Whoosh's hook: what writes terms and postings of a new segment."""
        return FieldWriter(self, storage, segment)
