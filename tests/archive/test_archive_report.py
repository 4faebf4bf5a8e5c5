"""A report of a search."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest

from newsarchive import Archive, ExportError, QueryError


@pytest.fixture(scope="module")
def sample(sample_folder: Path) -> Iterator[Archive]:
    with Archive.open(sample_folder) as archive:
        yield archive


class Page(HTMLParser):
    """The text of a page, its tags and what it would load."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self.tags: list[str] = []
        self.loaded: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        if tag != "a":
            self.loaded += [value or "" for name, value in attrs if name in ("src", "href", "srcset", "data")]

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.words).split())


def page_of(archive: Archive, query: str = "harbour") -> Page:
    stream = io.BytesIO()
    archive.report(query, to=stream)
    return Page(stream.getvalue().decode())


def test_a_report_counts_what_a_search_finds(sample: Archive) -> None:
    """Total, publishers and every article, by the numbers that search gives."""
    results = sample.search("harbour", limit=None, facets=["publisher"])
    page = page_of(sample)
    assert f"{results.total} articles" in page.text
    for publisher, count in results.facets["publisher"].items():
        assert f"{publisher} {count}" in page.text
    for hit in results:
        assert f"article {hit.article.id}" in page.text
        assert " ".join((hit.article.headline or "").split()) in page.text


def test_a_report_says_how_to_do_it_again(sample_copy: Path) -> None:
    """The digest is that of a run of the same search that was kept."""
    with Archive.open(sample_copy) as archive:
        archive.saved.add("harbour", "harbour")
        run = archive.saved.run("harbour").run
        page = page_of(archive)
        for part in (run.digest, archive.uuid, f"state {run.last_change}", "newsarchive"):
            assert part in page.text


def test_a_chart_says_in_words_what_it_shows(sample: Archive) -> None:
    """A screen reader reads its title, and the numbers stand in a table beside."""
    page = page_of(sample)
    assert "svg" in page.tags
    assert re.search(r"Articles by \w+: \d+ from .* to .*, most in", page.text)
    assert "The numbers" in page.text


def test_a_report_asks_nothing_of_any_other_place(sample: Archive) -> None:
    """It is read offline, and who reads it is nobody's business."""
    page = page_of(sample, "")
    assert page.loaded == []
    assert not {"script", "img", "iframe", "link", "object", "form"} & set(page.tags)


@pytest.mark.parametrize("query", ["zzzzzz", "has:author zzzzzz", "", "published:2024"])
def test_any_search_can_be_reported(sample: Archive, query: str) -> None:
    """None found is a finding."""
    page = page_of(sample, query)
    assert f"{sample.search(query).total} articles" in page.text


def test_markup_in_a_query_is_text(sample: Archive) -> None:
    """Reports are handed on."""
    assert "script" not in page_of(sample, '"<script>alert(1)</script>"').tags


def test_a_report_appears_whole_or_not_at_all(sample: Archive, tmp_path: Path) -> None:
    """And never over the archive."""
    with pytest.raises(ExportError):
        sample.report("harbour", to=tmp_path / "missing" / "r.html")
    with pytest.raises(ExportError, match="part of the archive"):
        sample.report("harbour", to=sample.folder / "archive.db")
    with pytest.raises(QueryError):
        sample.report("(", to=tmp_path / "r.html")
    assert sample.report("harbour", to=tmp_path / "r.html") == sample.search("harbour").total
    assert [path.name for path in tmp_path.iterdir()] == ["r.html"]


def test_copies_and_edits_are_told(tmp_path: Path) -> None:
    """Who ran the same story, a word changed or not, and what was changed after publication."""
    text = "The ferry left the quay at dawn, and nobody on the pier waved at it at all. " + " ".join(
        f"Passenger {n} had packed bread, a lamp and the {n}th volume of tides." for n in range(9)
    )
    nearly = text.replace("a lamp", "one lamp", 1)
    rows = tmp_path / "wire.jsonl"

    def wire(*texts: str) -> str:
        lines = [{"id": str(n), "headline": f"Ferry {n}", "text": each} for n, each in enumerate(texts)]
        return "".join(json.dumps(line) + "\n" for line in lines)

    with Archive.create(tmp_path / "a") as archive:
        for content in (wire(text, nearly, "Another."), wire(text, nearly, "Another, changed.")):
            rows.write_text(content)
            list(archive.add([rows]))
        shown = page_of(archive, "").text
    assert "1 edited" in shown
    assert "2 states" in shown
    assert "2 stories" in shown
    assert "2 articles · (not stated)" in shown
