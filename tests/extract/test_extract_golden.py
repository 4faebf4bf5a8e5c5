"""The sample archive's pages, each with the article that its author meant."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from newsarchive.dates import PartialDate
from newsarchive.extract import extract
from newsarchive.model import Article

ROOT = Path(__file__).parents[2]
LABELS = [
    json.loads(line)
    for line in (ROOT / "tests" / "golden" / "sample.jsonl").read_text(encoding="utf-8").splitlines()
]
FIELDS = (
    "headline", "description", "authors", "date_published", "date_confidence", "date_modified", "publisher",
    "section", "keywords", "language", "url", "image", "is_accessible_for_free",
)  # fmt: skip


def _article(label: dict[str, Any]) -> Article:
    path = ROOT / "sample_archive" / label["file"]
    payload = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    return extract(payload)


def _canonical(name: str, value: Any) -> Any:
    """Write a label's date as the archive does: "Z" is "+00:00"."""
    if name.startswith("date_") and name != "date_confidence" and value is not None:
        return PartialDate.fromisoformat(value).isoformat()
    return value


@pytest.fixture(scope="module", params=LABELS, ids=[label["file"] for label in LABELS])
def page(request: pytest.FixtureRequest) -> tuple[dict[str, Any], Article]:
    """A labelled page and what was extracted from it."""
    label: dict[str, Any] = request.param
    return label, _article(label)


@pytest.mark.parametrize("name", FIELDS)
def test_field_is_what_the_page_says(page: tuple[dict[str, Any], Article], name: str) -> None:
    """What the archive says about a page is what its users quote."""
    label, article = page
    assert article.to_dict()[name] == _canonical(name, label[name])


def test_text_runs_from_the_first_to_the_last_sentence(page: tuple[dict[str, Any], Article]) -> None:
    """Neither a standfirst lost nor a footer gained: both ends of the text are where the author put them."""
    label, article = page
    assert article.text.startswith(label["text_start"])
    assert article.text.endswith(label["text_end"])


def test_text_holds_the_article_and_nothing_else(page: tuple[dict[str, Any], Article]) -> None:
    """Paragraphs are kept whole; captions, related links, comments and cookie texts are left out."""
    label, article = page
    paragraphs = article.text.split("\n")
    assert [
        sentence for sentence in label["expect"] if not any(sentence in line for line in paragraphs)
    ] == []
    assert [sentence for sentence in label["reject"] if sentence in article.text] == []
