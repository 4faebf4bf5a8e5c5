"""Capture pages of articles again, the one first whose last capture is the oldest."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping
from datetime import datetime

from newsarchive.base.urls import is_site_root
from newsarchive.store.rows import moment_of

_OF_ADDRESS = "url:"


def addresses_to_refresh(
    connection: sqlite3.Connection,
    ids: Iterable[int],
    *,
    edited: Mapping[str, datetime] | None = None,
    limit: int | None = None,
) -> list[str]:
    """The addresses of these articles, the oldest last capture first; those without one are left out.

    With ``edited``, only what was edited after its last capture, by what that says.
    """
    rows = connection.execute(
        "SELECT id, identity, last_captured_at FROM articles WHERE id IN (SELECT value FROM json_each(?)) "
        "ORDER BY last_captured_at, id",
        (json.dumps(list(ids)),),
    )
    found = []
    for row in rows:
        # Not the address that a user may have said: the page is known by its own.
        url = row["identity"].removeprefix(_OF_ADDRESS)
        if url == row["identity"] or is_site_root(url):
            continue
        if edited is not None and not _is_edited(row, edited.get(url)):
            continue
        found.append(url)
    return found if limit is None else found[:limit]


def _is_edited(row: sqlite3.Row, edited_at: datetime | None) -> bool:
    last = moment_of(row["last_captured_at"], f"article {row['id']}")
    return edited_at is not None and edited_at > last
