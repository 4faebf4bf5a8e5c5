"""Features of blocks: what they measure, in every script, on any page."""

from __future__ import annotations

import numpy as np
import pytest
from extract_pages import PARAGRAPH, html
from hypothesis import given
from hypothesis import strategies as st

from newsarchive.extraction.blocks.block_features import Features, features_of, shifted
from newsarchive.extraction.blocks.block_walk import walk
from newsarchive.extraction.blocks.box_sums import Boxes
from newsarchive.extraction.blocks.letter_counts import measure
from newsarchive.extraction.blocks.stated_text import Known
from newsarchive.extraction.page.parsed_page import parse

TREES = st.recursive(
    st.sampled_from(["<p>word</p>", "text ", "<li>a, b, c. D.</li>"]),
    lambda inner: st.lists(inner, max_size=4).map(lambda parts: f'<div class="nav">{"".join(parts)}</div>'),
    max_leaves=25,
)


def _features(body: str, head: str = "") -> Features:
    page = parse(html(body, head))
    return features_of(walk(page.root), Known.of(page))


def _row(features: Features, name: str) -> list[float]:
    return [round(value, 3) for value in features.matrix[features.names.index(name)].tolist()]


@pytest.mark.parametrize(
    ("text", "sentences", "commas"),
    [
        pytest.param('It rose by 3.5 percent, he said. "Why?"', 2, 1, id="Latin"),
        pytest.param("他说，这是第一次。没有人反对。", 2, 1, id="Han"),
        pytest.param("قال الوزير، إن السعر ارتفع. هل هذا صحيح؟", 2, 1, id="Arabic"),
        pytest.param("यह पहली बार है। कोई विरोध नहीं हुआ।", 2, 0, id="Devanagari"),
        pytest.param("Он сказал, что это впервые… Да!", 2, 1, id="Cyrillic"),
    ],
)
def test_sentences_and_commas_are_counted_in_every_script(text: str, sentences: int, commas: int) -> None:
    """Prose is told by them, and an archive holds the press of many countries."""
    wording = measure([text])
    assert (wording.sentences[0], wording.commas[0], wording.ended[0]) == (sentences, commas, 1)


def test_character_of_an_unspaced_script_counts_for_more() -> None:
    """A Chinese paragraph has a third of an English one's letters."""
    assert measure(["他说这是第一次"]).size[0] > measure(["a letter"]).size[0]


def test_measures_of_a_block_do_not_depend_on_its_neighbours() -> None:
    """All blocks are measured over one array of their letters."""
    together = measure(["One, two. Three!", "2024", "No end", "最後。"])
    alone = [measure([text]) for text in ("One, two. Three!", "2024", "No end", "最後。")]
    assert together.sentences.tolist() == [one.sentences[0] for one in alone]
    assert together.digits.tolist() == [one.digits[0] for one in alone]


def test_cue_of_a_small_box_is_handed_down_and_of_the_main_box_is_not() -> None:
    """A class such as "page-with-sidebar" around everything says nothing of the text."""
    side = f'<div class="sidebar"><p>{PARAGRAPH}</p></div>'
    around = f'<div class="sidebar">{f"<p>{PARAGRAPH}</p>" * 9}{side}</div>'
    assert _row(_features(around), "within_side") == [0.0] * 9 + [1.0]


def test_navigation_around_the_headline_is_not_outside() -> None:
    """Pages with an unclosed nav have their article in it."""
    inside = _features(f"<nav><h1>Ferry stays</h1><p>{PARAGRAPH}</p></nav>")
    beside = _features(f"<nav><p>{PARAGRAPH}</p></nav><h1>Ferry stays</h1>")
    assert _row(inside, "prose_before") == [0.0, 1.0]
    assert _row(beside, "prose_before") == [0.0, 0.0]


def test_headline_is_known_whatever_its_marks_and_case() -> None:
    """It is a field of its own, and the most frequent repetition."""
    head = '<meta property="og:title" content="Ferry stays – for now">'
    assert _row(_features(f"<p>FERRY STAYS: FOR NOW</p><p>{PARAGRAPH}</p>", head), "title") == [1.0, 0.0]


def test_stated_text_counts_only_where_the_page_shows_it() -> None:
    """A third of pages state their text for machines; on some it is another text."""
    shown = Known(body="".join(letter for letter in PARAGRAPH.casefold() if letter.isalpha()))
    assert shown.are_stated([PARAGRAPH, "Menu of the day"]).tolist() == [1.0, -1.0]
    assert Known(body="another" * 50).are_stated([PARAGRAPH]).tolist() == [0.0]


@given(st.lists(st.text(min_size=1), min_size=1, max_size=20))
def test_any_letters_can_be_measured(texts: list[str]) -> None:
    """Pages hold half surrogates, private characters and anything else."""
    wording = measure(texts)
    assert wording.length.tolist() == [len(text) for text in texts]
    assert (wording.size >= wording.length).all()


@given(TREES)
def test_features_of_any_page_are_finite(body: str) -> None:
    """A feature that is no number would go down a random branch of every tree."""
    blocks = walk(parse(html(f"<p>.</p>{body}")).root)
    features = features_of(blocks, Known())
    assert features.matrix.shape == (len(features.names), len(blocks.texts))
    assert np.isfinite(features.matrix).all()


@given(TREES)
def test_sums_over_boxes_are_those_of_a_naive_walk(body: str) -> None:
    """Differences of running sums stand for a loop over every subtree."""
    blocks = walk(parse(html(f"<p>.</p>{body}")).root)
    boxes = Boxes.from_blocks(blocks)
    weights = np.arange(1.0, len(blocks.texts) + 1)
    naive = [0.0] * len(blocks.parents)
    for block, box in enumerate(blocks.box):
        while True:
            naive[box] += weights[block]
            if box == 0:
                break
            box = blocks.parents[box]
    assert boxes.sums(weights).tolist() == naive


@given(st.lists(st.floats(-5, 5), max_size=6), st.integers(-8, 8).filter(bool))
def test_shift_moves_values_and_fills_with_nothing(values: list[float], by: int) -> None:
    """Neighbours beyond the page's ends are no blocks."""
    moved = shifted(np.array(values), by).tolist()
    assert moved == [values[at - by] if 0 <= at - by < len(values) else 0.0 for at in range(len(values))]
