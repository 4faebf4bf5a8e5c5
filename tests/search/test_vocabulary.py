"""Shapes and similar spellings, found among all terms at once."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from newsarchive.search.text.term_tests import nearness, shape
from newsarchive.search.whoosh.segment.term_signatures import Signatures
from newsarchive.search.whoosh.segment.vocabulary import Vocabulary

WORDS = st.text("abcdeёжμ日é0", min_size=1, max_size=8)
VOCABULARIES = st.sets(WORDS, min_size=1, max_size=40).map(sorted)
PATTERNS = st.text("abё?*", min_size=1, max_size=6)


def _encoded(terms: list[str]) -> list[bytes]:
    return [term.encode() for term in terms]


@given(VOCABULARIES, WORDS, st.integers(1, 2))
def test_similar_terms_are_those_a_test_of_each_finds(terms: list[str], word: str, edits: int) -> None:
    """The filter on lengths and characters may only drop what can't be similar."""
    is_near = nearness(word, edits)
    expected = [place for place, term in enumerate(terms) if is_near(term)]
    assert sorted(Vocabulary(_encoded(terms)).similar(word, edits)) == expected
    assert set(Signatures("\n".join(terms)).near(word, edits)) >= set(expected)


@given(VOCABULARIES, PATTERNS)
def test_terms_of_a_shape_are_those_that_match_it_alone(terms: list[str], pattern: str) -> None:
    """One scan over all terms must not join the end of one with the start of the next."""
    fits = shape(pattern).fullmatch
    expected = [place for place, term in enumerate(terms) if fits(term)]
    assert list(Vocabulary(_encoded(terms)).of_shape(pattern)) == expected


def test_field_without_terms_has_no_similar_ones() -> None:
    """A new archive's index has them."""
    assert list(Vocabulary([]).of_shape("*")) == []
    assert list(Vocabulary([]).similar("word", 2)) == []


def test_hostile_pattern_takes_linear_time() -> None:
    """Stars without number must not make a scan of the dictionary last for hours."""
    vocabulary = Vocabulary([b"a" * 64] * 500)
    assert list(vocabulary.of_shape("*a" * 40 + "b")) == []
