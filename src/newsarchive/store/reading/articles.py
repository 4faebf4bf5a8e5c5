"""Reading the archive: articles, revisions, captures, changes, counts."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence

from newsarchive.base.dates import DateInterval, PartialDate
from newsarchive.base.frozen import frozen
from newsarchive.errors import ArticleNotFound
from newsarchive.model import Article, Evidence, IndexChange, IndexedArticle
from newsarchive.store.rows import article_from_row, day_of, evidence_from_row

# Articles read at a time by whatever streams all of them; a bound on memory.
BATCH = 500


@frozen
class Revision:
    """One state of an article's text over time; ``number`` counts from 1, the oldest.

    ``is_reread`` marks what a newer extraction makes of a state that an older revision has, too.
    """

    number: int
    captured_at: str
    headline: str | None
    description: str | None
    date_published: PartialDate | None
    date_modified: PartialDate | None
    text: str
    is_reread: bool = False


@frozen
class StoredCapture:
    """Where the bytes of a capture lie, and how they came; ``captured_at`` is UTC."""

    id: int
    article_id: int | None
    source: str
    url: str | None
    captured_at: str
    content_type: str | None
    sha256: str
    length: int
    snapshot: str
    record_offset: int
    record_length: int
    error: str | None
    dataset: str | None
    identifier: str | None


class ArticleReader:
    """Answers from archive.db; sees each commit of a writer, in whatever process."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection

    def article(self, article_id: int) -> Article:
        """One article; raises ArticleNotFound."""
        found = self.articles([article_id])
        if not found:
            raise ArticleNotFound(article_id)
        return found[0]

    def articles(self, ids: Sequence[int]) -> list[Article]:
        """Articles in the order of their ids as given; ids that are gone are left out."""
        wanted = json.dumps(list(ids))
        authors = self._lists("authors", "name", wanted)
        keywords = self._lists("keywords", "keyword", wanted)
        evidence = self._evidence(wanted)
        rows = self._db.execute(
            "SELECT * FROM article_texts WHERE id IN (SELECT value FROM json_each(?))", (wanted,)
        )
        found = {
            row["id"]: article_from_row(
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

    def revisions(self, article_id: int) -> list[Revision]:
        """The states of an article's text, oldest first."""
        rows = self._db.execute(
            "SELECT * FROM revisions WHERE article_id = ? ORDER BY captured_at, id", (article_id,)
        )
        return [
            Revision(
                number=number,
                captured_at=row["captured_at"],
                headline=row["headline"],
                description=row["description"],
                date_published=_date(row["date_published"]),
                date_modified=_date(row["date_modified"]),
                text=row["text"],
                is_reread=row["replaces"] is not None,
            )
            for number, row in enumerate(rows, start=1)
        ]

    def captures(self, article_id: int) -> list[StoredCapture]:
        """The captures of an article, oldest first."""
        rows = self._db.execute(
            f"SELECT {CAPTURE_COLUMNS} FROM captures WHERE article_id = ? ORDER BY captured_at, id",
            (article_id,),
        )
        return [StoredCapture(*row) for row in rows]

    def all_captures(self) -> Iterator[StoredCapture]:
        """Every capture in the order of its place in the snapshots."""
        rows = self._db.execute(
            f"SELECT {CAPTURE_COLUMNS} FROM captures ORDER BY snapshot, record_offset, id"
        )
        return (StoredCapture(*row) for row in rows)

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
            documents = self._indexed([row["article_id"] for row in rows])
            for row in rows:
                yield IndexChange(row["change"], row["article_id"], documents.get(row["article_id"]))
            change = rows[-1]["change"]

    def count_changes_since(self, change: int) -> int:
        """How many changes came after ``change``."""
        row = self._db.execute("SELECT count(*) FROM changes WHERE change > ?", (change,)).fetchone()
        return int(row[0])

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
        """Articles by publisher or language, most first; those without are left out."""
        if column not in ("publisher", "language"):
            raise ValueError(f"can't count by {column}")
        rows = self._db.execute(
            f"SELECT {column}, count(*) AS n FROM articles WHERE {column} IS NOT NULL "
            f"GROUP BY {column} ORDER BY n DESC, {column}"
        )
        return {row[0]: row[1] for row in rows}

    def published_span(self) -> DateInterval:
        """From the first to the last publication day."""
        row = self._db.execute(
            "SELECT min(published_earliest) AS a, max(published_latest) AS b FROM articles"
        ).fetchone()
        return DateInterval(*(None if text is None else day_of(text) for text in row))

    def snapshot_lengths(self) -> dict[str, int]:
        """The acknowledged length of each snapshot file, in bytes."""
        return {row[0]: row[1] for row in self._db.execute("SELECT name, length FROM snapshots")}

    def damage(self) -> list[str]:
        """What SQLite itself finds wrong with the database; empty when it is sound."""
        found = [row[0] for row in self._db.execute("PRAGMA integrity_check(100)")]
        faults = [] if found == ["ok"] else found
        broken = self._db.execute("PRAGMA foreign_key_check").fetchall()
        faults += [f"{row[0]} row {row[1]} refers to a missing row of {row[2]}" for row in broken]
        lost = self._db.execute("SELECT id FROM articles WHERE id NOT IN (SELECT id FROM article_texts)")
        return faults + [f"article {row[0]} has no text" for row in lost]

    def _indexed(self, ids: list[int]) -> dict[int, IndexedArticle]:
        rows = self._db.execute(
            "SELECT id, revisions, first_captured_at, last_captured_at FROM articles "
            "WHERE id IN (SELECT value FROM json_each(?))",
            (json.dumps(ids),),
        )
        about = {row["id"]: row for row in rows}
        return {
            article.id: IndexedArticle(
                article,
                about[article.id]["revisions"],
                (
                    day_of(about[article.id]["first_captured_at"]),
                    day_of(about[article.id]["last_captured_at"]),
                ),
            )
            for article in self.articles(ids)
            if article.id is not None
        }

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
            lists[row["article_id"]].append(evidence_from_row(row))
        return lists


CAPTURE_COLUMNS = (
    "id, article_id, source, url, captured_at, content_type, sha256, length, "
    "snapshot, record_offset, record_length, error, dataset, identifier"
)


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


def _date(text: str | None) -> PartialDate | None:
    return None if text is None else PartialDate.fromisoformat(text)
