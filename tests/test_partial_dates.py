from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsarchive.base.dates import DateInterval, PartialDate, Precision, read_utc_text, utc_text

offsets = st.integers(-24 * 60 + 1, 24 * 60 - 1)


@st.composite
def partial_dates(draw: st.DrawFn) -> PartialDate:
    moment = draw(st.datetimes())
    parts = (moment.year, moment.month, moment.day, moment.hour, moment.minute, moment.second)
    known = draw(st.sampled_from((1, 2, 3, 5, 6)))
    offset = draw(st.none() | offsets) if known > 3 else None
    value = PartialDate(*parts[:known])
    return replace(value, offset=offset)


NEAR = st.dates(date(2024, 2, 1), date(2024, 3, 10))


@st.composite
def intervals(draw: st.DrawFn) -> DateInterval:
    first, last = sorted((draw(NEAR), draw(NEAR)))
    open_start, open_end = draw(st.booleans()), draw(st.booleans())
    return DateInterval(None if open_start else first, None if open_end else last)


def holds(interval: DateInterval, day: date) -> bool:
    starts = interval.earliest is None or interval.earliest <= day
    return starts and (interval.latest is None or day <= interval.latest)


@settings(deadline=None)
@given(partial_dates())
def test_a_date_survives_being_written_and_read(value: PartialDate) -> None:
    """Stored dates are text; precision and offset must come back as they were."""
    assert PartialDate.fromisoformat(value.isoformat()) == value


@settings(deadline=None)
@given(st.datetimes(timezones=st.just(UTC)), st.datetimes(timezones=st.just(UTC)))
def test_a_moment_survives_being_written_and_is_ordered_as_text(one: datetime, other: datetime) -> None:
    """The tables hold moments as text, and are asked for the newest; to the second, in any year."""
    one, other = one.replace(microsecond=0), other.replace(microsecond=0)
    assert read_utc_text(utc_text(one)) == one
    assert (utc_text(one) < utc_text(other)) is (one < other)


@settings(deadline=None)
@given(intervals(), intervals())
def test_overlap_is_symmetric_and_agrees_with_looking_day_by_day(
    one: DateInterval, other: DateInterval
) -> None:
    """Every date search is this comparison."""
    # Two days more on each side stand for the open ends.
    all_days = (date(2024, 1, 30) + timedelta(days) for days in range(45))
    expected = any(holds(one, day) and holds(other, day) for day in all_days)
    assert one.overlaps(other) is expected
    assert other.overlaps(one) is expected


@settings(deadline=None)
@given(partial_dates())
def test_a_date_lies_in_its_own_interval(value: PartialDate) -> None:
    """A date is never moved out of the days that its source states."""
    assert value.earliest <= value.latest
    assert value.earliest.isoformat().startswith(value.isoformat()[:10])
    assert value.latest.isoformat().startswith(value.isoformat()[:10])
    assert value.interval == DateInterval(value.earliest, value.latest)


@settings(deadline=None)
@given(st.datetimes(timezones=st.none() | offsets.map(lambda minutes: timezone(timedelta(minutes=minutes)))))
def test_a_datetime_keeps_its_wall_clock_and_its_instant(moment: datetime) -> None:
    """The day that a page shows is the day that is stored."""
    value = PartialDate.from_datetime(moment)
    assert value.isoformat()[:19] == moment.isoformat()[:19]
    assert value.moment == (None if moment.tzinfo is None else moment.replace(microsecond=0))


@settings(deadline=None)
@given(partial_dates(), partial_dates())
def test_sort_keys_order_dates_as_their_wall_clocks(one: PartialDate, other: PartialDate) -> None:
    """Lists sorted by date agree with the dates that they show."""
    if one.latest < other.earliest:
        assert one.sort_key < other.sort_key


