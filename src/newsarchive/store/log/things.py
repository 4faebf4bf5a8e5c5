"""What the log keeps a digest of, and how each is digested.

The digest of a thing is the SHA-256 of a JSON array of its columns, as SQLite's
``json_array`` and Python's ``json.dumps`` with no spaces write it alike, in UTF-8:
anyone can recompute it with ``sqlite3`` and ``sha256sum``. A form is never edited;
a thing that gets more columns gets a new form under a new name.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Collection, Iterator
from dataclasses import dataclass

Key = int | str


@dataclass(frozen=True, slots=True)
class ThingList:
    """Rows of another table that belong to a thing, in the order of the first of their columns."""

    table: str
    owner: str
    of: str
    columns: tuple[str, ...]

    @property
    def sql(self) -> str:
        """A query for them, as one text."""
        # Text, not JSON within JSON: versions of SQLite differ in what they take for JSON.
        row = f"json_array({', '.join(self.columns)}) || ''"
        return (
            f"(SELECT json_group_array({row}) FROM "
            f"(SELECT * FROM {self.table} WHERE {self.owner} = {self.of} ORDER BY {self.columns[0]}))"
        )


@dataclass(frozen=True, slots=True)
class Thing:
    """A kind of thing: its name in the log, the table and key that it is found by, and its columns."""

    name: str
    table: str
    key: str
    columns: tuple[str, ...]
    lists: tuple[ThingList, ...] = ()

    def keys(self, connection: sqlite3.Connection) -> list[Key]:
        """The key of each that there is."""
        return [row[0] for row in connection.execute(f"SELECT {self.key} FROM {self.table}")]

    def digests(
        self, connection: sqlite3.Connection, keys: Collection[Key] | None = None
    ) -> Iterator[tuple[Key, str]]:
        """The key and digest of each of these, or of all."""
        where, parameters = "", ()
        if keys is not None:
            where = f" WHERE {self.key} IN (SELECT value FROM json_each(?))"
            parameters = (json.dumps(list(keys)),)  # type: ignore[assignment]
        # A blob: Python hashes it as it is, and what is no UTF-8 stops nothing.
        columns = ", ".join((*self.columns, *(each.sql for each in self.lists)))
        rows = connection.execute(
            f"SELECT {self.key}, CAST(json_array({columns}) AS BLOB) FROM {self.table}{where}", parameters
        )
        for key, value in rows:
            yield key, hashlib.sha256(value).hexdigest()

    def with_blobs(self, connection: sqlite3.Connection) -> set[Key]:
        """The keys of those that hold a blob, which no version wrote.

        JSON has none: ``json_array`` refuses some, and from SQLite 3.45 on takes some for the text
        that they encode, so that a digest does not tell the one from the other.
        """
        tables = [(self.key, self.table, self.columns)]
        tables += [(each.owner, each.table, each.columns) for each in self.lists]
        return {
            row[0]
            for key, table, columns in tables
            for row in connection.execute(
                f"SELECT {key} FROM {table} WHERE "
                + " OR ".join(f"typeof({column}) = 'blob'" for column in columns)
            )
        }


ARTICLE = Thing(
    "article",
    "articles",
    "id",
    (
        *("id", "identity", "url", "headline", "description", "publisher", "section", "language", "image"),
        *("is_accessible_for_free", "date_published", "date_confidence", "published_source"),
        *("published_raw", "published_precision", "published_offset", "published_earliest"),
        *("published_latest", "published_sort", "date_modified", "modified_earliest", "modified_latest"),
        *("word_count", "revision_id", "revisions", "first_captured_at", "last_captured_at"),
    ),
    (
        ThingList("authors", "article_id", "articles.id", ("position", "name")),
        ThingList("keywords", "article_id", "articles.id", ("position", "keyword")),
        ThingList(
            *("evidence", "article_id", "articles.id"),
            ("position", "field", "value", "source", "raw", "confidence"),
        ),
    ),
)
REVISION = Thing(
    "revision",
    "revisions",
    "id",
    (
        *("id", "article_id", "capture_id", "captured_at", "sha256", "headline", "description"),
        *("date_published", "date_modified", "text", "extractor", "replaces"),
    ),
)
CAPTURE = Thing(
    "capture",
    "captures",
    "id",
    (
        *("id", "article_id", "error", "source", "url", "dataset", "identifier", "captured_at"),
        *("content_type", "sha256", "length", "snapshot", "record_offset", "record_length", "extractor"),
        *("format", "time_known"),
    ),
)
REPLACED = Thing(
    "replaced", "replaced_values", "id", ("id", "article_id", "field", "value", "replaced_at", "extractor")
)
REMARK = Thing("remark", "capture_remarks", "capture_id", ("capture_id", "remark"))
CORRECTION = Thing(
    "correction",
    "corrections",
    "id",
    ("id", "article_id", "field", "value", "typed", "because", "made_at"),
)
ALIAS = Thing("alias", "publisher_aliases", "spelling", ("spelling", "publisher", "because", "made_at"))
OVERRULED = Thing("overruled", "overruled_values", "article_id", ("article_id", "fields"))
SEARCH = Thing("search", "saved_searches", "name", ("name", "query", "created_at"))
RUN = Thing(
    "run",
    "search_runs",
    "id",
    (
        *("id", "name", "kind", "query", "resolved", "run_at", "version", "archive", "last_change"),
        *("articles", "captures", "total", "digest"),
    ),
    (ThingList("run_articles", "run_id", "search_runs.id", ("article_id", "revision", "sha256")),),
)
TAG = Thing(
    *("tag", "tags", "name", ("name", "created_at")),
    (ThingList("article_tags", "tag", "tags.name", ("article_id",)),),
)
NOTE = Thing("note", "notes", "id", ("id", "article_id", "made_at", "text"))
HIGHLIGHT = Thing(
    "highlight",
    "highlights",
    "id",
    ("id", "article_id", "made_at", "sha256", "start", "quote", "before", "after", "comment"),
)
COLLECTION = Thing(
    *("collection", "collections", "name", ("name", "created_at")),
    (ThingList("collection_articles", "collection", "collections.name", ("position", "article_id")),),
)
SEARCH_TAGS = Thing("search-tags", "search_tags", "search", ("search", "tags", "applied_to"))
TOMBSTONE = Thing(
    "tombstone",
    "tombstones",
    "id",
    ("id", "identity", "sha256", "captures", "reason", "removed_at"),
)
# What people put on articles.
MARKS = (TAG, NOTE, HIGHLIGHT, COLLECTION)
FEED = Thing(
    "feed",
    "feeds",
    "url",
    ("url", "title", "added_at", "etag", "last_modified", "checked_at", "newest_at", "error"),
    (ThingList("feed_entries", "feed", "feeds.url", ("entry",)),),
)
# In the order in which an entry names them.
THINGS = (
    *(CAPTURE, REVISION, ARTICLE, REPLACED, REMARK, CORRECTION, ALIAS, OVERRULED, SEARCH, RUN, FEED),
    *(*MARKS, SEARCH_TAGS, TOMBSTONE),
)


def changes_digest(connection: sqlite3.Connection, first: int, last: int) -> str:
    """The digest of the steps of the change counter from one to another, both included."""
    digest = hashlib.sha256()
    rows = connection.execute(
        "SELECT CAST(json_array(change, article_id) AS BLOB) FROM changes "
        "WHERE change BETWEEN ? AND ? ORDER BY change",
        (first, last),
    )
    for (value,) in rows:
        digest.update(value)
    return digest.hexdigest()
