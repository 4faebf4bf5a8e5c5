"""The page that searches, as its HTML says it."""

from __future__ import annotations

from starlette.testclient import TestClient


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
