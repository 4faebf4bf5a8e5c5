"""Reading articles: by their ids, and listed by date."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from newsarchive.base.dates import DateInterval
from newsarchive.errors import ArticleNotFound
from newsarchive.model import Article, Evidence
from newsarchive.store.rows import article_from_row, evidence_from_row, values_of

# Articles read at a time by whatever streams all of them; a bound on memory.
BATCH = 500


class ArticleReader:
    """Articles as they stand now."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection

    def article(self, article_id: int) -> Article:
        """One article; raises ArticleNotFound."""
        found = self.articles([article_id])
        if not found:
            raise ArticleNotFound(article_id)
        return found[0]

    def known(self, ids: Iterable[int]) -> None:
        """Raise ArticleNotFound for the first of these that there is none of."""
        given = (json.dumps(list(ids)),)
        row = self._db.execute(
            "SELECT value FROM json_each(?) WHERE value NOT IN (SELECT id FROM articles)", given
        ).fetchone()
        if row is not None:
            raise ArticleNotFound(row[0])

    def articles(self, ids: Sequence[int]) -> list[Article]:
        """Articles in the order of their ids as given; ids that are gone are left out."""
        wanted = json.dumps(list(ids))
        authors = self._lists("authors", "name", wanted)
        keywords = self._lists("keywords", "keyword", wanted)
        evidence = self._evidence(wanted)
        rows = self._db.execute(
            # As the view article_texts has it; in a stranger's file the view may be another one.
            "SELECT articles.*, revisions.text FROM articles JOIN revisions "
            "ON revisions.id = articles.revision_id WHERE articles.id IN (SELECT value FROM json_each(?))",
            (wanted,),
        )
        found = {
            row["id"]: _article(
                row,
                authors=tuple(authors[row["id"]]),
                keywords=tuple(keywords[row["id"]]),
                evidence=tuple(evidence[row["id"]]),
            )
            for row in rows
        }
        return [found[article_id] for article_id in ids if article_id in found]

    def stream(self, ids: Iterable[int]) -> Iterator[Article]:
        """Articles in the order of their ids, however many, in bounded memory."""
        batch: list[int] = []
        for article_id in ids:
            batch.append(article_id)
            if len(batch) == BATCH:
                yield from self.articles(batch)
                batch.clear()
        yield from self.articles(batch)

    def list_by_date(
        self, interval: DateInterval | None, *, newest: bool, limit: int | None, offset: int
    ) -> tuple[int, list[int]]:
        """The total and a page of ids of articles whose publication date overlaps an interval.

        None lists all articles; those without a date come last. Ties are in the order of ids.
        """
        where, parameters = _date_condition(interval)
        total = self._db.execute(f"SELECT count(*) FROM articles {where}", parameters).fetchone()[0]
        direction = "DESC" if newest else "ASC NULLS LAST" if interval is None else "ASC"
        rows = self._db.execute(
            f"SELECT id FROM articles {where} ORDER BY published_sort {direction}, id LIMIT ? OFFSET ?",
            (*parameters, -1 if limit is None else limit, offset),
        )
        return total, [row[0] for row in rows]

    def _lists(self, table: str, column: str, wanted: str) -> dict[int, list[str]]:
        lists: dict[int, list[str]] = defaultdict(list)
        rows = self._db.execute(
            f"SELECT article_id, {column} FROM {table} "
            "WHERE article_id IN (SELECT value FROM json_each(?)) ORDER BY article_id, position",
            (wanted,),
        )
        for article_id, value in rows:
            lists[article_id].append(value)
        return lists

    def _evidence(self, wanted: str) -> dict[int, list[Evidence]]:
        lists: dict[int, list[Evidence]] = defaultdict(list)
        rows = self._db.execute(
            "SELECT * FROM evidence WHERE article_id IN (SELECT value FROM json_each(?)) "
            "ORDER BY article_id, position",
            (wanted,),
        )
        for row in rows:
            with values_of(f"the evidence of article {row['article_id']}"):
                lists[row["article_id"]].append(evidence_from_row(row))
        return lists


def _article(row: sqlite3.Row, **lists: Any) -> Article:
    with values_of(f"article {row['id']}"):
        return article_from_row(row, **lists)


def _date_condition(interval: DateInterval | None) -> tuple[str, tuple[str, ...]]:
    if interval is None:
        return "", ()
    conditions, parameters = ["published_sort IS NOT NULL"], []
    if interval.earliest is not None:
        # The first condition lets the index skip: an overlapping date begins in that year or
        # later, and unknown months sort as 00.
        conditions += ["published_sort >= ?", "published_latest >= ?"]
        parameters += [f"{interval.earliest.year:04}", interval.earliest.isoformat()]
    if interval.latest is not None:
        conditions += ["published_sort < ?", "published_earliest <= ?"]
        parameters += [f"{interval.latest.isoformat()}U", interval.latest.isoformat()]
    return "WHERE " + " AND ".join(conditions), tuple(parameters)
