"""Dates as pages state them for machines: ISO 8601 and its bad copies, seconds since 1970, RFC 2822."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime

from newsarchive.base.dates import PartialDate
from newsarchive.extraction.dates.other_calendars import Calendar
from newsarchive.extraction.dates.times_of_day import offset_minutes
from newsarchive.extraction.dates.written_dates import MAX_TEXT, Found, day_of_year, find_date

_ISO = re.compile(
    r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})"
    r"(?:(?:[Tt]|,?\s{1,3})(\d{1,2}):(\d\d)(?::(\d\d?)(?:[.,]\d{1,9})?)?"
    r"\s?(Z|z|UTC|GMT|(?:UTC|GMT)?\s?[+-]\d\d?:?(?:\d\d)?)?)?"
)
_COMPACT = re.compile(r"(\d{4})(\d\d)(\d\d)(?:T?(\d\d)(\d\d)(\d\d)?(Z|[+-]\d\d:?\d\d)?)?")
_EPOCH = re.compile(r"\d{9,10}(?:\d{3})?")
_YEAR_ONLY = re.compile(r"\d{4}")
_MONTH_ONLY = re.compile(r"(\d{4})[-/.](\d{1,2})")


def parse_machine(value: object) -> PartialDate | None:
    """Read a date that a page states for machines; None where it is none."""
    found = find_machine(value)
    return None if found is None else found.date


def find_machine(value: object) -> Found | None:
    """Read a date as ``parse_machine`` does, with the calendar that it was written in.

    Strict ISO 8601, its usual bad copies (one-digit parts, spaces, slashes),
    compact dates, seconds or milliseconds since 1970, RFC 2822, then people's dates.
    """
    if isinstance(value, dict):
        value = value.get("@value")
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        value = str(int(value)) if abs(value) < 1e15 else None
    if not isinstance(value, str):
        return None
    text = value.strip()[:MAX_TEXT]
    if not text.isascii():
        return find_date(text)
    match = _ISO.match(text)
    if match:
        return _from_clock(match, (1, 3, 4), (5, 6, 7, 8))
    for pattern, read in _WHOLE:
        match = pattern.fullmatch(text)
        if match:
            return read(match)
    return find_date(text)


def _from_clock(
    match: re.Match[str], day: tuple[int, int, int], clock: tuple[int, int, int, int]
) -> Found | None:
    """Read the groups of a match: those of year, month and day, and those of hour to offset.

    A time of day that can't be is dropped, not the day with it.
    """
    year, month, date = (int(match[group]) for group in day)
    found = day_of_year(year, month, date)
    hour, minute, second = (None if match[group] is None else int(match[group]) for group in clock[:3])
    if found is None or hour is None or found[1] is Calendar.SOLAR_HIJRI:
        return None if found is None else Found(found[0], *match.span(), found[1])
    whole = found[0]
    try:
        moment = PartialDate(
            whole.year, whole.month, whole.day, hour, minute,
            None if second is None else min(second, 59), offset_minutes(match[clock[3]]),
        )  # fmt: skip
    except ValueError:
        moment = whole
    return Found(moment, *match.span(), found[1])


def _from_epoch(match: re.Match[str]) -> Found:
    seconds = int(match[0])
    moment = datetime.fromtimestamp(seconds / 1000 if seconds > 10**11 else seconds, UTC)
    return Found(PartialDate.from_datetime(moment), *match.span())


def _from_compact(match: re.Match[str]) -> Found | None:
    return _from_clock(match, (1, 2, 3), (4, 5, 6, 7))


def _from_month(match: re.Match[str]) -> Found | None:
    found = day_of_year(int(match[1]), int(match[2]), None)
    return None if found is None else Found(found[0], *match.span(), found[1])


def _from_year(match: re.Match[str]) -> Found | None:
    found = day_of_year(int(match[0]), None, None)
    return None if found is None else Found(found[0], *match.span(), found[1])


_WHOLE: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Found | None]], ...] = (
    (_EPOCH, _from_epoch),
    (_COMPACT, _from_compact),
    (_MONTH_ONLY, _from_month),
    (_YEAR_ONLY, _from_year),
)
