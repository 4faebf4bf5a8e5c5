"""Calendars of days as SVG: a column a week, a row a weekday, a block a year."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from newsarchive.plot import svg
from newsarchive.plot.shades import LEVELS, Shades

# One hue from light to dark: it survives grey printing and every kind of colour blindness.
_STYLE = ".d1{fill:#c6dbef}.d2{fill:#6baed6}.d3{fill:#2171b5}.d4{fill:#08306b}.none{fill:#fff;stroke:#d0d0d0}"
_STEP, _CELL = 12, 10
_LEFT, _TOP, _BLOCK = 44, 56, 7 * 12 + 30
_WIDTH = _LEFT + 54 * _STEP + 12
# About 10 MB of SVG, and as much as anyone scrolls through.
_MOST_BLOCKS = 400
_LONGEST_LABEL = 90
# A month that begins later than this has no room for its name before the next.
_LABELED = 14
_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()


@dataclass(frozen=True, slots=True)
class Calendar:
    """Counts of days from ``first`` to ``last``, under a label."""

    label: str
    days: Mapping[date, int]
    first: date | None
    last: date | None


def draw_calendars(calendars: Sequence[Calendar], *, left_out: int = 0) -> str:
    """All calendars as one SVG document, in one scale of shades; ``left_out`` are told and not drawn."""
    shades = Shades(max((count for each in calendars for count in each.days.values()), default=0))
    body, y, blocks = list(_legend(shades)), float(_TOP), 0
    for drawn, calendar in enumerate(calendars):
        if blocks >= _MOST_BLOCKS:
            left_out += len(calendars) - drawn
            break
        body.append(svg.text(12, y + 16, calendar.label[:_LONGEST_LABEL], kind="head"))
        y += 40
        for part in _parts(calendar):
            blocks += 1
            elements, height = _draw_part(calendar, part, shades, y)
            body += elements
            y += height
    if left_out:
        body.append(svg.text(12, y + 20, f"and {left_out:,} more publishers, not drawn"))
        y += 40
    return svg.document(_WIDTH, y + 12, title="Articles by day of publication", style=_STYLE, body=body)


def _legend(shades: Shades) -> Iterator[str]:
    yield svg.text(12, 24, "Articles by day of publication", kind="head")
    x = 12.0
    for level, label in [(0, "none"), *shades.legend()]:
        yield svg.rect(x + 0.5, 34.5, _CELL - 1, _CELL - 1, kind=f"d{level}" if level else "none")
        yield svg.text(x + 16, 44, label, kind="small")
        x += 30 + 7 * len(label)


@dataclass(frozen=True, slots=True)
class _Part:
    """Years from ``first`` to ``last``: one that is drawn, or some that hold nothing."""

    first: int
    last: int
    is_empty: bool


def _parts(calendar: Calendar) -> Iterator[_Part]:
    if calendar.first is None or calendar.last is None:
        yield _Part(0, 0, is_empty=True)
        return
    filled = sorted({day.year for day in calendar.days})
    before = calendar.first.year - 1
    for year in [*filled, calendar.last.year + 1]:
        if year - before > 1:
            yield _Part(before + 1, year - 1, is_empty=True)
        if year in filled:
            yield _Part(year, year, is_empty=False)
        before = year


def _draw_part(calendar: Calendar, part: _Part, shades: Shades, y: float) -> tuple[list[str], float]:
    if not part.is_empty:
        return list(_draw_year(calendar, part.first, shades, y)), float(_BLOCK)
    years = f"{part.first:04}" if part.first == part.last else f"{part.first:04} to {part.last:04}"
    words = "no article with a day of publication" if not part.first else f"{years}: nothing collected"
    return [svg.text(_LEFT, y + 4, words, kind="small")], 24.0


def _draw_year(calendar: Calendar, year: int, shades: Shades, y: float) -> Iterator[str]:
    yield svg.text(_LEFT - 6, y + 12, f"{year:04}", kind="end")
    empty: list[str] = []
    days = list(_days_of(calendar, year))
    for day in days:
        x, top = _LEFT + _week(day) * _STEP, y + day.weekday() * _STEP
        if day.day == 1 or (day == days[0] and day.day < _LABELED):
            yield svg.text(x + (_STEP if day.weekday() else 0), y - 5, _MONTHS[day.month - 1], kind="small")
        count = calendar.days.get(day, 0)
        if count:
            kind = f"d{min(LEVELS, shades.level(count))}"
            yield svg.rect(x, top, _CELL, _CELL, kind=kind, tip=f"{day.isoformat()}: {count:,}")
        else:
            empty.append(f"M{x + 0.5} {top + 0.5}h9v9h-9z")
    if empty:
        # One path: most days of most calendars are empty.
        yield f'<path class="none" d="{"".join(empty)}"/>'


def _days_of(calendar: Calendar, year: int) -> Iterator[date]:
    first = max(date(year, 1, 1), calendar.first or date.min)
    last = min(date(year, 12, 31), calendar.last or date.max)
    for number in range((last - first).days + 1):
        yield first + timedelta(number)


def _week(day: date) -> int:
    """The column of a day: weeks begin on Monday, the first holds 1 January."""
    january = date(day.year, 1, 1)
    return ((day - january).days + january.weekday()) // 7
