"""Numbers in queries: one, a comparison, a range."""

from __future__ import annotations

from datetime import date

import pytest

from newsarchive.errors import QueryError
from newsarchive.query import NumberField, NumberRange, parse

TODAY = date(2024, 10, 30)


@pytest.mark.parametrize(
    ("typed", "low", "high"),
    [
        ("500", 500, 500),
        (">500", 501, None),
        (">=500", 500, None),
        ("<500", None, 499),
        ("<=500", None, 500),
        ("100..500", 100, 500),
        ("100..", 100, None),
        ("..500", None, 500),
        ("0", 0, 0),
        ('"100..500"', 100, 500),
    ],
)
def test_numbers_are_read_as_they_are_typed_elsewhere(typed: str, low: int | None, high: int | None) -> None:
    """Comparisons are what other tools have; ranges are written as those of dates are."""
    assert parse(f"words:{typed}", today=TODAY) == NumberRange(NumberField.WORDS, low, high)


@pytest.mark.parametrize(
    "typed",
    ["many", "500..100", "<0", "..", "-5", "1.5", "1,000", "=500", "5000000000", ">", "1...3", "٣", "*"],
)
def test_what_is_no_number_is_refused_with_examples(typed: str) -> None:
    """A range that is misread would leave out articles in silence."""
    with pytest.raises(QueryError) as caught:
        parse(f"words:{typed}", today=TODAY)
    assert "words:" in (caught.value.hint or "")
    assert caught.value.position is not None


def test_a_number_takes_no_tilde() -> None:
    """It has no words to be near each other."""
    with pytest.raises(QueryError, match="'~' has no meaning for 'words:'"):
        parse('words:"5"~3', today=TODAY)
