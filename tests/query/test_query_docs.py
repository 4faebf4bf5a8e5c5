import re
from datetime import date
from pathlib import Path

import pytest

from newsarchive.errors import QueryError, QuerySyntaxError, UnknownField, UnsupportedQuery
from newsarchive.model import Confidence
from newsarchive.query import Flag, Presence, parse
from newsarchive.query.fields import EXAMPLES

PAGE = (Path(__file__).parents[2] / "docs/reference/query-language.md").read_text(encoding="utf-8")
QUERIES = re.findall(r"^```query\n(.*?)\n```$", PAGE, re.DOTALL | re.MULTILINE)
ERRORS = {
    kind: re.findall(r"`([^`]+)`", row)
    for kind, row in re.findall(r"^\| `(Query\w+|Unknown\w+|Unsupported\w+)` \|(.*)\|$", PAGE, re.MULTILINE)
}
TODAY = date(2024, 10, 30)


@pytest.mark.parametrize("query", QUERIES)
def test_every_example_of_the_reference_page_is_a_query(query: str) -> None:
    """A reader copies examples; one that fails costs more trust than a missing one."""
    parse(query, today=TODAY)


@pytest.mark.parametrize("value", re.findall(r"^\| (?:`[^|]*`) \| [^|]* \| `([a-z]+:[^`]+)` \|$", PAGE, re.M))
def test_every_example_in_the_table_of_fields_is_a_query(value: str) -> None:
    """The table is what readers look at first."""
    parse(value, today=TODAY)


def test_the_page_holds_examples() -> None:
    """A change of the fence's name must not make the tests above pass on nothing."""
    assert len(QUERIES) > 15
    assert set(ERRORS) == {"QuerySyntaxError", "UnknownField", "UnsupportedQuery"}


@pytest.mark.parametrize(
    ("kind", "query"), [(kind, query) for kind, queries in ERRORS.items() for query in queries]
)
def test_every_error_of_the_reference_page_is_raised_as_documented(kind: str, query: str) -> None:
    """Scripts tell errors apart by their class."""
    kinds: dict[str, type[QueryError]] = {
        error.__name__: error for error in (QuerySyntaxError, UnknownField, UnsupportedQuery)
    }
    with pytest.raises(kinds[kind]):
        parse(query, today=TODAY)


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_field_is_documented(name: str) -> None:
    """An undocumented field is one that nobody uses."""
    assert f"| `{name}` |" in PAGE


@pytest.mark.parametrize("value", [*Flag, *Presence, *Confidence])
def test_every_value_of_is_has_and_confidence_is_documented(value: str) -> None:
    """These values can't be guessed."""
    assert f"`{value}`" in PAGE


@pytest.mark.parametrize(("name", "example"), EXAMPLES.items())
def test_the_examples_in_hints_are_queries(name: str, example: str) -> None:
    """A hint that fails when it is followed is worse than none."""
    for query in re.split(r", | or ", example):
        parse(query, today=TODAY)
