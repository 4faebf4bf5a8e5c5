"""The day or month that an article's address states."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from newsarchive.base.dates import PartialDate
from newsarchive.extraction.dates.month_names import MONTHS, fold

_YEAR = r"((?:19|20)\d\d)"
_DAY, _MONTH = r"(0?[1-9]|[12]\d|3[01])", r"(0?[1-9]|1[0-2])"
_YEAR_FIRST = re.compile(rf"[/_-]{_YEAR}[/_-]?(0[1-9]|1[0-2])[/_-]?(0[1-9]|[12]\d|3[01])(?!\d)")
# Without leading zeros its parts are folders of their own: /2017/7/12/.
_YEAR_FIRST_LOOSE = re.compile(rf"/{_YEAR}/{_MONTH}/{_DAY}(?=/)")
_DAY_FIRST = re.compile(rf"[/_-]{_DAY}([-_/.])(0?[1-9]|[12]\d|3[01])\2{_YEAR}(?!\d)")
_NAMED = re.compile(rf"[/_-]{_YEAR}[/_-]([a-z]{{3,9}})[/_-]{_DAY}(?=[/_-]|$)", re.IGNORECASE)
_NAMED_DAY_FIRST = re.compile(rf"[/_-]{_DAY}[-_/]([a-z]{{3,9}})[-_/]{_YEAR}(?!\d)", re.IGNORECASE)
_NAMED_MONTH_FIRST = re.compile(rf"[/_-]([a-z]{{3,9}})[-_/]{_DAY}[-_/]{_YEAR}(?!\d)", re.IGNORECASE)
_MONTH_ALONE = re.compile(rf"/{_YEAR}/(0[1-9]|1[0-2])/")


def day_in(url: str | None, *, month_first: bool = False) -> PartialDate | None:
    """The day that an address states, in numbers or with the month's name."""
    path = urlsplit(url).path if url else ""
    return next((day for parts in _days(path, month_first) if (day := _made(*parts)) is not None), None)


def month_in(url: str | None) -> PartialDate | None:
    """The month that an address states, where it states no day."""
    match = _MONTH_ALONE.search(urlsplit(url).path) if url else None
    return None if match is None else PartialDate(int(match[1]), int(match[2]))


def _days(path: str, month_first: bool) -> Iterator[tuple[int, int | None, int]]:
    """Yield year, month and day of each reading, the surest first."""
    for pattern in (_YEAR_FIRST, _YEAR_FIRST_LOOSE):
        if match := pattern.search(path):
            yield int(match[1]), int(match[2]), int(match[3])
    if match := _NAMED.search(path):
        yield int(match[1]), MONTHS.get(fold(match[2])), int(match[3])
    if match := _NAMED_DAY_FIRST.search(path):
        yield int(match[3]), MONTHS.get(fold(match[2])), int(match[1])
    if match := _NAMED_MONTH_FIRST.search(path):
        yield int(match[3]), MONTHS.get(fold(match[1])), int(match[2])
    if match := _DAY_FIRST.search(path):
        first, second, year = int(match[1]), int(match[3]), int(match[4])
        swapped = second > 12 or (month_first and first <= 12)
        yield (year, first, second) if swapped else (year, second, first)


def _made(year: int, month: int | None, day: int) -> PartialDate | None:
    if month is None:
        return None
    try:
        return PartialDate(year, month, day)
    except ValueError:
        return None
