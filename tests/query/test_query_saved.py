"""``query:NAME``: saved searches parsed in their place."""

from __future__ import annotations

from datetime import date

import pytest

from newsarchive.errors import QueryError
from newsarchive.query import And, Not, Or, Phrase, Query, SavedQuery, Word, parse
from newsarchive.query.parser import MAX_NESTING, MAX_SAVED, MAX_TERMS

TODAY = date(2024, 10, 30)
A, B, C = Word("a"), Word("b"), Word("c")
SAVED = {
    "both": "a b",
    "either": "a OR b",
    "neither": "-a -b",
    "negated": "-a",
    "nested": "query:either c",
    "phrase of words": '"a b"',
    "loop": "a query:pool",
    "pool": "b query:loop",
    "faulty": "a (b",
    "deep": "(" * (MAX_NESTING - 1) + "a" + ")" * (MAX_NESTING - 1),
    "blank": " ",
    "stranger": "query:nobody",
    "many": "a " * (MAX_TERMS // 2),
    "bomb0": "a " * 20,
    **{f"bomb{number}": f"query:bomb{number - 1} " * 20 for number in range(1, 8)},
    **{f"chain{number}": f"query:chain{number - 1}" for number in range(1, 20)},
    "chain0": "a",
}


def tree(text: str) -> Query:
    return parse(text, today=TODAY, saved=SAVED.get)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("query:both c", And((A, B, C))),
        ("c OR query:either", Or((C, A, B))),
        ("c query:either", And((C, Or((A, B))))),
        ("-query:both", Not(And((A, B)))),
        ("-query:negated", A),
        ("query:nested", And((Or((A, B)), C))),
        ('query:"phrase of words"', Phrase("a b")),
        ("query:(both OR negated)", Or((And((A, B)), Not(A)))),
        (f"query:chain{MAX_SAVED - 1}", A),
    ],
)
def test_a_saved_search_stands_for_its_query(text: str, expected: Query) -> None:
    """The tree is what it would be with the query typed in parentheses."""
    assert tree(text) == expected


def test_without_saved_searches_at_hand_the_name_stays() -> None:
    """A query can be checked and formatted where there is no archive."""
    assert parse("query:both", today=TODAY) == SavedQuery("both")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a query:nobody", "no saved search 'nobody'"),
        ("a query:stranger", "no saved search 'nobody'"),
        ("a query:loop", "leads back to itself: loop → pool → loop"),
        ("a query:faulty", "in the saved search 'faulty': this ( is never closed"),
        ("a query:blank", "asks for nothing"),
        (f"a query:chain{MAX_SAVED}", f"more than {MAX_SAVED} saved searches"),
        ("a query:many query:many", f"more than {MAX_TERMS} words"),
        ("a query:bomb7", f"more than {MAX_TERMS} words"),
    ],
)
def test_a_saved_search_that_cannot_be_used_is_an_error_where_it_stands(text: str, message: str) -> None:
    """Its own text is not what the user is looking at."""
    with pytest.raises(QueryError) as caught:
        tree(text)
    assert message in caught.value.message
    assert caught.value.position == text.rindex("query:") + len("query:")
    assert caught.value.hint


def test_parentheses_count_through_saved_searches() -> None:
    """Depth is what may exhaust the stack, wherever it was typed."""
    assert tree("(query:deep)") == A
    with pytest.raises(QueryError, match="nested deeper"):
        tree("((query:deep))")
