"""Bars: counts as a small chart of the terminal's width."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice

from newsarchive.cli.render.terminal import styled, width
from newsarchive.cli.render.terminal_text import cells, clean, cut, pad, wrap

NOT_STATED = "(not stated)"
_EIGHTHS = " ▏▎▍▌▋▊▉"
_COLUMNS = "·▁▂▃▄▅▆▇█"


def bars(counts: Mapping[str, int], *, indent: str = "") -> list[str]:
    """One line a value: label, count, bar."""
    if not counts:
        return []
    room = width() - len(indent)
    labels = {label: cut(clean(label) or NOT_STATED, max(8, room // 3)) for label in counts}
    label_width = max(cells(label) for label in labels.values())
    digits = max(len(f"{count:,}") for count in counts.values())
    longest, most = max(4, room - label_width - digits - 4), max(1, *counts.values())
    return [
        f"{indent}{pad(labels[label], label_width)}  {count:>{digits},}  "
        f"{styled(_bar(count / most * longest), 'cyan')}".rstrip()
        for label, count in counts.items()
    ]


def first_bars(counts: Mapping[str, int], *, shown: int, indent: str = "", more: str = "") -> list[str]:
    """The bars of the first values, "" always among them, and how many more there are."""
    first = dict(islice(((label, count) for label, count in counts.items() if label), shown))
    hidden = len(counts) - len(first) - ("" in counts)
    if "" in counts:
        first[""] = counts[""]
    rest = sum(counts.values()) - sum(first.values())
    return bars(first, indent=indent) + (
        [f"{indent}and {hidden:,} more, {rest:,} together{more}"] if hidden else []
    )


def sparks(series: Mapping[str, Sequence[int]], *, ends: tuple[str, str], unit: str) -> Iterator[str]:
    """One line a series: label, count, a column for each value, each series up to its own highest.

    Where there are more values than columns, neighbours are added up.
    """
    label_width = min(width() // 3, max(cells(clean(label)) for label in series))
    digits = max(len(f"{sum(values):,}") for values in series.values())
    room = max(4, width() - label_width - digits - 4)
    count = max(map(len, series.values()))
    per_cell = -(-count // room)
    indent = " " * (label_width + digits + 4)
    yield indent + _ends(ends, -(-count // per_cell))
    for label, values in series.items():
        row = [sum(values[at : at + per_cell]) for at in range(0, len(values), per_cell)]
        line = f"{pad(cut(clean(label), label_width), label_width)}  {sum(values):>{digits},}  "
        yield line + styled(_spark(row), "cyan")
    column = f"{per_cell} {unit}s" if per_cell > 1 else f"a {unit}"
    yield from wrap(f"a column is {column}; each line to its own scale", width())


def _ends(ends: tuple[str, str], length: int) -> str:
    first, last = ends
    if first == last:
        return first
    return f"{first}{last:>{length - len(first)}}" if length > len(first) + len(last) else f"{first}..{last}"


def _spark(values: Sequence[int]) -> str:
    most = max(1, *values)
    # Whatever is more than nothing is seen.
    return "".join(_COLUMNS[-(-value * 8 // most)] for value in values)


def _bar(length: float) -> str:
    """A bar to the eighth of a column; whatever is more than nothing is seen."""
    eighths = round(length * 8)
    if length > 0:
        eighths = max(1, eighths)
    return "█" * (eighths // 8) + _EIGHTHS[eighths % 8].strip()
