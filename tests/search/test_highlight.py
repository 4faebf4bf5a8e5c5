"""Snippets and their marks."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsarchive.model import Article
from newsarchive.query import ast
from newsarchive.query.ast import Query, TextField
from newsarchive.search.text.analysis import Analyzer
from newsarchive.search.text.highlight import Highlighter
from newsarchive.search.text.snippets import Snippet

FILLER = "Nothing of note happened that day. " * 30
ALPHABET = st.sampled_from("ab éÉß東京한.\n’-\u0301ﬁ")


def _snippet(query: Query, text: str, *, language: str | None = "en", **fields: object) -> Snippet:
    article = Article(text=text, language=language, **fields)  # type: ignore[arg-type]
    return Highlighter(query, Analyzer()).snippet(article)


def test_word_is_marked_in_all_its_forms() -> None:
    """The reader sees why the article was found."""
    assert str(_snippet(ast.Word("bridges"), "A BRIDGE, two bridges.")) == "A **BRIDGE**, two **bridges**."


def test_form_of_another_language_is_not_marked() -> None:
    """An article of unknown language was found by the very word."""
    assert _snippet(ast.Word("bridges"), "A bridge", language=None).marks == ()


def test_phrase_is_marked_as_one() -> None:
    """Its words alone are not."""
    found = _snippet(ast.Phrase("old bridge"), "An old man; the Old\nBridge.")
    assert str(found) == "An old man; the **Old Bridge**."


def test_marks_fit_text_that_folding_lengthens() -> None:
    """Offsets are those of the text shown."""
    assert str(_snippet(ast.Word("strasse"), "Die ﬁne Straße.", language="de")) == "Die ﬁne **Straße**."


def test_part_of_a_run_without_spaces_is_marked() -> None:
    """Not the whole sentence."""
    assert str(_snippet(ast.Word("知事"), "東京都知事選挙", language="ja")) == "東京都**知事**選挙"


@pytest.mark.parametrize(
    ("query", "text", "marked"),
    [
        ("燈", "香港燈飾展", "香港**燈**飾展"),
        ("은", "한국은행이", "한국**은**행이"),
        ("iPhone15発", "iPhone15発売", "**iPhone15発**売"),
        ("京", "東京都京", "東**京**都**京**"),
    ],
)
def test_one_character_marks_itself_alone(query: str, text: str, marked: str) -> None:
    """It is found by the pairs that begin with it, of which it is only one half."""
    assert str(_snippet(ast.Word(query), text, language="ja")) == marked


@pytest.mark.parametrize(
    ("word", "marked"),
    [
        ("e-mail", "Two **e-mails**, an **E mail**, an email, by-elections"),
        ("by-election", "Two e-mails, an E mail, an email, **by-elections**"),
    ],
)
def test_a_compound_is_marked_in_all_its_forms(word: str, marked: str) -> None:
    """As it was found."""
    text = "Two e-mails, an E mail, an email, by-elections"
    assert str(_snippet(ast.Word(word), text)) == marked


def test_prefix_marks_whole_words() -> None:
    """As they were found."""
    assert str(_snippet(ast.Prefix("penta"), "The Pentagon said")) == "The **Pentagon** said"


@pytest.mark.parametrize(
    ("query", "marked"),
    [
        (ast.Wildcard("wom?n"), "**Women** and one **woman**, a womaan"),
        (ast.Wildcard("*a*n"), "Women and one **woman**, a **womaan**"),
        (ast.Fuzzy("womn", 1), "**Women** and one **woman**, a womaan"),
        (ast.Fuzzy("owman", 2), "**Women** and one **woman**, a **womaan**"),
        (ast.Fuzzy("onn", 1), "Women and **one** woman, a womaan"),
    ],
    ids=str,
)
def test_patterns_and_similar_words_are_marked(query: Query, marked: str) -> None:
    """Nobody would guess what matched otherwise."""
    assert str(_snippet(query, "Women and one woman, a womaan")) == marked


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("a pact that is mutual; a pact", "a **pact** that is **mutual**; a **pact**"),
        ("pact of the old and mutual", "pact of the old and mutual"),
        ("mutual mutual pact mutual", "**mutual** **mutual** **pact** **mutual**"),
        ("mutually pacts pact a b c mutual", "mutually pacts **pact** a b c **mutual**"),
    ],
)
def test_words_are_marked_where_they_are_near_each_other(text: str, marked: str) -> None:
    """Elsewhere they are not why the article was found."""
    assert str(_snippet(ast.Near("mutual pact", 3), text)) == marked


def test_characters_near_each_other_are_marked_in_a_run() -> None:
    """東京 and 選挙 with three characters between them."""
    for distance, marked in ((3, "**東京**都知事**選挙**"), (2, "東京都知事選挙")):
        assert str(_snippet(ast.Near("選挙 東京", distance), "東京都知事選挙", language="ja")) == marked


def test_what_is_excluded_or_of_another_field_is_not_marked() -> None:
    """It is not why the article was found."""
    query = ast.And((ast.Word("bridge"), ast.Not(ast.Word("old")), ast.Word("marsh", TextField.AUTHOR)))
    assert str(_snippet(query, "old bridge, marsh")) == "old **bridge**, marsh"


def test_window_shows_most_different_words() -> None:
    """One sentence with both words beats ten with one."""
    text = "harbour " * 10 + FILLER + "The harbour has a bridge. " + FILLER
    found = _snippet(ast.And((ast.Word("harbour"), ast.Word("bridge"))), text)
    assert "The **harbour** has a **bridge**." in str(found)


def test_snippet_starts_at_the_sentence_of_the_match() -> None:
    """A sentence is understood; a torn one is not."""
    found = _snippet(ast.Word("bridge"), FILLER + "The bridge fell. " + FILLER)
    assert found.text.startswith("…The bridge fell.")
    assert found.text.endswith("…")


def test_description_is_shown_where_only_it_matches() -> None:
    """The index searches it too."""
    found = _snippet(ast.Word("bridge"), FILLER, description="About a bridge")
    assert str(found) == "About a **bridge**"


def test_article_found_by_its_fields_shows_how_it_begins() -> None:
    """publisher:ledger matches no word of the text."""
    found = _snippet(ast.Word("ledger", TextField.PUBLISHER), FILLER)
    assert found.marks == ()
    assert found.text.startswith("Nothing of note")


def test_article_without_text_has_an_empty_snippet() -> None:
    """A headline may be all there is."""
    assert _snippet(ast.Word("bridge"), "") == Snippet("")


def test_headline_can_be_marked_whole() -> None:
    """Listings mark it beside the snippet."""
    query = ast.And(
        (ast.Word("bridge"), ast.Word("fall", TextField.HEADLINE), ast.Word("in", TextField.AUTHOR))
    )
    article = Article(headline="Bridges fall in", language="en")
    found = Highlighter(query, Analyzer()).headline(article)
    assert found.marked("<b>", "</b>") == "<b>Bridges</b> <b>fall</b> in"


@given(st.text(ALPHABET, max_size=400), st.text(ALPHABET, max_size=6), st.integers(1, 60))
def test_marks_lie_in_order_within_one_line(text: str, wanted: str, width: int) -> None:
    """Renderers rely on it, whatever the text."""
    query = ast.Or(
        (
            *(ast.Word(wanted), ast.Phrase(wanted + " a"), ast.Prefix("b")),
            *(ast.Near(f"{wanted} a b", 2), ast.Wildcard(f"{wanted}*b?"), ast.Fuzzy(f"{wanted}a", 1)),
        )
    )
    found = Highlighter(query, Analyzer()).snippet(Article(text=text, language="en"), width=width)
    edges = [edge for mark in found.marks for edge in mark]
    assert edges == sorted(edges)
    assert all(0 <= start < end <= len(found.text) for start, end in found.marks)
    assert "\n" not in found.text


@pytest.mark.parametrize(
    "query",
    [
        ast.Phrase("a " * 1_000),
        ast.Near("a " * 20, 99),
        ast.Near("a b", 99),
        ast.Wildcard("*a" * 40 + "*"),
        ast.Fuzzy("a" * 60, 2),
    ],
    ids=["phrase", "near", "nearly-near", "wildcard", "fuzzy"],
)
def test_hostile_text_and_query_are_compared_in_linear_time(query: Query) -> None:
    """With one step too many a word this would not end within the hour."""
    _snippet(query, "a " * 100_000 + "a" * 64 + " ab" * 1_000)
