"""SQLite: a database of the matches alone, with their revisions and full-text search; for Datasette, too."""

from __future__ import annotations

import json
import shutil
import sqlite3
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any, BinaryIO

from newsarchive.base.dates import utc_text
from newsarchive.errors import ExportError
from newsarchive.export.clean_text import encodable
from newsarchive.export.export_format import FileFormat, FolderFormat, NoOptions
from newsarchive.export.export_source import ExportSource
from newsarchive.export.tables.columns import COLUMNS
from newsarchive.model import Article

_SCHEMA = """
CREATE TABLE articles (
    id INTEGER PRIMARY KEY, url TEXT, headline TEXT, description TEXT,
    authors TEXT,                   -- JSON list
    date_published TEXT,            -- ISO 8601, as precise as known
    date_confidence TEXT, date_modified TEXT, publisher TEXT, section TEXT,
    keywords TEXT,                  -- JSON list
    language TEXT, image TEXT, is_accessible_for_free INTEGER, word_count INTEGER, text TEXT
);
CREATE TABLE revisions (
    article_id INTEGER NOT NULL REFERENCES articles (id), number INTEGER NOT NULL, captured_at TEXT NOT NULL,
    headline TEXT, description TEXT, date_published TEXT, date_modified TEXT, text TEXT NOT NULL,
    PRIMARY KEY (article_id, number)
);
CREATE TABLE captures (
    id INTEGER PRIMARY KEY, article_id INTEGER NOT NULL REFERENCES articles (id), source TEXT NOT NULL,
    url TEXT, captured_at TEXT NOT NULL, content_type TEXT, sha256 TEXT NOT NULL, length INTEGER NOT NULL
);
CREATE TABLE evidence (
    article_id INTEGER NOT NULL REFERENCES articles (id), field TEXT NOT NULL, value TEXT NOT NULL,
    source TEXT NOT NULL, raw TEXT NOT NULL, confidence TEXT NOT NULL
);
CREATE TABLE tags (article_id INTEGER NOT NULL REFERENCES articles (id), tag TEXT NOT NULL);
CREATE TABLE collections (article_id INTEGER NOT NULL REFERENCES articles (id), collection TEXT NOT NULL);
CREATE TABLE notes (
    article_id INTEGER NOT NULL REFERENCES articles (id), made_at TEXT NOT NULL, text TEXT NOT NULL
);
CREATE TABLE highlights (
    article_id INTEGER NOT NULL REFERENCES articles (id), made_at TEXT NOT NULL, quote TEXT NOT NULL,
    comment TEXT
);
CREATE TABLE export (name TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
CREATE VIRTUAL TABLE articles_fts
    USING fts5 (headline, description, text, content='articles', content_rowid='id');
"""
_INDEXES = """
INSERT INTO articles_fts (articles_fts) VALUES ('rebuild');
CREATE INDEX articles_date_published ON articles (date_published);
CREATE INDEX articles_publisher ON articles (publisher);
CREATE INDEX captures_article ON captures (article_id);
CREATE INDEX evidence_article ON evidence (article_id);
"""
_ROWS = {
    "articles": 16,
    "revisions": 8,
    "captures": 8,
    "evidence": 6,
    "tags": 2,
    "collections": 2,
    "notes": 3,
    "highlights": 4,
}
_DATABASE = "articles.db"


def write(source: ExportSource, stream: BinaryIO, options: NoOptions) -> int:
    """Make the database in a temporary folder, as SQLite writes to names only, and copy it."""
    del options
    with tempfile.TemporaryDirectory(prefix="newsarchive-") as folder:
        path = Path(folder) / _DATABASE
        count = _fill(source, path)
        with path.open("rb") as file:
            shutil.copyfileobj(file, stream)
    return count


def write_folder(source: ExportSource, folder: Path, options: NoOptions) -> int:
    """The database with what Datasette shows it with."""
    del options
    count = _fill(source, folder / _DATABASE)
    metadata = json.dumps(_metadata(source), ensure_ascii=False, indent=2)
    (folder / "metadata.json").write_text(metadata + "\n", encoding="utf-8", errors="replace")
    return count


