from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsarchive.base.dates import DateInterval
from newsarchive.errors import QuerySyntaxError
from newsarchive.query.typed_dates import parse_date, parse_range

# A Wednesday.
TODAY = date(2024, 10, 30)


def days(text: str, today: date = TODAY) -> tuple[str, str]:
    interval = parse_date(text, today=today)
    return str(interval.earliest), str(interval.latest)


@pytest.mark.parametrize(
    "text",
    (
        "2024-10-30|2024-10-30 |2024/10/30|2024.10.30|20241030|30 Oct 2024|30 October 2024|October 30, 2024|"
        "Oct. 30, 2024|30th of October 2024|30-Oct-2024|2024 Oct 30|30OCT2024|Wed 30 Oct 2024|"
        "Wednesday, 30 October 2024|30/10/2024|10/30/2024|30.10.2024|٢٠٢٤-١٠-٣٠"
    ).split("|"),
)
def test_every_unambiguous_way_to_write_a_day_is_read(text: str) -> None:
    """Journalists copy dates from everywhere."""
    assert days(text) == ("2024-10-30", "2024-10-30")


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2024", "2024-01-01", "2024-12-31"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2024-2", "2024-02-01", "2024-02-29"),
        ("Feb 2023", "2023-02-01", "2023-02-28"),
        ("2/2023", "2023-02-01", "2023-02-28"),
        ("0001", "0001-01-01", "0001-12-31"),
        ("9999-12", "9999-12-01", "9999-12-31"),
        ("04/04/2024", "2024-04-04", "2024-04-04"),
    ],
)
def test_an_imprecise_date_means_all_its_days(text: str, first: str, last: str) -> None:
    """A day is never invented from a month."""
    assert days(text) == (first, last)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("today", "2024-10-30", "2024-10-30"),
        ("Yesterday", "2024-10-29", "2024-10-29"),
        ("this week", "2024-10-28", "2024-11-03"),
        ("this month", "2024-10-01", "2024-10-31"),
        ("this year", "2024-01-01", "2024-12-31"),
        ("last week", "2024-10-21", "2024-10-27"),
        ("last-week", "2024-10-21", "2024-10-27"),
        ("last_week", "2024-10-21", "2024-10-27"),
        ("last month", "2024-09-01", "2024-09-30"),
        ("last year", "2023-01-01", "2023-12-31"),
        ("last monday", "2024-10-28", "2024-10-28"),
        ("last Tuesday", "2024-10-29", "2024-10-29"),
        ("last wednesday", "2024-10-23", "2024-10-23"),
        ("last thursday", "2024-10-24", "2024-10-24"),
        ("last 1 day", "2024-10-29", "2024-10-30"),
        ("last 7 days", "2024-10-23", "2024-10-30"),
        ("past 2 weeks", "2024-10-16", "2024-10-30"),
        ("last 3 months", "2024-07-30", "2024-10-30"),
        ("last three months", "2024-07-30", "2024-10-30"),
        ("past 12 months", "2023-10-30", "2024-10-30"),
        ("last 10 years", "2014-10-30", "2024-10-30"),
        ("last 8 months", "2024-02-29", "2024-10-30"),
    ],
)
def test_a_relative_date_counts_from_today(text: str, first: str, last: str) -> None:
    """Each phrase means exactly what the reference page says."""
    assert days(text) == (first, last)


@pytest.mark.parametrize(
    ("today", "text", "first", "last"),
    [
        (date(2024, 1, 15), "last month", "2023-12-01", "2023-12-31"),
        (date(2024, 1, 1), "yesterday", "2023-12-31", "2023-12-31"),
        (date(2024, 3, 31), "last 1 months", "2024-02-29", "2024-03-31"),
        (date(2024, 2, 29), "last 1 year", "2023-02-28", "2024-02-29"),
        (date(2024, 10, 28), "last monday", "2024-10-21", "2024-10-21"),
        (date(1, 1, 1), "yesterday", "0001-01-01", "0001-01-01"),
        (date(1, 1, 1), "last year", "0001-01-01", "0001-12-31"),
        (date(9999, 12, 31), "this week", "9999-12-27", "9999-12-31"),
        (date(2024, 10, 30), "last 999999 years", "0001-01-01", "2024-10-30"),
    ],
)
def test_relative_dates_are_right_at_the_ends_of_months_years_and_time(
    today: date, text: str, first: str, last: str
) -> None:
    """February and the first and last days of the calendar are where date arithmetic fails."""
    assert days(text, today) == (first, last)


