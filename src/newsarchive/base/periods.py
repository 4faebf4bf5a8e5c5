"""Days, weeks, months and years by name, and what comes between two of them. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from enum import StrEnum

_MONTHS = 12
_DAYS = 7


class Period(StrEnum):
    """A length of time that articles are counted by."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"


def period_of(day: date, by: Period) -> str:
    """The name of the period that holds a day: ``2024-10-30``, ``2024-W44``, ``2024-10``, ``2024``.

    Weeks are those of ISO 8601: they begin on Monday, and the first of a year
    holds its first Thursday.
    """
    match by:
        case Period.DAY:
            return day.isoformat()
        case Period.WEEK:
            year, week, _ = day.isocalendar()
            return f"{year:04}-W{week:02}"
        case Period.MONTH:
            return day.isoformat()[:7]
        case Period.YEAR:
            return f"{day.year:04}"


def number_of(period: str) -> int:
    """The number of a period among those of its length: the next one's is one more."""
    match period.split("-"):
        case [year, month, day]:
            return date(int(year), int(month), int(day)).toordinal()
        case [year, week] if week.startswith("W"):
            # 1 January of year 1 was a Monday.
            return (date.fromisocalendar(int(year), int(week[1:]), 1).toordinal() - 1) // _DAYS
        case [year, month]:
            return int(year) * _MONTHS + int(month) - 1
        case [year]:
            return int(year)
        case _:
            raise ValueError(f"not a period: {period!r}")


def period_at(number: int, by: Period) -> str:
    """The name of the period of a number; the inverse of ``number_of``."""
    match by:
        case Period.DAY:
            return date.fromordinal(number).isoformat()
        case Period.WEEK:
            return period_of(date.fromordinal(number * _DAYS + 1), by)
        case Period.MONTH:
            return f"{number // _MONTHS:04}-{number % _MONTHS + 1:02}"
        case Period.YEAR:
            return f"{number:04}"


def span(periods: Iterable[str]) -> range:
    """The numbers from the first to the last of some periods, those between included."""
    numbers = [number_of(period) for period in periods]
    return range(min(numbers), max(numbers) + 1) if numbers else range(0)
