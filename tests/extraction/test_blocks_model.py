"""The model: what ships is sound, and numpy evaluates it as a tree is meant to be."""

from __future__ import annotations

import numpy as np
import pytest
from extract_pages import PARAGRAPH, html
from hypothesis import given
from hypothesis import strategies as st

from newsarchive.errors import ExtractError
from newsarchive.extraction.blocks.block_choice import choose, expected_f1
from newsarchive.extraction.blocks.block_features import Features, features_of
from newsarchive.extraction.blocks.block_model import Model, load, read, write
from newsarchive.extraction.blocks.block_walk import walk
from newsarchive.extraction.blocks.stated_text import Known
from newsarchive.extraction.page.parsed_page import parse

RANDOM = np.random.default_rng(7)
NAMES = ("first", "second", "third")


def _model(trees: int = 5, depth: int = 3) -> Model:
    return Model(
        features=NAMES,
        questions=RANDOM.integers(0, len(NAMES), (trees, depth)).astype(np.int16),
        borders=RANDOM.normal(size=(trees, depth)).astype(np.float32),
        leaves=RANDOM.normal(size=(trees, 1 << depth)).astype(np.float16).astype(np.float32),
        bias=0.25,
        keep=0.4,
        trust=0.8,
    )


def _measured(blocks: int) -> Features:
    return Features(NAMES, RANDOM.normal(size=(len(NAMES), blocks)).astype(np.float32), np.ones(blocks))


def _naive(model: Model, values: list[float]) -> float:
    total = model.bias
    for questions, borders, leaves in zip(model.questions, model.borders, model.leaves, strict=True):
        leaf = sum(1 << at for at, asked in enumerate(questions) if values[asked] > borders[at])
        total += float(leaves[leaf])
    return float(1 / (1 + np.exp(-total)))


def test_shipped_model_is_verified_and_small() -> None:
    """It is part of every installation, and of every wheel."""
    model = load()
    assert model.leaves.shape[0] == model.questions.shape[0] > 100
    assert len(write(model)[0]) < 150_000


def test_shipped_model_asks_for_the_features_that_are_measured() -> None:
    """A feature that is renamed or moved needs a new training."""
    page = parse(html())
    assert features_of(walk(page.root), Known.of(page)).names == load().features


def test_other_features_than_those_of_the_training_are_refused() -> None:
    """Their numbers would be read as something else."""
    measured = _measured(2)
    with pytest.raises(ExtractError, match="other features"):
        _model().probabilities(Features(("first", "third", "second"), measured.matrix, measured.size))


@pytest.mark.parametrize("blocks", [1, 7, 4_001])
def test_trees_answer_as_when_they_are_walked_one_by_one(blocks: int) -> None:
    """All trees are asked at once, some thousand blocks at a time."""
    model, measured = _model(), _measured(blocks)
    expected = [_naive(model, measured.matrix[:, at].tolist()) for at in range(blocks)]
    assert np.allclose(model.probabilities(measured), expected)


def test_written_model_is_read_as_it_was() -> None:
    """The card and the file are one model."""
    model = _model()
    again = read(*write(model))
    assert (again.features, again.bias, again.keep, again.trust) == (NAMES, 0.25, 0.4, 0.8)
    assert np.array_equal(again.questions, model.questions)
    assert np.array_equal(again.leaves, model.leaves)
    assert np.array_equal(again.borders, model.borders)


@given(st.integers(0, 10_000))
def test_damaged_file_is_refused(at: int) -> None:
    """Half a model would choose blocks, and choose wrong."""
    data, card = write(_model())
    at %= len(data)
    with pytest.raises(ExtractError, match="not the one"):
        read(data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :], card)


def test_model_of_another_format_is_refused() -> None:
    """A later format may mean something else by the same arrays."""
    data, card = write(_model())
    with pytest.raises(ExtractError, match="format 2"):
        read(data, card | {"format": 2})


@given(st.lists(st.tuples(st.floats(0, 1), st.floats(1, 100)), min_size=1, max_size=20), st.floats(0, 0.99))
def test_expected_f1_is_a_share(blocks: list[tuple[float, float]], keep: float) -> None:
    """It is compared with a limit between 0 and 1."""
    probabilities, size = (np.array(values) for values in zip(*blocks, strict=True))
    assert 0 <= expected_f1(probabilities, probabilities > keep, size) <= 1.000001


def test_choice_between_sure_blocks_is_trusted() -> None:
    """Certainty is when every block is surely in or surely out; none kept is no certainty."""
    sure = np.array([1.0, 0.0, 1.0])
    assert expected_f1(sure, sure > 0.5, np.array([5.0, 9.0, 2.0])) == 1.0
    assert expected_f1(sure, sure > 2, np.ones(3)) == 0.0
    assert expected_f1(np.array([0.6, 0.4]), np.array([True, False]), np.ones(2)) < 0.65


def test_blocks_are_kept_in_page_order() -> None:
    """A live blog is read as its page shows it, the newest first or last."""
    times = "".join(f"<h2>{hour}:15</h2><p>{hour}. {PARAGRAPH * 2}</p>" for hour in range(18, 9, -1))
    lines = choose(parse(html(f"<article><h1>Ferry vote live</h1>{times}</article>")), load()).lines
    hours = [line.split(".")[0] for line in lines if "council" in line]
    assert hours == [str(hour) for hour in range(18, 9, -1)]


def test_page_without_text_has_nothing_to_choose() -> None:
    """There is no block to be sure of."""
    choice = choose(parse("<html><body><script>x()</script></body></html>"), load())
    assert (choice.lines, choice.confidence) == ([], 0.0)
