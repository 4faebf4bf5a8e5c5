"""Runs of ``add`` and ``reextract``: arguments checked at once, the work done as they are iterated."""

from __future__ import annotations

import gc
import json
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from threading import Event, Thread
from typing import Any

import pytest
from archive_data import write_dataset

from newsarchive import (
    Archive,
    ArchiveLocked,
    ArticleNotFound,
    Failed,
    InvalidArgument,
    NewsArchiveError,
    PartialDate,
    RunEnded,
    extract,
)
from newsarchive.store.writer_lock import writer_lock


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive.create(tmp_path / "a") as made:
        yield made


@pytest.fixture
def rows(tmp_path: Path) -> Path:
    return write_dataset(tmp_path / "rows.jsonl", 5)


def _is_free(archive: Archive) -> bool:
    """Whether somebody else may write."""
    try:
        with writer_lock(archive.folder):
            return True
    except ArchiveLocked:
        return False


@pytest.mark.parametrize("form", [str, Path, lambda path: [path], lambda path: iter([str(path)])])
def test_one_source_or_any_iterable_of_them_is_added(archive: Archive, rows: Path, form: Any) -> None:
    """``add("page.html")`` once added the letters of the name."""
    summary = archive.add(form(rows), workers=1).finish()
    assert dict(summary.counts) == {"added": 5}
    assert summary.total == 5


def test_sources_of_an_iterator_are_taken_as_they_are_needed(archive: Archive, tmp_path: Path) -> None:
    """A list of a million addresses, or a pipe that goes on for days, is not read to its end first."""
    taken: list[int] = []

    def without_end() -> Iterator[Path]:
        while True:
            taken.append(len(taken))
            yield write_dataset(tmp_path / "row.jsonl", 1, first=len(taken))

    with archive.add(without_end(), workers=1) as run:
        assert next(run).name == "added"
    assert taken


@pytest.mark.parametrize("sources", [None, 5, b"page.html", [5], ["a", None], [b"x"]], ids=repr)
def test_sources_of_a_wrong_kind_are_told_at_once(archive: Archive, sources: Any) -> None:
    """At the call, not when somebody looks at the first outcome."""
    with pytest.raises(InvalidArgument) as caught:
        archive.add(sources)
    assert isinstance(caught.value, TypeError)
    assert caught.value.hint


@pytest.mark.parametrize("workers", [0, -1, 1.5, "2", True], ids=repr)
def test_a_wrong_number_of_workers_is_told_at_once(archive: Archive, rows: Path, workers: Any) -> None:
    """It may not come to light after an hour of acquiring."""
    with pytest.raises(InvalidArgument):
        archive.add(rows, workers=workers)
    with pytest.raises(InvalidArgument):
        archive.reextract(workers=workers)


@pytest.mark.parametrize("which", [0, -3, "everything", 1.5, [None], ["1"]], ids=repr)
def test_a_wrong_choice_of_captures_is_told_at_once(archive: Archive, which: Any) -> None:
    """As for sources."""
    with pytest.raises(InvalidArgument):
        archive.reextract(which)


def test_an_unknown_article_is_told_at_once(archive: Archive) -> None:
    """Before the archive is locked and workers are started for it."""
    with pytest.raises(ArticleNotFound):
        archive.reextract(7)


def test_a_finished_run_tells_what_failed(archive: Archive, rows: Path, tmp_path: Path) -> None:
    """One call is enough for a script that only wants to know whether all went well."""
    summary = archive.add([rows, tmp_path / "missing.html"], workers=1).finish()
    assert dict(summary.counts) == {"added": 5, "failed": 1}
    assert summary.counts["revised"] == 0
    (failed,) = summary.failed
    assert isinstance(failed, Failed)
    assert failed.source.endswith("missing.html")
    assert json.loads(json.dumps(summary.to_dict()))["counts"]["failed"] == 1


def test_a_run_is_finished_after_some_steps_and_counts_them_too(archive: Archive, rows: Path) -> None:
    """Look at the first outcomes, then let the rest be done."""
    run = archive.add(rows, workers=1)
    assert next(run).name == "added"
    assert run.summary.total == 1
    assert run.finish().total == 5
    assert list(run) == []
    assert archive.stats().index_up_to_date


def test_a_run_can_be_finished_within_its_own_loop(archive: Archive, rows: Path) -> None:
    """The loop then ends."""
    run = archive.add(rows, workers=1)
    seen = [run.finish().total for _ in run]
    assert seen == [5]


def test_leaving_the_loop_frees_the_archive_though_the_run_is_kept(archive: Archive, rows: Path) -> None:
    """A variable that stays about must not keep everybody else from writing."""
    run = archive.add(rows, workers=1)
    for _ in run:
        assert not _is_free(archive)
        break
    assert _is_free(archive)
    assert run.summary.total == 1
    with pytest.raises(RunEnded):
        run.finish()
    with pytest.raises(RunEnded):
        list(run)
    assert archive.add(rows, workers=1).finish().total == 5


