"""Articles that are removed: gone from every answer, and still known to have been there."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from archive_data import write_dataset

from newsarchive import Archive, ArticleNotFound, Failed, RemovedBefore, rebuild


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive.create(tmp_path / "a") as archive:
        archive.add(write_dataset(tmp_path / "rows.jsonl", 20), workers=1).finish()
        archive.tags.change([3, 4], add=["todo"])
        archive.tags.change([3], add=["only"])
        archive.notes.add(3, "a note")
        archive.highlights.add(3, "left the pier")
        archive.collections.add("dossier", [3, 5])
        archive.corrections.set(3, {"headline": "Corrected"}, because="as printed")
        yield archive


def test_what_is_removed_is_in_no_answer_and_the_archive_verifies(archive: Archive) -> None:
    """Whatever hangs on an article goes with it, and what others share stays."""
    assert archive.keeping.remove("word2 OR word7", reason="a test page") == 2
    assert len(archive) == archive.search("").total == archive.search("ferry").total == 18
    assert archive.tags.counts() == {"todo": 1}
    assert archive.collections.ids("dossier") == [5]
    assert (list(archive.notes), list(archive.highlights)) == ([], [])
    assert list(archive.verify()) == []
    with pytest.raises(ArticleNotFound):
        archive.article(3)
    before = sorted(archive.ids("ferry"))
    archive.reindex()
    assert sorted(archive.ids("ferry")) == before


def test_the_log_says_that_it_was_there_and_why_it_went(archive: Archive) -> None:
    """Who removes in silence can't be trusted with what is left."""
    digest = archive.captures(3)[0].sha256
    archive.keeping.remove(3, reason="withdrawn")
    with closing(sqlite3.connect(archive.folder / "archive.db")) as database:
        (row,) = database.execute("SELECT identity, captures, reason FROM tombstones").fetchall()
        (kind, act) = database.execute("SELECT kind, act FROM log ORDER BY entry DESC").fetchone()
    assert (row[0], row[1], row[2]) == ("row:rows/2", f'["{digest}"]', "withdrawn")
    assert (kind, "withdrawn" in act) == ("remove", True)


def test_it_comes_back_only_when_that_is_asked_for(archive: Archive, tmp_path: Path) -> None:
    """The next reading of the same feed must not undo a decision."""
    archive.keeping.remove([3, 4])
    outcomes = [each for each in archive.add(tmp_path / "rows.jsonl", workers=1) if isinstance(each, Failed)]
    assert [type(each.error) for each in outcomes] == [RemovedBefore, RemovedBefore]
    assert "again" in str(outcomes[0].error.hint)
    assert len(archive) == 18
    archive.add(tmp_path / "rows.jsonl", workers=1, again=True).finish()
    assert len(archive) == 20
    assert list(archive.verify()) == []


def test_a_rebuild_does_not_bring_it_back(archive: Archive, tmp_path: Path) -> None:
    """The bytes are still in the snapshots; the decision is kept, too."""
    archive.keeping.remove([3, 4])
    archive.close()
    rebuild(archive.folder)
    with Archive.open(archive.folder) as again:
        assert len(again) == 18
        outcomes = list(again.add(tmp_path / "rows.jsonl", workers=1))
        assert sum(isinstance(each, Failed) for each in outcomes) == 2
        assert list(again.verify()) == []


def test_an_id_that_is_none_removes_nothing(archive: Archive) -> None:
    """A slip costs nothing."""
    with pytest.raises(ArticleNotFound):
        archive.keeping.remove([1, 99])
    assert len(archive) == 20
    assert archive.keeping.remove("nothing-like-this") == 0
