"""Is what the archive holds what was written? Database, snapshots and index against each other."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from newsarchive.base.progress import ProgressCallback, tell
from newsarchive.errors import StoreError
from newsarchive.pipeline.index_sync import ArchiveIndex
from newsarchive.store.reading.articles import ArticleReader, StoredCapture


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that ``verify`` found wrong; ``part`` is database, snapshots or index."""

    part: str
    message: str
    hint: str | None = None


def verify(
    reader: ArticleReader,
    payload: Callable[[StoredCapture], bytes],
    index: ArchiveIndex,
    *,
    progress: ProgressCallback | None = None,
) -> Iterator[Fault]:
    """Check the database, every stored capture against its digest, and the index; yield faults."""
    for message in reader.damage():
        yield Fault("database", message, "restore archive.db from a backup")
    total = reader.counts()["captures"]
    for done, capture in enumerate(reader.all_captures(), start=1):
        try:
            payload(capture)
        except StoreError as error:
            yield Fault("snapshots", f"capture {capture.id} ({capture.source}): {error.message}", error.hint)
        tell(progress, "verifying", done, total)
    for message in index.faults():
        yield Fault("index", message, "newsarchive reindex")
