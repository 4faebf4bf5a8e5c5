"""Whether tables are tables: a stranger's database may have views and triggers in their place."""

from __future__ import annotations

import re
import sqlite3
from pathlib import Path

from newsarchive.errors import NotAnArchive

_TABLES = (
    *("snapshots", "articles", "authors", "keywords", "captures", "revisions", "evidence", "changes"),
    *("saved_searches", "search_runs", "run_articles", "replaced_values", "log", "feeds", "feed_entries"),
    *("capture_remarks", "corrections", "publisher_aliases", "overruled_values"),
    *("tags", "article_tags", "notes", "highlights", "collections", "collection_articles", "search_tags"),
    "tombstones",
)
_COMMENT = re.compile(r"--[^\n]*|/\*.*?\*/", re.DOTALL)
# A column that is computed when it is read may compute for ever.
_COMPUTED = re.compile(r"\bgenerated\b|\bas\s*\(", re.IGNORECASE)
# Longer than any value that is stored: an article has three million characters at most.
_LONGEST_VALUE = 64_000_000


def guard(connection: sqlite3.Connection) -> None:
    """Trust nothing that the file brings along: no functions in its schema, no values without bound."""
    connection.execute("PRAGMA trusted_schema = OFF")
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LONGEST_VALUE)


def check_tables(connection: sqlite3.Connection, folder: Path) -> None:
    """Raise NotAnArchive where a table is none, or something would run when it is read or written."""
    rows = connection.execute(
        "SELECT type, name, tbl_name, substr(sql, 1, 20000) FROM sqlite_schema "
        "WHERE type = 'trigger' OR type IN ('table', 'view')"
    )
    for kind, name, table, sql in rows:
        if kind == "trigger" and table in _TABLES:
            raise _refusal(folder, f"has a trigger on {table}, which newsarchive never makes")
        if name in _TABLES and not _is_plain(kind, sql):
            raise _refusal(folder, f"has something else in the place of its table {name}")


def _is_plain(kind: str, sql: object) -> bool:
    if kind != "table" or not isinstance(sql, str):
        return False
    bare = _COMMENT.sub("", sql)
    return bare.upper().startswith("CREATE TABLE") and _COMPUTED.search(bare) is None


def _refusal(folder: Path, reason: str) -> NotAnArchive:
    return NotAnArchive(folder, reason=reason, hint="if it came from somebody else, don't trust it")
