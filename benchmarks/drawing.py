"""Curves on two logarithmic axes as an SVG picture, without a library."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from math import ceil, floor, log10

_WIDTH, _HEIGHT, _LEFT, _TOP, _RIGHT, _BOTTOM = 640, 380, 60, 40, 120, 40
_COLORS = ("#0b6e4f", "#1f77b4", "#d1495b", "#8d6a9f", "#edae49")


def curves(lines: Mapping[str, Mapping[int, float]], *, title: str) -> str:
    """Draw named curves of a cost against a size."""
    sizes = [size for line in lines.values() for size in line]
    costs = [cost for line in lines.values() for cost in line.values()]
    across = _Axis(min(sizes) / 1.2, max(sizes) * 1.2, _LEFT, _WIDTH - _RIGHT)
    up = _Axis(10 ** floor(log10(min(costs))), 10 ** ceil(log10(max(costs))), _HEIGHT - _BOTTOM, _TOP)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" font-family="sans-serif" '
        f'font-size="12"><rect width="100%" height="100%" fill="white"/>'
        f'<text x="{_LEFT}" y="22">{escape(title)}</text>'
    ]
    parts += [_row(10.0**power, up) for power in range(floor(log10(up.low)), ceil(log10(up.high)) + 1)]
    parts += [
        f'<text x="{across.at(size):.1f}" y="{_HEIGHT - 15}" text-anchor="middle">{size:,}</text>'
        for size in sorted(set(sizes))
    ]
    for number, (name, line) in enumerate(lines.items()):
        parts.append(_curve(name, line, across, up, _COLORS[number % len(_COLORS)]))
    return "\n".join([*parts, "</svg>\n"])


class _Axis:
    def __init__(self, low: float, high: float, start: float, end: float) -> None:
        self.low, self.high = low, high
        self._start, self._end = start, end

    def at(self, value: float) -> float:
        share = (log10(value) - log10(self.low)) / (log10(self.high) - log10(self.low))
        return self._start + share * (self._end - self._start)


def _row(value: float, up: _Axis) -> str:
    y = up.at(value)
    return (
        f'<line x1="{_LEFT}" x2="{_WIDTH - _RIGHT}" y1="{y:.1f}" y2="{y:.1f}" stroke="#ddd"/>'
        f'<text x="{_LEFT - 8}" y="{y + 4:.1f}" text-anchor="end">{value:g}</text>'
    )


def _curve(name: str, line: Mapping[int, float], across: _Axis, up: _Axis, color: str) -> str:
    points = [(across.at(size), up.at(cost)) for size, cost in sorted(line.items())]
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    dots = "".join(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{color}"/>' for x, y in points)
    x, y = points[-1]
    return (
        f'<polyline points="{path}" fill="none" stroke="{color}" stroke-width="2"/>{dots}'
        f'<text x="{x + 8:.1f}" y="{y + 4:.1f}" fill="{color}">{escape(name)}</text>'
    )
