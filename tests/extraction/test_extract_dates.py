"""Dates: read from machines' and people's writing, and chosen by trust."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from extract_pages import BODY, html, ld, page
from hypothesis import given
from hypothesis import strategies as st

from newsarchive.base.dates import PartialDate
from newsarchive.extraction.dates.day_month_order import is_month_first
from newsarchive.extraction.dates.machine_dates import parse_machine
from newsarchive.extraction.dates.written_dates import find_date
from newsarchive.extraction.fields import published_and_modified
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
    assert str(dates.published.value) == "2024-10-30T23:30:00-04:00"
    assert dates.published.value.moment == datetime(2024, 10, 31, 3, 30, tzinfo=UTC)
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


@pytest.mark.parametrize(
    ("shown", "local"),
    [
        ("30 October 2024, 23:30", "2024-10-30T23:30:00-04:00"),
        ("30 October 2024, 20:30", "2024-10-30T20:30:00-07:00"),
        ("30 October 2024", "2024-10-30T23:30:00-04:00"),
    ],
)
def test_a_stamp_moved_to_the_day_shown_keeps_its_instant(shown: str, local: str) -> None:
    """The day is the readers', and the moment is still the publisher's statement."""
    head = '<meta property="article:published_time" content="2024-10-31T03:30:00Z">'
    dates = choose_dates(page(f"<h1>Ferry stays</h1><p class='date'>{shown}</p>{BODY}", head), url=None)
    assert dates.published is not None
    assert str(dates.published.value) == local


def test_an_earlier_day_under_the_headline_beats_the_stamp_of_a_later_edition() -> None:
    """Sites stamp their stories anew; what they show readers is when these first saw it."""
    head = '<meta property="article:published_time" content="2020-01-20T09:49:32Z">'
    body = f"<h1>Ferry stays</h1><div class='article-date'>January 19, 2020 / 12:25 PM</div>{BODY}"
    dates = choose_dates(page(body, head), url=None)
    assert dates.published is not None
    assert str(dates.published.value) == "2020-01-19T12:25"


@pytest.mark.parametrize(
    ("address", "day"),
    [
        ("https://post.example/29-10-2021/ferry-stays", "2021-10-29"),
        ("https://post.example/10-29-2021/ferry-stays", "2021-10-29"),
        ("https://post.example/2017/7/12/ferry-stays", "2017-07-12"),
        ("https://post.example/2023/october/03/ferry-stays", "2023-10-03"),
        ("https://post.example/3-oktober-2023/ferry-stays", "2023-10-03"),
        ("https://post.example/top-10-2021-crime-2-9-2021x/ferry-stays", "2021-09-02"),
        ("https://post.example/31-2-2021/ferry-stays", None),
        ("https://post.example/2023/cinema/03/ferry-stays", None),
    ],
)
def test_addresses_state_days_in_several_orders(address: str, day: str | None) -> None:
    """An address is often all that an old page keeps of its day."""
    found = published_and_modified.from_url(address)
    assert (None if found is None else str(found.value)) == day


@pytest.mark.parametrize(
    ("lang", "head", "url", "day"),
    [
        ("en-GB", "", "https://post.example.com/ferry", "2018-04-05"),
        ("en-AU", "", None, "2018-04-05"),
        ("en-IN", "", "https://post.example.com/ferry", "2018-04-05"),
        ("en", '<meta property="og:locale" content="en_GB">', None, "2018-04-05"),
        ("en", "", "https://post.co.uk/ferry", "2018-04-05"),
        ("en-US", "", None, "2018-05-04"),
        ("en", "", "https://post.com/ferry", "2018-05-04"),
        ("en", "<title>Ferry of 13/05/2018</title>", "https://post.com/ferry", "2018-04-05"),
        ("de", "", None, "2018-04-05"),
    ],
)
def test_the_region_decides_whether_the_month_comes_first(
    lang: str, head: str, url: str | None, day: str
) -> None:
    """Where none is stated, the page's own dates that mean one thing only do."""
    body = f"<h1>Ferry stays</h1><p class='date'>05/04/2018</p>{BODY}"
    found = parse(html(body, head, lang=lang), url=url)
    first = is_month_first(found, language=lang[:2], address=url)
    dates = choose_dates(found, url=None, month_first=first)
    assert dates.published is not None
    assert str(dates.published.value) == day


@pytest.mark.parametrize(
    ("shown", "day"),
    [
        ("<p>Joined: 18 September 2008</p><p class='date'>Posted: 21 January 2009</p>", "2009-01-21"),
        ("<p class='date'>Updated 09/14/2018 9:15 PM | Published 05/13/2018</p>", "2018-05-13"),
        ("<span class='date' title='Tuesday, 29 March 2016'>5 years ago</span>", "2016-03-29"),
        ("<abbr class='published' title='2016-03-29T23:55:00-07:00'>Tuesday</abbr>", "2016-03-29"),
        ("<time datetime='Mon Nov 18 2019 15:21:41 GMT+0000'>a while ago</time>", "2019-11-18"),
        (
            "<time itemprop='dateModified' datetime='2019-02-16'>14/02/2019 | Updated 16/02/2019</time>",
            "2019-02-14",
        ),
        ("<p class='date'>۳ یولیو ۲۰۱۴</p>", "2014-07-03"),
    ],
)
def test_days_of_accounts_and_changes_are_not_the_article_s(shown: str, day: str) -> None:
    """They stand beside it, often before it."""
    dates = choose_dates(page(f"<h1>Ferry stays</h1>{shown}{BODY}"), url=None)
    assert dates.published is not None
    assert str(dates.published.value).startswith(day)
