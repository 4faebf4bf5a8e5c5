"""Bars: counts as a small chart of the terminal's width."""

from __future__ import annotations

from collections.abc import Mapping

from newsarchive.cli.terminal import styled, width
from newsarchive.cli.text import cells, clean, cut, pad

_EIGHTHS = " ▏▎▍▌▋▊▉"


def bars(counts: Mapping[str, int], *, indent: str = "") -> list[str]:
    """One line a value: label, count, bar."""
    if not counts:
        return []
    room = width() - len(indent)
    labels = {label: cut(clean(label), max(8, room // 3)) for label in counts}
    label_width = max(cells(label) for label in labels.values())
    digits = max(len(f"{count:,}") for count in counts.values())
    longest, most = max(4, room - label_width - digits - 4), max(1, *counts.values())
    return [
        f"{indent}{pad(labels[label], label_width)}  {count:>{digits},}  "
        f"{styled(_bar(count / most * longest), 'cyan')}".rstrip()
        for label, count in counts.items()
    ]


def _bar(length: float) -> str:
    """A bar to the eighth of a column; whatever is more than nothing is seen."""
    eighths = round(length * 8)
    if length > 0:
        eighths = max(1, eighths)
    return "█" * (eighths // 8) + _EIGHTHS[eighths % 8].strip()
