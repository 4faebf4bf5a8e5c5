"""Days, weeks, months and years by name and number."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsarchive.base.periods import Period, number_of, period_at, period_of, span


@given(day=st.dates(), by=st.sampled_from(Period))
def test_a_period_is_found_again_by_its_number(day: date, by: Period) -> None:
    """Charts go from names to numbers and back."""
    name = period_of(day, by)
    assert period_at(number_of(name), by) == name


@given(day=st.dates(max_value=date(9990, 1, 1)), by=st.sampled_from(Period))
def test_the_next_period_is_one_more_and_later_in_the_alphabet(day: date, by: Period) -> None:
    """Periods sort by name, and none is skipped or doubled where a year ends."""
    name = period_of(day, by)
    following = day
    while period_of(following, by) == name:
        following += timedelta(1)
    assert number_of(period_of(following, by)) == number_of(name) + 1
    assert period_of(following, by) > name


@pytest.mark.parametrize(
    ("day", "week"),
    [(date(2024, 12, 30), "2025-W01"), (date(2023, 1, 1), "2022-W52"), (date(2020, 12, 31), "2020-W53")],
    ids=str,
)
def test_weeks_are_those_of_iso_8601(day: date, week: str) -> None:
    """The days around New Year belong to the week of their Thursday."""
    assert period_of(day, Period.WEEK) == week


def test_a_span_holds_what_lies_between() -> None:
    """Empty periods are periods."""
    assert [period_at(each, Period.MONTH) for each in span(["2024-11", "2025-02"])] == [
        "2024-11",
        "2024-12",
        "2025-01",
        "2025-02",
    ]
    assert len(span([])) == 0
    with pytest.raises(ValueError, match="not a period"):
        number_of("2024-01-01-01")
