"""The body: the article's paragraphs and nothing beside them."""

from __future__ import annotations

import pytest
from extract_pages import BODY, PARAGRAPH, html

from newsarchive.extraction import extract
from newsarchive.extraction.blocks.repeated_opening import without_front
from newsarchive.extraction.words.boilerplate import is_boilerplate, is_related


def _text(body: str, head: str = "") -> str:
    return extract(html(body, head).encode()).text


def test_paragraphs_stand_one_a_line() -> None:
    """Readers of the text find paragraphs by line feeds."""
    assert len(_text(f"<article><h1>Ferry</h1>{BODY}</article>").split("\n")) == 5


def test_repeated_headline_is_left_out() -> None:
    """It is a field of its own."""
    text = _text(f"<article><h1>Ferry stays after all</h1><p>Ferry stays after all</p>{BODY}</article>")
    assert "Ferry stays after all" not in text


def test_inline_link_to_another_story_is_left_out() -> None:
    """It stands among the paragraphs without being one."""
    promo = (
        '<p><b>On the same shore:</b> <a href="/x">Bridge falls into the sea near the old lighthouse</a></p>'
    )
    assert "Bridge falls" not in _text(f"<article>{BODY}{promo}<p>Last. {PARAGRAPH}</p></article>")


def test_link_inside_a_sentence_stays() -> None:
    """Only blocks that are nothing but a link point elsewhere."""
    assert "the bridge story" in _text(
        f'<article>{BODY}<p>In <a href="/x">the bridge story</a>, {PARAGRAPH}</p></article>'
    )


def test_caption_is_left_out() -> None:
    """A caption describes a picture that the text doesn't have."""
    figure = '<figure><img src="a.jpg"><figcaption>The harbour master with his brush</figcaption></figure>'
    assert "with his brush" not in _text(f"<article>{BODY}{figure}<p>Last. {PARAGRAPH}</p></article>")


def test_paragraph_behind_an_advertisement_is_restored() -> None:
    """Bodies that are cut at an advertisement lose their second half."""
    part = '<div class="body-part"><div class="text"><p class="t">{}</p></div></div>'
    parts = "".join(part.format(f"{number}. {PARAGRAPH}") for number in range(8))
    text = _text(f'<div id="main">{parts}<div class="advert">Buy</div>{parts.replace("1.", "11.")}</div>')
    assert "11." in text


def test_loose_text_between_line_breaks_is_found() -> None:
    """Old pages have no paragraphs, but two line breaks."""
    body = (
        f"<table><tr><td><a href='/'>Home</a></td><td>{PARAGRAPH}<br><br>Then: {PARAGRAPH}</td></tr></table>"
    )
    assert _text(body).split("\n")[1].startswith("Then:")


def test_call_to_read_on_is_told_in_many_languages() -> None:
    """Archives hold the press of many countries."""
    lines = [
        "Read More: Bridge falls",
        "Lesen Sie auch: Brücke",
        "Lire aussi : Le pont",
        "Читайте также: Мост",
    ]
    lines += [
        "اقرأ أيضا: الجسر",
        "यह भी पढ़ें: पुल",
        "延伸閱讀：橋",
        "関連記事：橋",
        "함께 읽기: 다리",
        "Leia também: A ponte",
    ]
    assert [line for line in lines if not is_related(line)] == []


def test_sentence_that_begins_with_such_a_word_stays() -> None:
    """The label needs its colon, or the line for itself."""
    assert not is_boilerplate("More than forty people signed the letter to the council.")
    assert not is_boilerplate("Related industries lost two thousand jobs.")


@pytest.mark.parametrize("line", ["2019", "12 March 2024", "By Ana Lindqvist", "FERRY STAYS"])
def test_first_lines_that_repeat_a_field_are_left_out(line: str) -> None:
    """Headline, byline and date have fields of their own."""
    lines = without_front(
        [line, PARAGRAPH], titles=("Ferry stays",), standfirst=None, byline=("Ana Lindqvist",)
    )
    assert lines == [PARAGRAPH]


def test_text_that_only_repeats_a_field_is_kept() -> None:
    """A text of one line is better than none."""
    assert without_front(["Ferry stays"], titles=("Ferry stays",), standfirst=None, byline=()) == [
        "Ferry stays"
    ]
