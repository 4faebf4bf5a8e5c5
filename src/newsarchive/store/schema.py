"""The tables of archive.db, as numbered migrations.

Append only: a migration that a release has shipped is never edited. Each runs
in one transaction together with the record that it was applied. The comments
inside the statements are kept by SQLite, so that ``.schema`` and Datasette
show them too.
"""

from __future__ import annotations

from functools import lru_cache

from sqlite_utils import Migrations
from sqlite_utils.db import Database

from newsarchive.store.database import FORMAT
from newsarchive.store.marks.mark_tables import MARK_TABLES

# "NEWS" in ASCII, so that file(1) and SQLite tools can tell what the file is.
APPLICATION_ID = 0x4E455753

MIGRATIONS = Migrations("newsarchive")

_M001 = (
    """
    CREATE TABLE snapshots (
        name TEXT PRIMARY KEY,      -- file below snapshots/
        length INTEGER NOT NULL     -- bytes that are acknowledged; what follows was never committed
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE articles (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        identity TEXT NOT NULL UNIQUE,  -- 'url:…', 'row:DATASET/ID' or 'sha256:…' of the text
        url TEXT,                       -- canonical URL
        headline TEXT,
        description TEXT,
        publisher TEXT,
        section TEXT,
        language TEXT,                  -- BCP 47
        image TEXT,
        is_accessible_for_free INTEGER, -- 1, 0; NULL: not stated
        date_published TEXT,            -- ISO 8601 as precise as known: 2024-10, 2024-10-30T14:05+01:00
        date_confidence TEXT,           -- high, medium, low
        published_source TEXT,          -- json-ld, meta, microdata, url, time-tag, text, masthead, user …
        published_raw TEXT,             -- the string the date was read from
        published_precision TEXT,       -- year, month, day, minute, second
        published_offset INTEGER,       -- minutes east of UTC; NULL: not stated
        published_earliest TEXT,        -- first day that date_published may mean
        published_latest TEXT,          -- last day that date_published may mean
        published_sort TEXT,            -- orders by date and time of day as stated
        date_modified TEXT,
        modified_earliest TEXT,
        modified_latest TEXT,
        word_count INTEGER NOT NULL,    -- of the text; in scripts without spaces, characters
        revision_id INTEGER,            -- the current revision
        revisions INTEGER NOT NULL,     -- how many states of the text are known
        first_captured_at TEXT NOT NULL,-- UTC
        last_captured_at TEXT NOT NULL  -- UTC
    )
    """,
    # Covers a listing by date with its total.
    "CREATE INDEX articles_published ON articles (published_sort, published_earliest, published_latest)",
    "CREATE INDEX articles_language ON articles (language)",
    """
    CREATE TABLE authors (
        article_id INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
        position INTEGER NOT NULL,  -- 0 is the first named
        name TEXT NOT NULL,
        PRIMARY KEY (article_id, position)
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE keywords (
        article_id INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
        position INTEGER NOT NULL,
        keyword TEXT NOT NULL,
        PRIMARY KEY (article_id, position)
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE captures (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        article_id INTEGER REFERENCES articles (id) ON DELETE SET NULL, -- NULL: no article came out
        error TEXT,                     -- why no article came out
        source TEXT NOT NULL,           -- what was named to add: a path, a URL, path:line
        url TEXT,                       -- where the bytes were fetched from; NULL: not fetched
        dataset TEXT,                   -- for a row of a dataset
        identifier TEXT,                -- its id there
        captured_at TEXT NOT NULL,      -- UTC
        content_type TEXT,
        sha256 TEXT NOT NULL,           -- of the payload
        length INTEGER NOT NULL,        -- of the payload, bytes
        snapshot TEXT NOT NULL          -- checked at commit: its length is known when the group ends
            REFERENCES snapshots (name) DEFERRABLE INITIALLY DEFERRED,
        record_offset INTEGER NOT NULL, -- of the WARC record in its file, bytes
        record_length INTEGER NOT NULL  -- gzipped, bytes
    )
    """,
    "CREATE INDEX captures_sha256 ON captures (sha256)",
    "CREATE INDEX captures_article ON captures (article_id)",
    """
    CREATE TABLE revisions (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        article_id INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
        capture_id INTEGER NOT NULL REFERENCES captures (id), -- the first capture in this state
        captured_at TEXT NOT NULL,      -- UTC
        sha256 TEXT NOT NULL,           -- of headline, newline, text
        headline TEXT,
        description TEXT,
        date_published TEXT,            -- as stated in this state
        date_modified TEXT,
        text TEXT NOT NULL              -- paragraphs separated by one newline
    )
    """,
    "CREATE INDEX revisions_article ON revisions (article_id)",
    """
    CREATE TABLE evidence (
        article_id INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
        position INTEGER NOT NULL,
        field TEXT NOT NULL,
        value TEXT NOT NULL,
        source TEXT NOT NULL,
        raw TEXT NOT NULL,              -- as found on the page
        confidence TEXT NOT NULL,
        PRIMARY KEY (article_id, position)
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE changes (
        change INTEGER PRIMARY KEY AUTOINCREMENT, -- grows by every change of an article, never reused
        article_id INTEGER NOT NULL               -- no reference: a change may be that the article is gone
    )
    """,
    "CREATE INDEX changes_article ON changes (article_id, change)",
    """
    CREATE VIEW article_texts AS
        SELECT articles.*, revisions.text
        FROM articles JOIN revisions ON revisions.id = articles.revision_id
    """,
    """
    CREATE VIEW article_history AS
        SELECT article_id,
               row_number() OVER (PARTITION BY article_id ORDER BY captured_at, id) AS revision,
               captured_at, headline, date_published, date_modified, length(text) AS characters,
               id AS revision_id, capture_id
        FROM revisions
    """,
)


