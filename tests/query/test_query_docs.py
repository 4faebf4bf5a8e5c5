import re
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from generate_fields import page

from newsarchive import Archive
from newsarchive.errors import QueryError, QuerySyntaxError, UnknownField
from newsarchive.model import Confidence
from newsarchive.query import Flag, Presence, parse
from newsarchive.query.fields import FIELDS

PAGE = (Path(__file__).parents[2] / "docs/reference/query-language.md").read_text(encoding="utf-8")
QUERIES = re.findall(r"^```query\n(.*?)\n```$", PAGE, re.DOTALL | re.MULTILINE)
SESSIONS = re.findall(
    r"^```console\n\$ newsarchive search --explain '([^']*)'\n(.*?)\n```$", PAGE, re.DOTALL | re.MULTILINE
)
ERRORS = {
    kind: re.findall(r"`([^`]+)`", row)
    for kind, row in re.findall(r"^\| `(Query\w+|Unknown\w+)` \|(.*)\|$", PAGE, re.MULTILINE)
}
TODAY = date(2024, 10, 30)


@pytest.fixture(scope="module")
def archive(sample_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    """The sample pages, and the saved search that the page names."""
    folder = tmp_path_factory.mktemp("documented") / "archive"
    shutil.copytree(sample_folder, folder)
    with Archive.open(folder) as archive:
        archive.saved.add("strikes", "strike OR walkout")
        yield archive


@pytest.mark.parametrize("query", QUERIES)
def test_every_example_of_the_reference_page_is_answered(query: str, archive: Archive) -> None:
    """A reader copies examples; one that fails costs more trust than a missing one."""
    results = archive.search(query, limit=None)
    assert results.total == len(results)
    assert archive.explain(query).startswith("articles")


@pytest.mark.parametrize("value", re.findall(r"^\| (?:`[^|]*`) \| [^|]* \| `([a-z]+:[^`]+)` \|$", PAGE, re.M))
def test_every_example_in_the_table_of_fields_is_answered(value: str, archive: Archive) -> None:
    """The table is what readers look at first."""
    archive.search(value)


@pytest.mark.parametrize(("query", "printed"), SESSIONS)
def test_an_explanation_on_the_page_is_the_one_that_is_given(
    query: str, printed: str, archive: Archive
) -> None:
    """A reader compares it with the terminal."""
    assert archive.explain(query) == printed


def test_the_page_holds_examples() -> None:
    """A change of the fence's name must not make the tests above pass on nothing."""
    assert len(QUERIES) > 15
    assert set(ERRORS) == {"QuerySyntaxError", "UnknownField", "QueryError"}
    assert SESSIONS


@pytest.mark.parametrize(
    ("kind", "query"), [(kind, query) for kind, queries in ERRORS.items() for query in queries]
)
def test_every_error_of_the_reference_page_is_raised_as_documented(kind: str, query: str) -> None:
    """Scripts tell errors apart by their class."""
    kinds: dict[str, type[QueryError]] = {
        error.__name__: error for error in (QueryError, QuerySyntaxError, UnknownField)
    }
    with pytest.raises(QueryError) as caught:
        parse(query, today=TODAY, saved=lambda name: None)
    assert type(caught.value) is kinds[kind]


@pytest.mark.parametrize("name", FIELDS)
def test_every_field_is_documented(name: str) -> None:
    """An undocumented field is one that nobody uses."""
    assert f"| `{name}` |" in PAGE


def test_the_page_says_what_the_table_of_fields_says() -> None:
    """`make docs` writes it; who adds a field writes no documentation by hand."""
    assert page(PAGE) == PAGE


@pytest.mark.parametrize("value", [*Flag, *Presence, *Confidence])
def test_every_value_of_is_has_and_confidence_is_documented(value: str) -> None:
    """These values can't be guessed."""
    assert re.search(rf"`(is|has|confidence):{value}`", PAGE)


@pytest.mark.parametrize(("name", "example"), [(name, field.about.hint) for name, field in FIELDS.items()])
def test_the_examples_in_hints_are_queries(name: str, example: str) -> None:
    """A hint that fails when it is followed is worse than none."""
    for query in re.split(r", | or ", example):
        parse(query, today=TODAY)
