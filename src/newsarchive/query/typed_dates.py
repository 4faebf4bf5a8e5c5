"""Dates as users type them: ``2024-10``, ``30 Oct 2024``, ``last 3 months``, ``2024-10..yesterday``.

Errors are QuerySyntaxError without a position: where the date stood in a query only the parser knows.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from datetime import date, datetime

from newsarchive.base.dates import DateInterval, PartialDate
from newsarchive.errors import QuerySyntaxError
from newsarchive.query.characters import shown

_HINT = 'write 2024, 2024-10, 2024-10-30, 2024-10..2024-12, yesterday, "30 Oct 2024" or "last 3 months"'
# The longest date anyone types is a weekday, a day, a month and a year in full.
_MAX_DATE = 60

_YEAR_FIRST = re.compile(r"(\d{4})(?:([-/.])(\d{1,2})(?:\2(\d{1,2}))?)?|(\d{4})(\d\d)(\d\d)")
_BETWEEN_WORDS = re.compile(r"[\s_]+|(?<=\w)-(?=\w)")
_TOKEN = re.compile(r"\d+|[^\W\d_]+")
# The names are spelled out, because calendar.day_name speaks the language of the process.
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_WEEKDAY_WORDS = frozenset((*_WEEKDAYS, *(name[:3] for name in _WEEKDAYS)))
_KNOWN_WORDS = _WEEKDAY_WORDS | frozenset(
    "jan january feb february mar march apr april may jun june jul july aug august sep sept september "
    "oct october nov november dec december st nd rd th of".split()
)
_NUMBER_WORDS = "one two three four five six seven eight nine ten eleven twelve".split()
_ROLLING = re.compile(rf"(?:last|past) ([1-9]\d{{0,5}}|{'|'.join(_NUMBER_WORDS)}) (day|week|month|year)s?")

# What a written date leaves open, dateutil fills from a default. Two defaults without a part in
# common tell which parts were written; hours too, since a stray number may be taken for a time.
_DEFAULTS = (datetime(2000, 1, 1), datetime(2004, 5, 28, 12, 34, 56))


def parse_range(text: str, *, today: date) -> DateInterval:
    """Parse one date, or ``A..B`` with either side left out for an open end.

    An imprecise bound expands outward: ``..2024-12`` ends on 31 December.
    """
    first, dots, last = text.partition("..")
    if not dots:
        return parse_date(text, today=today)
    if not first.strip() and not last.strip():
        raise QuerySyntaxError("a range needs a date on at least one side of '..'", hint=_HINT)
    earliest = parse_date(first, today=today).earliest if first.strip() else None
    latest = parse_date(last, today=today).latest if last.strip() else None
    if earliest is not None and latest is not None and earliest > latest:
        raise QuerySyntaxError(
            f"the range ends before it begins: {earliest}..{latest}", hint="put the earlier date first"
        )
    return DateInterval(earliest, latest)


def is_relative(text: str) -> bool:
    """Whether a date or range that parses depends on the day of the search."""
    return any(_relative(bound.strip(), today=date(2000, 1, 1)) for bound in text.split(".."))


def parse_date(text: str, *, today: date) -> DateInterval:
    """Give the calendar days that one date means: absolute, or relative to ``today``.

    The written forms and what each means are in docs/reference/query-language.md.
    """
    text = text.strip()
    if not text:
        raise QuerySyntaxError("a date is missing", hint=_HINT)
    if text[0] in "<>=[":
        raise QuerySyntaxError(
            f"{shown(text)} is not a date", hint="from a day on is 2024-10-30.., up to a day ..2024-10-30"
        )
    if len(text) > _MAX_DATE:
        raise _no_date(text)
    return _year_first(text) or _relative(text, today=today) or _written_out(text)


def _year_first(text: str) -> DateInterval | None:
    match = _YEAR_FIRST.fullmatch(text)
    if match is None:
        return None
    parts = [int(part) for part in (match[1], match[3], match[4], *match.group(5, 6, 7)) if part]
    return _interval(text, *parts)


def _interval(text: str, year: int, month: int | None = None, day: int | None = None) -> DateInterval:
    try:
        return PartialDate(year, month, day).interval
    except ValueError as exc:
        raise QuerySyntaxError(f"there is no such date: {shown(text)}", hint=_HINT) from exc


def _relative(text: str, *, today: date) -> DateInterval | None:
    # Hyphens join words, so that published:last-week needs no quotes.
    phrase = _BETWEEN_WORDS.sub(" ", text.lower())
    if phrase in _PERIODS:
        return _PERIODS[phrase](today)
    if (rolling := _ROLLING.fullmatch(phrase)) is not None:
        count = _NUMBER_WORDS.index(rolling[1]) + 1 if rolling[1] in _NUMBER_WORDS else int(rolling[1])
        return DateInterval(_before(today, count, unit=rolling[2]), today)
    adverb, _, weekday = phrase.partition(" ")
    if adverb == "last" and weekday in _WEEKDAYS:
        # The most recent one before today: on a Monday, last Monday is a week ago.
        return _day(_shift(today, -((today.weekday() - _WEEKDAYS.index(weekday) - 1) % 7 + 1)))
    return None


def _day(day: date) -> DateInterval:
    return DateInterval(day, day)


def _week(day: date) -> DateInterval:
    monday = _shift(day, -day.weekday())
    return DateInterval(monday, _shift(monday, 6))


def _month(day: date) -> DateInterval:
    return PartialDate(day.year, day.month).interval


def _year(day: date) -> DateInterval:
    return PartialDate(day.year).interval


def _shift(day: date, days: int) -> date:
    """Add days, stopping at the ends of the calendar (years 1 and 9999)."""
    return date.fromordinal(min(max(day.toordinal() + days, date.min.toordinal()), date.max.toordinal()))


def _before(today: date, count: int, *, unit: str) -> date:
    if unit in ("day", "week"):
        return _shift(today, -count * (7 if unit == "week" else 1))
    months = today.year * 12 + today.month - 1 - count * (12 if unit == "year" else 1)
    year, month = divmod(months, 12)
    if year < date.min.year:
        return date.min
    # Where the month has no such day, its last one is meant: a month before 31 March is 28 February.
    return date(year, month + 1, min(today.day, calendar.monthrange(year, month + 1)[1]))


_PERIODS: dict[str, Callable[[date], DateInterval]] = {
    "today": _day,
    "yesterday": lambda today: _day(_shift(today, -1)),
    "this week": _week,
    "this month": _month,
    "this year": _year,
    "last week": lambda today: _week(_shift(today, -7)),
    "last month": lambda today: _month(_shift(today, -today.day)),
    "last year": lambda today: _year(_shift(today.replace(month=1, day=1), -1)),
}


def _written_out(text: str) -> DateInterval:
    """Parse a date such as ``30 Oct 2024``, ``October 2024`` or ``30/10/2024``.

    Only months, weekdays and numbers reach dateutil, which takes "a" for a
    time, "Monday" for the next one and "12 Oct 13 2024" for a day of 2013.
    """
    if ":" in text:
        raise QuerySyntaxError(
            f"a date in a query has no time of day: {shown(text)}", hint="give the day: 2024-10-30"
        )
    words = [word for word in _TOKEN.findall(text.lower()) if not word.isdecimal()]
    if _TOKEN.sub("", text).strip(" .,/-") or not _KNOWN_WORDS.issuperset(words):
        raise _no_date(text)
    year = _only_year(text)
    month_first, day_first = _ask_dateutil(text, dayfirst=False), _ask_dateutil(text, dayfirst=True)
    if month_first.year != year:
        raise _no_date(text)
    if month_first != day_first:
        raise QuerySyntaxError(
            f"{shown(text)} may be {month_first} or {day_first}", hint=f"write {day_first} or {month_first}"
        )
    _check_weekday(text, words, month_first)
    return month_first.interval


def _only_year(text: str) -> int:
    numbers = re.findall(r"\d+", text)
    years = [number for number in numbers if len(number) == 4]
    if len(years) != 1:
        raise QuerySyntaxError(f"a date needs a year of four digits: {shown(text)}", hint=_HINT)
    if any(len(number) == 3 or len(number) > 4 for number in numbers):
        raise _no_date(text)
    return int(years[0])


def _ask_dateutil(text: str, *, dayfirst: bool) -> PartialDate:
    # dateutil is imported here: it takes 50 ms, and most searches name no such date.
    from dateutil import parser

    try:
        one, other = (parser.parse(text, default=default, dayfirst=dayfirst) for default in _DEFAULTS)
    except (ValueError, OverflowError) as exc:
        raise _no_date(text) from exc
    if one.hour == other.hour or one.year != other.year or one.month != other.month:
        raise _no_date(text)
    return PartialDate(one.year, one.month, one.day if one.day == other.day else None)


def _check_weekday(text: str, words: list[str], stated: PartialDate) -> None:
    weekdays = [word[:3] for word in words if word in _WEEKDAY_WORDS]
    if not weekdays:
        return
    if stated.day is None:
        raise QuerySyntaxError(f"a weekday needs its day: {shown(text)}", hint=_HINT)
    true = _WEEKDAYS[stated.earliest.weekday()]
    if any(weekday != true[:3] for weekday in weekdays):
        raise QuerySyntaxError(
            f"{stated} is a {true.capitalize()}: {shown(text)}", hint="leave the weekday out, or correct it"
        )


def _no_date(text: str) -> QuerySyntaxError:
    return QuerySyntaxError(f"{shown(text)} is not a date", hint=_HINT)
