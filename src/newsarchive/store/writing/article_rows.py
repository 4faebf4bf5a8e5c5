"""The rows of articles: written, changed, and told to the change counter."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from newsarchive.base.dates import utc_text
from newsarchive.model import Article
from newsarchive.store.log.log_writer import LogWriter
from newsarchive.store.log.things import ARTICLE, THINGS
from newsarchive.store.rows import article_columns, day_of, state_digest, storable
from newsarchive.store.writing.combined_article import FieldChange
from newsarchive.store.writing.user_decisions import UserDecisions

# A revision keeps the text, and evidence is of value only beside the values of its reading.
_NOT_REPLACED = frozenset(("text", "evidence"))
_OF_TABLE = {thing.table: thing for thing in THINGS}


class ArticleRows:
    """Writes rows within a transaction of its caller's; ``extractor`` is the version they come from."""

    def __init__(
        self,
        connection: sqlite3.Connection,
        log: LogWriter,
        *,
        extractor: int | None,
        ids: Mapping[str, int],
    ) -> None:
        self._ids = ids
        self._db = connection
        self._log = log
        self._extractor = extractor
        self.decisions = UserDecisions(connection, log)

    def named(self, key: str) -> int | None:
        """The article of this identity."""
        row = self._db.execute("SELECT id FROM articles WHERE identity = ?", (key,)).fetchone()
        return None if row is None else row["id"]

    def removed_at(self, key: str) -> str | None:
        """When an article of this identity was last removed; None where none was."""
        row = self._db.execute("SELECT max(removed_at) FROM tombstones WHERE identity = ?", (key,)).fetchone()
        return None if row[0] is None else str(row[0])

    def insert(self, table: str, columns: dict[str, Any]) -> int:
        """Add a row; return its id."""
        names = ", ".join(columns)
        marks = ", ".join("?" * len(columns))
        cursor = self._db.execute(
            f"INSERT INTO {table} ({names}) VALUES ({marks})", storable(columns.values())
        )
        row_id = int(cursor.lastrowid or 0)
        self._log.touch(_OF_TABLE[table], row_id)
        return row_id

    def insert_article(self, key: str, moment: str, article: Article) -> int:
        """Add an article that has no revision yet."""
        counts, overruled = self.decisions.laid_over(None, article)
        columns = {
            **self._former_id(key),
            "identity": key,
            **article_columns(counts),
            "revisions": 1,
            "first_captured_at": moment,
            "last_captured_at": moment,
        }
        article_id = self.insert("articles", columns)
        self._insert_lists(article_id, counts)
        self.decisions.keep_overruled(article_id, overruled)
        return article_id

    def _former_id(self, key: str) -> dict[str, int]:
        """The id that the article had before, unless another one has it by now: ids are cited."""
        former = self._ids.get(key)
        if former is None:
            return {}
        taken = self._db.execute("SELECT 1 FROM articles WHERE id = ?", (former,)).fetchone()
        return {} if taken is not None else {"id": former}

    def insert_revision(
        self, article_id: int, capture_id: int, moment: str, article: Article, *, replaces: int | None = None
    ) -> int:
        """Add a state of an article's text."""
        published, modified = article.date_published, article.date_modified
        return self.insert(
            "revisions",
            {
                "article_id": article_id,
                "capture_id": capture_id,
                "captured_at": moment,
                "sha256": state_digest(article),
                "headline": article.headline,
                "description": article.description,
                "date_published": None if published is None else published.isoformat(),
                "date_modified": None if modified is None else modified.isoformat(),
                "text": article.text,
                "extractor": self._extractor,
                "replaces": replaces,
            },
        )

    def current_revision(self, article_id: int) -> tuple[int, str]:
        """The id of the newest state of an article, and its digest."""
        row = self._db.execute(
            "SELECT id, sha256 FROM revisions WHERE id = (SELECT revision_id FROM articles WHERE id = ?)",
            (article_id,),
        ).fetchone()
        return row["id"], row["sha256"]

    def set_current_revision(self, article_id: int, revision_id: int) -> None:
        """Make a state the one that is shown and searched."""
        self._db.execute("UPDATE articles SET revision_id = ? WHERE id = ?", (revision_id, article_id))
        self._log.touch(ARTICLE, article_id)

    def count_revision(self, article_id: int) -> None:
        """Count one more state."""
        self._db.execute("UPDATE articles SET revisions = revisions + 1 WHERE id = ?", (article_id,))
        self._log.touch(ARTICLE, article_id)

    def update(self, article_id: int, article: Article) -> None:
        """Replace what pages say of an article; where users say otherwise, that still counts."""
        counts, overruled = self.decisions.laid_over(article_id, article)
        columns = article_columns(counts)
        assignments = ", ".join(f"{name} = ?" for name in columns)
        self._db.execute(
            f"UPDATE articles SET {assignments} WHERE id = ?", (*storable(columns.values()), article_id)
        )
        self._log.touch(ARTICLE, article_id)
        for table in ("authors", "keywords", "evidence"):
            self._db.execute(f"DELETE FROM {table} WHERE article_id = ?", (article_id,))
        self._insert_lists(article_id, counts)
        self.decisions.keep_overruled(article_id, overruled)
        self.record_change(article_id)

    def rename(self, article_id: int, key: str) -> None:
        """Follow a change of identity, unless another article has it: ids that people cite stay."""
        if self.named(key) is None:
            self._db.execute("UPDATE articles SET identity = ? WHERE id = ?", (key, article_id))
            self._log.touch(ARTICLE, article_id)

    def keep_replaced(self, article_id: int, changes: Sequence[FieldChange]) -> None:
        """Keep the values that others take the place of."""
        for change in changes:
            if change.field not in _NOT_REPLACED:
                columns = {
                    "article_id": article_id,
                    "field": change.field,
                    "value": json.dumps(change.before),
                    "replaced_at": utc_text(datetime.now(UTC)),
                    "extractor": self._extractor or 0,
                }
                self.insert("replaced_values", columns)

    def remark(self, capture_id: int, remark: str) -> None:
        """Say of a capture what it shows in the place of its article."""
        self.insert("capture_remarks", {"capture_id": capture_id, "remark": remark})

    def extend_captured(self, article_id: int, moment: str) -> bool:
        """Widen the span of captures; tell whether this one is the newest."""
        first, last = self._db.execute(
            "SELECT first_captured_at, last_captured_at FROM articles WHERE id = ?", (article_id,)
        ).fetchone()
        self._db.execute(
            "UPDATE articles SET first_captured_at = min(first_captured_at, ?1), "
            "last_captured_at = max(last_captured_at, ?1) WHERE id = ?2",
            (moment, article_id),
        )
        self._log.touch(ARTICLE, article_id)
        if not day_of(first) <= day_of(moment) <= day_of(last):
            # The index answers ``captured:`` by the days of the first and the last capture.
            self.record_change(article_id)
        return moment >= str(last)

    def record_change(self, article_id: int) -> None:
        """Tell the index that an article is not what it was."""
        self._db.execute("INSERT INTO changes (article_id) VALUES (?)", (article_id,))

    def _insert_lists(self, article_id: int, article: Article) -> None:
        for table, names in (("authors", article.authors), ("keywords", article.keywords)):
            if names:
                rows = [storable((article_id, position, name)) for position, name in enumerate(names)]
                self._db.executemany(f"INSERT INTO {table} VALUES (?, ?, ?)", rows)
        self._db.executemany(
            "INSERT INTO evidence VALUES (?, ?, ?, ?, ?, ?, ?)",
            [
                storable(
                    (article_id, position, item.field, item.value, item.source, item.raw, item.confidence)
                )
                for position, item in enumerate(article.evidence)
            ],
        )