@settings(deadline=None)
@given(st.text(max_size=30) | st.from_regex(r"\d{4}-\d\d?(-\d\d([T ]\d\d:\d\d.*)?)?", fullmatch=True))
def test_any_text_is_a_date_or_a_value_error(text: str) -> None:
    """Dates of pages are strangers' text."""
    try:
        value = PartialDate.fromisoformat(text)
    except ValueError:
        return
    assert PartialDate.fromisoformat(value.isoformat()) == value


@pytest.mark.parametrize(
    ("text", "expected", "precision"),
    [
        ("2024", PartialDate(2024), Precision.YEAR),
        ("2024-02", PartialDate(2024, 2), Precision.MONTH),
        (" 2024-10-30\n", PartialDate(2024, 10, 30), Precision.DAY),
        ("2024-10-30T14:05", PartialDate(2024, 10, 30, 14, 5), Precision.MINUTE),
        ("2024-10-30 14:05:07.123", PartialDate(2024, 10, 30, 14, 5, 7), Precision.SECOND),
        ("2024-10-30t14:05z", PartialDate(2024, 10, 30, 14, 5, offset=0), Precision.MINUTE),
        ("2024-10-30T14:05:60-0330", PartialDate(2024, 10, 30, 14, 5, 59, -210), Precision.SECOND),
        ("2024-10-30T14:05+01", PartialDate(2024, 10, 30, 14, 5, offset=60), Precision.MINUTE),
    ],
)
def test_iso_dates_of_every_precision_are_read(
    text: str, expected: PartialDate, precision: Precision
) -> None:
    """Pages state a year, a month, a day, a minute or a second."""
    assert PartialDate.fromisoformat(text) == expected
    assert expected.precision is precision


@pytest.mark.parametrize(
    "text",
    (
        "|24|2024-1|2024-00|2024-13|2024-10-00|2024-02-30|0000|10000|2024-10-30T|2024-10-30T14|"
        "2024-10-30T24:00|2024-10-30T14:05+24:00|2024-10+01:00|30 Oct 2024"
    ).split("|"),
)
def test_what_is_no_iso_date_is_refused(text: str) -> None:
    """A month of 00 is what content systems write for "not known"; it is not January."""
    with pytest.raises(ValueError):
        PartialDate.fromisoformat(text)


@pytest.mark.parametrize(
    "parts",
    [(2024, None, 3), (2024, 1, None, 5, 6), (2024, 1, 2, 3), (2024, 0), (2024, 1, 0), (2023, 2, 29), (0,)],
)
def test_a_date_that_skips_a_part_or_does_not_exist_is_refused(parts: tuple[int, ...]) -> None:
    """A wrong date is caught where it is made, not where it is sorted."""
    with pytest.raises(ValueError):
        PartialDate(*parts)


def test_an_offset_without_a_time_of_day_is_refused() -> None:
    """A day has no offset; a moment has."""
    with pytest.raises(ValueError, match="time of day"):
        PartialDate(2024, 10, 30, offset=60)


def test_an_offset_with_seconds_is_cut_to_minutes() -> None:
    """Offsets before standard time have seconds; ISO 8601 has none for them."""
    zone = timezone(-timedelta(hours=23, minutes=59, seconds=30))
    assert PartialDate.from_datetime(datetime(1890, 1, 1, tzinfo=zone)).offset == -(23 * 60 + 59)


def test_late_evening_abroad_stays_on_its_day() -> None:
    """23:40 in New York is the next day in UTC, and 30 October for its readers."""
    value = PartialDate.fromisoformat("2024-10-30T23:40-05:00")
    assert value.interval == DateInterval(date(2024, 10, 30), date(2024, 10, 30))
    assert value.moment == datetime(2024, 10, 31, 4, 40, tzinfo=UTC)


def test_a_month_overlaps_each_of_its_days_only() -> None:
    """An article dated "March 2020" may be of the 15th."""
    march = PartialDate(2020, 3).interval
    assert march.overlaps(PartialDate(2020, 3, 15).interval)
    assert not march.overlaps(PartialDate(2020, 4, 1).interval)
    assert PartialDate.from_date(date(2020, 3, 31)).interval.overlaps(march)