def test_a_run_that_was_stepped_by_hand_is_freed_by_its_block_or_with_its_last_reference(
    archive: Archive, rows: Path
) -> None:
    """However it is given up."""
    with archive.add(rows, workers=1) as run:
        next(run)
        assert not _is_free(archive)
    assert _is_free(archive)
    other = archive.add(rows, workers=1)
    next(other)
    del other
    gc.collect()
    assert _is_free(archive)


def test_closing_the_archive_ends_its_runs(tmp_path: Path, rows: Path) -> None:
    """The lock must not outlive the archive."""
    archive = Archive.create(tmp_path / "a")
    run = archive.add(rows, workers=1)
    next(run)
    archive.close()
    assert _is_free(archive)
    with pytest.raises(RunEnded):
        next(run)


def test_a_run_of_another_thread_ends_after_its_outcome_when_the_archive_is_closed(
    tmp_path: Path, rows: Path
) -> None:
    """A server that shuts down waits for one source, not for a million."""
    archive = Archive.create(tmp_path / "a")
    begun, closed, seen = Event(), Event(), list[str]()

    def wait(_: object) -> None:
        begun.set()
        closed.wait()

    def work() -> None:
        for outcome in archive.add(rows, workers=1, progress=wait):
            seen.append(outcome.name)

    thread = Thread(target=work)
    thread.start()
    begun.wait()
    archive.close()
    closed.set()
    thread.join()
    assert seen == ["added"]
    assert _is_free(archive)


def test_an_error_in_the_loop_frees_the_archive(archive: Archive, rows: Path) -> None:
    """As leaving it in any other way does."""
    run = archive.add(rows, workers=1)
    with pytest.raises(ZeroDivisionError):
        any(1 // 0 for _ in run)
    assert _is_free(archive)


def test_a_run_that_nobody_starts_says_that_nothing_was_done(archive: Archive, rows: Path) -> None:
    """``archive.add(path)`` alone looks as if it did something."""
    with pytest.warns(RuntimeWarning, match="finish"):
        archive.add(rows)
    assert archive.stats().articles == 0


def test_reextraction_is_finished_in_one_call(archive: Archive, rows: Path) -> None:
    """The two acts are used alike."""
    archive.add(rows, workers=1).finish()
    summary = archive.reextract([1, 2, 2], workers=1).finish()
    assert dict(summary.counts) == {"unchanged": 2}
    assert archive.reextract(3, workers=1).finish().total == 1


def test_the_bytes_of_every_capture_can_be_had(archive: Archive, tmp_path: Path) -> None:
    """Not only those of the newest: what a page said first is why it was archived."""
    for text in ("The ferry leaves at six.", "The ferry leaves at seven."):
        row = {"id": 1, "headline": "Ferry", "text": text * 5}
        (tmp_path / "one.jsonl").write_text(json.dumps(row) + "\n")
        archive.add(tmp_path / "one.jsonl", workers=1).finish()
    captures = archive.captures(1)
    payloads = [json.loads(archive.payload(capture))["text"] for capture in captures]
    assert ["six" in payloads[0], "seven" in payloads[1]] == [True, True]
    assert archive.payload(captures[0].id) == archive.payload(captures[0])
    assert archive.raw(1) == (captures[1], archive.payload(captures[1]))
    with pytest.raises(NewsArchiveError):
        archive.payload(99)


@pytest.mark.parametrize(
    ("after", "before"),
    [
        ("2024-02-02", "2024-03-03"),
        (date(2024, 2, 2), date(2024, 3, 3)),
        (datetime(2024, 2, 2, 23), datetime(2024, 3, 3, 1)),
        (PartialDate(2024, 2), PartialDate(2024, 3)),
    ],
    ids=["text", "date", "datetime", "partial"],
)
def test_days_are_given_as_texts_or_dates(archive: Archive, rows: Path, after: Any, before: Any) -> None:
    """A program has dates, a person types them."""
    archive.add(rows, workers=1).finish()
    assert archive.search("ferry", after=after, before=before).total == 2
    assert archive.timeline("ferry", after=after, before=before).total == 2


@pytest.mark.parametrize(
    "arguments",
    [{"query": 5}, {"query": None}, {"after": 2024}, {"before": b"2024"}, {"limit": "5"}, {"offset": 1.5}],
    ids=repr,
)
def test_a_search_for_what_is_no_query_is_a_clear_error(archive: Archive, arguments: dict[str, Any]) -> None:
    """``search(5)`` once failed in the depths of the lexer."""
    with pytest.raises(InvalidArgument) as caught:
        archive.search(**arguments)
    assert next(iter(arguments)) in caught.value.message


@pytest.mark.parametrize("payload", ["<html>", None, 5, Path("page.html")], ids=repr)
def test_extraction_of_what_are_no_bytes_is_a_clear_error(payload: Any) -> None:
    """A text has lost its encoding, and a path is no page."""
    with pytest.raises(InvalidArgument) as caught:
        extract(payload)
    assert "payload" in caught.value.message
