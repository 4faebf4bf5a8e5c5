"""verify proves: whatever another program alters, removes or puts in is found, and nothing else."""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from archive_data import write_dataset

from newsarchive import Archive, Fault, NotAnArchive


@pytest.fixture(scope="module")
def pristine(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive with revisions, corrections, a failed capture and runs of saved searches."""
    base = tmp_path_factory.mktemp("verify")
    rows = write_dataset(base / "rows.jsonl", 6)
    with Archive.open(
        base / "a",
        create=True,
    ) as archive:
        list(archive.add([rows], workers=1))
        changed = [json.loads(line) for line in rows.read_text().splitlines()]
        changed[0]["text"] = "Another text of the ferry."
        changed[1] |= {"authors": ["Ines Corvane"], "keywords": ["ferry"]}
        changed[2]["publisher"] = "Almar Courier"
        rows.write_text("".join(json.dumps(row) + "\n" for row in changed))
        list(archive.add([rows], workers=1))
        (base / "empty.html").write_text("<html><script>x()</script></html>")
        list(archive.add([base / "empty.html"], workers=1))
        archive.saved.add("ferries", "ferry")
        archive.saved.run("ferries")
    return base / "a"


@pytest.fixture
def folder(pristine: Path, tmp_path: Path) -> Path:
    """A copy to be altered."""
    return shutil.copytree(pristine, tmp_path / "a")


def verify(folder: Path, *, quick: bool = False) -> list[Fault]:
    """What verify finds."""
    with Archive.open(folder) as archive:
        return list(archive.verify(quick=quick))


STATEMENTS = {
    "text": "UPDATE revisions SET text = text || '!' WHERE id = 3",
    "invalid UTF-8": "UPDATE revisions SET text = CAST(x'ff' || text AS TEXT) WHERE id = 3",
    "revision's headline": "UPDATE revisions SET headline = 'x' WHERE id = 3",
    "revision's digest": "UPDATE revisions SET sha256 = 'x' WHERE id = 3",
    "revision's capture": "UPDATE revisions SET capture_id = 1 WHERE id = 3",
    "revision's moment": "UPDATE revisions SET captured_at = '2020-01-01T00:00:00Z' WHERE id = 3",
    "headline": "UPDATE articles SET headline = 'x' WHERE id = 3",
    "description": "UPDATE articles SET description = 'x' WHERE id = 3",
    "date": "UPDATE articles SET date_published = '2020-01-01' WHERE id = 3",
    "confidence": "UPDATE articles SET date_confidence = 'low' WHERE id = 3",
    "earliest day": "UPDATE articles SET published_earliest = '2020-01-01' WHERE id = 3",
    "publisher": "UPDATE articles SET publisher = NULL WHERE id = 3",
    "language": "UPDATE articles SET language = 'fr' WHERE id = 3",
    "address": "UPDATE articles SET url = 'https://a.example/' WHERE id = 3",
    "identity": "UPDATE articles SET identity = 'x' WHERE id = 3",
    "current revision": "UPDATE articles SET revision_id = 1 WHERE id = 3",
    "number of revisions": "UPDATE articles SET revisions = 7 WHERE id = 3",
    "words": "UPDATE articles SET word_count = 7 WHERE id = 3",
    "author": "UPDATE authors SET name = 'x'",
    "author removed": "DELETE FROM authors",
    "author put in": "INSERT INTO authors VALUES (3, 0, 'x')",
    "keyword": "UPDATE keywords SET keyword = 'x'",
    "place of a keyword": "UPDATE keywords SET position = 4",
    "evidence": "UPDATE evidence SET raw = 'x' WHERE article_id = 3 AND position = 0",
    "evidence removed": "DELETE FROM evidence WHERE article_id = 3",
    "capture's digest": "UPDATE captures SET sha256 = 'x' WHERE id = 3",
    "capture's source": "UPDATE captures SET source = 'x' WHERE id = 3",
    "capture's place": "UPDATE captures SET record_offset = 1 WHERE id = 3",
    "capture's moment": "UPDATE captures SET captured_at = '2020-01-01T00:00:00Z' WHERE id = 3",
    "capture's reason": "UPDATE captures SET error = 'x' WHERE article_id IS NULL",
    "capture removed": "DELETE FROM captures WHERE article_id IS NULL",
    "replaced value": "UPDATE replaced_values SET value = '1'",
    "replaced value removed": "DELETE FROM replaced_values WHERE id = 1",
    "article removed": "DELETE FROM articles WHERE id = 3",
    "article put in": "INSERT INTO articles (identity, word_count, revisions, revision_id, "
    "first_captured_at, last_captured_at) VALUES ('x', 1, 1, 1, '2020-01-01T00:00:00Z', "
    "'2020-01-01T00:00:00Z')",
    "revision removed": "DELETE FROM revisions WHERE id = 1",
    "acknowledged length": "UPDATE snapshots SET length = length - 1",
    "snapshot unnamed": "DELETE FROM snapshots",
    "saved search": "UPDATE saved_searches SET query = 'x'",
    "run's total": "UPDATE search_runs SET total = 1",
    "run's digest": "UPDATE search_runs SET digest = 'x'",
    "article of a run": "DELETE FROM run_articles WHERE article_id = 3",
    "change": "UPDATE changes SET article_id = 1 WHERE change = 3",
    "change put in": "INSERT INTO changes (article_id) VALUES (3)",
    "change removed": "DELETE FROM changes WHERE change = 3",
    "log entry": "UPDATE log SET made_at = '2020-01-01T00:00:00Z' WHERE entry = 3",
    "log line": "UPDATE log SET lines = replace(lines, 'article', 'artikle') WHERE entry = 3",
    "log entry removed": "DELETE FROM log WHERE entry = 3",
    "end of the log removed": "DELETE FROM log WHERE entry = (SELECT max(entry) FROM log)",
    "act of the log": "UPDATE log SET act = '' WHERE act IS NULL",
    "log line, as a blob": "UPDATE log SET lines = CAST(lines AS BLOB) WHERE entry = 3",
    # From SQLite 3.45 on, a blob that encodes a text as JSONB has the digest of that text.
    "headline, as a blob": "UPDATE articles SET headline = CAST(headline AS BLOB) WHERE id = 3",
    "author, as a blob": "UPDATE authors SET name = CAST(name AS BLOB)",
    "name of a snapshot, as a blob": "UPDATE snapshots SET name = CAST(name AS BLOB)",
    "counter of articles set back": "UPDATE sqlite_sequence SET seq = 1 WHERE name = 'articles'",
    "counter of articles set ahead": "UPDATE sqlite_sequence SET seq = seq + 1 WHERE name = 'articles'",
    "counters removed": "DELETE FROM sqlite_sequence",
    "counters doubled": "INSERT INTO sqlite_sequence SELECT name, seq FROM sqlite_sequence",
    "migrations forgotten": "DELETE FROM _sqlite_migrations",
    "index dropped": "DROP INDEX captures_sha256",
    "view": "DROP VIEW article_texts",
    "version": "PRAGMA application_id = 1",
}


def test_an_untouched_archive_has_no_fault(folder: Path) -> None:
    """A false alarm teaches to pass over the true one."""
    assert verify(folder) == []
    assert verify(folder, quick=True) == []


@pytest.mark.parametrize("statement", STATEMENTS.values(), ids=list(STATEMENTS))
def test_every_alteration_of_a_row_is_found(folder: Path, statement: str) -> None:
    """Whoever stakes their word on an archive must be able to rely on each value of it."""
    with sqlite3.connect(folder / "archive.db") as database:
        database.execute(statement)
    database.close()
    assert verify(folder)


def test_a_trigger_keeps_an_archive_from_being_opened(folder: Path) -> None:
    """It would run with the next write, whatever is found before."""
    with sqlite3.connect(folder / "archive.db") as database:
        database.execute("CREATE TRIGGER t AFTER INSERT ON articles BEGIN DELETE FROM evidence; END")
    database.close()
    with pytest.raises(NotAnArchive, match="trigger on articles"):
        verify(folder)


def _flip(path: Path, place: int) -> None:
    data = bytearray(path.read_bytes())
    data[place] ^= 1
    path.write_bytes(data)


def _cut(path: Path, end: bytes) -> None:
    data = path.read_bytes()
    assert data.endswith(end)
    path.write_bytes(data.removesuffix(end))


def _snapshot(folder: Path) -> Path:
    return folder / "snapshots" / "00001.warc.gz"


FILES: dict[str, Callable[[Path], object]] = {
    "header of a snapshot": lambda folder: _flip(_snapshot(folder), 12),
    "end of a snapshot": lambda folder: _flip(_snapshot(folder), -3),
    "snapshot cut": lambda folder: _snapshot(folder).write_bytes(_snapshot(folder).read_bytes()[:-1]),
    "snapshot removed": lambda folder: _snapshot(folder).unlink(),
    "name of the archive": lambda folder: _flip(folder / "newsarchive.toml", 200),
    "end of the manifest cut": lambda folder: _cut(folder / "newsarchive.toml", b"\n"),
    "engine of the manifest cut": lambda folder: _cut(folder / "newsarchive.toml", b'engine = "whoosh"\n'),
    "comment of the manifest": lambda folder: _flip(folder / "newsarchive.toml", 20),
    "head of the log": lambda folder: _flip(folder / "log.head", 40),
    "head of the log removed": lambda folder: (folder / "log.head").unlink(),
    "head of the log emptied": lambda folder: (folder / "log.head").write_bytes(b""),
}


@pytest.mark.parametrize("alter", FILES.values(), ids=list(FILES))
def test_every_alteration_of_a_file_is_found(folder: Path, alter: Callable[[Path], object]) -> None:
    """Disks rot, and people open files in editors."""
    alter(folder)
    assert verify(folder)


def test_a_fault_says_what_since_when_and_what_it_can_be_restored_from(folder: Path) -> None:
    """Who reads it at night must know what to do."""
    with sqlite3.connect(folder / "archive.db") as database:
        database.execute(STATEMENTS["text"])
    database.close()
    (fault,) = verify(folder)
    assert (fault.part, fault.message) == (
        "database",
        "revision 3, which holds the text, is not what was written",
    )
    assert fault.since is not None
    assert "capture 3 has it" in (fault.hint or "")
    assert "\n" not in str(fault)


def altered(folder: Path, statement: str) -> None:
    with closing(sqlite3.connect(folder / "archive.db")) as connection, connection:
        assert connection.execute(statement).rowcount == 1


@pytest.mark.parametrize("quick", [False, True])
def test_what_was_altered_is_named_though_it_was_written_to_since(
    folder: Path, tmp_path: Path, quick: bool
) -> None:
    """Its new digest fits; how it was found when it was written to does not."""
    altered(folder, "UPDATE articles SET publisher = 'Somebody Else' WHERE id = 4")
    altered(folder, "UPDATE saved_searches SET query = 'harbour' WHERE name = 'ferries'")
    rows = tmp_path / "rows.jsonl"
    with Archive.open(folder) as archive:
        given = archive.raw(4)[1].decode()
        rows.write_text(json.dumps({**json.loads(given), "section": "Quays"}) + "\n")
        assert [outcome.name for outcome in archive.add([rows])] == ["updated"]
        archive.saved.remove("ferries")
        found = [str(fault) for fault in archive.verify(quick=quick)]
    assert any("article 4 was altered by another program before" in fault for fault in found)
    assert any("the saved search ferries was altered" in fault for fault in found)


def test_a_quick_check_finds_what_is_gone_cut_or_set_back(folder: Path) -> None:
    """Seconds, also for an archive of a million: enough to be run every night."""
    for name in ("article removed", "capture removed", "end of the log removed", "acknowledged length"):
        copy = shutil.copytree(folder, folder.parent / name.replace(" ", "-"))
        with sqlite3.connect(copy / "archive.db") as database:
            database.execute(STATEMENTS[name])
        database.close()
        assert verify(copy, quick=True), name


def test_a_database_that_was_set_back_is_told(folder: Path, tmp_path: Path) -> None:
    """A backup of archive.db alone, put back, hides what was added since."""
    older = tmp_path / "older.db"
    shutil.copy(folder / "archive.db", older)
    with Archive.open(folder) as archive:
        list(archive.add([write_dataset(tmp_path / "more.jsonl", 2, first=90)], workers=1))
    shutil.copy(older, folder / "archive.db")
    assert ["older" in fault.message for fault in verify(folder, quick=True)] == [True]
