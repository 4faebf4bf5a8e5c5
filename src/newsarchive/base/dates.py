"""Dates as news states them: as precise as known, never more.

Pure functions and values; nothing here reads a clock.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from enum import StrEnum
from functools import total_ordering

from newsarchive.base.frozen import frozen


class Precision(StrEnum):
    """How much of a date its source states."""

    YEAR = "year"
    MONTH = "month"
    DAY = "day"
    MINUTE = "minute"
    SECOND = "second"


_ISO = re.compile(
    r"(?P<year>\d{4})"
    r"(?:-(?P<month>\d\d)"
    r"(?:-(?P<day>\d\d)"
    r"(?:[T ](?P<hour>\d\d):(?P<minute>\d\d)(?::(?P<second>\d\d)(?:[.,]\d+)?)?"
    r"\s?(?P<offset>Z|[+-]\d\d(?::?\d\d)?)?)?)?)?",
    re.IGNORECASE,
)


@frozen
class DateInterval:
    """Calendar days from ``earliest`` to ``latest``, both included; None is open."""

    earliest: date | None = None
    latest: date | None = None

    def overlaps(self, other: DateInterval) -> bool:
        """Tell whether two intervals share a day.

        Source: EDTF (ISO 8601-2:2019), level 1 intervals.
        """
        return (self.earliest is None or other.latest is None or self.earliest <= other.latest) and (
            self.latest is None or other.earliest is None or other.earliest <= self.latest
        )


@total_ordering
@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date as its source states it: a year, a month, a day or a moment.

    The wall clock of the source is kept: a page that says 23:40-05:00 on
    30 October is of 30 October everywhere. ``offset`` is in minutes east of
    UTC and None where the source gives none; a date without an offset is a
    calendar day, never UTC midnight.

    Dates are ordered by the wall clock, as lists of articles are: what is unknown comes
    first, so a year before its months and a day before its hours. Among equals the offset
    decides, none before any.
    """

    year: int
    month: int | None = None
    day: int | None = None
    hour: int | None = None
    minute: int | None = None
    second: int | None = None
    offset: int | None = None

    def __post_init__(self) -> None:
        parts = (self.year, self.month, self.day, self.hour, self.minute, self.second)
        known = [part is not None for part in parts]
        if known != sorted(known, reverse=True) or (self.hour is None) != (self.minute is None):
            raise ValueError(f"a date can't skip a part: {parts}")
        if self.offset is not None and (self.hour is None or abs(self.offset) >= 24 * 60):
            raise ValueError(f"an offset needs a time of day and less than 24 hours: {self.offset}")
        # The standard library knows which days and hours exist.
        month, day = (1 if part is None else part for part in (self.month, self.day))
        datetime(self.year, month, day, self.hour or 0, self.minute or 0, self.second or 0)

    @classmethod
    def fromisoformat(cls, text: str) -> PartialDate:
        """Parse ISO 8601 of reduced precision: ``2024``, ``2024-10``, ``2024-10-30T14:05+01:00``.

        Fractions of a second are dropped; a second of 60 becomes 59.
        Raises ValueError for anything else.
        """
        match = _ISO.fullmatch(text.strip())
        if match is None:
            raise ValueError(f"not an ISO 8601 date: {text!r}")
        number = {
            name: None if match[name] is None else int(match[name])
            for name in ("year", "month", "day", "hour", "minute", "second")
        }
        second = number["second"]
        return cls(
            year=int(match["year"]),
            month=number["month"],
            day=number["day"],
            hour=number["hour"],
            minute=number["minute"],
            second=None if second is None else min(second, 59),
            offset=_parse_offset(match["offset"]),
        )

    @classmethod
    def from_date(cls, day: date) -> PartialDate:
        """A whole day."""
        return cls(day.year, day.month, day.day)

    @classmethod
    def from_datetime(cls, moment: datetime) -> PartialDate:
        """A moment to the second, with its offset if it is aware."""
        offset = moment.utcoffset()
        return cls(
            moment.year,
            moment.month,
            moment.day,
            moment.hour,
            moment.minute,
            moment.second,
            None if offset is None else int(offset.total_seconds() / 60),
        )

    def isoformat(self) -> str:
        """ISO 8601, as precise as known; the inverse of ``fromisoformat``."""
        text = f"{self.year:04}"
        if self.month is not None:
            text += f"-{self.month:02}"
        if self.day is not None:
            text += f"-{self.day:02}"
        if self.hour is not None:
            text += f"T{self.hour:02}:{self.minute:02}"
        if self.second is not None:
            text += f":{self.second:02}"
        if self.offset is not None:
            sign = "-" if self.offset < 0 else "+"
            text += f"{sign}{abs(self.offset) // 60:02}:{abs(self.offset) % 60:02}"
        return text

    __str__ = isoformat

    @property
    def precision(self) -> Precision:
        """The smallest part that is known."""
        if self.second is not None:
            return Precision.SECOND
        if self.minute is not None:
            return Precision.MINUTE
        if self.day is not None:
            return Precision.DAY
        return Precision.YEAR if self.month is None else Precision.MONTH

    @property
    def earliest(self) -> date:
        """The first calendar day that the date may mean."""
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def latest(self) -> date:
        """The last calendar day that the date may mean."""
        month = self.month or 12
        return date(self.year, month, self.day or calendar.monthrange(self.year, month)[1])

    @property
    def interval(self) -> DateInterval:
        """The calendar days that the date may mean."""
        return DateInterval(self.earliest, self.latest)

    @property
    def moment(self) -> datetime | None:
        """The instant, where time of day and offset are known; else None."""
        if self.hour is None or self.offset is None or self.month is None or self.day is None:
            return None
        zone = timezone(timedelta(minutes=self.offset))
        return datetime(
            self.year, self.month, self.day, self.hour, self.minute or 0, self.second or 0, tzinfo=zone
        )

    def __lt__(self, other: PartialDate) -> bool:
        if not isinstance(other, PartialDate):
            return NotImplemented
        return self._order < other._order

    @property
    def _order(self) -> tuple[str, int, bool, int]:
        known = sum(part is not None for part in (self.month, self.day, self.hour, self.second))
        return self.sort_key, known, self.offset is not None, self.offset or 0

    @property
    def sort_key(self) -> str:
        """Text that orders dates by the source's wall clock; unknown parts come first.

        The wall clock, not the instant: a list sorted by date then runs in the
        order of the days it shows, and agrees with every date filter.
        """
        return (
            f"{self.year:04}-{self.month or 0:02}-{self.day or 0:02}"
            f"T{self.hour or 0:02}:{self.minute or 0:02}:{self.second or 0:02}"
        )


def _parse_offset(text: str | None) -> int | None:
    if text is None:
        return None
    if text in "Zz":
        return 0
    digits = text[1:].replace(":", "").ljust(4, "0")
    minutes = int(digits[:2]) * 60 + int(digits[2:])
    return -minutes if text[0] == "-" else minutes


def utc_text(moment: datetime) -> str:
    """A moment in UTC as ISO 8601 to the second: as the tables, JSON and exports hold it, ordered as text."""
    # Not strftime, which writes the year 476 with three digits.
    return f"{moment.replace(tzinfo=None).isoformat(timespec='seconds')}Z"


def read_utc_text(text: str) -> datetime:
    """The inverse of ``utc_text``. Raises ValueError or TypeError."""
    moment = datetime.fromisoformat(text)
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
