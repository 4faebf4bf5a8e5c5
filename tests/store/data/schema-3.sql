BEGIN TRANSACTION;
CREATE TABLE "_sqlite_migrations" (
   "id" INTEGER PRIMARY KEY,
   "migration_set" TEXT,
   "name" TEXT,
   "applied_at" TEXT
);
INSERT INTO "_sqlite_migrations" VALUES(1,'newsarchive','m001_initial','2026-11-23 11:57:28.026481+00:00');
INSERT INTO "_sqlite_migrations" VALUES(2,'newsarchive','m002_saved_searches','2026-11-25 08:48:16.996043+00:00');
INSERT INTO "_sqlite_migrations" VALUES(3,'newsarchive','m003_readings','2026-11-25 08:48:17.026071+00:00');
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
    );
INSERT INTO "articles" VALUES(1,'row:coast/a1',NULL,'Lighthouse is lit again',NULL,'Invented Coast News',NULL,'en',NULL,NULL,'2023-04','high','dataset','2023-04','month',NULL,'2023-04-01','2023-04-30','2023-04-00T00:00:00',NULL,NULL,NULL,8,1,1,'2026-11-23T11:57:28Z','2026-11-23T11:57:28Z');
INSERT INTO "articles" VALUES(2,'row:coast/a2',NULL,'Ferry sails in fog',NULL,NULL,NULL,'en',NULL,NULL,'2023-05-02T08:15:00+02:00','high','dataset','2023-05-02T08:15:00+02:00','second',120,'2023-05-02','2023-05-02','2023-05-02T08:15:00',NULL,NULL,NULL,6,2,1,'2026-11-23T11:57:28Z','2026-11-23T11:57:28Z');
CREATE TABLE authors (
        article_id INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
        position INTEGER NOT NULL,  -- 0 is the first named
        name TEXT NOT NULL,
        PRIMARY KEY (article_id, position)
    ) WITHOUT ROWID
    ;
INSERT INTO "authors" VALUES(1,0,'Ada Marsh');
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
    , extractor INTEGER);
INSERT INTO "captures" VALUES(1,1,NULL,'coast.jsonl:1',NULL,'coast','a1','2026-11-23T11:57:28Z','application/json','342924808c0c0141ae9004c8d47febaa3ef7b22c0ebc9de6da149f819408e2b4',218,'00001.warc.gz',279,399,NULL);
INSERT INTO "captures" VALUES(2,2,NULL,'coast.jsonl:2',NULL,'coast','a2','2026-11-23T11:57:28Z','application/json','0fb6589a385181d67bb12b5b0ede2137caf9424733f60f1b56d1dfcef76aa2ad',141,'00001.warc.gz',678,352,NULL);
CREATE TABLE changes (
        change INTEGER PRIMARY KEY AUTOINCREMENT, -- grows by every change of an article, never reused
        article_id INTEGER NOT NULL               -- no reference: a change may be that the article is gone
    );
INSERT INTO "changes" VALUES(1,1);
INSERT INTO "changes" VALUES(2,2);
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
    ;
INSERT INTO "evidence" VALUES(1,0,'date_published','2023-04','dataset','2023-04','high');
INSERT INTO "evidence" VALUES(2,0,'date_published','2023-05-02T08:15:00+02:00','dataset','2023-05-02T08:15:00+02:00','high');
CREATE TABLE keywords (
        article_id INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
        position INTEGER NOT NULL,
        keyword TEXT NOT NULL,
        PRIMARY KEY (article_id, position)
    ) WITHOUT ROWID
    ;
INSERT INTO "keywords" VALUES(1,0,'coast');
CREATE TABLE replaced_values (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        article_id INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
        field TEXT NOT NULL,            -- as in the JSON form of an article; the text is in revisions
        value TEXT NOT NULL,            -- JSON: what stood there before
        replaced_at TEXT NOT NULL,      -- UTC
        extractor INTEGER NOT NULL      -- version of extraction that reads it otherwise
    );
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
    , extractor INTEGER, replaces INTEGER REFERENCES revisions (id));
