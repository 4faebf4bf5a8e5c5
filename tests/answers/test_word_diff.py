"""What differs between two texts, word by word and paragraph by paragraph."""

from __future__ import annotations

from itertools import groupby

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsarchive.search.text.paragraph_alignment import ParagraphKind, align
from newsarchive.search.text.word_diff import Piece, PieceKind, diff_words

WORDS = st.sampled_from(
    ["the", "harbour", "strike", "12", "1,250", "—", "il", "罢工", "港口", "ท่าเรือ", "é", "x"]
)
TEXTS = st.lists(st.one_of(WORDS, st.text(max_size=3)), max_size=30).map(" ".join)


def marked(before: str, after: str) -> str:
    marks = {PieceKind.SAME: "{}", PieceKind.REMOVED: "[-{}-]", PieceKind.ADDED: "{{+{}+}}"}
    return "".join(marks[piece.kind].format(piece.text) for piece in diff_words(before, after))


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        pytest.param(
            "12 people were hurt on Monday.",
            "14 people were hurt on Monday.",
            "[-12-]{+14+} people were hurt on Monday.",
            id="a figure",
        ),
        pytest.param("paid 1,250 euros", "paid 1,350 euros", "paid [-1,250-]{+1,350+} euros", id="thousands"),
        pytest.param("he's late", "she's late", "[-he's-]{+she's+} late", id="an apostrophe"),
        pytest.param("a strike", "a long strike", "a {+long +}strike", id="a word put in"),
        pytest.param("罢工已经结束。", "罢工没有结束。", "罢工[-已经-]{+没有+}结束。", id="Chinese"),
        pytest.param(
            "การนัดหยุดงานสิ้นสุด", "การนัดหยุดงานดำเนิน", "การนัดหยุดงาน[-สิ้นสุด-]{+ดำเนิน+}", id="Thai keeps its marks"
        ),
        pytest.param("", "all new", "{+all new+}", id="from nothing"),
        pytest.param("all gone", "", "[-all gone-]", id="to nothing"),
    ],
)
def test_changed_words_are_marked_whole(before: str, after: str, expected: str) -> None:
    """A reader sees which word became which, not which letters."""
    assert marked(before, after) == expected


def test_a_rewritten_sentence_is_shown_whole_and_not_word_by_word() -> None:
    """ "the" and "of" kept in the middle of another sentence help nobody."""
    before = "The captain of the ferry refused every single offer of the owners yesterday."
    after = "Talks collapsed because the mediator of an unknown party left before noon."
    pieces = diff_words(before, after)
    assert (
        max(len(piece.text.split()) for piece in pieces if piece.kind is PieceKind.SAME) == 0
        or len(pieces) <= 5
    )


@given(TEXTS, TEXTS)
def test_the_pieces_put_both_texts_together_again(before: str, after: str) -> None:
    """Nothing is lost or made up, whatever the script."""
    pieces = diff_words(before, after)
    assert "".join(piece.text for piece in pieces if piece.kind is not PieceKind.ADDED) == before
    assert "".join(piece.text for piece in pieces if piece.kind is not PieceKind.REMOVED) == after


@given(TEXTS, TEXTS)
def test_what_is_kept_between_two_changes_outweighs_one_of_them(before: str, after: str) -> None:
    """Else a word or two of an old sentence would break up the new one that took its place."""
    stretches = [
        (is_same, list(pieces))
        for is_same, pieces in groupby(
            diff_words(before, after), key=lambda each: each.kind is PieceKind.SAME
        )
    ]
    for (_, first), (is_same, same), (_, last) in zip(stretches, stretches[1:], stretches[2:], strict=False):
        if is_same:
            assert weight(same) >= min(weight(first), weight(last))


def weight(pieces: list[Piece]) -> int:
    """The letters of the heavier side."""
    return max(len("".join(piece.text.split())) for piece in pieces)


@given(TEXTS)
def test_a_text_does_not_differ_from_itself(text: str) -> None:
    """Else every capture would be an edit."""
    assert diff_words(text, text) == ((Piece(PieceKind.SAME, text),) if text else ())


PARAGRAPHS = st.lists(
    st.sampled_from(
        ["one two three four", "one two three five", "six seven eight nine ten", "alone", "", "六七八"]
    ),
    max_size=8,
)


@given(PARAGRAPHS, PARAGRAPHS)
def test_every_paragraph_of_both_texts_is_told_once(before: list[str], after: list[str]) -> None:
    """A paragraph that is told twice, or not at all, is a false report."""
    found = align(before, after)
    assert sorted(each.before for each in found if each.before is not None) == list(range(len(before)))
    assert [each.after for each in found if each.after is not None] == list(range(len(after)))
    for each in found:
        assert (each.before is None) == (each.kind is ParagraphKind.ADDED)
        assert (each.after is None) == (each.kind is ParagraphKind.REMOVED)


@given(PARAGRAPHS)
def test_paragraphs_that_stayed_are_the_same(paragraphs: list[str]) -> None:
    """No text is moved or edited against itself."""
    assert {each.kind for each in align(paragraphs, paragraphs)} <= {ParagraphKind.SAME}


def test_a_moved_paragraph_is_a_move_and_no_deletion() -> None:
    """An editor who brings a quotation forward has removed nothing."""
    before = [
        "The mayor spoke first of all.",
        "The pilots answered him at noon.",
        "Rain fell in the evening.",
    ]
    after = ["Rain fell in the evening.", "The mayor spoke first of all.", "The pilots answered him at noon."]
    assert [each.kind for each in align(before, after)] == [
        ParagraphKind.MOVED,
        ParagraphKind.SAME,
        ParagraphKind.SAME,
    ]


def test_what_was_removed_is_told_where_it_stood() -> None:
    """Before what came in its place, after what it followed."""
    found = align(
        ["first of all", "old words here", "last of all"], ["first of all", "something else", "last of all"]
    )
    assert [each.kind.value for each in found] == ["same", "removed", "added", "same"]


def test_an_edited_paragraph_is_paired_with_what_it_was() -> None:
    """A figure that changed is an edit of its paragraph."""
    (found,) = align(["In all 31 ships were waiting outside."], ["In all 34 ships were waiting outside."])
    assert found.kind is ParagraphKind.EDITED


def test_thousands_of_changed_paragraphs_are_compared_in_bounded_time() -> None:
    """A hostile page has as many paragraphs as it likes; beyond a bound they are removed and added."""
    before = [f"old {number} alpha" for number in range(3_000)]
    after = [f"new {number} beta" for number in range(3_000)]
    kinds = {each.kind for each in align(before, after)}
    assert kinds == {ParagraphKind.REMOVED, ParagraphKind.ADDED}
