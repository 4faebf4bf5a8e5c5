"""What programs ask, and the description of it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from newsarchive import Archive
from newsarchive.web.api.endpoints import ENDPOINTS


@pytest.fixture(scope="module")
def description(client: TestClient) -> Any:
    """The OpenAPI document."""
    return client.get("/api/openapi.json").json()


def test_answers_are_those_of_the_command_line(client: TestClient, sample_folder: Path) -> None:
    """Others build on one form."""
    with Archive.open(sample_folder) as archive:
        asked = {"q": "ferry", "facet": ["publisher", "year"], "limit": "3", "sort": "newest"}
        expected = archive.search("ferry", facets=["publisher", "year"], limit=3, sort="newest").to_dict()
        assert client.get("/api/search", params=asked).json() == expected
        assert client.get("/api/stats").json() == archive.stats().to_dict()
        assert client.get("/api/articles/1").json()["text"] == archive.article(1).text
        timeline = archive.timeline("ferry", by="year", facet="publisher").to_dict()
        assert client.get("/api/timeline?q=ferry&by=year&facet=publisher").json() == timeline


@pytest.mark.parametrize("endpoint", ENDPOINTS, ids=lambda each: each.path)
def test_every_address_is_described_and_answers_as_it_is(
    client: TestClient, description: Any, endpoint: Any
) -> None:
    """The description and the answers come from one table, and this holds them together."""
    operation = description["paths"][endpoint.path]["get"]
    needed = {
        each["name"]: "ferry"
        for each in operation["parameters"]
        if each["in"] == "query" and each["required"]
    }
    answer = client.get(endpoint.path.replace("{id}", "1"), params=needed)
    assert answer.status_code == 200
    schema = operation["responses"]["200"]["content"]["application/json"]["schema"]
    assert set(schema["required"]) <= answer.json().keys()


@pytest.mark.parametrize(
    "address",
    [
        "/api/search?q=(",
        "/api/search?limit=-1",
        "/api/search?limit=501",
        "/api/search?limit=x",
        "/api/search?limit=1&limit=2",
        "/api/search?offset=99999999999999999999",
        "/api/search?sort=best",
        "/api/search?facet=color",
        "/api/search?any=1",
        "/api/search?query=ferry",
        "/api/search?after=someday",
        "/api/articles/0",
        "/api/articles/x",
        "/api/articles/1/diff?before=0",
        "/api/quote",
        "/api/quote?quotation=",
        "/api/stats?x=1",
    ],
)
def test_what_can_not_be_meant_is_refused_with_a_hint(client: TestClient, address: str) -> None:
    """A misspelled parameter that is passed over gives another answer than was asked for."""
    answer = client.get(address)
    assert answer.status_code == 400
    assert answer.json()["error"]["message"]


def test_a_fault_of_a_query_has_its_place(client: TestClient) -> None:
    """For programs that show where."""
    assert client.get("/api/search", params={"q": "ferry ("}).json()["error"]["position"] == 6


def test_what_is_not_there_and_what_can_not_be_done_are_json_too(client: TestClient) -> None:
    """A program can't read a page."""
    assert client.get("/api/articles/999999").json()["error"]["hint"]
    for answer in (client.get("/api/nothing"), client.post("/api/search")):
        assert answer.status_code in (404, 405)
        assert answer.json()["error"]["message"]


def test_an_answer_that_is_known_is_not_sent_again(client: TestClient) -> None:
    """Programs that ask every minute cost little."""
    first = client.get("/api/search?q=ferry")
    again = client.get("/api/search?q=ferry", headers={"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