INSERT INTO "revisions" VALUES(1,1,1,'2026-11-23T11:57:28Z','c693bf44b61c38ee97ca7c0603762770ded5d106d1c2aad23ffc504a058c6cdd','Lighthouse is lit again',NULL,'2023-04',NULL,'The lamp of the old tower burns again.',NULL,NULL);
INSERT INTO "revisions" VALUES(2,2,2,'2026-11-23T11:57:28Z','02c45ad94d46b4c8fb1791f107e433ffcbf53f3202c88423463cccf19c035819','Ferry sails in fog',NULL,'2023-05-02T08:15:00+02:00',NULL,'The ferry left an hour late.',NULL,NULL);
CREATE TABLE run_articles (
        run_id INTEGER NOT NULL REFERENCES search_runs (id) ON DELETE CASCADE,
        article_id INTEGER NOT NULL,    -- no reference: a run outlives its articles
        revision INTEGER NOT NULL,      -- number of the state that matched; 1 is the oldest
        sha256 TEXT NOT NULL,           -- of that state: revisions.sha256
        PRIMARY KEY (run_id, article_id)
    ) WITHOUT ROWID
    ;
INSERT INTO "run_articles" VALUES(1,1,1,'c693bf44b61c38ee97ca7c0603762770ded5d106d1c2aad23ffc504a058c6cdd');
CREATE TABLE saved_searches (
        name TEXT PRIMARY KEY,
        query TEXT NOT NULL,            -- as typed: relative dates count from the day of each run
        created_at TEXT NOT NULL        -- UTC
    ) WITHOUT ROWID
    ;
INSERT INTO "saved_searches" VALUES('coast','lighthouse','2026-11-25T08:48:17Z');
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
    );
INSERT INTO "search_runs" VALUES(1,'coast','run','lighthouse','lighthouse','2026-11-25T08:48:17Z','0.1.0','60a10a38-ac99-422f-92b2-770cc6f1161b',2,2,2,1,'67bc6ae4e0d152f0ec41359136a05821e257feb3fb682f21b7b0cdcde5236ba8');
CREATE TABLE snapshots (
        name TEXT PRIMARY KEY,      -- file below snapshots/
        length INTEGER NOT NULL     -- bytes that are acknowledged; what follows was never committed
    ) WITHOUT ROWID
    ;
INSERT INTO "snapshots" VALUES('00001.warc.gz',1030);
CREATE UNIQUE INDEX "idx__sqlite_migrations_migration_set_name"
    ON "_sqlite_migrations" ("migration_set", "name");
CREATE INDEX articles_published ON articles (published_sort, published_earliest, published_latest);
CREATE INDEX articles_language ON articles (language);
CREATE INDEX captures_sha256 ON captures (sha256);
CREATE INDEX captures_article ON captures (article_id);
CREATE INDEX revisions_article ON revisions (article_id);
CREATE INDEX changes_article ON changes (article_id, change);
CREATE VIEW article_texts AS
        SELECT articles.*, revisions.text
        FROM articles JOIN revisions ON revisions.id = articles.revision_id;
CREATE INDEX search_runs_name ON search_runs (name, id);
CREATE INDEX replaced_values_article ON replaced_values (article_id);
CREATE VIEW article_history AS
        SELECT article_id,
               row_number() OVER (PARTITION BY article_id ORDER BY captured_at, id) AS revision,
               captured_at, headline, date_published, date_modified, length(text) AS characters,
               id AS revision_id, capture_id, replaces
        FROM revisions;
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('articles',2);
INSERT INTO "sqlite_sequence" VALUES('captures',2);
INSERT INTO "sqlite_sequence" VALUES('revisions',2);
INSERT INTO "sqlite_sequence" VALUES('changes',2);
INSERT INTO "sqlite_sequence" VALUES('search_runs',1);
COMMIT;
