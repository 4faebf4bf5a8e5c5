"""What an export is written from: all articles that match, and what the archive keeps of each."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from newsarchive.base.progress import ProgressCallback, counted
from newsarchive.export.export_source import ExportedCapture, ExportedSearch
from newsarchive.model import Article
from newsarchive.store.reading.captures import StoredCapture
from newsarchive.store.reading.revisions import Revision
from newsarchive.store.reading.store_reader import StoreReader


@dataclass(frozen=True, slots=True)
class MatchedArticles:
    """An ``ExportSource`` over the store; ``ids`` are the matches in their order."""

    search: ExportedSearch
    ids: Sequence[int]
    reader: StoreReader
    read_payload: Callable[[StoredCapture], bytes]
    read_record: Callable[[StoredCapture], bytes]
    progress: ProgressCallback | None

    def articles(self) -> Iterator[Article]:
        """The matches; those that are gone meanwhile are left out."""
        return counted(self.reader.articles.stream(self.ids), self.progress, "exporting", len(self.ids))

    def revisions(self, article_id: int) -> Sequence[Revision]:
        """Oldest first."""
        return self.reader.revisions.revisions(article_id)

    def captures(self, article_id: int) -> Sequence[StoredCapture]:
        """Oldest first."""
        return self.reader.captures.captures(article_id)

    def payload(self, capture: ExportedCapture) -> bytes:
        """The bytes as received. Raises SnapshotDamaged."""
        return self.read_payload(_stored(capture))

    def record(self, capture: ExportedCapture) -> bytes:
        """The record as stored. Raises SnapshotDamaged."""
        return self.read_record(_stored(capture))


def _stored(capture: ExportedCapture) -> StoredCapture:
    if not isinstance(capture, StoredCapture):
        raise TypeError(f"no capture of this archive: {capture!r}")
    return capture
