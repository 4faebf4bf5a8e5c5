"""Dates as people write them, in the languages of ``months`` and the calendars of ``calendars``.

A date is as precise as its text: a month stays a month. Nothing here knows what
"today" is; a text that gives no year gives no date (``relative`` reads "2 hours ago").
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from newsarchive.base.dates import PartialDate
from newsarchive.extraction.dates.month_names import MONTHS, SOLAR_HIJRI_MONTHS, fold
from newsarchive.extraction.dates.other_calendars import (
    ERA_NAMES,
    SOLAR_HIJRI_YEARS,
    Calendar,
    CountedYear,
    cjk_number,
    counted,
    from_solar_hijri,
    of_era,
    thai_short_year,
)
from newsarchive.extraction.dates.times_of_day import time_beside

MAX_TEXT = 300
_EARLIEST_YEAR, _LATEST_YEAR = 1600, 2199
_MAX_DATES = 8
_CJK = "[0-9〇零元一二三四五六七八九十]"
_EAST_ASIAN = re.compile(
    rf"(?P<era>{'|'.join(ERA_NAMES)})?\s?(?P<year>{_CJK}{{1,4}})\s?[年년]\s?(?P<month>{_CJK}{{1,2}})\s?[月월]"
    rf"(?:\s?(?P<day>{_CJK}{{1,3}})\s?[日일号號])?"
)
_VIETNAMESE = re.compile(
    r"(?<!\d)(?P<day>\d{1,2})\s{1,3}tháng\s{1,3}(?P<month>\d{1,2})\s?,?\s{1,3}(?:năm\s{1,3})?(?P<year>\d{4})(?!\d)"
)
_YEAR_FIRST = re.compile(
    r"(?<!\d)(?P<year>\d{4})(?P<mark>[-/.])\s?(?P<month>\d{1,2})(?P=mark)\s?(?P<day>\d{1,2})(?!\d)"
)
_YEAR_LAST = re.compile(r"(?<!\d)(\d{1,2})([-/.])\s?(\d{1,2})\2\s?(\d{4})(?!\d)")
# Two digits of a year: a date only where the line is one, else a version or a score.
_SHORT_YEAR_LAST = re.compile(r"(?<![\w./:])(\d{1,2})([/.])(\d{1,2})\2(\d\d)(?![\d./:])")
_MAX_SHORT = 60
_CENTURY = 70
# A word runs to the next space or punctuation: vowel signs are no letters for Python's \w.
_TOKEN = re.compile(r"\d+|[^\W\d_](?:[^\s\d,/()|:;·•–—\-.\u060c]|\.(?=[^\W\d_]\.?[\s\d]))*")
# What stands between the parts of a date: articles, ordinal endings, "of", "year", "day".
_FILLERS = frozenset(
    "de of do d del den di th st nd rd er e er. ta the a le la vom am on ngày ko eko gada gadā m. m d. "
    "พ.ศ року года год г р жылғы il ili وعام عام لعام سنة سال".split()
)
_ODD = re.compile("(?![0-9])\\d|[\ufb50-\ufdff\ufe70-\ufefc\uff00-\uffef]")
# Without a year of four digits, or two in Thai, a month names no date.
_YEAR = re.compile("(?<!\\d)\\d{4}(?!\\d)|[\u0e00-\u0e7f]")
_THAI = re.compile("[\u0e00-\u0e7f]")
_TWO_WORDS = frozenset(name for name in MONTHS if " " in name)


@dataclass(frozen=True, slots=True)
class Found:
    """A date in a text, where it stands, and the calendar that it was written in."""

    date: PartialDate
    start: int
    end: int
    calendar: Calendar = Calendar.GREGORIAN


def find_date(text: str, *, month_first: bool = False) -> Found | None:
    """Find the first date of a text, a day before a bare month, with the time of day beside it.

    ``month_first`` decides what 3/4/2024 means; 13/4/2024 means one thing only.
    """
    month_only: Found | None = None
    for found in find_dates(text, month_first=month_first):
        if found.date.day is not None:
            return found
        month_only = month_only or found
    return month_only


def find_dates(text: str, *, month_first: bool = False) -> Iterator[Found]:
    """Find the dates of a text's first 300 characters in their order, eight at most."""
    line = ascii_digits(text[:MAX_TEXT])
    named = _named_dates(line)
    position, next_named = 0, next(named, None)
    for _ in range(_MAX_DATES):
        numeric = _find_numeric(line, position, month_first)
        while next_named is not None and next_named.start < position:
            next_named = next(named, None)
        found = min((one for one in (numeric, next_named) if one), key=lambda one: one.start, default=None)
        if found is None:
            return
        found = _with_time(found, line, position)
        yield found
        position = found.end


