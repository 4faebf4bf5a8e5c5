"""Every row of docs/reference/languages.md, found and marked as it says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from search_samples import ARCHIVE, change, story

from newsarchive.model import Article
from newsarchive.query import Query, parse
from newsarchive.search.engines import FacetField, SearchRequest
from newsarchive.search.text.analysis import Analyzer
from newsarchive.search.text.highlight import Highlighter
from newsarchive.search.text.stemming import stemmer
from newsarchive.search.whoosh.engine import WhooshEngine

PAGE = (Path(__file__).parents[2] / "docs/reference/languages.md").read_text(encoding="utf-8")
TABLE = re.findall(r"^\| (\w+) `(\w+)` \| ([^|]+) \| ([^|]+) \| ([^|]+) \| ([^|]+) \|$", PAGE, re.MULTILINE)
TODAY = date(2024, 10, 30)


@dataclass(frozen=True, slots=True)
class Example:
    """A query of the table, and the article that it is about."""

    article: Article
    query: str


def queries(cell: str) -> list[str]:
    return re.findall(r"`([^`]+)`", cell)


ARTICLES = {
    code: story(number, text, headline=None, language=code)
    for number, (_, code, text, *_) in enumerate(TABLE, 1)
}
FOUND = [
    Example(ARTICLES[code], query)
    for _, code, _, words, others, _ in TABLE
    for query in queries(words) + queries(others)
]
NOT_FOUND = [Example(ARTICLES[code], query) for _, code, *_, cell in TABLE for query in queries(cell)]


def shown(example: Example) -> str:
    return f"{example.article.language}-{example.query}"


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WhooshEngine]:
    """An index of all rows: a query has to find its own article among the others."""
    engine = WhooshEngine(tmp_path_factory.mktemp("languages") / "index", archive=ARCHIVE)
    engine.apply(change(number, article) for number, article in enumerate(ARTICLES.values(), 1))
    yield engine
    engine.close()


def found(engine: WhooshEngine, query: Query) -> dict[int, str]:
    """The articles found, with their language as its facet counts it."""
    request = SearchRequest(query=query, languages=frozenset(ARTICLES), facets=[FacetField.LANGUAGE])
    answer = engine.search(request)
    languages = {article.id or 0: str(code) for code, article in ARTICLES.items()}
    matches = {match.article_id: languages[match.article_id] for match in answer.matches}
    assert answer.facets[FacetField.LANGUAGE] == dict.fromkeys(matches.values(), 1)
    return matches


def test_the_table_has_a_row_for_each_script() -> None:
    """A change of its form must not make the tests below pass on nothing."""
    assert len(TABLE) == 18
    assert all(queries(words) and len(queries(others)) >= 3 for *_, words, others, _ in TABLE)


@pytest.mark.parametrize("example", FOUND, ids=shown)
def test_an_example_of_the_table_is_found_and_marked(engine: WhooshEngine, example: Example) -> None:
    """The archive holds the world's press: each script is searched as its readers type it."""
    query = parse(example.query, today=TODAY)
    assert example.article.id in found(engine, query)
    assert Highlighter(query, Analyzer()).snippet(example.article).marks


@pytest.mark.parametrize("example", NOT_FOUND, ids=shown)
def test_what_the_table_says_is_not_found_is_neither_found_nor_marked(
    engine: WhooshEngine, example: Example
) -> None:
    """A quoted word means exactly that word; and the page must not promise less than is done."""
    query = parse(example.query, today=TODAY)
    assert example.article.id not in found(engine, query)
    assert not Highlighter(query, Analyzer()).snippet(example.article).marks


@pytest.mark.parametrize(("name", "code"), [(name, code) for name, code, *_ in TABLE])
def test_a_language_with_other_forms_is_one_that_the_page_lists(name: str, code: str) -> None:
    """The list is what readers go by for languages without a row."""
    (listed,) = re.findall(r"^Other forms are found in (.*)$", PAGE, re.MULTILINE)
    assert (name in listed) is (stemmer(code) is not None)


@pytest.mark.parametrize(
    ("text", "query"), re.findall(r"`([^`]+)` finds \*([^*]+)\*", PAGE.split("\n- A word is found")[0])
)
def test_the_general_rules_hold_for_their_examples(text: str, query: str) -> None:
    """They are said to hold for all languages."""
    analyzer = Analyzer()
    assert analyzer.tokens(text) == analyzer.tokens(query)
