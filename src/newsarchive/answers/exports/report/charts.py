"""Charts inside a page: they take its colours, and say in words what they show."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from newsarchive.export.clean_text import one_line, xml

_WIDTH, _HEIGHT, _BASE = 960, 200, 170
_MOST_LABELS = 7
_LONGEST = 80

STYLE = """
body { max-width: 60rem; }
svg.chart { width: 100%; height: auto; margin: 1.5rem 0 1rem; overflow: visible; }
svg.chart rect { fill: var(--accent); } svg.chart line { stroke: var(--line); }
svg.chart text { fill: var(--faint); font: 13px system-ui, sans-serif; }
table { border-collapse: collapse; width: 100%; margin: .5rem 0 1.5rem; font-size: .9375rem; }
th, td { text-align: start; padding: .3rem .6rem .3rem 0; border-bottom: 1px solid var(--line);
  vertical-align: top; overflow-wrap: anywhere; }
td.number { text-align: end; font-variant-numeric: tabular-nums; white-space: nowrap; width: 5rem; }
td.bar { width: 40%; } td.bar span { display: block; height: .8rem; margin-top: .3rem; min-width: 2px;
  background: var(--accent); border-radius: 2px; print-color-adjust: exact; }
.figures { display: flex; flex-wrap: wrap; gap: 1rem 2.5rem; margin: 1.5rem 0; padding: 0; list-style: none; }
.figures b { display: block; font-size: 1.6rem; line-height: 1.2; }
time { white-space: nowrap; }
th + th { text-align: end; } th[aria-hidden] { width: 40%; }
@media (max-width: 35rem) { td.bar, th[aria-hidden] { display: none; } svg.chart text { font-size: 24px; } }
"""


def column_chart(title: str, periods: Sequence[str], counts: Mapping[str, int]) -> str:
    """Columns over time, empty periods too; a table of the same numbers follows, folded."""
    most = max(counts.values(), default=0)
    if not periods or not most:
        return ""
    step = _WIDTH / len(periods)
    bars = "".join(
        _column(number * step, step, counts.get(period, 0) / most)
        for number, period in enumerate(periods)
        if counts.get(period)
    )
    peak = max(counts, key=lambda period: counts[period])
    words = f"{title}: {sum(counts.values()):,} from {periods[0]} to {periods[-1]}, most in {peak} ({most:,})"
    return (
        f'<svg class="chart" viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img" aria-labelledby="chart-title">'
        f'<title id="chart-title">{xml(words)}</title><line x1="0" y1="{_BASE}" x2="{_WIDTH}" y2="{_BASE}"/>'
        f'<text x="0" y="12">{most:,}</text>{bars}{_labels(periods, step)}</svg>\n'
        f"<details><summary>The numbers</summary>\n{_numbers(counts)}</details>\n"
    )


def bar_table(heading: str, counts: Mapping[str, int], *, most: int) -> str:
    """Counts by value as a table with bars; its end says how many values are left out."""
    if not counts:
        return '<p class="about">None is stated.</p>\n'
    shown, highest = list(counts.items())[:most], max(counts.values())
    rows = "".join(_row(value, count, count / highest) for value, count in shown)
    rest = len(counts) - len(shown)
    more = f'<p class="about">and {rest:,} more</p>\n' if rest > 0 else ""
    return (
        f'<table><thead><tr><th scope="col">{xml(heading)}</th><th scope="col">articles</th>'
        f'<th scope="col" aria-hidden="true"></th></tr></thead>\n<tbody>\n{rows}</tbody></table>\n{more}'
    )


def _column(x: float, step: float, share: float) -> str:
    height = max(1.5, share * (_BASE - 20))
    width = max(0.6, step * 0.8)
    return (
        f'<rect x="{x + step * 0.1:.1f}" y="{_BASE - height:.1f}" width="{width:.1f}" height="{height:.1f}"/>'
    )


def _labels(periods: Sequence[str], step: float) -> str:
    every = -(-len(periods) // _MOST_LABELS)
    return "".join(
        f'<text x="{number * step + 2:.1f}" y="{_BASE + 6}" dominant-baseline="hanging">{xml(period)}</text>'
        for number, period in enumerate(periods)
        if number % every == 0
    )


def _numbers(counts: Mapping[str, int]) -> str:
    rows = "".join(
        f'<tr><td>{xml(period)}</td><td class="number">{count:,}</td></tr>\n'
        for period, count in counts.items()
    )
    head = '<tr><th scope="col">period</th><th scope="col">articles</th></tr>'
    return f"<table><thead>{head}</thead>\n<tbody>{rows}</tbody></table>\n"


def _row(value: str, count: int, share: float) -> str:
    name = xml(one_line(value)[:_LONGEST])
    return (
        f'<tr><td dir="auto">{name}</td><td class="number">{count:,}</td>'
        f'<td class="bar" aria-hidden="true"><span style="width:{share:.1%}"></span></td></tr>\n'
    )
