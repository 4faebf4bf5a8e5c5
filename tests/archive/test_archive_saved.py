"""Saved searches: what a run finds, how runs differ, what a watch tells and when it forgets."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from newsarchive import Archive
from newsarchive.errors import QueryError, SavedSearchNotFound, StoreError
from newsarchive.store.search_runs import RunKind
from newsarchive.store.writer_lock import index_lock, writer_lock


def add_rows(archive: Archive, folder: Path, **texts: str) -> None:
    """Archive rows of one dataset by id; a row that is there already gets a new text."""
    path = folder / "rows.jsonl"
    rows = [
        {"id": name, "headline": f"About {name}", "text": text, "date": "2024-05-01", "language": "en"}
        for name, text in texts.items()
    ]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    assert all(outcome.name != "failed" for outcome in archive.add([path], workers=1))


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    """Three articles, two of which tell of ferries."""
    archive = Archive.create(tmp_path / "archive", name="coast")
    add_rows(archive, tmp_path, a="The ferry left.", b="The ferry sank.", c="The pier fell.")
    return archive


def test_a_run_again_reports_what_was_added_removed_and_changed(archive: Archive, tmp_path: Path) -> None:
    """A search that is cited has to say how its result moved since."""
    with archive:
        archive.saved.add("ferries", "ferry")
        first = archive.saved.run("ferries")
        assert (first.since, list(first.added), first.run.total) == (None, [1, 2], 2)
        add_rows(
            archive, tmp_path, a="The ferry left at noon.", b="The boat sank.", c="A ferry hit the pier."
        )
        second = archive.saved.run("ferries")
        assert second.since == first.run
        assert (list(second.added), list(second.removed), list(second.changed)) == ([3], [2], [1])
        third = archive.saved.run("ferries", since=first.run.id)
        assert (third.added, third.removed, third.changed) == (second.added, second.removed, second.changed)


def test_the_digest_is_of_ids_and_text_digests(archive: Archive) -> None:
    """Whoever checks a citation computes it with SQLite and sha256sum alone."""
    with archive:
        archive.saved.add("ferries", "ferry")
        run = archive.saved.run("ferries").run
        with closing(sqlite3.connect(archive.folder / "archive.db")) as db:
            lines = db.execute(
                "SELECT article_id || ' ' || sha256 FROM run_articles WHERE run_id = ? ORDER BY article_id",
                (run.id,),
            ).fetchall()
    text = "".join(f"{line}\n" for (line,) in lines)
    assert hashlib.sha256(text.encode()).hexdigest() == run.digest


def test_the_same_result_has_the_same_digest(archive: Archive, tmp_path: Path) -> None:
    """An archive that grew elsewhere does not change what was cited."""
    with archive:
        archive.saved.add("ferries", "ferry")
        before = archive.saved.run("ferries").run
        add_rows(archive, tmp_path, d="A crane was sold.")
        after = archive.saved.run("ferries")
        assert after.run.digest == before.digest
        assert after.run.last_change > before.last_change
        assert f"equals the result of run {before.id}" in after.method


def test_a_watch_tells_the_new_once_it_is_acknowledged(archive: Archive, tmp_path: Path) -> None:
    """A mail that was never sent must not cost its news."""
    with archive:
        archive.saved.add("ferries", "ferry")
        archive.saved.acknowledge(archive.saved.watch("ferries"))
        assert not archive.saved.watch("ferries").has_news
        add_rows(archive, tmp_path, d="The new ferry came.")
        assert list(archive.saved.watch("ferries").added) == [4]
        cut_off = archive.saved.watch("ferries")
        assert list(cut_off.added) == [4]
        archive.saved.acknowledge(cut_off)
        assert not archive.saved.watch("ferries").has_news


def test_a_watch_begins_where_a_run_ended(archive: Archive, tmp_path: Path) -> None:
    """What a person has just read is not new to them."""
    with archive:
        archive.saved.add("ferries", "ferry")
        archive.saved.run("ferries")
        assert not archive.saved.watch("ferries").has_news


def test_a_run_is_compared_with_runs_and_not_with_watches(archive: Archive, tmp_path: Path) -> None:
    """A watch every hour would leave nothing to report to the next citation."""
    with archive:
        archive.saved.add("ferries", "ferry")
        archive.saved.run("ferries")
        add_rows(archive, tmp_path, d="The new ferry came.")
        archive.saved.acknowledge(archive.saved.watch("ferries"))
        assert list(archive.saved.run("ferries").added) == [4]


def test_watches_do_not_pile_up(archive: Archive) -> None:
    """Cron runs for years."""
    with archive:
        archive.saved.add("ferries", "ferry")
        for _ in range(3):
            archive.saved.acknowledge(archive.saved.watch("ferries"))
        assert [run.kind for run in archive.saved.runs("ferries")] == [RunKind.WATCH]


def test_relative_dates_are_kept_as_typed_and_resolved_at_each_run(archive: Archive) -> None:
    """The search of this morning's news asks for another day tomorrow; the run says which it was."""
    with archive:
        archive.saved.add("today", "ferry published:today")
        run = archive.saved.run("today").run
    assert run.query == "ferry published:today"
    assert run.resolved == f"ferry published:{date.today().isoformat()}"


def test_the_method_says_what_was_searched_and_what_came_of_it(archive: Archive) -> None:
    """A reader of the citation has nothing else."""
    with archive:
        archive.saved.add("ferries", '"the ferry"')
        report = archive.saved.run("ferries")
    run = report.run
    day = f"{run.run_at:%Y-%m-%d}"
    for stated in ("“coast”", archive.uuid, day, run.version, '["the ferry"]', "3 articles"):
        assert stated in report.method
    assert "2 articles matched" in report.method
    assert run.digest in report.method
    assert f"run {run.id} of the saved search “ferries”" in report.method


