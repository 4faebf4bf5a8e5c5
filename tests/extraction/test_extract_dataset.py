"""Rows of datasets, whatever names and types they come with."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsarchive.errors import ExtractError
from newsarchive.extraction import extract
from newsarchive.extraction.formats.dataset_row import extract_row
from newsarchive.model import Article, Confidence, EvidenceSource

VALUES: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=40),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)
NAMES = st.sampled_from(
    (
        "id url headline title text body date_published date authors author publisher language "
        "keywords topics image"
    ).split()
)


def test_row_becomes_an_article() -> None:
    """The names that datasets use are all understood."""
    row = {
        "title": "FERRY STAYS",
        "body": "The council voted.\n\nIt rained.",
        "date": "1987-02-26T15:01:01",
        "author": [{"name": "Jane Doe"}, "John Roe"],
        "topics": ["ferries"],
        "language": "en_US",
        "url": "HTTPS://Example.org/a",
    }
    article = extract(json.dumps(row).encode(), content_type="application/json")
    assert article.headline == "FERRY STAYS"
    assert article.text == "The council voted.\nIt rained."
    assert str(article.date_published) == "1987-02-26T15:01:01"
    assert article.date_confidence is Confidence.HIGH
    assert article.authors == ("Jane Doe", "John Roe")
    assert article.keywords == ("ferries",)
    assert article.language == "en"
    assert article.url == "https://example.org/a"
    assert [one.source for one in article.evidence] == [EvidenceSource.DATASET]


def test_headline_alone_is_an_article() -> None:
    """News agencies send headlines ahead of their stories."""
    assert extract_row({"title": "FERRY STAYS", "body": ""}).text == ""


def test_wrapped_lines_of_newswire_are_joined() -> None:
    """Teleprinters broke lines at a column."""
    body = (
        "The council of the old harbour said that it\nwill keep the ferry for another year, and the\n"
        "master of the port agreed to paint it himself.\nThe vote was close."
    )
    assert extract_row({"body": body}).text.count("\n") <= 1


def test_markup_in_a_text_is_read_as_markup() -> None:
    """Feeds and exports carry HTML in their text fields."""
    text = extract_row({"text": "<p>One &amp; two.</p><script>x()</script><p>Three<br>four.</p>"}).text
    assert text == "One & two.\nThree\nfour."


def test_share_in_a_headline_is_not_markup() -> None:
    """A headline that is nothing but a company in angle brackets must not vanish."""
    assert extract_row({"title": "<HARBOUR HOLDINGS BHD>"}).headline == "<HARBOUR HOLDINGS BHD>"


def test_empty_dispatch_that_is_numbered_and_dated_is_kept() -> None:
    """A dataset of so many rows is so many articles."""
    article = extract_row({"id": "r7", "title": "", "body": "", "date": "1987-04-03"})
    assert str(article.date_published) == "1987-04-03"


def test_comparison_in_a_text_is_not_markup() -> None:
    """Newswire writes <SRD> for a ticker."""
    assert "<SRD>" in extract_row({"body": "Standard Oil <SRD> to form unit, 3 < 4."}).text


@pytest.mark.parametrize("row", [{}, {"title": " "}, [], "text", None, 3, {"url": "https://example.org"}])
def test_row_without_headline_and_text_is_refused(row: object) -> None:
    """There is nothing to archive, and the row's reader says which line it was."""
    with pytest.raises(ExtractError):
        extract_row(row)


ENGLISH = "The harbour was closed for two days by a strike that the union of the dockers had called. "


def test_a_row_that_states_no_language_gets_that_of_its_words() -> None:
    """Without a language nothing is found in its inflected forms; the evidence says where it is from."""
    article = extract_row({"body": 2 * ENGLISH})
    assert article.language == "en"
    (evidence,) = [item for item in article.evidence if item.field == "language"]
    assert (evidence.source, evidence.confidence) == (EvidenceSource.TEXT, Confidence.MEDIUM)


@pytest.mark.parametrize("text", ["Strike ends.", "A. B. V. Z. S. Smith, U.S., S. O. S. " * 4])
def test_a_row_of_few_words_is_given_no_language(text: str) -> None:
    """Initials look like the short words of Czech; a wrong language finds wrong words."""
    assert extract_row({"body": text}).language is None


def test_a_stated_language_is_believed() -> None:
    """Whoever made the dataset knows more than a count of short words."""
    article = extract_row({"body": 2 * ENGLISH, "language": "de"})
    assert article.language == "de"
    assert not [item for item in article.evidence if item.field == "language"]


def test_rows_load_no_html_library() -> None:
    """Tens of thousands of rows must not wait for what they never need."""
    code = (
        "import sys; from newsarchive.extraction import extract; "
        'extract(b\'{"title": "x", "body": "y", "date": "1987-02-26"}\', content_type=\'application/json\'); '
        "sys.exit(any(name in sys.modules for name in ('lxml', 'trafilatura', 'htmldate', 'bs4')))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@given(st.dictionaries(NAMES, VALUES, max_size=6))
def test_any_row_is_an_article_or_refused(row: dict[str, Any]) -> None:
    """Types are whatever the dataset's maker had at hand."""
    try:
        article = extract_row(row)
    except ExtractError:
        return
    assert Article.from_dict(article.to_dict()) == article
    json.dumps(article.to_dict()).encode()


def test_what_is_left_out_is_told() -> None:
    """A word that is not found for a cap that nobody knows of looks like a word that is not there."""
    row = {
        "headline": "Report",
        "text": "ledger " * 500_000,
        "authors": [f"Ann {number}" for number in range(120)],
    }
    article = extract_row(row)
    assert len(article.authors) == 100
    said = {one.field: one.raw for one in article.evidence if one.source is EvidenceSource.LIMIT}
    assert said == {
        "text": "3,500,000 characters, of which the first 3,000,000 are kept",
        "authors": "120 authors, of which the first 100 are kept",
    }
