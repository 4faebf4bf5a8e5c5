"""The pages of an article: to read, to trace, to compare, to cite, to take along."""

from __future__ import annotations

import io
import json
import re
import zipfile
from html import unescape
from pathlib import Path

import pytest
from starlette.testclient import TestClient
from web_client import browsing

from newsarchive import Archive
from newsarchive.export.export_format import FolderFormat
from newsarchive.export.registry import formats
from newsarchive.search.text.snippets import Snippet
from newsarchive.web.shown.marked_text import paragraphs


@pytest.fixture(scope="module")
def archive(sample_folder: Path) -> Archive:
    """The archive of the sample pages."""
    return Archive.open(sample_folder)


def some_article(archive: Archive, query: str) -> int:
    found = archive.search(query, limit=1)[0].id
    assert found is not None
    return found


def test_every_article_is_a_page_with_all_its_paragraphs(client: TestClient, archive: Archive) -> None:
    """In every script, whatever it lacks."""
    for article in archive:
        page = unescape(client.get(f"/article/{article.id}").text)
        for paragraph in article.text.split("\n"):
            assert " ".join(paragraph.split())[:60] in " ".join(page.split())


def test_matches_are_marked_in_the_whole_article(client: TestClient, archive: Archive) -> None:
    """What was searched is what is marked, to the last line."""
    number = some_article(archive, "dockers strike")
    page = client.get(f"/article/{number}", params={"q": "dockers strike"}).text
    assert page.count("<mark>") > 2
    assert "<mark>" not in client.get(f"/article/{number}").text
    assert client.get(f"/article/{number}", params={"q": "dockers ("}).status_code == 200


def test_a_mark_across_a_break_is_in_both_paragraphs() -> None:
    """A phrase may end in the next one."""
    marked = Snippet("one two\nthree <four>", ((4, 13), (14, 20)))
    assert paragraphs(marked) == [
        "one <mark>two</mark>",
        "<mark>three</mark> <mark>&lt;four&gt;</mark>",
    ]


def test_each_value_says_where_it_was_found(client: TestClient, archive: Archive) -> None:
    """Nobody has to believe it."""
    article = archive.article(some_article(archive, "dockers strike has:author"))
    page = unescape(client.get(f"/article/{article.id}").text)
    for evidence in article.evidence:
        assert " ".join(evidence.raw.split())[:40] in page


def test_the_history_shows_what_changed_side_by_side(client: TestClient) -> None:
    """Word by word."""
    page = client.get("/article/1/history").text
    assert "<ins>" in page
    assert "<del>" in page
    assert client.get("/article/1/history?before=2&after=1").status_code == 200
    assert client.get("/article/1/history?before=9").status_code == 400
    assert "one state" in client.get("/article/2/history").text


def test_who_else_ran_an_article_is_told(client: TestClient, archive: Archive) -> None:
    """With how much of it."""
    family = archive.families.top(1)[0]
    page = client.get(f"/article/{family.copies[1].article.id}/related").text
    assert all(f'href="/article/{copy.article.id}"' in page for copy in family)
    assert "shares 100 %" in page


def test_a_citation_is_there_to_copy(client: TestClient) -> None:
    """In the styles that there are, and an unknown one is told."""
    page = client.get("/article/1/cite?style=mla").text
    assert "34 Ships" in page or "34 ships" in page
    assert "no style is called" in client.get("/article/1/cite?style=nonesuch").text


def test_a_captured_page_can_do_nothing(client: TestClient, archive: Archive) -> None:
    """It is shown in an origin that is nobody's, and loads nothing."""
    capture = archive.captures(1)[-1]
    shown = client.get(f"/article/1/capture/{capture.id}/page")
    policy = shown.headers["content-security-policy"]
    assert policy.startswith("sandbox; default-src 'none'")
    assert "allow-" not in policy
    assert "script" not in policy
    assert shown.content == archive.payload(capture)
    frame = re.search(r"<iframe[^>]*>", client.get("/article/1/looks").text)
    assert frame is not None
    assert 'sandbox=""' in frame[0]


def test_the_bytes_of_a_capture_are_handed_out_and_never_shown(client: TestClient, archive: Archive) -> None:
    """Whatever type a stranger's server gave them."""
    for article in (1, some_article(archive, "publisher:meridian")):
        capture = archive.captures(article)[-1]
        raw = client.get(f"/article/{article}/capture/{capture.id}/raw")
        assert raw.content == archive.payload(capture)
        assert raw.headers["content-type"] == "application/octet-stream"
        assert raw.headers["content-disposition"].startswith("attachment")
    # A capture of another article is none of this one.
    assert client.get(f"/article/2/capture/{archive.captures(1)[0].id}/raw").status_code == 404


@pytest.mark.parametrize("name", sorted(set(formats()) - {"pdf", "bagit", "datasette"}))
def test_a_search_and_an_article_go_out_in_every_format(client: TestClient, name: str) -> None:
    """A folder of files as one ZIP file."""
    for query in ({"q": "ferry", "publisher": "Meridian Wire"}, {"id": "1"}):
        answer = client.get("/export", params={**query, "format": name}, headers={"accept-encoding": ""})
        assert answer.status_code == 200, answer.text
        assert int(answer.headers["content-length"]) == len(answer.content) > 0
        assert re.fullmatch(r'attachment; filename="[\w.-]+"; .*', answer.headers["content-disposition"])
        if isinstance(formats()[name], FolderFormat):
            assert zipfile.ZipFile(io.BytesIO(answer.content)).testzip() is None


def test_what_can_not_go_out_is_told_before_a_byte_is_sent(client: TestClient) -> None:
    """Half a file would look whole."""
    assert client.get("/export?format=nonesuch").status_code == 400
    assert client.get("/export?q=(").status_code == 400
    assert client.get("/export?id=999999&format=csv").status_code == 404


@pytest.mark.parametrize(
    "path",
    [
        "/article/0",
        "/article/999999",
        "/article/99999999999999999999",
        "/article/-1",
        "/article/x",
        "/article/٣",
    ],
)
def test_what_is_not_there_is_a_page_that_says_so(client: TestClient, path: str) -> None:
    """Never an error of the server."""
    for more in ("", "/history", "/related", "/cite", "/looks", "/capture/1/page"):
        assert client.get(path + more).status_code == 404


def test_an_article_exported_alone_is_exported_as_the_library_does(archive: Archive) -> None:
    """``ids`` of the library, in the order they were named."""
    out = io.BytesIO()
    assert archive.export(ids=[2, 1], to=out, format="jsonl") == 2
    assert [json.loads(line)["id"] for line in out.getvalue().splitlines()] == [2, 1]


def test_an_article_in_a_script_from_the_right_is_set_from_the_right(sample_folder: Path) -> None:
    """Whatever the language of the interface."""
    with browsing(sample_folder) as client, Archive.open(sample_folder) as archive:
        number = some_article(archive, "lang:ar")
        page = client.get(f"/article/{number}").text
        assert '<article lang="ar" dir="auto">' in page
