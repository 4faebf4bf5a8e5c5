"""Pages made to break a reader, and pages that are none."""

from __future__ import annotations

import json
from contextlib import suppress

import pytest
from extract_pages import BODY, PARAGRAPH, html
from hypothesis import given
from hypothesis import strategies as st

from newsarchive.errors import ExtractError
from newsarchive.extract import MAX_PAYLOAD, extract
from newsarchive.model import Article

STORY = f"<article><h1>Ferry stays</h1>{BODY}</article>"
FRAGMENTS = st.lists(
    st.sampled_from(
        [
            "<p>",
            "</p>",
            "<div",
            ">",
            "<a href=",
            '"',
            "'",
            "<script type='application/ld+json'>",
            "</script>",
            "{",
            "}",
            '"@id":"a"',
            '"author":',
            "<meta property='og:title' content='",
            "<time datetime=",
            "2024-99-99",
            "<!--",
            "]]>",
            "<h1>",
            "<title>",
            "<table><tr><td>",
            "&#0;",
            "&#xd800;",
            "\x00",
            "\x85",
            PARAGRAPH,
            "<br><br>",
            "<svg>",
        ]
    ),
    max_size=60,
)


@given(st.binary(max_size=2000), st.sampled_from([None, "text/html", "text/plain", "application/json"]))
def test_any_bytes_are_an_article_or_refused(payload: bytes, content_type: str | None) -> None:
    """One bad input never stops a run."""
    with suppress(ExtractError):
        article = extract(payload, content_type=content_type)
        assert Article.from_dict(article.to_dict()) == article


@given(FRAGMENTS)
def test_any_tag_soup_is_an_article_or_refused(parts: list[str]) -> None:
    """Broken markup is what pages are made of; what comes out can be stored as UTF-8."""
    try:
        article = extract("".join(parts).encode("utf-8", "replace"), content_type="text/html")
    except ExtractError:
        return
    json.dumps(article.to_dict(), ensure_ascii=False).encode("utf-8")


@pytest.mark.parametrize(
    "page",
    [
        pytest.param(
            f"<div {' '.join(f'a{n}=1' for n in range(200_000))}>{STORY}</div>", id="200,000 attributes"
        ),
        pytest.param(f'{STORY}<div data-x="{"x" * 3_000_000}"></div>', id="a giant attribute"),
        pytest.param(
            f"<h1>Ferry stays</h1>{BODY}" + "<div>" * 100_000, id="100,000 open tags after the text"
        ),
        pytest.param(f"{STORY}<!-- {'-' * 200_000}", id="an open comment"),
        pytest.param(
            f"<script type='application/ld+json'>{'[' * 100_000}</script>{STORY}", id="deep JSON-LD"
        ),
        pytest.param(f"{STORY}" + "\0" * 10_000, id="NULs"),
    ],
)
def test_article_survives_what_surrounds_it(page: str) -> None:
    """What would cost the parser minutes, or make it give up, is taken off before."""
    article = extract(html(page).encode(), content_type="text/html")
    assert "kept" in article.text or "keep the old ferry" in article.text


def test_text_inside_a_hundred_thousand_tags_is_found() -> None:
    """The parser stops at a depth of 2,048; the text is read without it."""
    page = html("<div>" * 100_000 + STORY + "</div>" * 100_000)
    assert "keep the old ferry" in extract(page.encode(), content_type="text/html").text


@pytest.mark.parametrize(
    ("payload", "said"),
    [
        pytest.param(b"", "empty", id="empty"),
        pytest.param(b" \n\t ", "empty", id="white space"),
        pytest.param(b"\x89PNG\r\n\x1a\n" + bytes(100), "PNG", id="an image named .html"),
        pytest.param(b"%PDF-1.7 ...", "PDF", id="PDF"),
        pytest.param(b"\x1f\x8b\x08" + bytes(50), "gzip", id="gzip"),
        pytest.param(bytes(range(32)) * 20, "binary", id="binary"),
        pytest.param(b"<html><body><script>x()</script></body></html>", "no article text", id="no text"),
        pytest.param(b"x" * (MAX_PAYLOAD + 1), "more than an article", id="too large"),
    ],
)
def test_what_is_no_article_is_refused_with_its_reason(payload: bytes, said: str) -> None:
    """A user must see what was wrong with which file."""
    with pytest.raises(ExtractError, match=said):
        extract(payload, content_type="text/html" if payload.startswith(b"<") else None)


def test_json_that_is_broken_is_refused() -> None:
    """A dataset names the line; the reason comes from here."""
    with pytest.raises(ExtractError, match="not JSON"):
        extract(b"{", content_type="application/json")


def test_text_direction_overrides_are_dropped() -> None:
    """They make a terminal show another headline than the one that is stored."""
    page = html(STORY, "<title>Ferry \u202estays\u2066</title>")
    article = extract(page.encode())
    assert not set("\u202e\u2066") & set(json.dumps(article.to_dict(), ensure_ascii=False))