@MIGRATIONS()
def m001_initial(db: Database) -> None:
    """Articles, their revisions, captures, evidence and the change counter."""
    for statement in _M001:
        db.execute(statement)


_SEARCHES = (
    """
    CREATE TABLE saved_searches (
        name TEXT PRIMARY KEY,
        query TEXT NOT NULL,            -- as typed: relative dates count from the day of each run
        created_at TEXT NOT NULL        -- UTC
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE search_runs (
        id INTEGER PRIMARY KEY AUTOINCREMENT, -- never reused: a run can be cited
        name TEXT NOT NULL REFERENCES saved_searches (name) ON DELETE CASCADE,
        kind TEXT NOT NULL,             -- run: kept; watch: replaced by the next one of its search
        query TEXT NOT NULL,            -- as it was typed when it ran
        resolved TEXT NOT NULL,         -- the same with its relative dates written out
        run_at TEXT NOT NULL,           -- UTC
        version TEXT NOT NULL,          -- of newsarchive
        archive TEXT NOT NULL,          -- uuid
        last_change INTEGER NOT NULL,   -- the newest change that was searched
        articles INTEGER NOT NULL,      -- in the archive
        captures INTEGER NOT NULL,
        total INTEGER NOT NULL,         -- articles that matched
        digest TEXT NOT NULL            -- sha256 of a line 'article_id sha256' for each match, by article_id
    )
    """,
    "CREATE INDEX search_runs_name ON search_runs (name, id)",
    """
    CREATE TABLE run_articles (
        run_id INTEGER NOT NULL REFERENCES search_runs (id) ON DELETE CASCADE,
        article_id INTEGER NOT NULL,    -- no reference: a run outlives its articles
        revision INTEGER NOT NULL,      -- number of the state that matched; 1 is the oldest
        sha256 TEXT NOT NULL,           -- of that state: revisions.sha256
        PRIMARY KEY (run_id, article_id)
    ) WITHOUT ROWID
    """,
)


@MIGRATIONS()
def m002_saved_searches(db: Database) -> None:
    """Searches that are run again, and what each run found, so that runs can be compared and cited."""
    for statement in _SEARCHES:
        db.execute(statement)


_READINGS = (
    # The version of extraction that last read the capture; NULL: read before versions were recorded.
    "ALTER TABLE captures ADD COLUMN extractor INTEGER",
    # The version of extraction that read the state; NULL as above.
    "ALTER TABLE revisions ADD COLUMN extractor INTEGER",
    # The older reading of the same state; NULL: a state of its own.
    "ALTER TABLE revisions ADD COLUMN replaces INTEGER REFERENCES revisions (id)",
    """
    CREATE TABLE replaced_values (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        article_id INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
        field TEXT NOT NULL,            -- as in the JSON form of an article; the text is in revisions
        value TEXT NOT NULL,            -- JSON: what stood there before
        replaced_at TEXT NOT NULL,      -- UTC
        extractor INTEGER NOT NULL      -- version of extraction that reads it otherwise
    )
    """,
    "CREATE INDEX replaced_values_article ON replaced_values (article_id)",
    "DROP VIEW article_history",
    """
    CREATE VIEW article_history AS
        SELECT article_id,
               row_number() OVER (PARTITION BY article_id ORDER BY captured_at, id) AS revision,
               captured_at, headline, date_published, date_modified, length(text) AS characters,
               id AS revision_id, capture_id, replaces
        FROM revisions
    """,
)


@MIGRATIONS()
def m003_readings(db: Database) -> None:
    """Which version of extraction read what, so that captures can be reextracted without losing a value."""
    for statement in _READINGS:
        db.execute(statement)


