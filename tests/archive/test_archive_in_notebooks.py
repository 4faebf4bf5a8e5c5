"""Archives and results as they are handled in consoles and notebooks."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

from archive_data import write_dataset
from hypothesis import given
from hypothesis import strategies as st

from newsarchive import Archive, PartialDate


def test_an_archive_is_counted_and_iterated_from_the_newest(tmp_path: Path) -> None:
    """As a collection of articles, which is what it is."""
    with Archive.create(tmp_path / "a") as archive:
        assert archive
        assert len(archive) == 0
        archive.add(write_dataset(tmp_path / "rows.jsonl", 30), workers=1).finish()
        dates = [article.date_published for article in archive]
        assert len(archive) == len(dates) == 30
        assert dates == sorted((date for date in dates if date is not None), reverse=True)
        assert repr(archive) == f"<Archive 'a' in {tmp_path / 'a'}>"


def test_results_are_quiet_and_taken_by_place(tmp_path: Path) -> None:
    """A console shows what was found, not pages of text."""
    with Archive.create(tmp_path / "a") as archive:
        archive.add(write_dataset(tmp_path / "rows.jsonl", 5), workers=1).finish()
        results = archive.search("ferry", limit=2)
    assert results[0] is results.hits[0]
    assert results[0].id == results.hits[0].article.id
    assert repr(results) == "<Results of 'ferry': 2 of 5>"
    assert "The ferry" not in repr(results[0])
    assert "Harbour notice" in repr(results[0])


def test_a_notebook_shows_a_table_in_which_nothing_of_an_article_is_markup(tmp_path: Path) -> None:
    """A page's headline must not run a script in the reader's notebook."""
    evil = "<script>alert(1)</script> & more"
    (tmp_path / "one.jsonl").write_text(
        f'{{"id": 1, "headline": "{evil}", "publisher": "{evil}", "text": "{evil} ferry ferry ferry"}}\n'
    )
    with Archive.create(tmp_path / "a") as archive:
        archive.add(tmp_path / "one.jsonl", workers=1).finish()
        shown = archive.search("<script> OR ferry")._repr_html_()
    assert "<script>" not in shown
    assert "&lt;script&gt;" in shown


_DATES = ["2023", "2024", "2024-01", "2024-01-01", "2024-01-01T00:00", "2024-01-01T00:00:00", "2024-02"]


def test_what_a_date_leaves_open_comes_first() -> None:
    """As in every listing by date."""
    dates = [PartialDate.fromisoformat(text) for text in _DATES]
    assert sorted(dates[3:] + dates[:3]) == dates
    assert all(one < other and other > one and one <= other for one, other in pairwise(dates))


@given(st.lists(st.datetimes().map(PartialDate.from_datetime)))
def test_the_order_is_that_of_the_wall_clock(dates: list[PartialDate]) -> None:
    """Sorting in Python and by SQLite must agree."""
    assert [date.sort_key for date in sorted(dates)] == sorted(date.sort_key for date in dates)
