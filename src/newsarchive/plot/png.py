"""Bars over time as PNG, by matplotlib: the extra ``plot``."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from io import BytesIO

from newsarchive.errors import ExportError
from newsarchive.plot.bars import Panel

_DOTS_AN_INCH = 100
_WIDTH, _HEIGHT_ALONE, _HEIGHT, _FRAME = 9.6, 3.2, 1.3, 0.8
_TICKS = 12
_LONGEST_LABEL = 110


def draw_bars_png(title: str, periods: Sequence[str], panels: Sequence[Panel]) -> bytes:
    """All panels as one PNG. Raises ExportError where matplotlib is not installed."""
    try:
        from matplotlib.figure import Figure
    except ImportError as exc:
        raise ExportError(
            "drawing PNG needs matplotlib, which is not installed",
            hint="pip install 'newsarchive[plot]', or choose a file that ends in .svg",
        ) from exc
    height = _FRAME + (_HEIGHT_ALONE if len(panels) == 1 else _HEIGHT * len(panels))
    # No pyplot: it keeps figures and settings for the whole process.
    figure = Figure(figsize=(_WIDTH, height), dpi=_DOTS_AN_INCH, layout="constrained")
    rows = figure.subplots(max(1, len(panels)), sharex=True, sharey=True, squeeze=False)
    for (axes,), panel in zip(rows, panels, strict=False):
        axes.bar(range(len(periods)), [panel.counts.get(period, 0) for period in periods], color="#2171b5")
        # A publisher's dollar sign is no formula.
        axes.set_title(panel.label[:_LONGEST_LABEL], fontsize=9, loc="left", parse_math=False)
        axes.spines[["top", "right"]].set_visible(False)
    every = max(1, -(-len(periods) // _TICKS))
    rows[-1][0].set_xticks(range(0, len(periods), every), periods[::every], fontsize=8)
    figure.suptitle(title[:_LONGEST_LABEL], fontsize=11, parse_math=False)
    stream = BytesIO()
    with warnings.catch_warnings():
        # A script that the font lacks is drawn as boxes; the file is complete all the same.
        warnings.filterwarnings("ignore", message="Glyph")
        figure.savefig(stream, format="png")
    return stream.getvalue()
