from datetime import date

import pytest

from newsarchive.query import format_query, parse
from newsarchive.query.any_word import any_word, close_words


def loosened(text: str) -> str | None:
    tree = any_word(parse(text, today=date(2024, 5, 1)))
    return None if tree is None else format_query(tree)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("korea troops", "korea OR troops"),
        ("korea troops published:2024", "(korea OR troops) published:2024-01-01..2024-12-31"),
        ("korea troops -fake", "(korea OR troops) -fake"),
        ('korea troops "mutual pact"', '(korea OR troops) "mutual pact"'),
        ("korea^2 (troops OR soldiers) kyiv", "korea^2 OR troops OR soldiers OR kyiv"),
        ("headline:(korea troops) section:world", "(headline:korea OR headline:troops) section:world"),
        ("korea troops pentag*", "(korea OR troops) pentag*"),
    ],
)
def test_bare_words_become_alternatives_and_the_rest_holds(text: str, expected: str) -> None:
    """Whoever types a quotation mark, a field or a minus means it."""
    assert loosened(text) == expected


@pytest.mark.parametrize("text", ["", "korea", '"mutual pact" korea', "korea OR troops", "author:lima korea"])
def test_a_query_with_fewer_than_two_bare_words_has_no_parts(text: str) -> None:
    """One word is held or not; alternatives are alternatives already."""
    assert loosened(text) is None


def test_words_side_by_side_are_looked_for_close_together() -> None:
    """Of one field each, and only where all words are asked for."""
    words = close_words(parse("north korea headline:troops lang:en sent soldiers", today=date(2024, 5, 1)))
    assert [format_query(word) for word in words] == ['"north korea"~4^0.1', '"sent soldiers"~4^0.1']
    assert close_words(parse("north OR korea", today=date(2024, 5, 1))) == ()