_LOG = """
    CREATE TABLE log (
        entry INTEGER PRIMARY KEY,      -- counts up by one, without a gap
        kind TEXT NOT NULL,             -- founding, add, reextract, search, run, rebuild …
        made_at TEXT NOT NULL,          -- UTC
        act TEXT,                       -- JSON of what a person did; NULL: what follows from captures
        lines TEXT NOT NULL,            -- what was written, a line each: kind, SHA-256, key
        last_change INTEGER NOT NULL,   -- the newest change then
        hash TEXT NOT NULL              -- SHA-256 of the hash before and of this row
    )
    """


@MIGRATIONS()
def m004_log(db: Database) -> None:
    """What was written, chained by hashes. The first writer enters all that is there already."""
    db.execute(_LOG)


_FORMATS = (
    # What the bytes are, by the table of formats (html, text, row …); NULL: stored before this was recorded.
    "ALTER TABLE captures ADD COLUMN format TEXT",
    # 1: captured_at is when the bytes were captured, 0: when they came here; NULL: stored before this
    # was recorded, and known for what was fetched alone.
    "ALTER TABLE captures ADD COLUMN time_known INTEGER",
)


@MIGRATIONS()
def m005_formats(db: Database) -> None:
    """What each capture is, and whether its time is its own, so that it is read again as it was read."""
    for statement in _FORMATS:
        db.execute(statement)


_REMARKS = """
    CREATE TABLE capture_remarks (
        capture_id INTEGER PRIMARY KEY REFERENCES captures (id) ON DELETE CASCADE,
        remark TEXT NOT NULL            -- error page, paywall, consent wall, another story
    )
    """


@MIGRATIONS()
def m006_capture_remarks(db: Database) -> None:
    """Captures that show something else than their article, which keeps its last good text."""
    db.execute(_REMARKS)


_CORRECTIONS = (
    """
    CREATE TABLE corrections (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        article_id INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
        field TEXT NOT NULL,            -- as in the JSON form of an article
        value TEXT NOT NULL,            -- JSON: what a user says instead of what pages say
        typed TEXT NOT NULL,            -- the same as it was typed
        because TEXT NOT NULL,
        made_at TEXT NOT NULL,          -- UTC
        UNIQUE (article_id, field)
    )
    """,
    """
    CREATE TABLE publisher_aliases (
        spelling TEXT PRIMARY KEY,      -- in lower case, with single blanks
        publisher TEXT NOT NULL,        -- the name that takes its place
        because TEXT NOT NULL,          -- '': not stated
        made_at TEXT NOT NULL           -- UTC
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE overruled_values (
        article_id INTEGER PRIMARY KEY REFERENCES articles (id) ON DELETE CASCADE,
        fields TEXT NOT NULL            -- JSON: what pages say, where a correction or an alias says otherwise
    )
    """,
)


@MIGRATIONS()
def m007_corrections(db: Database) -> None:
    """What users say of values, beside what pages say, so that either can be had again."""
    for statement in _CORRECTIONS:
        db.execute(statement)


@MIGRATIONS()
def m008_marks(db: Database) -> None:
    """What people put on articles, and what they removed."""
    for statement in MARK_TABLES:
        db.execute(statement)


_FEEDS = (
    """
    CREATE TABLE feeds (
        url TEXT PRIMARY KEY,
        title TEXT,
        added_at TEXT NOT NULL,         -- UTC
        etag TEXT,                      -- what its server said last, to ask for news alone
        last_modified TEXT,
        checked_at TEXT,                -- UTC; NULL: never asked
        newest_at TEXT,                 -- UTC, when it last brought something; NULL: never
        error TEXT                      -- why it could not be read when last asked; NULL: it could
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE feed_entries (
        feed TEXT NOT NULL REFERENCES feeds (url) ON DELETE CASCADE,
        entry TEXT NOT NULL,            -- its identifier, else its address: dealt with, and still in the feed
        PRIMARY KEY (feed, entry)
    ) WITHOUT ROWID
    """,
)


@MIGRATIONS()
def m009_feeds(db: Database) -> None:
    """Feeds that are followed, and which of their entries were dealt with."""
    for statement in _FEEDS:
        db.execute(statement)


@lru_cache(maxsize=1)
def expected_objects() -> dict[str, str]:
    """The SQL of each table, index and view of the current format, by name."""
    db = Database(memory=True)
    MIGRATIONS.apply(db)
    rows = db.execute(
        "SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL "
        "AND tbl_name NOT LIKE '\\_sqlite%' ESCAPE '\\'"
    )
    return dict(rows.fetchall())


@lru_cache(maxsize=1)
def expected_migrations() -> list[tuple[str, str]]:
    """The set and name of each migration of the current format."""
    db = Database(memory=True)
    MIGRATIONS.apply(db)
    return sorted(db.execute("SELECT migration_set, name FROM _sqlite_migrations").fetchall())


def migrate(db: Database) -> None:
    """Bring a database to the current format."""
    MIGRATIONS.apply(db)
    # Both are part of the file header; neither takes a parameter.
    db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    db.execute(f"PRAGMA user_version = {FORMAT}")
