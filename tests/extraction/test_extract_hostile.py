"""Pages made to break a reader, and pages that are none."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import lxml.html
import pytest
from extract_pages import BODY, PARAGRAPH, html
from hostile_pages import SENTENCE, WITH_ARTICLE, WITHOUT_ARTICLE
from hypothesis import given
from hypothesis import strategies as st

from newsarchive import Archive
from newsarchive.errors import ExtractError
from newsarchive.extraction import MAX_PAYLOAD, extract
from newsarchive.extraction.page.element_text import text_of
from newsarchive.extraction.page.parsed_page import parse
from newsarchive.extraction.workers.worker_pool import WorkerPool
from newsarchive.formats import PageFormat
from newsarchive.model import Article, Capture
from newsarchive.pipeline.add import add
from newsarchive.pipeline.outcomes import Failed
from newsarchive.store.writing.store_writer import StoreWriter

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


@pytest.fixture(scope="module")
def pool() -> Iterator[WorkerPool]:
    """One worker with the memory that ``add`` gives it, and time to spare for a busy machine."""
    with WorkerPool(1, seconds=60) as pool:
        yield pool


@pytest.mark.parametrize("name", WITH_ARTICLE)
def test_article_of_a_hostile_page_is_found(pool: WorkerPool, name: str) -> None:
    """What would cost minutes or gigabytes is taken off, or read by what reads it once."""
    article = pool.submit(_capture(WITH_ARTICLE[name]())).result()
    assert SENTENCE in article.text


@pytest.mark.parametrize("name", WITHOUT_ARTICLE)
def test_hostile_page_without_an_article_is_answered(pool: WorkerPool, name: str) -> None:
    """Whatever it is taken for, it is answered within the limits, and the worker lives on."""
    error = pool.submit(_capture(WITHOUT_ARTICLE[name]())).exception()
    assert re.search("longer|memory|crashed", str(error)) is None


def test_page_over_its_time_is_kept_and_read_on_a_better_day(tmp_path: Path) -> None:
    """The bytes are in the snapshot, and the reason is with them."""
    slow = _capture(html("<div>" * 30_000 + STORY).encode())
    Archive.create(tmp_path / "a").close()
    with StoreWriter(tmp_path / "a") as writer, WorkerPool(1, seconds=0.2) as pool:
        (outcome,) = add([slow], writer, pool, workers=1)
    assert isinstance(outcome, Failed)
    assert outcome.error.message == "extraction took longer than 0.2 s"
    with Archive.open(tmp_path / "a") as archive:
        assert archive.stats().failed_captures == 1
        assert [outcome.name for outcome in archive.reextract("failed", workers=1)] == ["recovered"]
        assert archive.raw(1)[1] == slow.payload


def _capture(payload: bytes) -> Capture:
    moment = datetime(2024, 11, 3, tzinfo=UTC)
    return Capture(
        payload=payload,
        source="hostile",
        captured_at=moment,
        format=PageFormat.HTML,
        url="https://example.org/ferry",
    )


@pytest.mark.parametrize("lead", [0, 1, 4_999, 5_000, 9_999, 10_000, 12_345])
@pytest.mark.parametrize("quote", ["'", '"'])
def test_giant_values_and_crowded_tags_are_found_wherever_they_begin(lead: int, quote: str) -> None:
    """Most windows of a page are passed over; what libxml2 takes minutes for must stand in none of them."""
    crowd = " ".join(f"data-{number}={quote}1{quote}" for number in range(1_100))
    markup = (
        f"<p>{'a' * lead}</p><div data-x={quote}{'v' * 20_000}{quote}>one</div>"
        f"<div data-x={quote}{'v' * 19_999}{quote}>two</div><div {crowd}>three</div>"
    )
    giant, long, crowded = parse(markup).root.iter("div")
    assert (giant.text, giant.get("data-x")) == ("one", "")
    assert (long.text, len(long.get("data-x") or "")) == ("two", 19_999)
    assert (crowded.text, len(crowded.attrib)) == ("three", 0)


# What repairs look at: quotes and signs in and outside of tags, and text of the length of a giant value.
TAGS = (
    "<p> </p> <div <a href= data-x= class= x= = > /> \" ' <script> </script> ?cat=' <!-- --> </body> "
    "</html> <html/> <b> </b> <select> <option>"
)
LONG = ("ferry " * 3_500, "harbour=" * 2_600, "quay=1 " * 3_000)
UNREPAIRED = st.lists(st.sampled_from((*TAGS.split(" "), " ", "one ", "two ", *LONG)), max_size=25)


@given(UNREPAIRED)
def test_no_repair_of_a_page_loses_visible_text(parts: list[str]) -> None:
    """What is taken off a page before it is parsed is nothing that the parser would have shown."""
    markup = f"<html><body><p>start</p>{''.join(parts)}"
    plain = lxml.html.document_fromstring(markup, parser=lxml.html.HTMLParser(huge_tree=True))
    shown, kept = (text_of(root) for root in (plain, parse(markup).root))
    assert not [word for word in ("start", "one", "two", "ferry") if kept.count(word) < shown.count(word)]


def test_quote_that_closes_a_scripts_string_opens_no_value() -> None:
    """A handler builds an address, and 20,000 letters of article follow before the next such quote."""
    markup = (
        "<select onchange=\"go('/news?cat=' + this.value)\"></select><p>"
        + "word " * 5_000
        + "</p><p>it's</p>"
    )
    assert text_of(parse(markup).root).count("word") == 5_000


@pytest.mark.parametrize("end", ["</body></html>", "</BODY>", "</html >\n</body>"])
def test_text_after_an_early_end_of_the_page_is_read(end: str) -> None:
    """Some templates close the page in its header; browsers go on."""
    root = parse(f"<html><body><p>one</p>{end}<div><p>two</p></div></body></html>").root
    assert text_of(root) == "one two"


def test_attributes_are_kept_where_a_tag_has_a_hundred() -> None:
    """Only tags that no page writes lose them: classes are what tells boxes apart."""
    tag = f'<div class="body" {" ".join(f"data-{n}={n:0100}" for n in range(100))}>'
    assert parse(html(f"{tag}{STORY}</div>")).root.find(".//div[@class='body']") is not None


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
