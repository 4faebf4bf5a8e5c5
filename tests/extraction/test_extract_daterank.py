"""Which of the dates that a page shows is the article's."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from extract_pages import BODY, html, page
from hypothesis import given, settings
from hypothesis import strategies as st

from newsarchive.errors import ExtractError
from newsarchive.extraction.fields.published_and_modified import Dates
from newsarchive.extraction.fields.published_and_modified import choose as choose_dates
from newsarchive.extraction.page.parsed_page import Page, parse
from newsarchive.model import Confidence, EvidenceSource

CAPTURED = datetime(2024, 10, 30, 14, 20, tzinfo=UTC)
TEASERS = "".join(
    f'<li class="teaser"><a href="/{day}">Another ferry, and what became of it in the harbour, a story</a>'
    f"<span>{day} October 2024</span></li>"
    for day in range(10, 16)
)


def _saved(body: str, head: str = "") -> Page:
    return parse(html(body, head), captured_at=CAPTURED)


def _chosen(body: str, head: str = "") -> str | None:
    found = choose_dates(_saved(body, head), url=None).published
    return None if found is None else str(found.value)


def _dates(body: str) -> Dates:
    return choose_dates(_saved(body), url=None)


@pytest.mark.parametrize(
    "body",
    [
        f"<h1>Ferry</h1><p>By Jane Doe</p><div>3 October 2024</div>{BODY}<ul>{TEASERS}</ul>",
        f"<ul>{TEASERS}</ul><h1>Ferry</h1><div>3 October 2024</div>{BODY}",
        f"<h1>Ferry</h1><div>3 October 2024</div>{BODY}<div class='comment'><b>9 October 2024</b></div>",
        f"<h1>Ferry</h1><div>3 October 2024</div><p>The fair is open 5–9 October 2024.</p>{BODY}",
        f"<h1>Ferry</h1>{BODY}<p>Published: 3 October 2024</p><footer>© 1 October 2024 The Ledger</footer>",
        f"<div>Wednesday, 30 October 2024</div><h1>Ferry</h1><div>3 October 2024</div>{BODY}",
        f"<h1>Ferry</h1><div><b>3</b> <i>October</i> <u>2024</u></div>{BODY}<ul>{TEASERS}</ul>",
        f"<h1>Ferry</h1><p>Updated 9 October 2024 | First published 3 October 2024</p>{BODY}",
        f"<h1>Ferry</h1><p>3 October 2024 – The council voted to keep the old ferry for a year.</p>{BODY}",
    ],
    ids="below-list above-list comment event copyright masthead split updated dateline".split(),
)
def test_own_date_of_an_article_is_told_from_others(body: str) -> None:
    """Lists, comments, events, copyrights and mastheads date something else."""
    assert _chosen(body) == "2024-10-03"


@pytest.mark.parametrize(
    "body",
    [
        f"<h1>Ferry</h1>{BODY}<ul>{TEASERS}</ul>",
        f"<h1>Ferry</h1>{BODY}<footer>© 2019 The Ledger</footer>",
        f"<h1>Ferry</h1>{BODY}<footer>Copyright 1 October 2019</footer>",
        f"<h1>Ferry</h1>{BODY}<p>It was on 5 March 2019 that the ferry sank, the harbour master said</p>",
        f"<h1>Ferry</h1><div>3 December 2024</div>{BODY}",
        f"<h1>Ferry</h1><div>3 October 1875</div>{BODY}",
    ],
    ids="list copyright-year copyright-day event future too-old".split(),
)
def test_date_of_something_else_is_refused(body: str) -> None:
    """No date is better than another story's."""
    assert _chosen(body) is None


def test_day_of_the_masthead_is_a_guess() -> None:
    """The day above the headline is the day on which the page was shown: an upper bound."""
    found = _dates(f"<div>Wednesday, 30 October 2024</div><h1>Ferry</h1>{BODY}").published
    assert found is not None
    assert (found.source, found.confidence) == (EvidenceSource.MASTHEAD, Confidence.LOW)


def test_day_of_an_update_alone_is_a_guess() -> None:
    """The story is as old or older."""
    found = _dates(f"<h1>Ferry</h1><div>Updated 3 October 2024</div>{BODY}").published
    assert found is not None
    assert (str(found.value), found.confidence) == ("2024-10-03", Confidence.LOW)


