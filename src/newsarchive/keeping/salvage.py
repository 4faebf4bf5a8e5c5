"""What no snapshot has, taken from a database that is replaced, as far as it can be read."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from newsarchive.model import Article, Capture
from newsarchive.store.log.things import RUN, SEARCH, TOMBSTONE
from newsarchive.store.marks.mark_copies import MarkCopies
from newsarchive.store.reading.articles import ArticleReader
from newsarchive.store.writing.combined_article import with_user_values
from newsarchive.store.writing.correction_acts import replay
from newsarchive.store.writing.store_writer import StoreWriter

_TABLES = {
    "SELECT * FROM saved_searches": "INSERT OR IGNORE INTO saved_searches VALUES (?, ?, ?)",
    "SELECT * FROM search_runs": "INSERT OR IGNORE INTO search_runs "
    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    "SELECT * FROM feeds": "INSERT OR IGNORE INTO feeds VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
    "SELECT * FROM feed_entries": "INSERT OR IGNORE INTO feed_entries VALUES (?, ?)",
    "SELECT * FROM run_articles": "INSERT OR IGNORE INTO run_articles VALUES (?, ?, ?, ?)",
}


@dataclass(slots=True)
class Salvaged:
    """``ids`` are of articles by identity, ``sources`` what captures were named by, at their places."""

    ids: dict[str, int] = field(default_factory=dict)
    sources: dict[tuple[str, int], tuple[str, str, str | None]] = field(default_factory=dict)
    said: list[Article] = field(default_factory=list)
    rows: dict[str, list[tuple[Any, ...]]] = field(default_factory=dict)
    acts: list[tuple[str, str]] = field(default_factory=list)
    marks: MarkCopies = field(default_factory=MarkCopies)
    buried: list[tuple[Any, ...]] = field(default_factory=list)

    def named(self, capture: Capture, snapshot: str, offset: int) -> Capture:
        """The capture under the name that it was added by: snapshots don't have the line of a row."""
        source, sha256, content_type = self.sources.get((snapshot, offset), ("", "", None))
        if sha256 != capture.sha256:
            return capture
        return replace(capture, source=source, content_type=content_type)

    def is_removed(self, capture: Capture, snapshot: str, offset: int) -> bool:
        """Whether it was of an article that was removed: its bytes are still there."""
        return (snapshot, offset) not in self.sources and any(
            capture.sha256 in json.loads(row[3]) for row in self.buried
        )

    def restore(self, writer: StoreWriter, notify: Callable[[str], None]) -> None:
        """Write what users said and saved, and do again what they did."""
        with writer.transaction("rebuild"):
            for known in self.said:
                if known.id is not None and (found := writer.reader.articles.articles([known.id])):
                    writer.rows.update(known.id, with_user_values(found[0], known))
            for statement, rows in self.rows.items():
                writer.connection.executemany(statement, rows)
            if self.marks.rows:
                self.marks.write(writer.connection, writer.log, self._new_ids(writer))
            writer.connection.executemany("INSERT INTO tombstones VALUES (?, ?, ?, ?, ?, ?)", self.buried)
            for thing in (SEARCH, RUN, TOMBSTONE):
                for key in thing.keys(writer.connection):
                    writer.log.touch(thing, key)
        replay(writer, self.acts, notify)

    def _new_ids(self, writer: StoreWriter) -> dict[int, int]:
        """The id of each article that is here again, by the id that it had."""
        rows = writer.connection.execute("SELECT identity, id FROM articles")
        return {self.ids[row[0]]: row[1] for row in rows if row[0] in self.ids}


def salvage(database: Path, notify: Callable[[str], None]) -> Salvaged:
    """Read what can be read; what can't be is told."""
    found = Salvaged()
    if not database.is_file() or database.is_symlink():
        return found
    try:
        with closing(sqlite3.connect(database)) as connection:
            connection.row_factory = sqlite3.Row
            _read(connection, found)
    except (sqlite3.DatabaseError, ValueError) as error:
        notify(f"not all of the old database can be read: {error}")
    return found


def _read(connection: sqlite3.Connection, found: Salvaged) -> None:
    found.marks = MarkCopies.read(connection)
    found.buried = _buried(connection)
    for select, insert in _TABLES.items():
        found.rows[insert] = [tuple(row) for row in connection.execute(select)]
    for row in connection.execute("SELECT id, identity FROM articles"):
        found.ids[row["identity"]] = row["id"]
    for row in connection.execute(
        "SELECT snapshot, record_offset, source, sha256, content_type FROM captures"
    ):
        found.sources[row[0], row[1]] = (row[2], row[3], row[4])
    found.marks = MarkCopies.read(connection)
    said = connection.execute("SELECT DISTINCT article_id FROM evidence WHERE source = 'user'").fetchall()
    known = ArticleReader(connection).articles([row[0] for row in said])
    found.said = [_without_acts(connection, article) for article in known]
    found.acts = [
        (row["kind"], row["act"])
        for row in connection.execute(
            "SELECT kind, act FROM log WHERE kind IN ('set', 'unset', 'alias', 'unalias') ORDER BY entry"
        )
    ]


def _buried(connection: sqlite3.Connection) -> list[tuple[Any, ...]]:
    held = connection.execute("SELECT 1 FROM sqlite_schema WHERE name = 'tombstones'").fetchone()
    return [] if held is None else list(map(tuple, connection.execute("SELECT * FROM tombstones")))


def _without_acts(connection: sqlite3.Connection, article: Article) -> Article:
    """The article without the evidence of acts, which are done again."""
    row = connection.execute(
        "SELECT fields FROM overruled_values WHERE article_id = ?", (article.id,)
    ).fetchone()
    fields = {} if row is None else json.loads(row[0])
    return replace(article, evidence=tuple(item for item in article.evidence if item.field not in fields))
