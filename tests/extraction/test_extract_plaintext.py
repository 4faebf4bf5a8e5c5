"""Pages saved as plain text are read as a person reads them."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime

import pytest
from extract_pages import PARAGRAPH
from hypothesis import given
from hypothesis import strategies as st

from newsarchive.errors import ExtractError
from newsarchive.extraction import extract
from newsarchive.extraction.formats.plain_text.story import extract_text
from newsarchive.extraction.words.paragraphs import paragraphs
from newsarchive.model import Article, Confidence, EvidenceSource

SAVED = f"""| Welcome to Harbour Space

Wednesday, January 1, 2025

Council Keeps Old Ferry for One More Year

The decision ends a quarrel that has split the town since the spring.

{PARAGRAPH}

A Quarrel With History

{PARAGRAPH}

Read More: Bridge Falls Into the Sea

{PARAGRAPH}
"""


def _extract(text: str) -> Article:
    return extract_text(text, url=None, captured_at=None)


def test_saved_page_is_read_as_a_person_reads_it() -> None:
    """Welcome line, masthead, headline, standfirst, paragraphs; the inline link belongs to another story."""
    article = _extract(SAVED)
    assert article.headline == "Council Keeps Old Ferry for One More Year"
    assert article.publisher == "Harbour Space"
    assert article.description == "The decision ends a quarrel that has split the town since the spring."
    assert article.language == "en"
    assert "Read More" not in article.text
    assert article.text.split("\n")[1] == "A Quarrel With History"


def test_masthead_day_is_a_marked_guess() -> None:
    """It is the day on which the page was shown, an upper bound and no more."""
    article = _extract(SAVED)
    assert str(article.date_published) == "2025-01-01"
    assert article.date_confidence is Confidence.LOW
    assert [one.source for one in article.evidence if one.field == "date_published"] == [
        EvidenceSource.MASTHEAD
    ]


def test_date_under_the_headline_is_better_than_the_masthead_s() -> None:
    """There it is the article's own; the other stays as evidence."""
    text = SAVED.replace(
        "The decision ends", "By Jane Doe\n\nPublished 12 December 2024\n\nThe decision ends"
    )
    article = _extract(text)
    assert str(article.date_published) == "2024-12-12"
    assert article.date_confidence is Confidence.MEDIUM
    assert article.authors == ("Jane Doe",)
    assert {one.value for one in article.evidence if one.field == "date_published"} == {
        "2024-12-12",
        "2025-01-01",
    }


@pytest.mark.parametrize(
    ("line", "published", "modified"),
    [
        ("Published 12 December 2024, updated 14 December 2024", "2024-12-12", "2024-12-14"),
        ("Aktualisiert am 14.12.2024, veröffentlicht am 12.12.2024", "2024-12-12", "2024-12-14"),
        ("2 hours ago", "2025-01-01", None),
        ("Vor 3 Tagen", "2024-12-29", None),
        ("令和6年12月12日", "2024-12-12", None),
        ("१२ दिसंबर २०२४", "2024-12-12", None),
    ],
)
def test_dateline_is_read_in_many_ways(line: str, published: str, modified: str | None) -> None:
    """An update is kept apart, and relative dates count from the capture."""
    text = SAVED.replace("The decision ends", f"{line}\n\nThe decision ends")
    article = extract_text(text, url=None, captured_at=datetime(2025, 1, 1, 18, 0, tzinfo=UTC))
    assert (str(article.date_published), article.date_confidence) == (published, Confidence.MEDIUM)
    assert (None if article.date_modified is None else str(article.date_modified)) == modified


def test_masthead_after_the_capture_is_refused() -> None:
    """A file that was saved before that day can't have shown it."""
    article = extract_text(SAVED, url=None, captured_at=datetime(2024, 6, 1, tzinfo=UTC))
    assert article.date_published is None


@pytest.mark.parametrize(
    ("welcome", "publisher"),
    [
        ("Willkommen bei Hafenblatt", "Hafenblatt"),
        ("Bienvenue sur La Gazette du Port !", "La Gazette du Port"),
        ("Добро пожаловать на Портовый вестник", "Портовый вестник"),
        ("欢迎来到港口日报", "港口日报"),
        ("みなと新聞へようこそ", "みなと新聞"),
    ],
)
def test_welcome_line_names_the_publisher_in_many_languages(welcome: str, publisher: str) -> None:
    """Sites greet in their own language."""
    assert _extract(SAVED.replace("| Welcome to Harbour Space", welcome)).publisher == publisher


def test_mailed_article_has_its_fields_in_its_header() -> None:
    """People mail articles to themselves."""
    article = _extract(
        f"Subject: Council keeps ferry\nFrom: Jane Doe\nDate: Wed, 30 Oct 2024 14:05:00 +0100\n"
        f"URL: https://example.org/2024/ferry\n\n{PARAGRAPH}\n\n{PARAGRAPH}"
    )
    assert (article.headline, article.authors, article.url) == (
        "Council keeps ferry",
        ("Jane Doe",),
        "https://example.org/2024/ferry",
    )
    assert str(article.date_published) == "2024-10-30T14:05:00+01:00"


def test_paragraphs_alone_have_no_headline() -> None:
    """A first sentence is not a headline for want of another."""
    article = _extract(f"{PARAGRAPH}\n\n{PARAGRAPH}")
    assert article.headline is None
    assert article.description is None
    assert len(article.text.split("\n")) == 2


def test_hard_wrapped_lines_are_joined() -> None:
    """A line that ends where its column ended is no paragraph."""
    wrapped = (
        "The council voted on Tuesday to keep\nthe old ferry, after three hours in\n"
        "which nobody agreed on anything.\n\nThen it rained."
    )
    assert paragraphs(wrapped) == [
        "The council voted on Tuesday to keep the old ferry, after three hours in which nobody agreed "
        "on anything.",
        "Then it rained.",
    ]


def test_lines_that_are_sentences_stay_paragraphs() -> None:
    """Where every line is finished, every line is meant."""
    assert paragraphs("He came.\nHe saw the harbour.\nHe left.") == [
        "He came.",
        "He saw the harbour.",
        "He left.",
    ]


def test_text_without_words_is_refused() -> None:
    """There is nothing to archive."""
    with pytest.raises(ExtractError):
        extract(b"--- *** ---")


@given(st.text(max_size=2000))
def test_any_text_is_an_article_or_refused(text: str) -> None:
    """Whatever people save."""
    with suppress(ExtractError):
        assert isinstance(_extract(text), Article)


def test_a_text_of_very_many_short_lines_is_read() -> None:
    """Looking for the longest line anew at each line takes a quarter of an hour here."""
    assert paragraphs("ab\n" * 300_000) == [" ".join(["ab"] * 300_000)]
