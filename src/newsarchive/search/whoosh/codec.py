"""The codec of every segment: Whoosh's own on disk, with a faster way of writing.

The codec is pickled by name inside every segment entry of Whoosh's table of
contents: a move or a new name is a new INDEX_VERSION. It is named in one place
only, ``new_writer`` in writer.py; Whoosh's plain ``index.writer()`` is never used.
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
