"""Coverage: the days of each publisher, and how well they were collected."""

from __future__ import annotations

import io
import json
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from newsarchive import Archive, Article, Precision
from newsarchive.errors import ExportError, QueryError

PAGE = """<html><head><title>{title}</title><meta property="og:site_name" content="{site}">
<link rel="canonical" href="{url}"><script type="application/ld+json">
{{"@type":"NewsArticle","headline":"{title}","datePublished":"{day}","publisher":{{"name":"{site}"}},
"isAccessibleForFree":{free}}}</script></head>
<body><article><h1>{title}</h1><p>{text}</p></article></body></html>"""


def page(title: str, *, site: str, url: str, day: str, free: str = "true") -> str:
    """A page with all that coverage counts."""
    text = (
        f"{title} was the talk of the harbour for days, and nobody on the pier spoke of anything else. " * 4
    )
    return PAGE.format(title=title, site=site, url=url, day=day, free=free, text=text)


@pytest.fixture(scope="module")
def sample(sample_folder: Path) -> Iterator[Archive]:
    """The archive of the sample pages, open. Only to be read."""
    with Archive.open(sample_folder) as archive:
        yield archive


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    """Two publishers of known days, and a page of the first of which nothing came."""
    folder = tmp_path / "pages"
    folder.mkdir()
    url = "https://www.tide.example"
    pages = {
        "a": page("Ferry sails", site="Tide", url=f"{url}/a", day="2024-03-01"),
        "b": page("Ferry sinks", site="Tide", url=f"{url}/b", day="2024-03-01", free="false"),
        "c": page("Pier falls", site="Tide", url=f"{url}/c", day="2024-03-11"),
        "d": page("Crane sold", site="Quay", url="https://quay.example/d", day="2024-03"),
    }
    for name, text in pages.items():
        (folder / f"{name}.html").write_text(text)
    with Archive.create(tmp_path / "archive") as archive:
        assert [outcome.name for outcome in archive.add([folder], workers=1)] == ["added"] * 4
        # What a fetch of a page without a text leaves behind.
        connection = archive._holdings.here.connection
        connection.execute("UPDATE captures SET url = 'https://tide.example/a' WHERE id = 1")
        for number, host in enumerate(("www.tide.example", "nowhere.example")):
            connection.execute(
                "INSERT INTO captures (source, url, error, captured_at, sha256, length, snapshot, "
                "record_offset, record_length) SELECT source, ?, 'no text', captured_at, ?, 0, snapshot, "
                "record_offset, record_length FROM captures WHERE id = 1",
                (f"https://{host}/x", str(number)),
            )
        connection.commit()
        yield archive


def test_each_publisher_has_its_days_and_shares(archive: Archive) -> None:
    """The figures of a case that can be counted by hand."""
    tide, quay, unknown = archive.coverage().publishers
    assert (tide.name, tide.articles, dict(tide.days)) == (
        "Tide",
        3,
        {date(2024, 3, 1): 2, date(2024, 3, 11): 1},
    )
    assert (tide.days_with, tide.days_without, tide.longest_gap) == (2, 9, 9)
    assert (tide.paywalled_share, tide.captures, tide.failed, tide.failed_share) == (0.3333, 4, 1, 0.25)
    assert (quay.name, quay.imprecise, quay.days_without, quay.first) == ("Quay", 1, 0, None)
    assert (unknown.publisher, unknown.host, unknown.name) == (None, "nowhere.example", "(nowhere.example)")
    assert (unknown.articles, unknown.failed_share) == (0, 1.0)


def test_days_that_were_asked_for_are_the_same_for_all(archive: Archive) -> None:
    """No hits in April are no news of April where nothing of April was collected."""
    coverage = archive.coverage(after="2024-03-05", before="2024-04")
    rows = {each.name: each for each in coverage.publishers}
    assert {(each.first, each.last) for each in rows.values()} == {(date(2024, 3, 5), date(2024, 4, 30))}
    assert (rows["Tide"].articles, rows["Tide"].days_with, rows["Tide"].longest_gap) == (1, 1, 50)
    assert (rows["Quay"].articles, rows["Quay"].days_without) == (1, 57)
    nothing = archive.coverage(publisher="tide", after="2024-05")
    assert [(each.name, each.articles) for each in nothing.publishers] == [("Tide", 0)]


def test_coverage_adds_up_to_the_archive(sample: Archive) -> None:
    """Every article is in one place of it."""
    stream = io.BytesIO()
    sample.export(to=stream)
    articles = [Article.from_dict(json.loads(line)) for line in stream.getvalue().splitlines()]
    rows = sample.coverage().publishers
    named = Counter(article.publisher for article in articles if article.publisher)
    assert {each.publisher: each.articles for each in rows if each.publisher} == named
    assert sum(each.articles for each in rows) == len(articles)
    assert sum(each.undated for each in rows) == sample.stats().undated
    assert sum(each.paywalled for each in rows) == sum(a.is_accessible_for_free is False for a in articles)
    assert sum(each.low_confidence for each in rows) == sum(a.date_is_guess for a in articles)
    days = Counter(
        article.date_published.earliest
        for article in articles
        if article.date_published
        and article.date_published.precision not in (Precision.YEAR, Precision.MONTH)
    )
    assert sum((Counter(each.days) for each in rows), Counter()) == days


def test_gaps_are_those_of_a_walk_over_all_days(sample: Archive) -> None:
    """The arithmetic of days against the plainest way to count them."""
    for row in sample.coverage(after="2024", before="2024").publishers:
        longest = current = without = 0
        for number in range(366):
            is_empty = date(2024, 1, 1) + timedelta(number) not in row.days
            without += is_empty
            current = current + 1 if is_empty else 0
            longest = max(longest, current)
        assert (row.days_without, row.longest_gap) == (without, longest)


def test_a_publisher_is_found_by_part_of_its_name_in_any_case(sample: Archive) -> None:
    """Nobody types a masthead in full."""
    assert [each.name for each in sample.coverage(publisher="MERIDIAN").publishers] == ["Meridian Wire"]
    assert sample.coverage(publisher="nobody").publishers == []


def test_a_range_that_holds_no_day_is_an_error(sample: Archive) -> None:
    """As in every search."""
    with pytest.raises(QueryError, match="nothing lies"):
        sample.coverage(after="2024", before="2023")


def test_a_plot_is_written_whole_or_not_at_all(sample: Archive, tmp_path: Path) -> None:
    """A disk that is full must not leave half a picture."""
    sample.coverage().save_plot(tmp_path / "c.svg")
    assert (tmp_path / "c.svg").read_text(encoding="utf-8").endswith("</svg>\n")
    with pytest.raises(ExportError):
        sample.coverage().save_plot(tmp_path / "missing" / "c.svg")


def test_a_picture_that_can_not_be_drawn_is_refused(sample: Archive, tmp_path: Path) -> None:
    """SVG in a file that ends in .gif is opened by no program."""
    with pytest.raises(ExportError, match=r"can't draw .*c\.gif") as caught:
        sample.coverage().save_plot(tmp_path / "c.gif")
    assert ".svg" in (caught.value.hint or "")
    assert list(tmp_path.iterdir()) == []
