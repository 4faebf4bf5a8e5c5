"""What an archive holds, counted."""

from __future__ import annotations

from pathlib import Path

from newsarchive.answers.holdings import Holdings
from newsarchive.answers.results import Stats
from newsarchive.store.database import DATABASE_NAME
from newsarchive.store.snapshots import SNAPSHOTS


def count_all(holdings: Holdings) -> Stats:
    """Count what the archive holds."""
    counts, manifest = holdings.reader.counts, holdings.manifest
    span = counts.published_span()
    return Stats(
        name=manifest.name,
        uuid=manifest.uuid,
        **counts.counts(),
        first_published=span.earliest,
        last_published=span.latest,
        publishers=counts.count_by("publisher"),
        languages=counts.count_by("language"),
        snapshots_bytes=_size(holdings.folder / SNAPSHOTS),
        database_bytes=_size(holdings.folder / DATABASE_NAME),
        index_bytes=_size(holdings.index.folder),
        engine=manifest.engine,
        pending=holdings.index.pending(),
    )


def _size(path: Path) -> int:
    if path.is_dir():
        return sum(entry.stat().st_size for entry in path.rglob("*") if entry.is_file())
    return path.stat().st_size if path.exists() else 0
