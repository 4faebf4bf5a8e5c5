"""Pages whose text only a script would show keep what is known of them."""

from __future__ import annotations

import json

import pytest
from extract_pages import PARAGRAPH, html

from newsarchive.errors import ExtractError
from newsarchive.extraction import extract
from newsarchive.model import EvidenceSource

URL = "https://post.example/2024/ferry-stays-on-route"
HEAD = '<title>Ferry stays on the harbour route</title><meta name="author" content="Mara Venn">'
PARAGRAPHS = [f"{number}. {PARAGRAPH}".strip() for number in range(1, 5)]


def test_fields_of_the_head_are_kept_without_a_text() -> None:
    """The head states headline, authors and day; refused, the archive would know nothing of the story."""
    found = extract(html('<div id="root"></div>', HEAD).encode(), url=URL)
    assert (found.headline, found.authors) == ("Ferry stays on the harbour route", ("Mara Venn",))
    assert found.text == ""
    assert any(one.field == "text" and "no text" in one.raw for one in found.evidence)


@pytest.mark.parametrize(
    ("head", "url"),
    [(HEAD, None), ("<title>Ferry stays</title>", URL), ("", URL)],
    ids=["address", "who", "all"],
)
def test_too_little_to_know_an_article_by_is_refused(head: str, url: str | None) -> None:
    """Without an address two such pages would be one article; a title alone is any error page's."""
    with pytest.raises(ExtractError):
        extract(html('<div id="root"></div>', head).encode(), url=url)


def test_prose_in_the_state_of_scripts_is_the_text() -> None:
    """Applications lay the article out in the browser, from JSON or from JSON within a string of it."""
    state = json.dumps({"blocks": PARAGRAPHS, "label": "Read more about the harbour"})
    flight = f"self.__next_f.push([1,{json.dumps(state)}])"
    for script in (f"window.__STATE__ = {state};", flight):
        found = extract(html(f'<div id="root"></div><script>{script}</script>', HEAD).encode(), url=URL)
        assert found.text.split("\n") == PARAGRAPHS


def test_code_and_labels_in_scripts_are_no_text() -> None:
    """A script's strings are addresses, styles and messages as well."""
    strings = [
        "a" * 100,
        "https://post.example/" + "b" * 90,
        "if (x) { return 'y'; } " * 6,
        "Read more. " * 2,
    ]
    script = f"<script>var texts = {json.dumps(strings * 3)}</script>"
    assert extract(html(f'<div id="root"></div>{script}', HEAD).encode(), url=URL).text == ""


def test_a_page_whose_text_is_cut_says_so() -> None:
    """What is left out is told where the cap bites, as it is of rows."""
    line = (
        "The keeper of the light wrote down the wind, the tide and every sail of that day, under number {}."
    )
    body = "".join(f"<p>{line.format(number)}</p>" for number in range(32_000))
    article = extract(html(f"<article><h1>The log of the light</h1>{body}</article>").encode())
    assert len(article.text) == 3_000_000
    assert [item.source for item in article.evidence if item.field == "text"] == [EvidenceSource.LIMIT]