def ascii_digits(text: str) -> str:
    """Write the digits of all scripts, full-width signs and joined Arabic letters plainly; nothing moves."""
    return _ODD.sub(_plain_char, text) if not text.isascii() and _ODD.search(text) else text


def _plain_char(match: re.Match[str]) -> str:
    char = match[0]
    if char.isdecimal():
        return str(unicodedata.decimal(char))
    plain = unicodedata.normalize("NFKC", char)
    return plain if len(plain) == 1 else char


def day_of_year(year: int, month: int | None, day: int | None) -> tuple[PartialDate, Calendar] | None:
    """Make a date of a year as written, Buddhist and Iranian years converted; None where it can't be."""
    if year in SOLAR_HIJRI_YEARS and month is not None:
        solar = from_solar_hijri(year, month, day)
        return None if solar is None else (solar, Calendar.SOLAR_HIJRI)
    return _make(counted(year), month, day)


def _make(
    year: CountedYear | None, month: int | None, day: int | None
) -> tuple[PartialDate, Calendar] | None:
    if year is None or not _EARLIEST_YEAR <= year.year <= _LATEST_YEAR:
        return None
    try:
        return PartialDate(year.year, month, day), year.calendar
    except ValueError:
        return None


def _find_numeric(text: str, position: int, month_first: bool) -> Found | None:
    """Find the first date from a position on that is written in numbers alone."""
    short = _SHORT_YEAR_LAST.search(text, position) if len(text) <= _MAX_SHORT else None
    readings = (
        _read_east_asian(_EAST_ASIAN.search(text, position)),
        _read_parts(_YEAR_FIRST.search(text, position)),
        _read_parts(_VIETNAMESE.search(text, position)) if "tháng" in text else None,
        _read_year_last(_YEAR_LAST.search(text, position), month_first),
        _read_short_year(short, month_first),
    )
    return min((found for found in readings if found), key=lambda found: found.start, default=None)


def _read_east_asian(match: re.Match[str] | None) -> Found | None:
    if match is None:
        return None
    year, month = cjk_number(match["year"]), cjk_number(match["month"])
    day = None if match["day"] is None else cjk_number(match["day"])
    made = _make(of_era(match["era"], year) if match["era"] else counted(year), month, day)
    return None if made is None else Found(made[0], *match.span(), made[1])


def _read_parts(match: re.Match[str] | None) -> Found | None:
    if match is None:
        return None
    made = day_of_year(int(match["year"]), int(match["month"]), int(match["day"]))
    return None if made is None else Found(made[0], *match.span(), made[1])


def _read_year_last(match: re.Match[str] | None, month_first: bool) -> Found | None:
    if match is None:
        return None
    return _day_month(match, int(match[4]), month_first)


def _read_short_year(match: re.Match[str] | None, month_first: bool) -> Found | None:
    if match is None:
        return None
    short = int(match[4])
    return _day_month(match, short + (2000 if short < _CENTURY else 1900), month_first)


def _day_month(match: re.Match[str], year: int, month_first: bool) -> Found | None:
    first, second = int(match[1]), int(match[3])
    american = second > 12 or (month_first and match[2] == "/" and first <= 12)
    made = day_of_year(year, first, second) if american else day_of_year(year, second, first)
    return None if made is None else Found(made[0], *match.span(), made[1])


