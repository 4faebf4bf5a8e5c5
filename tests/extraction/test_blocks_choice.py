"""The choice: what is left out wherever it stands, and when trafilatura is asked."""

from __future__ import annotations

from dataclasses import replace

import pytest
from extract_pages import BODY, PARAGRAPH, html

from newsarchive.extraction.blocks.block_choice import choose
from newsarchive.extraction.blocks.block_model import load
from newsarchive.extraction.blocks.body import extract_body
from newsarchive.extraction.page.parsed_page import parse

ENDING = f"<p>Last. {PARAGRAPH}</p>"


def _text(inside: str) -> str:
    page = parse(html(f"<article><h1>Ferry stays</h1>{BODY}{inside}{ENDING}</article>"))
    return extract_body(page)


@pytest.mark.parametrize(
    "inside",
    [
        pytest.param('<p><a href="/x">Bridge falls into the sea</a></p>', id="a link"),
        pytest.param(
            '<p>On the same shore: <a href="/x">Bridge falls into the sea</a></p>', id="label and link"
        ),
        pytest.param("<p>Read more: Bridge falls into the sea</p>", id="boilerplate"),
        pytest.param(
            '<div role="dialog"><p>Bridge falls into the sea for subscribers.</p></div>', id="dialog"
        ),
        pytest.param("<figure><figcaption>Bridge falls into the sea</figcaption></figure>", id="caption"),
        pytest.param(
            "<table><tr><td><img src=a.jpg><br>Bridge falls into the sea</td></tr></table>", id="old caption"
        ),
    ],
)
def test_what_points_elsewhere_is_left_out(inside: str) -> None:
    """Whatever the model thinks of it: it is no sentence of the article."""
    assert "Bridge falls" not in _text(inside)


@pytest.mark.parametrize(
    "inside",
    [
        pytest.param("<h2>Bridge falls into the sea</h2>", id="subheading"),
        pytest.param(
            f"<blockquote><p>Bridge falls into the sea, he said. {PARAGRAPH}</p></blockquote>", id="quote"
        ),
        pytest.param("<ul><li>Bridge falls into the sea, which nobody expected.</li></ul>", id="list item"),
    ],
)
def test_parts_of_an_article_are_kept(inside: str) -> None:
    """Subheadings, lists and quotes are read as paragraphs of the text."""
    assert "Bridge falls into the sea" in _text(inside)


@pytest.mark.parametrize("mark", ["。", "،", "।", "۔"])
def test_choice_does_not_depend_on_the_script(mark: str) -> None:
    """An archive holds the press of many countries."""
    letters = {
        "。": "港务局决定保留旧渡轮",
        "،": "قررت البلدية الإبقاء على العبارة القديمة ",
        "।": "परिषद ने नौका रखने का निर्णय लिया",
        "۔": "کونسل نے کشتی رکھنے کا فیصلہ کیا",
    }
    sentence = letters[mark] + mark
    paragraphs = "".join(f"<p>{number} {sentence * 12}</p>" for number in range(6))
    page = parse(
        html(
            f"<div class=menu><a href=/>{letters[mark]}</a></div>"
            f"<article><h1>{letters[mark]}</h1>{paragraphs}</article>"
            f"<div class=related><a href=/>{letters[mark]}</a></div>"
        )
    )
    assert [line.split()[0] for line in choose(page, load()).lines] == [str(number) for number in range(6)]


def test_trafilatura_is_asked_where_the_model_is_unsure() -> None:
    """It is slower, and better only there."""
    page = parse(html(f"<article><h1>Ferry stays</h1>{BODY}</article>"))
    never, always = replace(load(), trust=0.0), replace(load(), trust=2.0, keep=2.0)
    assert "keep the old ferry" in extract_body(page, model=never)
    assert choose(page, always).lines == []
    assert "keep the old ferry" in extract_body(page, model=always)
