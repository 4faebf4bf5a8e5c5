"""Nothing unknown is destroyed, and the snapshots alone are enough to begin again."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path

import pytest
from archive_data import notices, write_dataset

from newsarchive import Archive, ArchiveSetBack, Article, Hint, Remedy, rebuild


def contents(folder: Path) -> dict[int, Article]:
    """What an archive says, by id."""
    with Archive.open(folder) as archive:
        return {hit.article.id or 0: hit.article for hit in archive.search("", limit=None)}


def test_the_database_is_made_anew_from_the_snapshots_alone(sample_copy: Path) -> None:
    """Whoever has nothing but the captures still has the archive."""
    before = contents(sample_copy)
    for path in (
        *sample_copy.glob("archive.db*"),
        sample_copy / "log.head",
        sample_copy / "newsarchive.toml",
    ):
        path.unlink(missing_ok=True)
    shutil.rmtree(sample_copy / "index")
    rebuilt = rebuild(sample_copy)
    after = contents(sample_copy)
    assert rebuilt.articles == len(before)
    assert [article.to_dict() for article in after.values()] == [a.to_dict() for a in before.values()]
    with Archive.open(sample_copy) as archive:
        assert list(archive.verify()) == []
        assert archive.raw(1)[1]
        assert {outcome.name for outcome in archive.reextract("all")} == {"unchanged"}


def test_a_rebuild_keeps_ids_searches_and_what_users_said(tmp_path: Path) -> None:
    """Ids are cited; what a person said is in no page."""
    folder = tmp_path / "a"
    with Archive.create(folder) as archive:
        list(archive.add([write_dataset(tmp_path / "d.jsonl", 4)], workers=1))
        archive.saved.add("ferries", "ferry")
        archive.saved.run("ferries")
    with sqlite3.connect(folder / "archive.db") as database:
        database.execute("UPDATE articles SET headline = 'Said' WHERE id = 2")
        database.execute("UPDATE revisions SET text = 'forged' WHERE id = 3")
        database.execute("INSERT INTO evidence VALUES (2, 90, 'headline', 'Said', 'user', 'Said', 'high')")
    database.close()
    replaced = rebuild(folder).replaced
    assert replaced is not None
    assert replaced.is_file()
    with Archive.open(folder) as archive:
        assert archive.article(2).headline == "Said"
        assert "forged" not in archive.article(3).text
        assert [run.total for run in archive.saved.runs("ferries")] == [4]
        assert archive.captures(1)[0].source.endswith("d.jsonl:1")
        assert list(archive.verify()) == []


def test_a_rebuild_that_is_done_twice_changes_nothing(tmp_path: Path) -> None:
    """Whoever is not sure that it worked does it again."""
    folder = tmp_path / "a"
    with Archive.create(folder) as archive:
        list(archive.add([write_dataset(tmp_path / "d.jsonl", 3)], workers=1))
    rebuild(folder)
    before = contents(folder)
    rebuild(folder)
    assert contents(folder) == before


def test_a_damaged_record_costs_its_capture_alone(tmp_path: Path) -> None:
    """The rest of a file on a failing disk is as good as it was."""
    folder = tmp_path / "a"
    told: list[str] = []
    with Archive.create(folder) as archive:
        list(archive.add([write_dataset(tmp_path / "d.jsonl", 3)], workers=1))
        place = archive.captures(2)[0]
    snapshot = folder / "snapshots" / place.snapshot
    data = bytearray(snapshot.read_bytes())
    data[place.record_offset + 30 : place.record_offset + 60] = bytes(30)
    snapshot.write_bytes(data)
    assert rebuild(folder, notify=told.append).unreadable == 1
    assert "can't be read" in told[0]
    with Archive.open(folder) as archive:
        assert sorted(hit.article.id or 0 for hit in archive.search("ferry")) == [1, 3]


def test_an_archive_that_was_set_back_is_not_written_to(tmp_path: Path) -> None:
    """The next add would take the snapshots of what the old database doesn't know."""
    folder = tmp_path / "a"
    with Archive.create(folder) as archive:
        list(archive.add([write_dataset(tmp_path / "one.jsonl", 2)], workers=1))
    shutil.copy(folder / "archive.db", tmp_path / "older.db")
    with Archive.open(folder) as archive:
        list(archive.add([write_dataset(tmp_path / "two.jsonl", 2, first=2)], workers=1))
    snapshot = (folder / "snapshots" / "00001.warc.gz").read_bytes()
    shutil.copy(tmp_path / "older.db", folder / "archive.db")
    with Archive.open(folder) as archive:
        with pytest.raises(ArchiveSetBack) as caught:
            list(archive.add([tmp_path / "one.jsonl"], workers=1))
        assert isinstance(caught.value.hint, Hint)
        assert caught.value.hint.remedy is Remedy.REBUILD
        assert archive.search("ferry").total == 2
    assert (folder / "snapshots" / "00001.warc.gz").read_bytes() == snapshot
    rebuild(folder)
    assert len(contents(folder)) == 4


def test_what_no_database_acknowledges_is_set_aside_told_and_adopted(tmp_path: Path) -> None:
    """A backup of database and log together hides what came after, and the snapshots are its only copy."""
    folder = tmp_path / "a"
    told: list[str] = []
    with Archive.create(folder) as archive:
        list(archive.add([write_dataset(tmp_path / "one.jsonl", 2)], workers=1))
    for name in ("archive.db", "log.head"):
        shutil.copy(folder / name, tmp_path / name)
    with Archive.open(folder) as archive:
        list(archive.add([write_dataset(tmp_path / "two.jsonl", 2, first=2)], workers=1))
    for name in ("archive.db", "log.head"):
        shutil.copy(tmp_path / name, folder / name)
    with Archive.open(folder, progress=notices(told)) as archive:
        list(archive.add([tmp_path / "one.jsonl"], workers=1))
        assert "adopt" in told[0]
        assert [outcome.name for outcome in archive.keeping.adopt()] == ["added", "added"]
        assert archive.search("ferry").total == 4
        assert list(archive.verify()) == []
    assert list((folder / "snapshots" / "unacknowledged").iterdir()) == []
