"""Pages written for the project, each with the article that its author meant.

The labels of ``sample.jsonl`` are of the sample archive, those of ``pages.jsonl`` of
``tests/golden/pages``: layouts that the sample archive lacks.
"""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from newsarchive.base.dates import PartialDate
from newsarchive.extraction import extract
from newsarchive.model import Article, EvidenceSource

ROOT = Path(__file__).parents[2]
GOLDEN = ROOT / "tests" / "golden"
FOLDERS = {"sample.jsonl": ROOT / "sample_archive", "pages.jsonl": GOLDEN / "pages"}
LABELS = [
    {**json.loads(line), "path": folder}
    for name, folder in FOLDERS.items()
    for line in (GOLDEN / name).read_text(encoding="utf-8").splitlines()
]
FIELDS = (
    "headline", "description", "authors", "date_published", "date_confidence", "date_modified", "publisher",
    "section", "keywords", "language", "url", "image", "is_accessible_for_free",
)  # fmt: skip


def _article(label: dict[str, Any]) -> Article:
    path = label["path"] / label["file"]
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


def test_every_page_is_labelled() -> None:
    """A page without a label would look as if it were tested."""
    kinds = (".html", ".txt", ".html.gz", ".txt.gz")
    folders = (ROOT / "sample_archive" / "pages", ROOT / "sample_archive" / "text", GOLDEN / "pages")
    pages = {path for folder in folders for path in folder.rglob("*.*") if path.name.endswith(kinds)}
    assert pages <= {label["path"] / label["file"] for label in LABELS}


@pytest.mark.parametrize("name", FIELDS)
def test_golden_set_has_pages_that_state_a_field_and_pages_that_do_not(name: str) -> None:
    """A field that is always, or never, there can be right by chance."""
    stated = [label for label in LABELS if label[name] not in (None, [])]
    assert len(stated) >= 3
    assert name in ("headline", "language") or len(stated) < len(LABELS)


def test_golden_set_has_every_place_where_pages_state_a_value() -> None:
    """A way of stating things that no golden page uses is not guarded by any."""
    found = {item.source for label in LABELS for item in _article(label).evidence}
    # What no web page states, each with tests of its own: rows, fetches, people, mails, cut values.
    elsewhere = {
        EvidenceSource.DATASET,
        EvidenceSource.HTTP,
        EvidenceSource.USER,
        EvidenceSource.MAIL,
        EvidenceSource.LIMIT,
    }
    assert found == set(EvidenceSource) - elsewhere
