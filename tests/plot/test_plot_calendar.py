"""Shades and calendars as SVG."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from xml.etree import ElementTree

from hypothesis import given
from hypothesis import strategies as st

from newsarchive.plot.calendar import Calendar, draw_calendars
from newsarchive.plot.shades import LEVELS, Shades

SVG = "{http://www.w3.org/2000/svg}"


def filled(document: str) -> list[str]:
    """What the cells with articles say where the pointer rests."""
    root = ElementTree.fromstring(document)
    return [title.text or "" for title in root.findall(f".//{SVG}rect/{SVG}title")]


@given(most=st.integers(1, 10**9), data=st.data())
def test_a_shade_grows_with_its_count(most: int, data: st.DataObject) -> None:
    """A darker cell that stands for less would be a lie."""
    shades = Shades(most)
    one, other = sorted(data.draw(st.tuples(st.integers(0, most), st.integers(0, most))))
    assert 0 <= shades.level(one) <= shades.level(other) <= LEVELS
    assert (shades.level(one) == 0) == (one == 0)
    assert shades.level(most) == LEVELS


@given(most=st.integers(1, 5000))
def test_the_legend_names_every_count_once(most: int) -> None:
    """A reader finds each cell's meaning in it."""
    shades = Shades(most)
    ends = [[int(part.replace(",", "")) for part in label.split("–")] for _, label in shades.legend()]
    assert [ends[0][0], ends[-1][-1]] == [1, most]
    assert all(after[0] == before[-1] + 1 for before, after in pairwise(ends))
    for (level, _), bounds in zip(shades.legend(), ends, strict=True):
        assert {shades.level(bounds[0]), shades.level(bounds[-1])} == {level}


@given(
    label=st.text(st.characters(exclude_categories=())),
    days=st.dictionaries(st.dates(), st.integers(1, 10**6), max_size=8),
)
def test_a_calendar_is_xml_with_every_day_that_has_articles(label: str, days: dict[date, int]) -> None:
    """Whatever a page calls its publisher, and whichever day it states, the picture opens."""
    document = draw_calendars([Calendar(label, days, min(days, default=None), max(days, default=None))])
    assert sorted(filled(document)) == sorted(f"{day}: {count:,}" for day, count in days.items())


def test_a_calendar_places_days_by_week_and_weekday() -> None:
    """1 January 2024 was a Monday: the first column begins with it, and a week later is the next."""
    first = date(2024, 1, 1)
    days = {first: 1, first + timedelta(1): 1, first + timedelta(7): 1}
    root = ElementTree.fromstring(draw_calendars([Calendar("x", days, first, date(2024, 12, 31))]))
    cells = [each for each in root.findall(f".//{SVG}rect") if each.find(f"{SVG}title") is not None]
    places = [(float(cell.get("x", 0)), float(cell.get("y", 0))) for cell in cells]
    assert places[1] == (places[0][0], places[0][1] + 12)
    assert places[2] == (places[0][0] + 12, places[0][1])
    empty = next(each for each in root.findall(f".//{SVG}path") if each.get("class") == "none")
    assert empty.get("d", "").count("M") == 366 - 3


def test_years_without_articles_take_a_line() -> None:
    """An archive of one page of 1903 and one of today is not a picture of a mile."""
    days = {date(1903, 5, 1): 1, date(2024, 5, 1): 2}
    document = draw_calendars([Calendar("x", days, min(days), max(days))])
    assert "1904 to 2023: nothing collected" in document
    assert len(document) < 60_000


def test_more_calendars_than_anyone_reads_are_counted_and_not_drawn() -> None:
    """A picture has to stay one that programs open."""
    day = date(2024, 5, 1)
    document = draw_calendars([Calendar(f"p{number}", {day: 1}, day, day) for number in range(1000)])
    assert "and 600 more publishers, not drawn" in document
