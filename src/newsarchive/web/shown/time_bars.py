"""Matches over time as bars, each of which leads to its days."""

from __future__ import annotations

import calendar
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from newsarchive.web.shown.search_address import SearchAddress

WIDTH, HEIGHT = 720, 90
# The most bars of a kind: beyond, a longer period is drawn.
_MOST_DAYS, _MOST_MONTHS, _MOST_YEARS = 62, 130, 130
_LABELS = 6


@dataclass(frozen=True, slots=True)
class Bar:
    """One period, with its place in the picture; ``first`` and ``last`` are as a query has them."""

    name: str
    first: str
    last: str
    count: int
    address: SearchAddress
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class TimeBars:
    """All periods from the first to the last; ``unplaced`` matches are in none that is known."""

    bars: Sequence[Bar]
    labels: Sequence[tuple[float, str]]
    most: int
    unplaced: int


def time_bars(asked: SearchAddress, days: Mapping[str, int]) -> TimeBars | None:
    """Bars of counts by day, in periods that fit; None where nothing has a date."""
    dated = {name: count for name, count in days.items() if name}
    if not dated:
        return None
    counts = _counts(dated, _length(min(dated), max(dated)))
    periods = list(_periods(counts))
    most = max(counts.values())
    step = WIDTH / len(periods)
    bars = [_bar(asked, name, counts[name], at * step, step, most) for at, name in enumerate(periods)]
    labels = [(bar.x, bar.name) for bar in bars[:: max(1, -(-len(bars) // _LABELS))]]
    return TimeBars(bars, labels, most, sum(days.values()) - sum(bar.count for bar in bars))


def _counts(dated: Mapping[str, int], longest: int) -> Counter[str]:
    """Counts of periods, of the shortest kind that some date tells: "1987" could stand in any month."""
    counts = Counter[str]()
    for length in (length for length in (10, 7, 4) if length <= longest and not counts):
        for name, count in dated.items():
            if len(name) >= length:
                counts[name[:length]] += count
    return counts


def _bar(asked: SearchAddress, name: str, count: int, x: float, step: float, most: int) -> Bar:
    # Whatever is more than nothing is seen.
    height = max(2.0, count / most * HEIGHT) if count else 0.0
    gap = step * 0.14 if step > 3 else 0.0
    first, last = _days(name)
    return Bar(
        name=name,
        first=first,
        last=last,
        count=count,
        address=asked.between(first, last),
        x=round(x, 2),
        y=round(HEIGHT - height, 2),
        width=round(step - gap, 2),
        height=round(height, 2),
    )


def _length(first: str, last: str) -> int:
    """How many characters of a date name its period: of days, months or years."""
    months = (int(last[:4]) - int(first[:4])) * 12 + int(last[5:7] or 12) - int(first[5:7] or 1)
    if months <= _MOST_DAYS // 31:
        return 10
    return 7 if months < _MOST_MONTHS else 4


def _periods(counts: Counter[str]) -> Iterator[str]:
    first, last = min(counts), max(counts)
    if len(first) == 4:
        yield from (f"{year:04}" for year in _years({int(name): count for name, count in counts.items()}))
    elif len(first) == 7:
        at, end = _month_number(first), _month_number(last)
        yield from (f"{number // 12:04}-{number % 12 + 1:02}" for number in range(at, end + 1))
    else:
        day, end_day = date.fromisoformat(first), date.fromisoformat(last)
        yield from ((day + timedelta(number)).isoformat() for number in range((end_day - day).days + 1))


def _years(counts: Mapping[int, int]) -> range:
    """The years to draw: all, or as many as fit, where most is: a slip (9870) must not push it out."""
    if max(counts) - min(counts) < _MOST_YEARS:
        return range(min(counts), max(counts) + 1)
    starts = sorted(counts)
    within = {
        start: sum(count for year, count in counts.items() if start <= year < start + _MOST_YEARS)
        for start in starts
    }
    best = max(starts, key=lambda start: (within[start], start))
    return range(best, min(best + _MOST_YEARS, max(counts) + 1))


def _month_number(name: str) -> int:
    return int(name[:4]) * 12 + int(name[5:7]) - 1


def _days(name: str) -> tuple[str, str]:
    if len(name) == 4:
        return f"{name}-01-01", f"{name}-12-31"
    if len(name) == 7:
        return f"{name}-01", f"{name}-{calendar.monthrange(int(name[:4]), int(name[5:]))[1]:02}"
    return name, name
