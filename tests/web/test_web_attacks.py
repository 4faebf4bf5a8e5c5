"""An archive full of attacks, looked at on every page."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hostile_world import LINK, SCRIPT, make_hostile_archive
from starlette.testclient import TestClient
from web_client import browsing

PAGES = [
    "/",
    "/?q=ferry",
    "/?group=publisher",
    "/article/1",
    "/article/1?q=ferry",
    "/article/1/related",
    "/article/1/history",
    "/article/1/cite",
    "/article/1/looks",
    "/article/2",
    "/article/2/looks",
    "/overview",
]


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """The archive of attacks, served."""
    scratch = tmp_path_factory.mktemp("hostile")
    with browsing(make_hostile_archive(scratch / "archive", scratch)) as client:
        yield client


@pytest.mark.parametrize("path", PAGES)
def test_no_value_of_a_stranger_becomes_markup(hostile: TestClient, path: str) -> None:
    """Names, texts, names of files, the name of the archive itself."""
    answer = hostile.get(path)
    assert answer.status_code == 200
    for part in ("<script>window", "<img src=x", "onerror=window.stolen=2>", f'href="{LINK}'):
        assert part not in answer.text
    assert "{{7*7}}" in answer.text or "49" not in answer.text
    # Two of the page's own, none of a stranger's.
    assert answer.text.count("<script") == 1


def test_a_name_full_of_marks_can_still_be_ticked(hostile: TestClient) -> None:
    """Where no query can name it, it is shown and leads nowhere."""
    page = hostile.get("/").text
    assert "&lt;script&gt;window.stolen=1" in page
    assert hostile.get("/", params={"publisher": SCRIPT}).status_code == 200
    assert hostile.get("/", params={"publisher": "\"“”„«»「」『』'"}).status_code == 200


def test_programs_get_the_values_as_they_are_and_as_data(hostile: TestClient) -> None:
    """JSON is never guessed to be a page."""
    answer = hostile.get("/api/articles/1")
    assert answer.headers["content-type"] == "application/json"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "<script>window.stolen=1</script>" in answer.json()["headline"]
