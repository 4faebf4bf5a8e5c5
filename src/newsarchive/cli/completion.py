"""What the shell offers on Tab beyond commands and options: names that are in the archive."""

from __future__ import annotations

import os
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import sqlite3


def saved_names(ctx: Any, incomplete: str) -> list[str]:
    """The saved searches whose names begin so; none where there is no archive, as Tab must not complain."""
    from newsarchive.errors import NewsArchiveError

    try:
        return [name for name in _names(ctx) if name.startswith(incomplete)]
    except (NewsArchiveError, OSError):
        return []


def collection_names(ctx: Any, incomplete: str) -> list[str]:
    """The same of collections."""
    from newsarchive.errors import NewsArchiveError

    try:
        return [name for name in _collections(ctx) if name.startswith(incomplete)]
    except (NewsArchiveError, OSError):
        return []


def _names(ctx: Any) -> list[str]:
    from newsarchive.store.search_runs import SearchStore

    folder = _folder(ctx)
    if folder is None:
        return []
    with _reading(folder) as connection:
        return [search.name for search in SearchStore(folder, connection).all()]


def _collections(ctx: Any) -> list[str]:
    from newsarchive.store.marks.mark_reader import MarkReader

    folder = _folder(ctx)
    if folder is None:
        return []
    with _reading(folder) as connection:
        return list(MarkReader(connection).collections())


def _folder(ctx: Any) -> Path | None:
    from newsarchive.keeping.archive_folder import find_archive

    given = ctx.find_root().params.get("archive") or os.environ.get("NEWSARCHIVE_DIR")
    return Path(given) if given else find_archive(Path.cwd())


def _reading(folder: Path) -> closing[sqlite3.Connection]:
    from newsarchive.store.database import connect

    return closing(connect(folder))