@dataclass(frozen=True, slots=True)
class _Token:
    text: str
    start: int
    end: int
    month: int | None
    solar_month: int | None

    @classmethod
    def of(cls, text: str, start: int, end: int) -> _Token:
        return cls(text, start, end, *_months(text))

    @property
    def day(self) -> int | None:
        return int(self.text) if self.text.isdecimal() and len(self.text) <= 2 else None

    @property
    def year(self) -> int | None:
        return int(self.text) if self.text.isdecimal() and len(self.text) == 4 else None


@lru_cache(maxsize=20_000)
def _months(word: str) -> tuple[int | None, int | None]:
    """The number of the month that a word names: in our calendar, in the Iranian one."""
    name = fold(word)
    # Hebrew writes "in March" as one word.
    return MONTHS.get(name) or MONTHS.get(name.removeprefix("ב")), SOLAR_HIJRI_MONTHS.get(name)


def _tokens(text: str) -> list[_Token]:
    """Numbers and words; two words that are one month ("تشرين الأول") become one, fillers go."""
    merged: list[_Token] = []
    for match in _TOKEN.finditer(text):
        token = _Token.of(match[0], *match.span())
        before = merged[-1] if merged else None
        if before and f"{before.text} {token.text}" in _TWO_WORDS:
            merged[-1] = _Token.of(f"{before.text} {token.text}", before.start, token.end)
        elif before and before.month is not None and before.month == token.month:
            # Arabic papers write a month by both of its names: "نيسان / أبريل".
            merged[-1] = replace(before, end=token.end)
        elif token.text.casefold() not in _FILLERS:
            merged.append(token)
    return merged


def _named_dates(text: str) -> Iterator[Found]:
    """Find the dates whose month is a word: day month year, month day year, year month day, month year."""
    if _YEAR.search(text) is None:
        return
    tokens = _tokens(text)
    for index, token in enumerate(tokens):
        if token.month is not None or token.solar_month is not None:
            found = next(_readings(tokens, index), None)
            if found is not None:
                yield found


def _readings(tokens: list[_Token], index: int) -> Iterator[Found]:
    """Yield the readings of a month's word with its neighbours, the fullest first."""
    padded = [None, None, *tokens, None, None]
    earlier, before, this, after, later = padded[index : index + 5]
    if this is None:
        return
    for day, year, start, end in (
        (before, after, before, after),
        (after, later, this, later),
        (after, before, before, after),
        (before, earlier, earlier, this),
        (None, after, this, after),
        (None, before, before, this),
    ):
        if year is None or (start is None or end is None) or (day is not None and day.day is None):
            continue
        if day is None and (start, end) == (before, after):
            continue
        made = _dated(this, year, None if day is None else day.day)
        if made is not None:
            yield Found(made[0], start.start, end.end, made[1])


def _dated(month: _Token, year: _Token, day: int | None) -> tuple[PartialDate, Calendar] | None:
    number = year.year
    if month.month is None:
        solar = from_solar_hijri(number, month.solar_month or 0, day) if number else None
        return None if solar is None else (solar, Calendar.SOLAR_HIJRI)
    if number is None:
        # Thai papers write 5 มี.ค. 67 for 2567; elsewhere two digits are a day or a year.
        short = year.day if day is not None and _THAI.search(month.text) else None
        return None if short is None else _make(thai_short_year(short), month.month, day)
    return _make(counted(number), month.month, day)


def _with_time(found: Found, text: str, since: int) -> Found:
    """Add the time of day that stands beside a date, after the date before it."""
    clock = None if found.date.day is None else time_beside(text, found.start, found.end, since=since)
    if clock is None:
        return found
    date = replace(found.date, hour=clock.hour, minute=clock.minute, second=clock.second, offset=clock.offset)
    return replace(found, date=date, start=min(found.start, clock.start), end=max(found.end, clock.end))
