"""Dates as people write them: languages, digits, calendars."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsarchive.extraction.dates.machine_dates import find_machine
from newsarchive.extraction.dates.month_names import NAMES
from newsarchive.extraction.dates.other_calendars import Calendar, cjk_number, from_solar_hijri
from newsarchive.extraction.dates.relative_dates import PHRASES, resolve
from newsarchive.extraction.dates.written_dates import find_date, find_dates
from newsarchive.model import Confidence

CAPTURED = datetime(2024, 3, 5, 14, 20, tzinfo=UTC)
# Their months are numbers, in patterns of their own.
NUMBERED = {"zh", "ja", "ko", "vi"}
TABLES = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in Path(__file__).parents[2].joinpath("docs/reference/dates.md").read_text("utf-8").splitlines()
    if line.startswith("| ") and not line.startswith(("| language", "| written"))
]
LANGUAGES = [row for row in TABLES if len(row) == 4]
CALENDARS = [row for row in TABLES if len(row) == 3]


def test_documented_languages_are_those_of_the_tables() -> None:
    """The table in the reference is the promise; the code's tables keep it."""
    assert {row[1] for row in LANGUAGES} == NAMES.keys() | NUMBERED
    assert {row[1] for row in LANGUAGES if row[3]} == PHRASES.keys()


@pytest.mark.parametrize("row", LANGUAGES, ids=[row[1] for row in LANGUAGES])
def test_documented_language_is_read(row: list[str]) -> None:
    """The examples of the reference, one a language, all mean the same day."""
    found = find_date(row[2])
    assert found is not None
    assert str(found.date) == "2024-03-05"
    if row[3]:
        resolved = resolve(row[3], captured_at=CAPTURED)
        assert resolved is not None
        assert str(resolved.date) == "2024-03-05"


@pytest.mark.parametrize("row", CALENDARS, ids=[row[0] for row in CALENDARS])
def test_documented_calendar_is_converted_and_named(row: list[str]) -> None:
    """A converted year must be told from one that was written so."""
    found = find_date(row[0])
    assert found is not None
    assert [str(found.date), found.calendar.value] == row[1:]


@pytest.mark.parametrize("language", NAMES)
def test_every_language_has_twelve_months(language: str) -> None:
    """A missing column would shift all months behind it."""
    assert len(NAMES[language].split()) == 12


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("5 MART 2024", "2024-03-05"),
        ("5 KASIM 2024", "2024-11-05"),
        ("5 ΜΑΡΤΙΟΥ 2024", "2024-03-05"),
        ("5 fevrier 2024", "2024-02-05"),
        ("2024. március 5-én", "2024-03-05"),
        ("令和元年5月1日 午後3時5分", "2019-05-01T15:05"),
        ("2024년 3월 5일 오후 3:05", "2024-03-05T15:05"),
        ("2024年12月三十一日 下午3:05", "2024-12-31T15:05"),
        ("By Jane Doe, 8.5.12", "2012-05-08"),
        ("30 اسفند 1403", "2025-03-20"),
        ("فروردین ۱۴۰۳", "2024"),
    ],
)
def test_spelling_of_the_press_is_read(text: str, expected: str) -> None:
    """Capitals lose accents, dates take endings, clocks have halves."""
    found = find_date(text)
    assert found is not None
    assert str(found.date) == expected


def test_dates_of_a_text_come_in_its_order() -> None:
    """The label before each tells what it is; a number must not overtake a name."""
    found = list(find_dates("Updated 6 March 2024, 09:00 | First published 05/03/2024"))
    assert [str(one.date) for one in found] == ["2024-03-06T09:00", "2024-03-05"]


@pytest.mark.parametrize(
    "text", ["v1.2.10", "Build 10.5.3", "192.168.10.12", "It was 12.5.20 then " + "x" * 60]
)
def test_numbers_like_a_short_date_are_none(text: str) -> None:
    """Two digits are a year only where a line is a date."""
    assert find_date(text) is None


