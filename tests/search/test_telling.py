"""Which words tell most of a text, and how much of one text stands in another."""

from __future__ import annotations

import random
from collections import Counter
from math import log

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsarchive import Article
from newsarchive.search.text.analysis import Analyzer, shared_analyzer
from newsarchive.search.text.distinctive_words import (
    cosine,
    over_representation,
    shared_text,
    telling_terms,
    term_counts,
    term_weights,
    without_function_words,
    without_inflections,
)

WORDS = [f"word{letter}{other}" for letter in "abcdefghij" for other in "klmnopqrst"]


def article(text: str, headline: str | None = None) -> Article:
    """An article of these words."""
    return Article(text=text, headline=headline)


def test_a_word_of_the_headline_weighs_more_and_numbers_nothing() -> None:
    """A headline is written to say what the article is about."""
    counts = term_counts(article("ferry pier 1987 a", "Ferry"), Analyzer())
    assert counts == {"ferry": 4, "pier": 1}


def test_rare_words_that_stand_often_tell_most() -> None:
    """Words that all articles have, or that no other one has, lead to no other article."""
    counts = {"the": 50, "ferry": 5, "harbour": 5, "zzyzx": 9}
    found = telling_terms(counts, {"the": 100, "ferry": 3, "harbour": 30, "zzyzx": 1}, articles=100, limit=5)
    assert [term for term, _ in found] == ["ferry", "harbour"]


@given(sample=st.integers(1, 50), rest=st.integers(1, 500), data=st.data())
def test_only_what_is_over_represented_scores(sample: int, rest: int, data: st.DataObject) -> None:
    """A word that the archive has as often as the sample says nothing of the sample."""
    inside, outside = data.draw(st.integers(0, sample)), data.draw(st.integers(0, rest))
    score = over_representation(inside, sample, inside + outside, sample + rest)
    if inside * rest > outside * sample:
        assert score > 0
    else:
        assert score == 0
    if inside < sample and outside:
        more = over_representation(inside + 1, sample, inside + outside, sample + rest)
        assert more >= score


@given(
    first=st.dictionaries(st.sampled_from(WORDS), st.integers(1, 9)),
    second=st.dictionaries(st.sampled_from(WORDS), st.integers(1, 9)),
    frequencies=st.dictionaries(st.sampled_from(WORDS), st.integers(0, 100)),
)
def test_a_cosine_is_a_share_and_alike_both_ways(
    first: dict[str, int], second: dict[str, int], frequencies: dict[str, int]
) -> None:
    """Whatever the counts: a text is as near to another as that to it, and to itself wholly or not at all."""
    one, other = (term_weights(each, frequencies, articles=100) for each in (first, second))
    assert cosine(one, other) == pytest.approx(cosine(other, one))
    assert -1e-9 <= cosine(one, other) <= 1 + 1e-9
    assert cosine(one, one) == pytest.approx(1.0 if one else 0.0)


def test_a_known_case_of_the_log_likelihood_ratio() -> None:
    """Of 20 and 180 articles 10 each have the word: 2 Σ O ln(O/E) over the four cells."""
    by_hand = 2 * (10 * log(10 / 2) + 10 * log(10 / 18) + 10 * log(10 / 18) + 170 * log(170 / 162))
    assert over_representation(10, 20, 20, 200) == pytest.approx(by_hand)


def test_inflections_of_what_is_listed_or_asked_for_are_left_out() -> None:
    """Twenty forms of three words are three words."""
    assert without_inflections(["ferries", "ferry", "pier"], {"en-GB"}) == ["ferries", "pier"]
    assert without_inflections(["ferries", "pier"], {"en"}, known={"ferry"}) == ["pier"]
    assert without_inflections(["ferries", "ferry"], {None}) == ["ferries", "ferry"]


def test_a_cut_copy_is_the_same_text_and_another_text_is_not() -> None:
    """Wire stories are cut from the end; stories on one subject share words, not runs of them."""
    words = WORDS.copy()
    random.Random(7).shuffle(words)
    whole, cut = article(" ".join(words)), article(" ".join(words[:60]))
    assert shared_text(whole, cut, Analyzer()) == 1.0
    assert shared_text(whole, article(" ".join(reversed(words))), Analyzer()) == 0.0
    assert shared_text(whole, article(" ".join(words[:5])), Analyzer()) == 0.0


@pytest.mark.parametrize(
    ("language", "words", "kept"),
    [
        ("en", "the ferry isn't which harbour", {"ferry", "harbour"}),
        ("pl", "który wybory przez rząd", {"wybory", "rzad"}),
        ("bn", "নির্বাচন এবং সরকার", {"নির্বাচন", "সরকার"}),
        ("et", "valitsus ja saar ei", {"valitsus", "saar"}),
        ("nb", "ferge og havn ikke", {"ferge", "havn"}),
        ("hu", "komp és hogy kikötő", {"komp", "kikoto"}),
        ("uk", "пором який через порт", {"пором", "порт"}),
        ("ca", "ferri amb però port", {"ferri", "port"}),
    ],
)
def test_function_words_tell_nothing(language: str, words: str, kept: set[str]) -> None:
    """They are rare where few articles are of their language, and would be named first."""
    counts = Counter(shared_analyzer().tokens(words))
    assert {term for term in without_function_words(counts, {language}) if len(term) > 1} == kept


def test_pairs_with_a_particle_tell_nothing() -> None:
    """In scripts without spaces, they are the commonest of all pairs."""
    counts = Counter(["選挙", "の選", "选举", "的选", "上海"])
    assert set(without_function_words(counts, {"ja", "zh"})) == {"選挙", "选举", "上海"}


def test_what_many_lists_call_a_function_word_may_be_named() -> None:
    """Long lists hold words of the news, such as a maker of cars, so English keeps its short one."""
    assert set(without_function_words({"gm": 1, "interested": 1, "would": 1}, {"en"})) == {"gm", "interested"}
