"""The page that searches, as its HTML says it."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import pytest
from starlette.datastructures import QueryParams
from starlette.testclient import TestClient
from web_client import browsing

from newsarchive import Archive
from newsarchive.web.shown.search_address import SearchAddress
from newsarchive.web.shown.time_bars import time_bars


def test_matches_are_marked_and_lead_to_the_article(client: TestClient) -> None:
    """The first thing that anybody does."""
    page = client.get("/?q=ferry").text
    assert "<mark>" in page
    assert 'href="/article/' in page


def test_a_fault_of_a_query_is_shown_where_it_is(client: TestClient) -> None:
    """Never a silent empty result."""
    wrong = client.get("/", params={"q": "harbour (ferry"})
    assert wrong.status_code == 400
    assert "<span>harbour </span>" in wrong.text
    assert "Column 9" in wrong.text
    assert "add the ) that is missing" in wrong.text


def test_another_spelling_is_offered_where_nothing_matches(client: TestClient) -> None:
    """A slip of the finger is no dead end."""
    assert 'href="/?q=harbour"' in client.get("/?q=harbuor").text


def test_nothing_that_is_asked_for_becomes_markup(client: TestClient) -> None:
    """A link that somebody sends holds whatever they like."""
    script = "\"'><script>alert(1)</script>"
    for name in ("q", "after", "before", "sort", "group", "page", "publisher", "keyword", "next"):
        for path in ("/", "/login"):
            page = client.get(path, params={name: script}).text
            assert "<script>alert" not in page
            assert "'><script" not in page


def test_numbers_of_pages_are_numbers(client: TestClient) -> None:
    """Whatever is typed into the address."""
    for page in ("0", "-1", "x", "٣", "9" * 30, "99999999", "1e9", ""):
        assert client.get("/", params={"page": page}).status_code == 200


FACET_LINK = re.compile(
    r'<a href="([^"]+)" data-swap[^>]*>\s*<span class="tick".*?<span class="number">([\d,]+)</span>', re.S
)


def total_of(page: str) -> int:
    """How many match, as the page says it."""
    found = re.search(r"<strong>([\d,]+)</strong>", page)
    return int(found[1].replace(",", "")) if found else 0


def test_each_value_of_a_facet_leads_to_as_many_matches_as_it_says(client: TestClient) -> None:
    """A phrase of a publisher's name would find others' as well."""
    for query in ("", "harbour OR ferry"):
        page = client.get("/", params={"q": query}).text
        links = FACET_LINK.findall(page)
        assert len(links) > 20
        for address, number in links:
            assert total_of(client.get(unescape(address)).text) == int(number), address


def test_two_values_of_a_facet_are_either_and_of_two_facets_both(client: TestClient) -> None:
    """As everybody expects of boxes to tick."""
    one = total_of(client.get("/?publisher=Meridian+Wire").text)
    other = total_of(client.get("/?publisher=Almar+Tribune").text)
    assert total_of(client.get("/?publisher=Meridian+Wire&publisher=Almar+Tribune").text) == one + other
    both = client.get("/?publisher=Meridian+Wire&language=en").text
    assert 0 < total_of(both) <= one
    # The other publishers stay in their box, to be ticked as well.
    assert "publisher=Meridian+Wire&amp;publisher=Almar+Tribune" in both.replace("language=en&amp;", "")


def test_a_tick_can_be_taken_away_though_nothing_matches(client: TestClient) -> None:
    """Or the way back would be the browser's alone."""
    page = client.get("/?q=harbour&publisher=Nobody").text
    assert total_of(page) == 0
    assert 'class="on"><a href="/?q=harbour"' in page


def test_bars_add_up_to_the_matches(client: TestClient) -> None:
    """What has no place on the axis is told beside it."""
    page = client.get("/").text
    bars = [int(number) for number in re.findall(r"<title>[\d-]+: (\d+)</title>", page)]
    unplaced = re.search(r"far away: (\d+)", page)
    assert sum(bars) + (int(unplaced[1]) if unplaced else 0) == total_of(page)


def test_a_bar_leads_to_its_days(client: TestClient) -> None:
    """A year leads to its months, and a month to its days."""
    page = client.get("/").text
    address, name, number = max(
        re.findall(r'<a href="([^"]+)" tabindex[^>]*><title>([\d-]+): (\d+)</title>', page),
        key=lambda bar: int(bar[2]),
    )
    narrowed = client.get(unescape(address)).text
    assert total_of(narrowed) >= int(number)
    assert f"<title>{name}-" in narrowed


def test_every_order_and_group_is_a_page(client: TestClient) -> None:
    """All that the boxes offer works."""
    page = client.get("/").text
    for name in ("sort", "group"):
        select = re.search(rf'<select name="{name}">(.*?)</select>', page, re.S)
        assert select is not None
        for value in re.findall(r'value="(\w+)"', select[1]):
            answer = client.get("/", params={"q": "harbour", name: value})
            assert answer.status_code == 200
            assert "<mark>" in answer.text


def test_pages_of_results_follow_each_other_without_gap_or_repetition(client: TestClient) -> None:
    """As far as the last one."""
    address, seen = "/", list[str]()
    while address:
        page = client.get(address).text
        seen += re.findall(r'<h3[^>]*><a href="/article/(\d+)', page)
        following = re.search(r'<a rel="next" href="([^"]+)"', page)
        address = unescape(following[1]) if following else ""
    assert len(seen) == len(set(seen)) == total_of(client.get("/").text)


def test_a_kept_page_is_made_anew_when_the_archive_changes(sample_copy: Path, tmp_path: Path) -> None:
    """Or what was just added would not be found."""
    row = tmp_path / "one.jsonl"
    row.write_text('{"id": "1", "headline": "Zeppelin over Port Almar", "text": "A zeppelin was seen."}\n')
    with browsing(sample_copy) as client:
        assert total_of(client.get("/?q=zeppelin").text) == 0
        with Archive.open(sample_copy) as archive:
            archive.add(row, workers=1).finish()
        assert total_of(client.get("/?q=zeppelin").text) == 1


@pytest.mark.parametrize("first", ["0001-01-01", "1600-01-01", "1999-12-31", "2024-02-29"])
def test_any_span_of_time_fits_the_picture(first: str) -> None:
    """One date that was read wrong must not draw a million bars."""
    for last in ("2024-02-29", "9999-12-31", first[:4], first[:7]):
        counts = {first: 1, "": 3} | {last: 2}
        bars = time_bars(SearchAddress(), counts)
        assert bars is not None
        assert len(bars.bars) <= 140
        assert sum(bar.count for bar in bars.bars) + bars.unplaced == sum(counts.values())


def test_an_address_says_the_same_when_it_is_read_again() -> None:
    """Addresses are kept, and sent to others."""
    asked = SearchAddress(
        query="a & b", ticks=(("author", "X=Y"), ("author", "")), after="2024", sort="newest", page=3
    )
    assert SearchAddress.of(QueryParams(asked.href().partition("?")[2])) == asked


def test_the_overview_counts_what_the_archive_holds(client: TestClient, sample_folder: Path) -> None:
    """And each publisher leads to its articles."""
    page = client.get("/overview").text
    with Archive.open(sample_folder) as archive:
        assert f"<dd>{len(archive)}</dd>" in page
    for address, number in re.findall(
        r'<th scope="row"[^>]*><a href="([^"]+)">[^<]*</a></th><td>(\d+)', page
    ):
        assert total_of(client.get(unescape(address)).text) >= int(number)
