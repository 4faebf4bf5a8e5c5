"""Which days were collected, in shaded cells: a row a month, or a row a publisher."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING

from newsarchive.cli.render.terminal import styled, width
from newsarchive.cli.render.terminal_text import cells, clean, cut, pad, wrap
from newsarchive.plot.shades import Shades

if TYPE_CHECKING:
    from newsarchive.answers.coverage import PublisherCoverage

# Shapes, not colours, carry the counts: they survive NO_COLOR, a pipe and a printer.
_CELLS = "·░▒▓█"
_LONGEST_GAP = 3
# Five years of months; more are chosen with --after and --before.
_MOST_MONTHS = 60
_MONTHS_A_YEAR = 12
# From the finest; a cell may hold this much time.
_UNITS = ("day", "week", "month", "quarter", "half-year", "year", "decade")


def month_rows(publisher: PublisherCoverage) -> Iterator[str]:
    """The days of one publisher: a row a month, a cell a day."""
    first, last = publisher.first, publisher.last
    if first is None or last is None:
        return
    shades = Shades(max(publisher.days.values(), default=0))
    by_month: dict[int, dict[int, int]] = {_month(first): {}, _month(last): {}}
    for day, count in publisher.days.items():
        by_month.setdefault(_month(day), {})[day.day] = count
    months = sorted(by_month)
    shown = months[-_MOST_MONTHS:]
    if len(months) > len(shown):
        yield f"… {len(months) - len(shown):,} earlier months: --before {_name(shown[0] - 1)} …"
    yield f"{'':7}  1   5    10   15   20   25   30"
    for before, month in pairwise([shown[0] - 1, *shown]):
        yield from _gap(before, month, first, last)
        yield _month_row(month, by_month[month], shades, first, last)
    yield from wrap(f"a cell is a day: {_legend(shades)}", width())


def _gap(before: int, month: int, first: date, last: date) -> Iterator[str]:
    between = range(before + 1, month)
    if len(between) > _LONGEST_GAP:
        yield f"… {len(between):,} months without articles …"
    else:
        for empty in between:
            yield _month_row(empty, {}, Shades(0), first, last)


def _month_row(month: int, counts: Mapping[int, int], shades: Shades, first: date, last: date) -> str:
    row = "".join(_day_cell(month, day, counts, shades, first, last) for day in range(1, 32))
    return f"{_name(month)}  {styled(row.rstrip(), 'cyan')}"


def _day_cell(
    month: int, day: int, counts: Mapping[int, int], shades: Shades, first: date, last: date
) -> str:
    year, number = divmod(month, _MONTHS_A_YEAR)
    try:
        is_inside = first <= date(year, number + 1, day) <= last
    except ValueError:
        return " "
    return _CELLS[shades.level(counts.get(day, 0))] if is_inside else " "


def strips(publishers: Sequence[PublisherCoverage]) -> Iterator[str]:
    """A row for each publisher, over the same time; cells as short as the width allows."""
    dated = [each for each in publishers if each.days]
    if not dated:
        return
    labels = min(width() // 3, max(cells(clean(each.name)) for each in dated))
    room = width() - labels - 2
    first = min(each.first or date.max for each in dated)
    last = max(each.last or date.min for each in dated)
    unit = next((each for each in _UNITS if _cell(last, each) - _cell(first, each) < room), _UNITS[-1])
    counts = [_by_cell(each.days, unit) for each in dated]
    shades = Shades(max(max(each.values()) for each in counts))
    span = range(max(_cell(first, unit), _cell(last, unit) - room + 1), _cell(last, unit) + 1)
    yield f"{'':{labels}}  {_axis(first, last, len(span))}"
    for publisher, by_cell in zip(dated, counts, strict=True):
        row = "".join(_CELLS[shades.level(by_cell.get(number, 0))] for number in span)
        yield f"{pad(cut(clean(publisher.name), labels), labels)}  {styled(row, 'cyan')}"
    yield from wrap(f"a cell is a {unit}: {_legend(shades)}", width())


def _by_cell(days: Mapping[date, int], unit: str) -> dict[int, int]:
    counts: dict[int, int] = {}
    for day, count in days.items():
        number = _cell(day, unit)
        counts[number] = counts.get(number, 0) + count
    return counts


def _cell(day: date, unit: str) -> int:
    match unit:
        case "day":
            return day.toordinal()
        case "week":
            # 1 January of year 1 was a Monday.
            return (day.toordinal() - 1) // 7
        case "month":
            return _month(day)
        case "quarter":
            return _month(day) // 3
        case "half-year":
            return _month(day) // 6
        case "year":
            return day.year
        case _:
            return day.year // 10


def _axis(first: date, last: date, length: int) -> str:
    start, end = first.isoformat(), last.isoformat()
    if length < cells(start) + cells(end) + 1:
        return start if length < cells(start) or start == end else f"{start}..{end}"
    return f"{start}{end:>{length - len(start)}}"


def _legend(shades: Shades) -> str:
    known = [f"{_CELLS[level]} {label}" for level, label in shades.legend()] if shades.most else []
    return ", ".join([f"{_CELLS[0]} none", *known])


def _month(day: date) -> int:
    return day.year * _MONTHS_A_YEAR + day.month - 1


def _name(month: int) -> str:
    year, number = divmod(month, _MONTHS_A_YEAR)
    return f"{year:04}-{number + 1:02}"