def _fill(source: ExportSource, path: Path) -> int:
    try:
        return _filled(source, path)
    except sqlite3.Error as exc:
        raise ExportError(f"can't write the database: {exc}", hint="check the disk") from exc


def _filled(source: ExportSource, path: Path) -> int:
    with closing(sqlite3.connect(path)) as database:
        # Nobody reads it before it is whole.
        database.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;" + _SCHEMA)
        count = 0
        for article in source.articles():
            for table, row in _rows(source, article):
                marks = ", ".join("?" * _ROWS[table])
                database.execute(f"INSERT INTO {table} VALUES ({marks})", _storable(row))  # noqa: S608
            count += 1
        about = [(name, str(value)) for name, value in _about(source).items()]
        database.executemany("INSERT INTO export VALUES (?, ?)", about)
        database.commit()
        database.executescript(_INDEXES)
    return count


def _rows(source: ExportSource, article: Article) -> Iterator[tuple[str, Iterable[Any]]]:
    article_id = article.id or 0
    yield "articles", [_stored(article, column) for column in COLUMNS]
    for revision in source.revisions(article_id):
        dates = [_iso(revision.date_published), _iso(revision.date_modified)]
        titles = [utc_text(revision.captured_at), revision.headline, revision.description]
        yield "revisions", [article_id, revision.number, *titles, *dates, revision.text]
    for each in source.captures(article_id):
        place = [each.source, each.url, utc_text(each.captured_at), each.content_type]
        yield "captures", [each.id, article_id, *place, each.sha256, each.length]
    for item in article.evidence:
        yield "evidence", [article_id, item.field, item.value, item.source, item.raw, item.confidence]
    yield from _marks(source, article_id)


def _marks(source: ExportSource, article_id: int) -> Iterator[tuple[str, Iterable[Any]]]:
    marks = source.marks(article_id)
    for tag in marks.tags:
        yield "tags", [article_id, tag]
    for name in marks.collections:
        yield "collections", [article_id, name]
    for note in marks.notes:
        yield "notes", [article_id, utc_text(note.made_at), note.text]
    for each in marks.highlights:
        yield "highlights", [article_id, utc_text(each.made_at), each.quote, each.comment]


def _stored(article: Article, column: str) -> Any:
    value = getattr(article, column)
    if isinstance(value, tuple):
        return json.dumps(value, ensure_ascii=False)
    return _iso(value) if column.startswith("date_") else value


def _storable(row: Iterable[Any]) -> list[Any]:
    return [encodable(str(value)) if isinstance(value, str) else value for value in row]


def _iso(value: Any) -> str | None:
    return None if value is None else str(value)


def _about(source: ExportSource) -> dict[str, object]:
    search = source.search
    return {
        "query": encodable(search.query),
        "archive": encodable(search.archive),
        "uuid": search.uuid,
        "last_change": search.last_change,
        "exported_at": utc_text(search.exported_at),
        "newsarchive": search.version,
        "datasette": json.dumps(_metadata(source), ensure_ascii=False),
    }


def _metadata(source: ExportSource) -> dict[str, Any]:
    """What ``datasette -m`` takes. Source: Datasette, "Metadata" and "Facets"."""
    articles = {
        "label_column": "headline",
        "sort_desc": "date_published",
        "facets": ["publisher", "section", "language", {"array": "authors"}, {"array": "keywords"}],
        "fts_table": "articles_fts",
        "fts_pk": "id",
    }
    title = f"{source.search.query or 'All articles'} ({source.search.archive})"
    return {"title": title, "databases": {Path(_DATABASE).stem: {"tables": {"articles": articles}}}}


FORMAT = FileFormat(
    name="sqlite",
    title="a database with revisions, captures and full-text search",
    suffix=".db",
    media_type="application/vnd.sqlite3",
    is_text=False,
    options=NoOptions,
    write=write,
)
DATASETTE = FolderFormat(
    name="datasette",
    title="a folder: that database, and metadata.json for Datasette",
    options=NoOptions,
    write=write_folder,
)
