"""The rows of marks, written within a transaction of the caller's."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterable, Sequence

from newsarchive.base.dates import utc_text
from newsarchive.store.log.log_writer import LogWriter
from newsarchive.store.log.things import COLLECTION, HIGHLIGHT, NOTE, TAG
from newsarchive.store.marks.mark_values import Highlight
from newsarchive.store.rows import storable

_GIVEN = "(SELECT value FROM json_each(?))"


class MarkRows:
    """Writes marks, and tells the log of each."""

    def __init__(self, connection: sqlite3.Connection, log: LogWriter) -> None:
        self._db = connection
        self._log = log

    def tag(self, tag: str, ids: Collection[int], *, moment: str) -> int:
        """Give articles a tag; return how many had it not."""
        self._db.execute("INSERT INTO tags VALUES (?, ?) ON CONFLICT (name) DO NOTHING", (tag, moment))
        added = self._db.execute(
            f"INSERT INTO article_tags SELECT ?, id FROM articles WHERE id IN {_GIVEN} "
            "ON CONFLICT (tag, article_id) DO NOTHING",
            (tag, json.dumps(list(ids))),
        ).rowcount
        return self._tag_changed(tag, added)

    def untag(self, tag: str, ids: Collection[int]) -> int:
        """Take a tag from articles; return how many had it."""
        removed = self._db.execute(
            f"DELETE FROM article_tags WHERE tag = ? AND article_id IN {_GIVEN}", (tag, json.dumps(list(ids)))
        ).rowcount
        return self._tag_changed(tag, removed)

    def _tag_changed(self, tag: str, count: int) -> int:
        """A tag is there as long as an article has it."""
        gone = self._db.execute(
            "DELETE FROM tags WHERE name = ?1 AND NOT EXISTS (SELECT 1 FROM article_tags WHERE tag = ?1)",
            (tag,),
        ).rowcount
        if gone and count:
            self._log.gone(TAG, [tag])
        elif count:
            self._log.touch(TAG, tag)
        return count

    def add_note(self, article_id: int, text: str, *, moment: str) -> int:
        """Put a note on an article; return its number."""
        values = storable((article_id, moment, text))
        cursor = self._db.execute("INSERT INTO notes (article_id, made_at, text) VALUES (?, ?, ?)", values)
        self._log.touch(NOTE, number := int(cursor.lastrowid or 0))
        return number

    def remove_note(self, number: int) -> bool:
        """Take a note away."""
        return self._remove(NOTE.table, number) and self._gone(NOTE.name, number)

    def add_highlight(self, article_id: int, made: Highlight) -> int:
        """Mark a passage of an article; return the number of the highlight."""
        values = (article_id, utc_text(made.made_at), made.sha256, made.start)
        passage = (made.quote, made.before, made.after, made.comment)
        cursor = self._db.execute(
            "INSERT INTO highlights (article_id, made_at, sha256, start, quote, before, after, comment) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            storable((*values, *passage)),
        )
        self._log.touch(HIGHLIGHT, number := int(cursor.lastrowid or 0))
        return number

    def remove_highlight(self, number: int) -> bool:
        """Take a highlight away."""
        return self._remove(HIGHLIGHT.table, number) and self._gone(HIGHLIGHT.name, number)

    def _remove(self, table: str, number: int) -> bool:
        return bool(self._db.execute(f"DELETE FROM {table} WHERE id = ?", (number,)).rowcount)

    def _gone(self, name: str, number: int) -> bool:
        self._log.gone(NOTE if name == NOTE.name else HIGHLIGHT, [number])
        return True

    def collect(self, name: str, ids: Sequence[int], *, moment: str) -> int:
        """Put articles at the end of a collection, in their order; return how many were not in it."""
        self._db.execute(
            "INSERT INTO collections VALUES (?, ?) ON CONFLICT (name) DO NOTHING", (name, moment)
        )
        held = set(self.collected(name))
        self._place(name, new := [each for each in dict.fromkeys(ids) if each not in held])
        self._log.touch(COLLECTION, name)
        return len(new)

    def collected(self, name: str) -> list[int]:
        """The articles of a collection, in its order."""
        rows = self._db.execute(
            "SELECT article_id FROM collection_articles WHERE collection = ? ORDER BY position, article_id",
            (name,),
        )
        return [row[0] for row in rows]

    def drop(self, name: str, ids: Collection[int]) -> int:
        """Take articles out of a collection; return how many were in it."""
        self._log.touch(COLLECTION, name)
        return self._db.execute(
            f"DELETE FROM collection_articles WHERE collection = ? AND article_id IN {_GIVEN}",
            (name, json.dumps(list(ids))),
        ).rowcount

    def arrange(self, name: str, ids: Iterable[int]) -> None:
        """Give a collection this order; ``ids`` are all that it holds."""
        self._db.execute("DELETE FROM collection_articles WHERE collection = ?", (name,))
        self._place(name, list(ids))
        self._log.touch(COLLECTION, name)

    def remove_collection(self, name: str) -> bool:
        """Forget a collection; its articles stay."""
        if not self._db.execute("DELETE FROM collections WHERE name = ?", (name,)).rowcount:
            return False
        self._log.gone(COLLECTION, [name])
        return True

    def _place(self, name: str, ids: Sequence[int]) -> None:
        last = self._db.execute(
            "SELECT coalesce(max(position), 0) FROM collection_articles WHERE collection = ?", (name,)
        ).fetchone()[0]
        self._db.executemany(
            "INSERT INTO collection_articles SELECT ?, id, ? FROM articles WHERE id = ?",
            [(name, last + at, each) for at, each in enumerate(ids, start=1)],
        )
