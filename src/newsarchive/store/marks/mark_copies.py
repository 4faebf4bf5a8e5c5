"""Marks of one database, to be written into another: a rebuilt one, a merged one, a part of it."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from newsarchive.store.log.log_writer import LogWriter
from newsarchive.store.log.things import COLLECTION, HIGHLIGHT, NOTE, SEARCH_TAGS, TAG

_Row = tuple[Any, ...]
_OF_ARTICLES = {
    "article_tags": "SELECT article_id, tag FROM article_tags ORDER BY tag, article_id",
    "notes": "SELECT article_id, id, made_at, text FROM notes ORDER BY id",
    "highlights": "SELECT article_id, id, made_at, sha256, start, quote, before, after, comment "
    "FROM highlights ORDER BY id",
    "collection_articles": "SELECT article_id, collection FROM collection_articles "
    "ORDER BY collection, position, article_id",
}
_OTHERS = ("tags", "collections", "search_tags")


@dataclass(slots=True)
class MarkCopies:
    """Rows of marks by table; those of articles begin with the article's id in the first database."""

    rows: dict[str, list[_Row]] = field(default_factory=dict)

    @classmethod
    def read(cls, connection: sqlite3.Connection, only: Collection[int] | None = None) -> MarkCopies:
        """The marks of all articles, or of some. An older database has none."""
        held = {row[0] for row in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}
        found = cls()
        for table, select in _OF_ARTICLES.items():
            rows = connection.execute(select) if table in held else ()
            found.rows[table] = [tuple(row) for row in rows if only is None or row[0] in only]
        for table in _OTHERS:
            rows = connection.execute(f"SELECT * FROM {table}") if table in held else ()
            found.rows[table] = [tuple(row) for row in rows]
        return found

    def write(self, connection: sqlite3.Connection, log: LogWriter, ids: Mapping[int, int]) -> None:
        """Add them to a database, in which articles have other ids. What is there already stays as it is."""
        _Writing(connection, log, ids, self.rows).all()


@dataclass(frozen=True, slots=True)
class _Writing:
    db: sqlite3.Connection
    log: LogWriter
    ids: Mapping[int, int]
    rows: Mapping[str, list[_Row]]

    def all(self) -> None:
        self._tags()
        self._notes()
        self._highlights()
        self._collections()
        self._search_tags()

    def _placed(self, table: str) -> list[tuple[int, _Row]]:
        """The rows of a table whose articles are there, with their ids there."""
        return [(self.ids[row[0]], row[1:]) for row in self.rows[table] if row[0] in self.ids]

    def _tags(self) -> None:
        made: dict[str, str] = dict(self.rows["tags"])
        for article_id, (tag,) in self._placed("article_tags"):
            self._named("tags", tag, made[tag])
            self.db.execute("INSERT OR IGNORE INTO article_tags VALUES (?, ?)", (tag, article_id))
            self.log.touch(TAG, tag)

    def _named(self, table: str, name: str, moment: str) -> None:
        self.db.execute(
            f"INSERT INTO {table} VALUES (?, ?) ON CONFLICT (name) "
            "DO UPDATE SET created_at = min(created_at, excluded.created_at)",
            (name, moment),
        )

    def _notes(self) -> None:
        for article_id, (number, moment, text) in self._placed("notes"):
            same = "article_id = ? AND made_at = ? AND text = ?"
            if not self._has("notes", same, (article_id, moment, text)):
                columns = (self._free("notes", number), article_id, moment, text)
                cursor = self.db.execute("INSERT INTO notes VALUES (?, ?, ?, ?)", columns)
                self.log.touch(NOTE, int(cursor.lastrowid or 0))

    def _highlights(self) -> None:
        for article_id, (number, moment, *anchor) in self._placed("highlights"):
            same = (
                "article_id = ? AND made_at = ? AND sha256 = ? AND start = ? AND quote = ? AND comment IS ?"
            )
            sha256, start, quote, _, _, comment = anchor
            if not self._has("highlights", same, (article_id, moment, sha256, start, quote, comment)):
                columns = (self._free("highlights", number), article_id, moment, *anchor)
                cursor = self.db.execute(f"INSERT INTO highlights VALUES ({'?, ' * 8}?)", columns)
                self.log.touch(HIGHLIGHT, int(cursor.lastrowid or 0))

    def _has(self, table: str, condition: str, values: _Row) -> bool:
        return self.db.execute(f"SELECT 1 FROM {table} WHERE {condition}", values).fetchone() is not None

    def _free(self, table: str, number: int) -> int | None:
        """The number it had, if nothing has it here: people cite numbers."""
        return None if self._has(table, "id = ?", (number,)) else number

    def _collections(self) -> None:
        for name, moment in self.rows["collections"]:
            held = [row for row in self.rows["collection_articles"] if row[1] == name]
            if not held or any(row[0] in self.ids for row in held):
                self._named("collections", name, moment)
                self.log.touch(COLLECTION, name)
        for article_id, (name,) in self._placed("collection_articles"):
            self.db.execute(
                "INSERT OR IGNORE INTO collection_articles VALUES (?1, ?2, "
                "(SELECT coalesce(max(position), 0) + 1 FROM collection_articles WHERE collection = ?1))",
                (name, article_id),
            )

    def _search_tags(self) -> None:
        for search, tags, _ in self.rows["search_tags"]:
            row = self.db.execute("SELECT tags FROM search_tags WHERE search = ?", (search,)).fetchone()
            if not self._has("saved_searches", "name = ?", (search,)):
                continue
            joined = sorted({*json.loads(tags), *(json.loads(row[0]) if row else ())})
            self.db.execute(
                "INSERT INTO search_tags VALUES (?, ?, (SELECT coalesce(max(change), 0) FROM changes)) "
                "ON CONFLICT (search) DO UPDATE SET tags = excluded.tags",
                (search, json.dumps(joined, ensure_ascii=False)),
            )
            self.log.touch(SEARCH_TAGS, search)
