"""One value that can't be read costs its own article, never the others."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from archive_data import write_dataset

from newsarchive import Archive, StoreError


def test_a_text_that_is_no_utf8_stops_neither_search_nor_reindex(tmp_path: Path) -> None:
    """One flipped bit on a disk must not close a whole archive; verify tells of it."""
    with Archive.open(tmp_path / "a", create=True) as archive:
        list(archive.add([write_dataset(tmp_path / "rows.jsonl", 5)], workers=1))
    with sqlite3.connect(tmp_path / "a" / "archive.db") as database:
        database.execute("UPDATE revisions SET text = CAST(x'ff' || text AS TEXT) WHERE id = 3")
    database.close()
    with Archive.open(tmp_path / "a") as archive:
        assert len(archive.search("ferry", limit=None)) == 5
        assert archive.reindex() == 5
        assert archive.search("ferry").total == 5
        assert [fault.message[:10] for fault in archive.verify()] == ["revision 3"]


def test_a_value_that_no_version_wrote_is_an_error_of_ours(tmp_path: Path) -> None:
    """One except is enough for callers, also over a database that somebody edited."""
    with Archive.open(tmp_path / "a", create=True) as archive:
        list(archive.add([write_dataset(tmp_path / "rows.jsonl", 2)], workers=1))
    with sqlite3.connect(tmp_path / "a" / "archive.db") as database:
        database.execute("UPDATE articles SET date_published = 'soon' WHERE id = 1")
    database.close()
    with Archive.open(tmp_path / "a") as archive:
        with pytest.raises(StoreError, match="article 1"):
            archive.article(1)
        assert archive.article(2).headline


@pytest.mark.parametrize("moment", ["soon", "2024-02-31T00:00:00Z", b"\x00", "0001-01-01T00:00:00+14:00"])
def test_a_time_that_no_version_wrote_is_an_error_of_ours(tmp_path: Path, moment: str | bytes) -> None:
    """A time is a datetime or an error that names what has it, never a ValueError."""
    with Archive.open(tmp_path / "a", create=True) as archive:
        list(archive.add([write_dataset(tmp_path / "rows.jsonl", 2)], workers=1))
    with sqlite3.connect(tmp_path / "a" / "archive.db") as database:
        database.execute("UPDATE captures SET captured_at = ? WHERE id = 1", [moment])
        database.execute("UPDATE revisions SET captured_at = ? WHERE id = 1", [moment])
    database.close()
    with Archive.open(tmp_path / "a") as archive:
        with pytest.raises(StoreError, match="capture 1"):
            archive.captures(1)
        with pytest.raises(StoreError, match="revision 1"):
            archive.revisions(1)
        assert archive.captures(2)[0].captured_at.tzinfo is not None
        assert {fault.part for fault in archive.verify()} == {"database"}


@pytest.mark.parametrize(
    ("statement", "act"),
    [
        pytest.param(
            "UPDATE articles SET published_earliest = 'soon'",
            lambda a: a.timeline(""),
            id="day in a timeline",
        ),
        pytest.param(
            "UPDATE evidence SET confidence = 'x'",
            lambda a: list(a.search("ferry")),
            id="confidence in a search",
        ),
        pytest.param(
            "UPDATE changes SET article_id = CAST(article_id AS BLOB)",
            lambda a: a.reindex(),
            id="change in reindex",
        ),
        pytest.param(
            "UPDATE articles SET published_precision = 'x'",
            lambda a: a.timeline(""),
            id="precision in a timeline",
        ),
    ],
)
def test_a_value_of_another_kind_is_an_error_with_a_hint(
    tmp_path: Path, statement: str, act: Callable[[Archive], object]
) -> None:
    """Found by altering a value at random and doing acts at random."""
    with Archive.open(tmp_path / "a", create=True) as archive:
        archive.add(write_dataset(tmp_path / "rows.jsonl", 2), workers=1).finish()
    with sqlite3.connect(tmp_path / "a" / "archive.db") as database:
        database.execute(statement)
    database.close()
    with Archive.open(tmp_path / "a") as archive, pytest.raises(StoreError) as caught:
        act(archive)
    assert caught.value.hint
