"""What is kept by what stands around it, and what is dropped wherever it stands."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsarchive.extraction import extract
from newsarchive.extraction.blocks.repeated_paragraphs import without_repeats

VOTED = "The council of Port Almar voted on Tuesday to keep the old ferry, which had been for sale since May."
WARNED = "The harbour master had warned for years that the hull would not last, but the money went elsewhere."
CARRY = "Boats will carry people across the bay until then, every twenty minutes from six in the morning."
FEARED = "Innkeepers said that they feared for the summer, which brings in more than half of their takings."


def _text(middle: str) -> str:
    story = f"<h1>Ferry stays</h1><p>{VOTED}</p><p>{WARNED}</p>{middle}<p>{CARRY}</p><p>{FEARED}</p>"
    page = f"<html><head><title>Ferry stays</title></head><body><article>{story}</article></body></html>"
    return extract(page.encode(), content_type="text/html").text


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        pytest.param("<h1>1. The vote</h1>", "1. The vote", id="a heading of the first level"),
        pytest.param(
            "<ul><li>Tea at the landing<ul><li>Black until noon</li><li>Green then</li></ul></li></ul>",
            "Tea at the landing\nBlack until noon\nGreen then",
            id="a list in a list",
        ),
        pytest.param(
            "<table><tr><td>North<td>06:00</tr><tr><td>South<td>06:20</tr></table>",
            "North 06:00\nSouth 06:20",
            id="rows of a table",
        ),
        pytest.param(
            '<p><a href="/m">The minutes, which run to forty pages, show that it was read twice.</a></p>',
            "The minutes, which run to forty pages, show that it was read twice.",
            id="a sentence that is a link",
        ),
    ],
)
def test_what_stands_within_the_text_is_of_the_text(markup: str, expected: str) -> None:
    """Short and linked blocks look like furniture by themselves; between paragraphs they are none."""
    assert expected in _text(markup)


@pytest.mark.parametrize("how", ["hidden", 'style="display: none"', 'style="visibility:hidden"'])
def test_what_style_hides_is_no_part_of_the_text(how: str) -> None:
    """Notes for subscribers, faults and copies for phones are in the page, but nobody sees them."""
    text = _text(f"<p {how}>Subscribers may read the rest of it once they have paid the ferryman.</p>")
    assert "paid" not in text
    assert "note" not in _text(f"<p>It sails <span {how}>[note]</span>on Monday and on every other day.</p>")


@pytest.mark.parametrize(
    "box",
    [
        '<div class="wp-caption"><img src="a.jpg">{}</div>',
        "<aside>{}</aside>",
        '<div class="author-bio">{}</div>',
    ],
)
def test_small_boxes_beside_the_text_are_left_out(box: str) -> None:
    """What is written below a picture and about an author are sentences too."""
    beside = "<p>Ines Okafor has sailed the bay since she was a girl, and paints boats in winter.</p>"
    assert "girl" not in _text(box.format(beside))


def test_article_that_only_a_script_would_show_is_read() -> None:
    """Some pages hide all of the article until a script has run."""
    story = f"<p>{VOTED}</p><p>{WARNED}</p><p>{CARRY}</p>"
    page = f"<html><body><main style='display:none'>{story}</main></body></html>"
    assert VOTED in extract(page.encode(), content_type="text/html").text


def test_another_story_below_the_first_is_left_out() -> None:
    """Pages that scroll without end hold the next story as well, with a headline of its own."""
    first = f"<article><h1>Ferry stays</h1><p>{VOTED}</p><p>{WARNED}</p></article>"
    second = f"<article><h1>A bridge opens</h1><p>{CARRY}</p><p>{FEARED}</p></article>"
    page = f"<html><head><title>Ferry stays</title></head><body>{first}{second}</body></html>"
    assert extract(page.encode(), content_type="text/html").text == f"{VOTED}\n{WARNED}"


def test_copy_of_the_text_and_a_sentence_set_large_are_dropped() -> None:
    """Copies for phones and for print differ in marks and spaces; only one of them is read."""
    copy = [line.replace(", ", " , ") for line in (VOTED, WARNED)]
    assert without_repeats([VOTED, WARNED, *copy]) == [VOTED, WARNED]
    assert without_repeats([VOTED, WARNED, VOTED, CARRY]) == [VOTED, WARNED, CARRY]


def test_sentences_that_recur_in_a_long_text_stay() -> None:
    """A list of recipes repeats its steps."""
    recipes = [f"{number}. {CARRY} {FEARED} {VOTED}" for number in range(5)]
    lines = [line for recipe in recipes for line in (recipe, WARNED)]
    assert without_repeats(lines) == lines


@given(st.lists(st.sampled_from([VOTED, WARNED, CARRY, "Short.", "", "港の橋"]), max_size=12))
def test_every_line_stays_at_least_once(lines: list[str]) -> None:
    """What is dropped is somewhere above."""
    kept = without_repeats(lines)
    assert set(kept) == set(lines)
    assert without_repeats(kept[:1]) == kept[:1]
