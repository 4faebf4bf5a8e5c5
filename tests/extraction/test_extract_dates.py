"""Dates: read from machines' and people's writing, and chosen by trust."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from extract_pages import BODY, html, ld, page
from hypothesis import given
from hypothesis import strategies as st

from newsarchive.base.dates import PartialDate
from newsarchive.extraction.dates.machine_dates import parse_machine
from newsarchive.extraction.dates.written_dates import find_date
from newsarchive.extraction.fields.published_and_modified import choose as choose_dates
from newsarchive.extraction.page.parsed_page import parse
from newsarchive.model import Confidence, EvidenceSource


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2024-10-30T14:05:00+01:00", "2024-10-30T14:05:00+01:00"),
        ("2024-10-30T14:05:0Z", "2024-10-30T14:05:00+00:00"),
        ("2024-10-30 14:05", "2024-10-30T14:05"),
        ("20241030", "2024-10-30"),
        ("2024-10", "2024-10"),
        ("2019", "2019"),
        ("1700000000", "2023-11-14T22:13:20+00:00"),
        ("1700000000000", "2023-11-14T22:13:20+00:00"),
        ("Wed, 30 Oct 2024 14:05:00 GMT", "2024-10-30T14:05:00+00:00"),
        ("March 5, 2024 at 3:04 p.m. EST", "2024-03-05T15:04-05:00"),
        ("30. Oktober 2024, 14:05 Uhr", "2024-10-30T14:05"),
        ("1er mars 2024", "2024-03-01"),
        ("5 de marzo de 2024", "2024-03-05"),
        ("5 марта 2024, 10:20", "2024-03-05T10:20"),
        ("٥ مارس ٢٠٢٤", "2024-03-05"),
        ("24 نيسان / أبريل 2020", "2020-04-24"),
        ("५ मार्च २०२४", "2024-03-05"),
        ("5 במרץ 2024", "2024-03-05"),
        ("2024年3月5日 12:30", "2024-03-05T12:30"),
        ("2024년 3월 5일", "2024-03-05"),
        ("5 มีนาคม 2567", "2024-03-05"),
        ("ngày 5 tháng 3 năm 2024", "2024-03-05"),
        ("2024. március 5.", "2024-03-05"),
        ("March 2024", "2024-03"),
    ],
)
def test_date_is_read_as_precisely_as_it_is_written(text: str, expected: str) -> None:
    """A day is never invented from a month, nor a time of day from a day."""
    assert str(parse_machine(text)) == expected


@pytest.mark.parametrize(
    "text", ["", "0000-00-00", "2024-13-40", "no date 2024", "5 March", "yesterday", "12:30"]
)
def test_text_that_states_no_date_gives_none(text: str) -> None:
    """A guess here would become a fact there."""
    assert parse_machine(text) is None


def test_numeric_date_is_read_in_the_order_of_its_country() -> None:
    """3/4/2024 is two days; 13/4/2024 is one."""
    for text, month_first, day in (
        ("3/4/2024", False, "2024-04-03"),
        ("3/4/2024", True, "2024-03-04"),
        ("13/4/2024", True, "2024-04-13"),
    ):
        found = find_date(text, month_first=month_first)
        assert found is not None
        assert str(found.date) == day


@given(
    st.one_of(
        st.text(max_size=400), st.integers(), st.floats(), st.none(), st.dictionaries(st.text(), st.text())
    )
)
def test_any_value_is_a_date_or_none(value: object) -> None:
    """Pages write anything where a date belongs."""
    day = parse_machine(value)
    assert day is None or isinstance(day, PartialDate)


@given(st.dates(min_value=date(1700, 1, 1), max_value=date(2199, 1, 1)))
def test_iso_dates_are_read_back(day: date) -> None:
    """What machines write is read exactly."""
    assert str(parse_machine(str(day))) == str(day)


def test_stated_dates_come_before_visible_ones() -> None:
    """Structured data is meant to be read by machines; what is visible may belong to anything."""
    dates = choose_dates(
        page(
            f"<h1>Ferry</h1>{BODY}<aside><time datetime='2020-01-01'>1 Jan</time></aside>",
            ld({"@type": "NewsArticle", "headline": "Ferry", "datePublished": "2024-10-30T14:05:00+01:00"}),
        ),
        url=None,
    )
    assert dates.published is not None
    assert str(dates.published.value) == "2024-10-30T14:05:00+01:00"
    assert dates.published.confidence is Confidence.HIGH


def test_stamp_of_a_later_day_yields_to_the_day_under_the_headline() -> None:
    """Sites stamp old stories anew; the day that they show their readers is the first one."""
    dates = choose_dates(
        page(
            f"<h1>Ferry</h1><p>14 May 2024</p>{BODY}",
            ld(
                {
                    "@type": "NewsArticle",
                    "headline": "Ferry",
                    "datePublished": "2024-11-20T16:02:46Z",
                    "dateModified": "2024-11-20T16:02:46Z",
                }
            ),
        ),
        url=None,
    )
    assert dates.published is not None
    assert dates.modified is not None
    assert (str(dates.published.value), dates.published.confidence) == ("2024-05-14", Confidence.MEDIUM)
    assert str(dates.modified.value) == "2024-11-20T16:02:46+00:00"
    assert [str(one.value) for one in dates.refused] == ["2024-11-20T16:02:46+00:00"]


def test_day_and_month_that_are_swapped_are_no_other_day() -> None:
    """11/01/2024 under the headline is the 1 November of the stamp, not 11 January."""
    dates = choose_dates(
        page(
            f'<h1>Ferry</h1><p class="date">11/01/2024</p>{BODY}',
            ld(
                {
                    "@type": "NewsArticle",
                    "headline": "Ferry",
                    "datePublished": "2024-11-01T09:00:00-04:00",
                    "dateModified": "2024-11-01",
                }
            ),
        ),
        url=None,
    )
    assert dates.published is not None
    assert str(dates.published.value) == "2024-11-01T09:00:00-04:00"


def test_publication_and_modification_are_kept_apart() -> None:
    """An update must not make an old story new."""
    head = (
        '<meta property="article:published_time" content="2024-10-30">'
        '<meta property="article:modified_time" content="2024-11-02">'
    )
    dates = choose_dates(page(head=head), url=None)
    assert dates.published is not None
    assert dates.modified is not None
    assert (str(dates.published.value), str(dates.modified.value)) == ("2024-10-30", "2024-11-02")


def test_utc_stamp_near_midnight_yields_to_the_day_that_the_url_shows() -> None:
    """A story of the evening of the 30th is of the 30th to its readers."""
    head = '<meta property="article:published_time" content="2024-10-31T03:30:00Z">'
    url = "https://example.org/2024/10/30/ferry-stays.html"
    dates = choose_dates(page(head=head, url=url), url=url)
    assert dates.published is not None
    assert str(dates.published.value) == "2024-10-30"
    assert "03:30" in dates.published.raw


def test_stamp_with_an_offset_is_preferred_to_the_same_instant_in_utc() -> None:
    """Then both the day and the time of day are known."""
    body = f'<h1>Ferry</h1><time datetime="2024-10-30T22:30:00-05:00">30 October</time>{BODY}'
    head = '<meta property="article:published_time" content="2024-10-31T03:30:00Z">'
    dates = choose_dates(page(body, head), url=None)
    assert dates.published is not None
    assert str(dates.published.value) == "2024-10-30T22:30:00-05:00"


def test_date_after_the_capture_is_refused() -> None:
    """Nobody publishes after the page was saved; event dates are often marked up as if."""
    head = (
        '<meta property="article:published_time" content="2031-01-01"><meta name="date" content="2024-10-30">'
    )
    saved = parse(html(head=head), captured_at=datetime(2024, 11, 1, tzinfo=UTC))
    dates = choose_dates(saved, url=None)
    assert dates.published is not None
    assert str(dates.published.value) == "2024-10-30"
    assert [str(one.value) for one in dates.refused] == ["2031-01-01"]


def test_masthead_day_is_a_guess_of_low_confidence() -> None:
    """The day above the headline is the day on which the page was shown."""
    dates = choose_dates(
        page(f'<div class="date">Wednesday, January 1, 2025</div><h1>Ferry</h1>{BODY}'), url=None
    )
    assert dates.published is None or dates.published.confidence is Confidence.LOW


def test_dateline_under_the_headline_is_the_article_s() -> None:
    """It is read off the page, so its confidence is medium."""
    dates = choose_dates(page(f'<h1>Ferry</h1><p class="date">Published 3 October 2024</p>{BODY}'), url=None)
    assert dates.published is not None
    assert str(dates.published.value) == "2024-10-03"
    assert dates.published.confidence is Confidence.MEDIUM
    assert dates.published.source is EvidenceSource.TEXT


def test_copyright_year_is_no_publication_date() -> None:
    """It says when the site was last cared for."""
    dates = choose_dates(page(f"<h1>Ferry</h1>{BODY}<footer>© 2019 The Ledger</footer>"), url=None)
    assert dates.published is None


def test_month_of_the_url_is_kept_as_a_month() -> None:
    """A day is never invented from a month."""
    url = "https://example.org/2024/10/ferry-stays/"
    dates = choose_dates(page(f"<h1>Ferry</h1>{BODY}", url=url), url=url)
    assert dates.published is not None
    assert str(dates.published.value) == "2024-10"
