"""The tables of marks, as the migration that made them has them: append only, as all of them are."""

from __future__ import annotations

MARK_TABLES = (
    """
    CREATE TABLE tags (
        name TEXT PRIMARY KEY,          -- in lower case; there while an article has it
        created_at TEXT NOT NULL        -- UTC
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE article_tags (
        tag TEXT NOT NULL REFERENCES tags (name) ON DELETE CASCADE,
        article_id INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
        PRIMARY KEY (tag, article_id)
    ) WITHOUT ROWID
    """,
    "CREATE INDEX article_tags_article ON article_tags (article_id)",
    """
    CREATE TABLE notes (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        article_id INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
        made_at TEXT NOT NULL,          -- UTC
        text TEXT NOT NULL              -- Markdown
    )
    """,
    "CREATE INDEX notes_article ON notes (article_id)",
    """
    CREATE TABLE highlights (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        article_id INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
        made_at TEXT NOT NULL,          -- UTC
        sha256 TEXT NOT NULL,           -- of the state it was made in: revisions.sha256
        start INTEGER NOT NULL,         -- where it began in the text of that state, in characters
        quote TEXT NOT NULL,            -- the passage itself
        before TEXT NOT NULL,           -- what stood before and after it, to find it again in another state
        after TEXT NOT NULL,
        comment TEXT                    -- NULL: none
    )
    """,
    "CREATE INDEX highlights_article ON highlights (article_id)",
    """
    CREATE TABLE collections (
        name TEXT PRIMARY KEY,
        created_at TEXT NOT NULL        -- UTC
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE collection_articles (
        collection TEXT NOT NULL REFERENCES collections (name) ON DELETE CASCADE,
        article_id INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
        position INTEGER NOT NULL,      -- ascending; gaps mean nothing
        PRIMARY KEY (collection, article_id)
    ) WITHOUT ROWID
    """,
    "CREATE INDEX collection_articles_article ON collection_articles (article_id)",
    """
    CREATE TABLE search_tags (
        search TEXT PRIMARY KEY REFERENCES saved_searches (name) ON DELETE CASCADE,
        tags TEXT NOT NULL,             -- JSON list: given to what is added and the search finds
        applied_to INTEGER NOT NULL     -- the newest change that it was asked of
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE tombstones (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        identity TEXT NOT NULL,         -- of the article that was removed: articles.identity
        sha256 TEXT NOT NULL,           -- of headline, newline, text, as it was last
        captures TEXT NOT NULL,         -- JSON list: the SHA-256 of each capture
        reason TEXT,                    -- NULL: none was given
        removed_at TEXT NOT NULL        -- UTC
    )
    """,
    "CREATE INDEX tombstones_identity ON tombstones (identity)",
)
