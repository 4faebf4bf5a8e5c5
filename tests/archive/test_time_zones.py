"""Days are those that a page shows, wherever it was written and wherever it is searched."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from newsarchive import Archive

# As POSIX writes them, so that no database of zones is needed: standard time, summer time, when it changes.
ZONES = {
    "Auckland": "NZST-12NZDT,M9.5.0,M4.1.0/3",
    "UTC": "UTC0",
    "Denver": "MST7MDT,M3.2.0,M11.1.0",
    "Kiritimati": "KIR-14",
    "Baker": "BAK12",
}
# Local days and offsets around the changes of summer time in Denver (10 March, 3 November) and in
# Auckland (7 April, 29 September), and around New Year.
OFFSETS = {
    "2024-03-09": "-07:00", "2024-03-10": "-06:00", "2024-11-02": "-06:00", "2024-11-03": "-07:00",
    "2024-04-06": "+13:00", "2024-04-07": "+12:00", "2024-09-28": "+12:00", "2024-09-29": "+13:00",
    "2023-12-31": "+13:00", "2024-01-01": "-07:00", "2024-02-29": "Z",
}  # fmt: skip
TIMES = ("T00:00", "T00:00:01", "T02:30:00", "T12:00", "T23:40:00", "T23:59:59")
STATED = (
    *(f"{day}{at}{offset}" for day, offset in OFFSETS.items() for at in TIMES),
    # The same wall clock without an offset, whole days, months and years.
    *(f"{day}{at}" for day in OFFSETS for at in ("T23:59:59", "")),
    *("2024-03", "2024-04", "2023-12", "2024", "2023"),
)


@dataclass(frozen=True, slots=True)
class Span:
    """The days that a stated date may mean, worked out from its text alone."""

    first: date
    last: date

    @classmethod
    def of(cls, stated: str) -> Span:
        day = stated[:10]
        if len(day) == 10:
            return cls(date.fromisoformat(day), date.fromisoformat(day))
        year, month = int(day[:4]), int(day[5:7] or 1)
        later = date(year + (month == 12), month % 12 + 1, 1) if len(day) == 7 else date(year + 1, 1, 1)
        return cls(date(year, month, 1), later - timedelta(days=1))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An article a stated date, the n-th published and modified then."""
    folder = tmp_path_factory.mktemp("zones")
    rows = [
        {"id": str(number), "headline": f"Story {number}", "text": f"Words of {number}.", "date": stated}
        | {"date_modified": stated, "language": "en"}
        for number, stated in enumerate(STATED)
    ]
    (folder / "rows.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    with Archive.create(folder / "archive") as archive:
        assert all(outcome.name == "added" for outcome in archive.add([folder / "rows.jsonl"], workers=1))
    return folder / "archive"


@pytest.fixture(params=ZONES)
def archive(
    request: pytest.FixtureRequest, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Archive]:
    """The archive, opened by a process in each zone."""
    monkeypatch.setenv("TZ", ZONES[request.param])
    time.tzset()
    with Archive.open(folder) as archive:
        yield archive
    monkeypatch.undo()
    time.tzset()


def found(archive: Archive, query: str, **options: Any) -> list[str]:
    """The stated dates of the articles found, in order."""
    results = archive.search(query, limit=None, **options)
    return [hit.article.date_published.isoformat() for hit in results if hit.article.date_published]


def clock(stated: str) -> list[int]:
    """The numbers of a stated date without its offset, 0 where it has none."""
    parts = re.match(r"(\d{4})-?(\d\d)?-?(\d\d)?T?(\d\d)?:?(\d\d)?(?::(\d\d))?", stated)
    assert parts is not None
    return [int(part or 0) for part in parts.groups()]


def expected(first: date | None, last: date | None) -> list[str]:
    spans = {stated: Span.of(stated) for stated in STATED}
    return sorted(
        stated.replace("Z", "+00:00")
        for stated, span in spans.items()
        if (last is None or span.first <= last) and (first is None or span.last >= first)
    )


DAYS = sorted({date.fromisoformat(day) + timedelta(days=step) for day in OFFSETS for step in (-1, 0, 1)})


def test_a_day_finds_what_shows_that_day(archive: Archive) -> None:
    """Off-by-one days are what archives that store instants are known for; the index and SQLite agree."""
    for day in DAYS:
        wanted = expected(day, day)
        assert sorted(found(archive, f"published:{day}")) == wanted, day
        assert sorted(found(archive, f"words published:{day}")) == wanted, day
        assert sorted(found(archive, f"modified:{day}")) == wanted, day
        assert sorted(found(archive, "", after=str(day), before=str(day))) == wanted, day


def test_open_ranges_begin_and_end_with_the_day(archive: Archive) -> None:
    """Each article is before a day, on it, or after it, and none is lost in between."""
    for day in DAYS:
        for query in ("", "words "):
            assert sorted(found(archive, f"{query}published:{day}..")) == expected(day, None), day
            assert sorted(found(archive, f"{query}published:..{day}")) == expected(None, day), day
        assert sorted(found(archive, f"modified:{day}..")) == expected(day, None), day
        assert sorted(found(archive, "words", after=str(day))) == expected(day, None), day
        assert sorted(found(archive, "", before=str(day))) == expected(None, day), day


@pytest.mark.parametrize("query", ["", "words", "published:2024", "words modified:2023-12..2024-12"])
def test_lists_run_by_the_clock_that_they_show(archive: Archive, query: str) -> None:
    """A list in another order than its dates looks broken; a month stands before its first day."""
    newest = [clock(stated) for stated in found(archive, query, sort="newest")]
    oldest = [clock(stated) for stated in found(archive, query, sort="oldest")]
    assert len(oldest) > 60
    assert oldest == sorted(oldest)
    assert newest == sorted(newest, reverse=True)


def test_days_are_counted_as_they_are_shown(archive: Archive) -> None:
    """A month-only date counts in its month and in no day, but in a row of its own."""
    counts = archive.search("words", limit=0, facets=["day", "month"]).facets
    for day in OFFSETS:
        assert counts["day"][day] == len([stated for stated in STATED if stated.startswith(day)])
    assert counts["month"]["2024-03"] == len([stated for stated in STATED if stated.startswith("2024-03")])


def test_what_was_captured_just_now_was_captured_today(archive: Archive) -> None:
    """Captures are dated in UTC; on either side of the date line, "today" in captured: is that day."""
    was_captured = archive.captures(1)[0].captured_at.date()
    # Midnight may have passed since the articles were added.
    day = {0: "today", 1: "yesterday"}[(datetime.now(UTC).date() - was_captured).days]
    assert len(found(archive, f"captured:{day}")) == len(STATED)
    assert len(found(archive, f"words captured:{day}..{day}")) == len(STATED)
    assert found(archive, 'captured:.."last year"') == []
