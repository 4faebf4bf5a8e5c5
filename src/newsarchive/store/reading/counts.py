"""Counting what the archive holds."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection

from newsarchive.base.dates import DateInterval
from newsarchive.store.rows import day_of


class CountReader:
    """Counts over all articles and captures."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection

    def counts(self) -> dict[str, int]:
        """How many articles, revisions, captures and failed captures the archive holds."""
        row = self._db.execute(
            """
            SELECT (SELECT count(*) FROM articles) AS articles,
                   (SELECT count(*) FROM revisions) AS revisions,
                   (SELECT count(*) FROM captures) AS captures,
                   (SELECT count(*) FROM captures WHERE article_id IS NULL) AS failed_captures,
                   (SELECT count(*) FROM articles WHERE date_published IS NULL) AS undated
            """
        ).fetchone()
        return dict(row)

    def count_by(self, column: str) -> dict[str, int]:
        """Articles by publisher or language, most first; those without come last, under ""."""
        if column not in ("publisher", "language"):
            raise ValueError(f"can't count by {column}")
        rows = self._db.execute(
            f"SELECT coalesce({column}, ''), count(*) AS n FROM articles "
            f"GROUP BY 1 ORDER BY coalesce({column}, '') = '', n DESC, 1"
        )
        return {row[0]: row[1] for row in rows}

    def published_span(self) -> DateInterval:
        """From the first to the last publication day."""
        row = self._db.execute(
            "SELECT min(published_earliest) AS a, max(published_latest) AS b FROM articles"
        ).fetchone()
        return DateInterval(*(None if text is None else day_of(text) for text in row))

    def languages(self) -> frozenset[str]:
        """The primary language subtags that the archive holds."""
        # Steps from one value to the next in the index: as many steps as languages, not as articles.
        rows = self._db.execute(
            """
            WITH RECURSIVE held(language) AS (
                SELECT min(language) FROM articles
                UNION ALL
                SELECT (SELECT min(language) FROM articles WHERE language > held.language)
                FROM held WHERE held.language IS NOT NULL
            )
            SELECT language FROM held WHERE language IS NOT NULL
            """
        )
        return frozenset(row[0].split("-")[0].lower() for row in rows)

    def count_in(self, languages: Collection[str | None]) -> int:
        """How many articles are in any of these languages, by primary subtag; None: not stated."""
        row = self._db.execute(
            "SELECT count(*) FROM articles "
            "WHERE coalesce(lower(substr(language, 1, instr(language || '-', '-') - 1)), '') IN "
            "(SELECT coalesce(value, '') FROM json_each(?))",
            (json.dumps(list(languages)),),
        ).fetchone()
        return int(row[0])
