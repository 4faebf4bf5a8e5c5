"""Years that are not counted from the birth of Christ, as the press of some countries writes them.

Thai pages count from the Buddha (2567), Japanese ones by eras (令和6年), Taiwanese
ones from the Republic (民國113年), Iranian ones by the sun (1403). All but the last
share our months and days. Dates by the moon (1445 هـ) and in Nepal's calendar are
not read: their days are announced, not computed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from newsarchive.base.dates import PartialDate


class Calendar(StrEnum):
    """The way of counting that a date was written in, in the words that evidence shows."""

    GREGORIAN = "Gregorian"
    BUDDHIST = "Buddhist year"
    JAPANESE = "Japanese era"
    MINGUO = "Republic of China year"
    SOLAR_HIJRI = "Iranian calendar"


@dataclass(frozen=True, slots=True)
class CountedYear:
    """A year of ours, and how it was counted."""

    year: int
    calendar: Calendar = Calendar.GREGORIAN


# The year before the first of each era.
_ERAS = {
    "明治": (1867, Calendar.JAPANESE),
    "大正": (1911, Calendar.JAPANESE),
    "昭和": (1925, Calendar.JAPANESE),
    "平成": (1988, Calendar.JAPANESE),
    "令和": (2018, Calendar.JAPANESE),
    "民國": (1911, Calendar.MINGUO),
    "民国": (1911, Calendar.MINGUO),
}
ERA_NAMES = tuple(_ERAS)
_LONGEST_ERA = 150
_BUDDHIST_OFFSET = 543
# No other calendar of the press reaches these: 1900 to 2099 of ours.
_BUDDHIST_YEARS = range(2443, 2643)
# 1921 to 2031 of ours. Later numbers are years of the moon, by which Arab papers count.
SOLAR_HIJRI_YEARS = range(1300, 1410)
# Leap years by their place in the cycle of 33 years; exact for the years 1244 to 1472.
_SOLAR_LEAPS = frozenset((1, 5, 9, 13, 17, 22, 26, 30))
_SOLAR_NEW_YEAR_1300 = date(1921, 3, 21)
_CJK_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "元": 1}


def noted(raw: str, calendar: Calendar) -> str:
    """A string as found, with the calendar that it was converted from."""
    return raw if calendar is Calendar.GREGORIAN else f"{raw} [{calendar.value}]"


def counted(year: int) -> CountedYear:
    """Read a year that stands without the name of an era."""
    if year in _BUDDHIST_YEARS:
        return CountedYear(year - _BUDDHIST_OFFSET, Calendar.BUDDHIST)
    return CountedYear(year)


def of_era(name: str, year: int) -> CountedYear | None:
    """Read a year of an East Asian era, the first being 1 (元年)."""
    before, calendar = _ERAS[name]
    return CountedYear(before + year, calendar) if 1 <= year <= _LONGEST_ERA else None


def thai_short_year(year: int) -> CountedYear:
    """Read the last two digits of a Buddhist year: 67 is 2567, as Thai papers write it."""
    return counted(2500 + year)


def cjk_number(text: str) -> int:
    """Read a number below 10,000 of dates: 2024, 二〇二四, 十二, 三十一, 元; raises ValueError for others."""
    if text.isdecimal():
        return int(text)
    if "十" not in text:
        return int("".join(str(_CJK_DIGITS[char]) for char in text if char in _CJK_DIGITS))
    tens, _, ones = text.partition("十")
    return 10 * (_CJK_DIGITS.get(tens, 1) if tens else 1) + (_CJK_DIGITS.get(ones, 0) if ones else 0)


def from_solar_hijri(year: int, month: int, day: int | None) -> PartialDate | None:
    """Convert a day of the Iranian calendar; a month alone covers two of ours, so it gives the year."""
    if year not in SOLAR_HIJRI_YEARS or not 1 <= month <= 12:
        return None
    if day is None:
        return PartialDate(year + (622 if month >= 10 else 621))
    if not 1 <= day <= _days_of_month(year, month):
        return None
    leaps = sum(_is_solar_leap(earlier) for earlier in range(1300, year))
    days = (year - 1300) * 365 + leaps + sum(_days_of_month(year, m) for m in range(1, month)) + day - 1
    return PartialDate.from_date(_SOLAR_NEW_YEAR_1300 + timedelta(days=days))


def _days_of_month(year: int, month: int) -> int:
    if month <= 6:
        return 31
    return 30 if month < 12 or _is_solar_leap(year) else 29


def _is_solar_leap(year: int) -> bool:
    return year % 33 in _SOLAR_LEAPS
