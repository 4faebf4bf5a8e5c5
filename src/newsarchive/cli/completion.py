"""What the shell offers on Tab beyond commands and options: names that are in the archive."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any


def saved_names(ctx: Any, incomplete: str) -> list[str]:
    """The saved searches whose names begin so; none where there is no archive, as Tab must not complain."""
    from newsarchive.errors import NewsArchiveError

    try:
        return [name for name in _names(ctx) if name.startswith(incomplete)]
    except (NewsArchiveError, OSError):
        return []


def _names(ctx: Any) -> list[str]:
    from newsarchive.keeping.archive_folder import find_archive
    from newsarchive.store.database import connect
    from newsarchive.store.search_runs import SearchStore

    given = ctx.find_root().params.get("archive") or os.environ.get("NEWSARCHIVE_DIR")
    folder = Path(given) if given else find_archive(Path.cwd())
    if folder is None:
        return []
    connection = connect(folder)
    try:
        return [search.name for search in SearchStore(folder, connection).all()]
    finally:
        connection.close()