@pytest.mark.parametrize("text", ["03/04/2024", "3.4.2024", "03-04-2024", "1 2 2024"])
def test_a_date_with_two_readings_is_refused_with_both(text: str) -> None:
    """In one country it is March, in another April; a guess would be silently wrong."""
    with pytest.raises(QuerySyntaxError) as caught:
        parse_date(text, today=TODAY)
    assert caught.value.hint is not None
    assert caught.value.hint.count("2024-0") == 2


@pytest.mark.parametrize(
    "text",
    (
        "| |10|a|Monday|October|30 Oct|Oct 24|30 Oct 24|03/04/24|12 Oct 13 2024|30 2024|Oct 2024 2025|"
        "30 Oct Nov 2024|31 Apr 2024|29 Feb 2023|2024-13|2024-02-30|2024-00|2024-10-00|0000|10000|123|"
        "2024-10-30T10:30|10:30|noon|30 Oct 2024 UTC|Monday Oct 2024|Tue 30 Oct 2024|last 0 days|"
        "last -1 days|last 1.5 days|next week|last 1000000 days|tomorrow|²024|30 oct 0050|\ud800|"
        + f"{'1 Jan 2024 ' * 50}|{'2024' * 5_000}"
    ).split("|"),
    ids=lambda text: ascii(text[:20]),
)
def test_what_is_no_date_is_refused(text: str) -> None:
    """dateutil takes many of these, and fills what they leave open from the clock."""
    with pytest.raises(QuerySyntaxError) as caught:
        parse_date(text, today=TODAY)
    assert caught.value.hint


@pytest.mark.parametrize(
    ("text", "interval"),
    [
        ("2024-10..2024-12", DateInterval(date(2024, 10, 1), date(2024, 12, 31))),
        ("..2024", DateInterval(None, date(2024, 12, 31))),
        ("2024..", DateInterval(date(2024, 1, 1), None)),
        ("2024..2024-03", DateInterval(date(2024, 1, 1), date(2024, 3, 31))),
        ("2024-10..2024", DateInterval(date(2024, 10, 1), date(2024, 12, 31))),
        ("30 Sep 2024 .. last week", DateInterval(date(2024, 9, 30), date(2024, 10, 27))),
        ("2024-10", DateInterval(date(2024, 10, 1), date(2024, 10, 31))),
    ],
)
def test_an_imprecise_bound_expands_outward(text: str, interval: DateInterval) -> None:
    """Whoever says "until December" means all of it."""
    assert parse_range(text, today=TODAY) == interval


@pytest.mark.parametrize(
    "text", ["..", " .. ", "2024-12..2024-10", "2024...2025", "a..", "..b", "2023..2024..2025"]
)
def test_a_range_without_dates_or_in_reverse_is_refused(text: str) -> None:
    """It would find nothing, or everything, without saying so."""
    with pytest.raises(QuerySyntaxError):
        parse_range(text, today=TODAY)


@settings(deadline=None)
@given(st.dates())
def test_a_day_is_read_back_from_every_way_to_write_it(day: date) -> None:
    """The fast path and dateutil agree."""
    expected = DateInterval(day, day)
    assert parse_date(day.isoformat(), today=TODAY) == expected
    # strftime pads years below 1000 on some systems only, and dateutil takes 0050 for 2050.
    if day.year >= 1000:
        month = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()[day.month - 1]
        assert parse_date(f"{day.day} {month} {day.year}", today=TODAY) == expected
        assert parse_date(f"{month} {day.day}, {day.year}", today=TODAY) == expected


PIECES = st.sampled_from(
    "2024 10 3 30 31 0 00 Oct Feb of th st Mon Monday last this past week month year days yesterday today "
    ". , - / .. : ' T Z a pm UTC".split()
)


@settings(deadline=None)
@given(st.text(max_size=30) | st.lists(PIECES, max_size=8).map(" ".join), st.dates())
def test_any_text_gives_ordered_days_or_a_syntax_error(text: str, today: date) -> None:
    """dateutil raises many kinds of error; none may pass."""
    try:
        interval = parse_range(text, today=today)
    except QuerySyntaxError:
        return
    if interval.earliest is not None and interval.latest is not None:
        assert interval.earliest <= interval.latest


@settings(deadline=None)
@given(st.dates(min_value=date(1, 1, 8)), st.sampled_from("monday tuesday wednesday friday sunday".split()))
def test_last_weekday_lies_in_the_seven_days_before_today(today: date, weekday: str) -> None:
    """On a Monday, last Monday is not today."""
    interval = parse_date(f"last {weekday}", today=today)
    assert interval.earliest is not None
    assert timedelta(1) <= today - interval.earliest <= timedelta(7)
    assert f"{interval.earliest:%A}".lower() == weekday
