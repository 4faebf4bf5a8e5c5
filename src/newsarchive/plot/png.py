"""Bars over time, and weeks by publisher, as PNG, by matplotlib: the extra ``plot``."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from datetime import date, timedelta
from io import BytesIO
from typing import Any

from newsarchive.errors import ExportError, extra
from newsarchive.plot.bars import Panel
from newsarchive.plot.calendar import Calendar

_DOTS_AN_INCH = 100
_WIDTH, _HEIGHT_ALONE, _HEIGHT, _FRAME = 9.6, 3.2, 1.3, 0.8
_TICKS = 12
_LONGEST_LABEL = 110
_ROW, _LONGEST_NAME = 0.3, 40


def draw_bars_png(title: str, periods: Sequence[str], panels: Sequence[Panel]) -> bytes:
    """All panels as one PNG. Raises ExportError where matplotlib is not installed."""
    figure = _figure(_FRAME + (_HEIGHT_ALONE if len(panels) == 1 else _HEIGHT * len(panels)))
    rows = figure.subplots(max(1, len(panels)), sharex=True, sharey=True, squeeze=False)
    for (axes,), panel in zip(rows, panels, strict=False):
        axes.bar(range(len(periods)), [panel.counts.get(period, 0) for period in periods], color="#2171b5")
        # A publisher's dollar sign is no formula.
        axes.set_title(panel.label[:_LONGEST_LABEL], fontsize=9, loc="left", parse_math=False)
        axes.spines[["top", "right"]].set_visible(False)
    every = max(1, -(-len(periods) // _TICKS))
    rows[-1][0].set_xticks(range(0, len(periods), every), periods[::every], fontsize=8)
    return _png(figure, title)


def draw_weeks_png(title: str, calendars: Sequence[Calendar], *, left_out: int = 0) -> bytes:
    """A row a calendar, a column a week, as one PNG. Raises ExportError where matplotlib is not installed."""
    figure = _figure(_FRAME + _ROW * max(2, len(calendars)))
    axes = figure.subplots()
    first = min((each.first for each in calendars if each.first), default=date.min)
    last = max((each.last for each in calendars if each.last), default=first)
    columns = (last - first).days // 7 + 1
    rows = [_weeks(each, first, columns) for each in calendars] or [[0]]
    axes.imshow(rows, aspect="auto", interpolation="nearest", cmap=_shades())
    labels = [each.label[:_LONGEST_NAME] for each in calendars]
    axes.set_yticks(range(len(labels)), labels, fontsize=8, parse_math=False)
    every = max(1, -(-columns // _TICKS))
    days = [(first + timedelta(weeks=week)).isoformat() for week in range(0, columns, every)]
    axes.set_xticks(range(0, columns, every), days, fontsize=8)
    more = f"; {left_out:,} more publishers are not drawn" if left_out else ""
    return _png(figure, f"{title}{more}")


def _weeks(calendar: Calendar, first: date, columns: int) -> list[int]:
    counts = [0] * columns
    for day, count in calendar.days.items():
        counts[(day - first).days // 7] += count
    return counts


def _shades() -> Any:
    """White for nothing, then one hue from light to dark, as in SVG."""
    from matplotlib.colors import LinearSegmentedColormap

    return LinearSegmentedColormap.from_list("days", [(0, "#ffffff"), (0.001, "#c6dbef"), (1, "#08306b")])


def _figure(height: float) -> Any:
    try:
        from matplotlib.figure import Figure
    except ImportError as exc:
        raise ExportError(
            "drawing PNG needs matplotlib, which is not installed",
            hint=extra("plot", instead="choose a file that ends in .svg"),
        ) from exc
    # No pyplot: it keeps figures and settings for the whole process.
    return Figure(figsize=(_WIDTH, height), dpi=_DOTS_AN_INCH, layout="constrained")


def _png(figure: Any, title: str) -> bytes:
    figure.suptitle(title[:_LONGEST_LABEL], fontsize=11, parse_math=False)
    stream = BytesIO()
    with warnings.catch_warnings():
        # A script that the font lacks is drawn as boxes; the file is complete all the same.
        warnings.filterwarnings("ignore", message="Glyph")
        figure.savefig(stream, format="png")
    return stream.getvalue()
