"""Timelines: counts by period, altogether and by publisher."""

from __future__ import annotations

import io
import json
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from newsarchive import Archive, Article
from newsarchive.base.periods import Period
from newsarchive.errors import ExportError, QueryError


@pytest.fixture(scope="module")
def sample(sample_folder: Path) -> Iterator[Archive]:
    """The archive of the sample pages, open. Only to be read."""
    with Archive.open(sample_folder) as archive:
        yield archive


def exported(archive: Archive, query: str) -> list[Article]:
    """The articles that match, from an export."""
    stream = io.BytesIO()
    archive.export(query, to=stream)
    return [Article.from_dict(json.loads(line)) for line in stream.getvalue().splitlines()]


def period_by_hand(article: Article, by: str) -> str | None:
    """The period of an article from the text of its date."""
    text = "" if article.date_published is None else article.date_published.isoformat()[:10]
    if by == "week":
        if len(text) < 10:
            return None
        year, week, _ = date.fromisoformat(text).isocalendar()
        return f"{year:04}-W{week:02}"
    length = {"day": 10, "month": 7, "year": 4}[by]
    return text[:length] if len(text) >= length else None


@pytest.mark.parametrize("by", list(Period))
@pytest.mark.parametrize("query", ["", "harbour", "lang:de OR author:overby", "published:2024"])
def test_a_timeline_counts_each_match_that_is_precise_enough(sample: Archive, by: str, query: str) -> None:
    """Its sum is the number of articles so dated, in the order of time, and no match is lost."""
    articles = exported(sample, query)
    timeline = sample.timeline(query, by=by, facet="publisher")
    counted = Counter(period_by_hand(article, by) for article in articles)
    imprecise = counted.pop(None, 0)
    assert timeline.periods == counted
    assert (timeline.imprecise, timeline.total) == (imprecise, len(articles))
    assert list(timeline.periods) == sorted(timeline.periods)
    split = Counter((article.publisher, period_by_hand(article, by)) for article in articles)
    assert {
        (publisher, period): count
        for publisher, counts in timeline.facets.items()
        for period, count in counts.items()
    } == {key: count for key, count in split.items() if None not in key}
    assert timeline.unstated == {
        period: count
        for (publisher, period), count in split.items()
        if publisher is None and period is not None
    }


def test_a_timeline_holds_to_its_dates(sample: Archive) -> None:
    """The same bounds as in a search."""
    timeline = sample.timeline(by="month", after="2024-02", before="2024-04")
    assert set(timeline.periods) <= {"2024-02", "2024-03", "2024-04"}
    assert timeline.total == sample.search(after="2024-02", before="2024-04").total


def test_what_can_not_be_counted_is_an_error(sample: Archive) -> None:
    """With the names of what can."""
    with pytest.raises(QueryError, match="hour") as caught:
        sample.timeline(by="hour")
    assert "week" in (caught.value.hint or "")
    with pytest.raises(QueryError, match="author") as caught:
        sample.timeline(facet="author")
    assert "publisher" in (caught.value.hint or "")


def test_a_picture_shows_the_largest_and_adds_up_the_others(sample: Archive, tmp_path: Path) -> None:
    """A panel for each of a hundred publishers is read by nobody."""
    timeline = sample.timeline(by="year", facet="publisher")
    assert len(timeline.facets) > 13
    svg = timeline.to_svg()
    assert "Meridian Wire (" in svg
    assert f"{len(timeline.facets) - 12} others (" in svg
    timeline.save_plot(tmp_path / "t.SVG")
    assert (tmp_path / "t.SVG").read_text(encoding="utf-8") == svg
    with pytest.raises(ExportError, match="gif"):
        timeline.save_plot(tmp_path / "t.gif")
    assert [path.name for path in tmp_path.iterdir()] == ["t.SVG"]


def test_more_bars_than_pixels_are_refused(sample: Archive) -> None:
    """Two decades of days would be bars of a fifth of a pixel."""
    with pytest.raises(ExportError, match="too many"):
        sample.timeline(by="day").to_svg()