def test_visible_update_is_kept_apart() -> None:
    """An update must not make an old story new."""
    dates = _dates(f"<h1>Ferry</h1><p>3 October 2024</p><p>Updated 9 October 2024</p>{BODY}")
    assert dates.published is not None
    assert dates.modified is not None
    assert (str(dates.published.value), str(dates.modified.value)) == ("2024-10-03", "2024-10-09")


@pytest.mark.parametrize(
    "markup",
    [
        "<time>2 hours ago</time>",
        "<time>an hour ago</time>",
        '<span class="date">vor 2 Stunden</span>',
        '<p class="posted">hace 2 horas</p>',
    ],
)
def test_relative_date_is_resolved_and_says_so(markup: str) -> None:
    """Only the capture gives it a day."""
    found = _dates(f"<h1>Ferry</h1>{markup}{BODY}").published
    assert found is not None
    assert str(found.value) == "2024-10-30"
    assert found.raw.endswith("[relative to the capture]")


def test_relative_date_without_a_capture_is_none() -> None:
    """Nothing reads the clock."""
    assert choose_dates(page(f"<h1>Ferry</h1><time>2 hours ago</time>{BODY}"), url=None).published is None


def test_relative_words_of_prose_are_none() -> None:
    """Only an element that is marked as a date may count from now."""
    assert _chosen(f"<h1>Ferry</h1><p>It sank 2 years ago</p>{BODY}") is None


def test_converted_year_is_named_in_the_evidence() -> None:
    """A reader must see that 2567 stood there."""
    found = _dates(f"<h1>เรือ</h1><div>5 ตุลาคม 2567</div>{BODY}").published
    assert found is not None
    assert (str(found.value), found.raw) == ("2024-10-05", "5 ตุลาคม 2567 [Buddhist year]")


def test_date_of_a_script_is_found() -> None:
    """Applications draw the page from it."""
    script = '<script>window.data = {"article":{"publishedAt":"2024-10-03T09:30:00+02:00"}}</script>'
    assert _chosen(f"<h1>Ferry</h1>{BODY}{script}") == "2024-10-03T09:30:00+02:00"


def test_meta_tag_of_no_standard_is_read_where_it_speaks_of_publication() -> None:
    """Systems make up names; a publisher's number is no date."""
    stated = {"publisher": "2019", "publication-id": "20190305", "x-published_on": "2024-10-03T21:00:00Z"}
    head = "".join(f'<meta name="{name}" content="{content}">' for name, content in stated.items())
    assert _chosen(f"<h1>Ferry</h1>{BODY}", head) == "2024-10-03T21:00:00+00:00"


def test_date_of_the_title_is_found() -> None:
    """Some sites put it behind their name."""
    assert _chosen(f"<h1>Ferry</h1>{BODY}", "<title>Ferry | Harbour | 03.10.2024</title>") == "2024-10-03"


def test_month_of_the_url_bounds_a_guess() -> None:
    """A doubtful day of that month is likelier than the month alone; one of another month is not."""
    url = "https://example.org/2024/10/ferry-stays/"
    for day, expected in (("3 October 2024", "2024-10-03"), ("3 May 2024", "2024-10")):
        body = html(f"<h1>Ferry</h1>{BODY * 3}<p>{day}</p>")
        found = choose_dates(parse(body, url=url, captured_at=CAPTURED), url=url).published
        assert found is not None
        assert str(found.value) == expected


SNIPPETS = st.sampled_from(
    "<h1>Ferry</h1>|<time>|</time>|<time datetime='|'>|<div class='date'>|</div>|<li>|©|Updated |"
    "vor 2 Stunden|99 years ago|yesterday|2567|令和6年|3 October 2024|3 October 1066|12/31/2099|2099-01-01|"
    "1403/01/15|<script>publishedAt:|</script>|<title>|</title>".split("|")
)


@settings(deadline=None)
@given(st.lists(st.one_of(SNIPPETS, st.text(max_size=8)), max_size=30))
def test_no_page_gives_a_visible_date_out_of_bounds(pieces: list[str]) -> None:
    """From 1900 to a day after the capture, whatever strangers write."""
    try:
        saved = parse(html("".join(pieces)), captured_at=CAPTURED)
    except ExtractError:
        return
    dates = choose_dates(saved, url=None)
    for one in (dates.published, dates.modified, *dates.refused):
        assert one is None or date(1900, 1, 1) <= one.value.earliest <= CAPTURED.date() + timedelta(days=1)
