"""Bars over time as SVG: one panel, or one above the other in one scale."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from newsarchive.plot import svg

_STYLE = ".bar{fill:#2171b5}"
_WIDTH, _LEFT, _RIGHT = 960, 64, 16
_PLOT = _WIDTH - _LEFT - _RIGHT
_HEIGHT_ALONE, _HEIGHT = 260, 90
_TOP, _GAP, _BOTTOM = 44, 34, 40
_LONGEST_LABEL = 110
# Wide enough for the longest name of a period, a day.
_TICK = 74


@dataclass(frozen=True, slots=True)
class Panel:
    """Counts by period, under a label."""

    label: str
    counts: Mapping[str, int]


def draw_bars(title: str, periods: Sequence[str], panels: Sequence[Panel]) -> str:
    """All panels as one SVG document. ``periods`` are all that there are, empty ones too, in order."""
    most = max((count for panel in panels for count in panel.counts.values()), default=0)
    height = float(_HEIGHT_ALONE if len(panels) == 1 else _HEIGHT)
    body = [svg.text(12, 24, title[:_LONGEST_LABEL], kind="head")]
    y = float(_TOP)
    for panel in panels:
        if panel.label:
            body.append(svg.text(_LEFT, y + 10, panel.label[:_LONGEST_LABEL]))
            y += 16
        body += _draw_panel(panel, periods, most, y, height)
        y += height + _GAP
    y -= _GAP
    body += _ticks(periods, y)
    return svg.document(_WIDTH, y + _BOTTOM, title=title, style=_STYLE, body=body)


def _draw_panel(panel: Panel, periods: Sequence[str], most: int, y: float, height: float) -> Iterator[str]:
    for value in sorted({0, most // 2, most}):
        level = y + height - (value / most * height if most else 0)
        yield svg.line(_LEFT, level, _LEFT + _PLOT, level)
        yield svg.text(_LEFT - 6, level + 4, f"{value:,}", kind="small end")
    step = _PLOT / max(1, len(periods))
    # Bars that touch read as one; those of a pixel have no room for a gap.
    width = step * 0.86 if step > 2 else step
    for place, period in enumerate(periods):
        count = panel.counts.get(period, 0)
        if count:
            # Whatever is more than nothing is seen.
            size = max(1.0, count / most * height)
            x = _LEFT + place * step + (step - width) / 2
            yield svg.rect(x, y + height - size, width, size, kind="bar", tip=f"{period}: {count:,}")


def _ticks(periods: Sequence[str], y: float) -> Iterator[str]:
    """Names of periods below the bars, as many as have room, evenly apart."""
    step = _PLOT / max(1, len(periods))
    every = max(1, -(-_TICK // max(1, int(step)))) if step >= 1 else int(_TICK / step) + 1
    for place in range(0, len(periods), every):
        x = _LEFT + (place + 0.5) * step
        yield svg.line(x, y, x, y + 5)
        yield svg.text(x, y + 18, periods[place], kind="small middle")