def test_dates_by_the_moon_are_not_read() -> None:
    """Their days are announced; 1445 is neither ours nor Iran's."""
    assert find_date("5/9/1445") is None
    assert find_date("١٤٤٥/٠٩/٠٥") is None


@given(st.dates(min_value=date(1921, 3, 21), max_value=date(2031, 3, 20)))
def test_iranian_days_follow_each_other(day: date) -> None:
    """Every day has exactly one name in the Iranian calendar; leap years are where they belong."""
    year = day.year - 621 if day >= date(day.year, 3, 19) else day.year - 622
    named = [
        (y, m, d)
        for y in (year - 1, year)
        for m in range(1, 13)
        for d in range(1, 32)
        if (solar := from_solar_hijri(y, m, d)) and solar.earliest == day
    ]
    assert len(named) == 1


@pytest.mark.parametrize(("text", "number"), [("二〇二四", 2024), ("十", 10), ("三十一", 31), ("元", 1)])
def test_chinese_numbers_of_dates_are_read(text: str, number: int) -> None:
    """Official papers write dates in them."""
    assert cjk_number(text) == number


@pytest.mark.parametrize(
    ("text", "expected", "confidence"),
    [
        ("5 min ago", "2024-03-05T14:15+00:00", Confidence.MEDIUM),
        ("Published an hour ago", "2024-03-05", Confidence.MEDIUM),
        ("vor einer Stunde", "2024-03-05", Confidence.MEDIUM),
        ("godzinę temu", "2024-03-05", Confidence.MEDIUM),
        ("منذ ٣ أيام", "2024-03-02", Confidence.MEDIUM),
        ("לפני 3 ימים", "2024-03-02", Confidence.MEDIUM),
        ("Heute, 10:20 Uhr", "2024-03-05T10:20", Confidence.MEDIUM),
        ("昨天 14:05", "2024-03-04T14:05", Confidence.MEDIUM),
        ("Yesterday", "2024-03-04", Confidence.MEDIUM),
        ("2 weeks ago", "2024-02", Confidence.LOW),
        ("3 years ago", "2021", Confidence.LOW),
    ],
)
def test_relative_date_counts_from_the_capture(text: str, expected: str, confidence: Confidence) -> None:
    """The longer ago, the less is known."""
    resolved = resolve(text, captured_at=CAPTURED)
    assert resolved is not None
    assert (str(resolved.date), resolved.confidence) == (expected, confidence)


@pytest.mark.parametrize(
    "text", ["", "5 min read", "3 min de lecture", "2 hours", "Today we saw", "vor dem Haus"]
)
def test_text_without_a_relative_date_gives_none(text: str) -> None:
    """Reading times and prose count nothing back."""
    assert resolve(text, captured_at=CAPTURED) is None


PIECES = st.lists(
    st.one_of(
        st.text(max_size=5),
        st.integers(0, 99_999).map(str),
        st.sampled_from(
            [name for line in NAMES.values() for name in line.replace("|", " ").split()]
            + "年 月 日 令和 民國 十 〇 元 / . - , : ago vor 前 tháng 午後 オ 時 분 +05:30 EST pm Z".split()
        ),
    ),
    max_size=12,
)


@given(PIECES, st.sampled_from(["", " "]))
def test_any_text_gives_dates_in_bounds_or_none(pieces: list[str], joint: str) -> None:
    """Strangers write anything; offsets must lie inside the text all the same."""
    text = joint.join(pieces)
    for found in find_dates(text):
        assert 1600 <= found.date.year < 2200
        assert 0 <= found.start < found.end <= len(text)
    assert find_machine(text) is None or isinstance(find_machine(text).calendar, Calendar)  # type: ignore[union-attr]
    resolved = resolve(text, captured_at=CAPTURED)
    assert resolved is None or 1900 <= resolved.date.year <= 2024
