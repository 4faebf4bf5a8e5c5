"""Bars over time as SVG and PNG."""

from __future__ import annotations

import sys
from itertools import pairwise
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsarchive.errors import ExportError
from newsarchive.plot.bars import Panel, draw_bars
from newsarchive.plot.png import draw_bars_png

SVG = "{http://www.w3.org/2000/svg}"
PERIODS = ["2024-01", "2024-02", "2024-03", "2024-04"]


@given(
    title=st.text(st.characters(exclude_categories=()), max_size=30),
    labels=st.lists(st.text(st.characters(exclude_categories=()), max_size=30), min_size=1, max_size=4),
    counts=st.dictionaries(st.sampled_from(PERIODS), st.integers(1, 10**9)),
)
def test_a_picture_is_xml_with_every_bar(title: str, labels: list[str], counts: dict[str, int]) -> None:
    """Queries and publishers hold what they will; the picture opens and leaves nothing out."""
    root = ElementTree.fromstring(draw_bars(title, PERIODS, [Panel(label, counts) for label in labels]))
    tips = [each.text for each in root.findall(f".//{SVG}rect/{SVG}title")]
    assert sorted(tips, key=str) == sorted(
        [f"{period}: {count:,}" for period, count in counts.items()] * len(labels)
    )


def test_bars_are_as_high_as_their_counts_and_stand_in_order() -> None:
    """A picture that exaggerates is a lie; a period without articles keeps its place."""
    root = ElementTree.fromstring(
        draw_bars("x", PERIODS, [Panel("", {"2024-01": 10, "2024-02": 5, "2024-04": 1})])
    )
    boxes = [each for each in root.findall(f".//{SVG}rect") if each.get("class") == "bar"]
    heights = [float(box.get("height", 0)) for box in boxes]
    assert heights == [heights[0], heights[0] / 2, heights[0] / 10]
    places = [float(box.get("x", 0)) for box in boxes]
    assert places[2] - places[1] == pytest.approx(2 * (places[1] - places[0]))


def test_thousands_of_bars_are_few_labels() -> None:
    """Names of periods over each other are no axis."""
    periods = [f"{year:04}" for year in range(1, 4000)]
    root = ElementTree.fromstring(draw_bars("x", periods, [Panel("", {"2000": 1})]))
    places = sorted(
        float(each.get("x", 0)) for each in root.findall(f".//{SVG}text") if "middle" in each.get("class", "")
    )
    assert 5 < len(places) < 20
    assert min(b - a for a, b in pairwise(places)) > 40


def test_a_picture_as_png() -> None:
    """A dollar sign is no formula, and letters that the font lacks no error."""
    png = draw_bars_png("cost of $_^ 汐見", PERIODS, [Panel("$x_$ 汐", {"2024-02": 3}), Panel("b", {})])
    assert png.startswith(b"\x89PNG\r\n")
    assert len(png) > 5000


def test_png_without_matplotlib_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is an extra, which most people never need."""
    monkeypatch.setitem(sys.modules, "matplotlib.figure", None)
    with pytest.raises(ExportError) as caught:
        draw_bars_png("x", PERIODS, [Panel("", {})])
    assert "the extra plot" in (caught.value.hint or "")