def test_a_watch_runs_while_another_process_adds(archive: Archive) -> None:
    """Cron does not wait for an import of hours."""
    with archive:
        archive.saved.add("ferries", "ferry")
        archive.search("ferry")
        with writer_lock(archive.folder):
            archive.saved.acknowledge(archive.saved.watch("ferries"))
        assert len(archive.saved.runs("ferries")) == 1


def test_a_run_states_no_more_than_what_was_searched(archive: Archive, tmp_path: Path) -> None:
    """Articles that another process has stored and not yet indexed were not looked at."""
    with archive:
        archive.saved.add("ferries", "ferry")
        searched = archive.saved.run("ferries").run.last_change
        with closing(sqlite3.connect(archive.folder / "archive.db")) as db, db:
            db.execute("INSERT INTO changes (article_id) VALUES (1)")
        with index_lock(archive.folder):
            assert archive.saved.run("ferries").run.last_change == searched


def test_a_name_is_taken_until_it_is_replaced_or_removed(archive: Archive) -> None:
    """A slip must not cost a search that others cite."""
    with archive:
        archive.saved.add("ferries", "ferry")
        run = archive.saved.run("ferries").run
        with pytest.raises(StoreError, match="already"):
            archive.saved.add("ferries", "boat")
        archive.saved.add("ferries", "pier", replace=True)
        assert [(each.name, each.query) for each in archive.saved] == [("ferries", "pier")]
        report = archive.saved.run("ferries")
        assert report.since == run
        assert "for [ferry]" in report.method
        archive.saved.remove("ferries")
        assert list(archive.saved) == []
        for attempt in (archive.saved.run, archive.saved.runs, archive.saved.watch, archive.saved.remove):
            with pytest.raises(SavedSearchNotFound):
                attempt("ferries")


@pytest.mark.parametrize("name", ["", "a b", "-x", "../x", "a" * 65, "x\n", 'x"', "x:y"])
def test_a_name_that_a_query_could_not_hold_is_refused(archive: Archive, name: str) -> None:
    """``query:NAME`` has to read it back."""
    with archive, pytest.raises(StoreError, match="can't name"):
        archive.saved.add(name, "ferry")


def test_a_query_that_can_not_run_is_not_saved(archive: Archive) -> None:
    """The error belongs to the day of saving, not to a night of cron."""
    with archive:
        with pytest.raises(QueryError):
            archive.saved.add("bad", "(ferry")
        assert list(archive.saved) == []
        archive.saved.add("ferries", "ferry")
        with pytest.raises(StoreError, match="no run 99"):
            archive.saved.run("ferries", since=99)


def test_a_search_saved_in_a_folder_that_can_not_be_written_is_an_error_of_ours(archive: Archive) -> None:
    """One except is enough for callers."""
    with archive:
        archive._holdings.here.connection.execute("PRAGMA query_only = ON")
        with pytest.raises(StoreError):
            archive.saved.add("ferries", "ferry")


def test_a_saved_search_is_used_in_other_queries(archive: Archive) -> None:
    """Long lists of names are typed once; a run keeps what they stood for that day."""
    with archive:
        archive.saved.add("ferries", "ferry OR boat")
        archive.saved.add("sunk", "query:ferries sank")
        assert [hit.article.id for hit in archive.search("query:ferries -query:sunk")] == [1]
        assert archive.explain("query:sunk").startswith("articles with all of these:\n  · any of these:")
        assert archive.saved.run("sunk").run.resolved == "(ferry OR boat) sank"


def test_a_saved_search_that_would_lead_to_itself_is_not_saved(archive: Archive) -> None:
    """It could never be run; nor could one that names a search that is not there."""
    with archive:
        archive.saved.add("ferries", "ferry")
        archive.saved.add("more", "query:ferries OR boat")
        with pytest.raises(QueryError, match="leads back to itself: more → ferries → more"):
            archive.saved.add("ferries", "query:more", replace=True)
        with pytest.raises(QueryError, match="no saved search 'piers'"):
            archive.saved.add("most", "query:piers")


def test_a_set_of_queries_is_run_again_and_compared(archive: Archive, tmp_path: Path) -> None:
    """A list of names is asked about every month; what counts is which of them has news."""
    with archive:
        saved = archive.saved
        saved.add("ferry", "ferry")
        members = saved.add_set("names", ["ferry", "pier", "ferry", "lighthouse"])
        assert [each.name for each in members] == ["names/0001", "names/0002", "names/0003"]
        assert [report.run.total for report in saved.run_set("names")] == [2, 1, 0]
        add_rows(archive, tmp_path, d="The lighthouse went dark.")
        again = saved.run_set("names")
        assert [list(report.added) for report in again] == [[], [], [4]]
        assert all(report.since is not None for report in again)
        with pytest.raises(StoreError):
            saved.add_set("names", ["x"])
        with pytest.raises(SavedSearchNotFound):
            saved.run_set("ferry")


def test_a_set_with_a_query_that_means_nothing_is_not_saved(archive: Archive) -> None:
    """Half a set would be run for years before anybody misses the rest."""
    with archive:
        with pytest.raises(QueryError) as caught:
            archive.saved.add_set("names", ["ferry", "(pier"])
        assert "(pier" in caught.value.message
        assert list(archive.saved.set_of("names")) == []
