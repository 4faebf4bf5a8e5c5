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
INSERT INTO "_sqlite_migrations" VALUES(4,'newsarchive','m004_log','2026-11-25 12:03:02.570519+00:00');
INSERT INTO "_sqlite_migrations" VALUES(5,'newsarchive','m005_formats','2026-11-25 12:03:02.572064+00:00');
INSERT INTO "_sqlite_migrations" VALUES(6,'newsarchive','m006_capture_remarks','2026-11-25 12:03:02.572670+00:00');
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
CREATE TABLE capture_remarks (
        capture_id INTEGER PRIMARY KEY REFERENCES captures (id) ON DELETE CASCADE,
        remark TEXT NOT NULL            -- error page, paywall, consent wall, another story
    );
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
    , extractor INTEGER, format TEXT, time_known INTEGER);
INSERT INTO "captures" VALUES(1,1,NULL,'coast.jsonl:1',NULL,'coast','a1','2026-11-23T11:57:28Z','application/json','342924808c0c0141ae9004c8d47febaa3ef7b22c0ebc9de6da149f819408e2b4',218,'00001.warc.gz',279,399,2,NULL,NULL);
INSERT INTO "captures" VALUES(2,2,NULL,'coast.jsonl:2',NULL,'coast','a2','2026-11-23T11:57:28Z','application/json','0fb6589a385181d67bb12b5b0ede2137caf9424733f60f1b56d1dfcef76aa2ad',141,'00001.warc.gz',678,352,2,NULL,NULL);
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
CREATE TABLE log (
        entry INTEGER PRIMARY KEY,      -- counts up by one, without a gap
        kind TEXT NOT NULL,             -- founding, add, reextract, search, run, rebuild …
        made_at TEXT NOT NULL,          -- UTC
        act TEXT,                       -- JSON of what a person did; NULL: what follows from captures
        lines TEXT NOT NULL,            -- what was written, a line each: kind, SHA-256, key
        last_change INTEGER NOT NULL,   -- the newest change then
        hash TEXT NOT NULL              -- SHA-256 of the hash before and of this row
    );
INSERT INTO "log" VALUES(1,'founding','2026-11-25T12:03:02Z',NULL,'manifest 5286147c23c78bc6b547743e5e9fc972f6dafabacb7240e641d2878b974068fa newsarchive.toml
capture 1ac4d734a34e739fc91a3252d103e3daeaf46733027bdf78997336e9cded5190 1
capture 3650bf075338d1dfafb52815a929dbdd257be6f58db435dfe3731b769444af51 2
changes a031e0bfa40dcd6cfcbc1b6c155731118a2a0fefa040ed9f56b8366884f7016a 1-2
',2,'fe724da4db3a090f9117abfb1a1cd657b9b7be73bcec887414fd3181c29af5d6');
INSERT INTO "log" VALUES(2,'founding','2026-11-25T12:03:02Z',NULL,'revision 532db9432164ccf44d5f17e874389322d4b36f8f268d7abf89b543a48ca8e6df 1
revision 114d4e394c940ec24f88be00c746444bc8bdeb25fef377389f60d24f95cb108c 2
',2,'b81b1daf198a733d1f16088cb0e8b4e25945210a8ccfb43f62b426af2d141b19');
INSERT INTO "log" VALUES(3,'founding','2026-11-25T12:03:02Z',NULL,'article e9e6d0bb39edb6ecd12fdd09793bc1a97946853b336920631e07aa47b19a45bf 1
article 6ed36d3ac01a22213d054b783f419ac18af65a0a19e70310e8d240d272c62254 2
',2,'e92feb0b23ca054963c828b7e021035a21c3d17d4b289e82ec9fb78f965f0cac');
INSERT INTO "log" VALUES(4,'founding','2026-11-25T12:03:02Z',NULL,'search 4f0a141f52c7b6b6865a55f8a11a7a8adb2fbc0e3d260fd1323e42143ae5c661 coast
',2,'4d98d322772d2df95dee4e5b376d0bedaf74029e35b79f1309be8dcec5666308');
INSERT INTO "log" VALUES(5,'founding','2026-11-25T12:03:02Z',NULL,'run fd96d947ecf14d2beb6db6b487aa299935031329d13f1a44cb762d256b249174 1
',2,'f552601b3162670c89db8ac0f228af9fa6acb79e87e84f1006b5e5f2ed0f1998');
INSERT INTO "log" VALUES(6,'founding','2026-11-25T12:03:02Z','{}','snapshot - 0-1030 00001.warc.gz
',2,'370a62fd301a4f794eafacee380c7f1139439ce5bc7feb8d0bb68d86ee89add5');
INSERT INTO "log" VALUES(7,'reextract','2026-11-25T12:03:02Z',NULL,'capture 0d07130d8e78a1da907140474f22a85167e395612ba854dbdd2ef72e20793aee 1
capture 17ac9c6d98422ba35d799e885694e9d6fb4fee519c3ae87ca2afd9538fb58e19 2
',2,'4463fbb7bbb1a9aba82c197e30ad89ee22b07b65e6585fd3e51137bc1a26e882');
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
