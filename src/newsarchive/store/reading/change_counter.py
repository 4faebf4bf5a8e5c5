"""Reading the change counter, which the search index follows."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterator

from newsarchive.model import ArticleState, IndexChange, IndexedArticle
from newsarchive.store.reading.articles import BATCH, ArticleReader
from newsarchive.store.reading.corrections import CorrectionReader
from newsarchive.store.rows import day_of, values_of, whole_number


class ChangeReader:
    """What changed since when, as the index has to know it."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection
        self._articles = ArticleReader(connection)
        self._corrections = CorrectionReader(connection)

    def last_change(self) -> int:
        """The number of the newest change; 0 in an empty archive."""
        return int(self._db.execute("SELECT coalesce(max(change), 0) FROM changes").fetchone()[0])

    def changes_since(self, change: int) -> Iterator[IndexChange]:
        """The articles changed after ``change``, each once, at its last change, in order; lazily."""
        while True:
            # A change that a later one of the same article replaces needs no work of its own.
            rows = self._db.execute(
                """
                SELECT change, article_id FROM changes AS this
                WHERE change > ? AND NOT EXISTS (
                    SELECT 1 FROM changes AS later
                    WHERE later.article_id = this.article_id AND later.change > this.change)
                ORDER BY change LIMIT ?
                """,
                (change, BATCH),
            ).fetchall()
            if not rows:
                return
            with values_of(f"the change counter after {change}"):
                documents = self._indexed([whole_number(row["article_id"]) for row in rows])
            for row in rows:
                yield IndexChange(row["change"], row["article_id"], documents.get(row["article_id"]))
            change = rows[-1]["change"]

    def count_changes_since(self, change: int) -> int:
        """How many changes came after ``change``."""
        row = self._db.execute("SELECT count(*) FROM changes WHERE change > ?", (change,)).fetchone()
        return int(row[0])

    def _indexed(self, ids: list[int]) -> dict[int, IndexedArticle]:
        rows = self._db.execute(
            "SELECT id, revisions, first_captured_at, last_captured_at FROM articles "
            "WHERE id IN (SELECT value FROM json_each(?))",
            (json.dumps(ids),),
        )
        about = {row["id"]: row for row in rows}
        states = self._states([row["id"] for row in about.values() if row["revisions"] > 1])
        spellings: dict[str | None, list[str]] = defaultdict(list)
        for alias in self._corrections.aliases():
            spellings[alias.publisher].append(alias.spelling)
        return {
            article.id: IndexedArticle(
                article,
                about[article.id]["revisions"],
                (
                    day_of(about[article.id]["first_captured_at"]),
                    day_of(about[article.id]["last_captured_at"]),
                ),
                tuple(spellings.get(article.publisher, ())),
                states.get(article.id, ()),
            )
            for article in self._articles.articles(ids)
            if article.id is not None
        }

    def _states(self, ids: list[int]) -> dict[int, tuple[ArticleState, ...]]:
        """The states that publishers made; of a state that was read again, the newest reading."""
        if not ids:
            return {}
        rows = self._db.execute(
            "SELECT * FROM revisions WHERE article_id IN (SELECT value FROM json_each(?)) "
            "ORDER BY article_id, captured_at, id",
            (json.dumps(ids),),
        )
        states: dict[int, list[ArticleState]] = defaultdict(list)
        for row in rows:
            if row["replaces"] is not None and states[row["article_id"]]:
                states[row["article_id"]].pop()
            states[row["article_id"]].append(_state(row))
        return {article_id: tuple(found) for article_id, found in states.items()}


def _state(row: sqlite3.Row) -> ArticleState:
    stated = (row[name] for name in ("headline", "description", "date_published", "date_modified", "text"))
    return ArticleState(day_of(row["captured_at"]), *stated)
