"""The engine against a scan without an index, over generated articles and queries."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass

import naive_search
import pytest
from search_samples import ARCHIVE, LANGUAGES, random_changes, random_query

from newsarchive.model import IndexedArticle
from newsarchive.query.ast import Query
from newsarchive.search.engines import FacetField, SearchRequest, Sort
from newsarchive.search.whoosh.engine import WhooshEngine

QUERIES = 250


@dataclass(frozen=True, slots=True)
class World:
    """An engine, what should be in it, and what it is asked."""

    engine: WhooshEngine
    present: dict[int, IndexedArticle]
    queries: list[Query]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Four worlds, or as many as ``--seeds`` says."""
    seeds = range(1, metafunc.config.getoption("--seeds") + 1)
    metafunc.parametrize("world", seeds, indirect=True, scope="module", ids=lambda seed: f"seed-{seed}")


@pytest.fixture(scope="module")
def world(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """An engine that has taken 260 changes in commits of different sizes, and what should be in it."""
    rng = random.Random(request.param)
    changes = list(random_changes(rng, 260))
    engine = WhooshEngine(tmp_path_factory.mktemp("world") / "index", archive=ARCHIVE, limit_mb=64)
    at = 0
    for size in [150, *[rng.choice([1, 1, 2, 9]) for _ in range(200)]]:
        if at < len(changes):
            engine.apply(changes[at : at + size], bulk=size > 100)
        at += size
    present: dict[int, IndexedArticle] = {}
    for change in changes:
        present.pop(change.article_id, None)
        if change.document is not None:
            present[change.article_id] = change.document
    yield World(engine, present, [random_query(rng) for _ in range(QUERIES)])
    engine.close()


def _expected(query: Query, present: dict[int, IndexedArticle]) -> dict[int, IndexedArticle]:
    return {
        number: document
        for number, document in present.items()
        if naive_search.matches(query, document, LANGUAGES)
    }


def _date_order(document: IndexedArticle) -> str:
    published = document.article.date_published
    assert published is not None
    return published.sort_key


def test_engine_finds_what_a_scan_finds(world: World) -> None:
    """An index is an optimisation: it may never change an answer, whatever was replaced or deleted."""
    engine, present = world.engine, world.present
    for query in world.queries:
        answer = engine.search(SearchRequest(query=query, limit=None, languages=LANGUAGES))
        expected = _expected(query, present)
        assert {match.article_id for match in answer.matches} == set(expected), query
        assert answer.total == len(expected)
        scores = [match.score for match in answer.matches]
        assert scores == sorted(scores, reverse=True)


def test_facets_count_what_a_scan_counts(world: World) -> None:
    """Facets cover all matches, not the page, and a month-only date counts in no day."""
    engine, present = world.engine, world.present
    facets = tuple(FacetField)
    for query in world.queries[: QUERIES // 3]:
        answer = engine.search(SearchRequest(query=query, limit=1, facets=facets, languages=LANGUAGES))
        expected = _expected(query, present).values()
        assert answer.facets == {field: naive_search.facet(field, expected) for field in facets}, query


def test_date_orders_are_those_of_a_scan(world: World) -> None:
    """Newest and oldest first, undated articles last in both, equal dates by id."""
    engine, present = world.engine, world.present
    for query in world.queries[: QUERIES // 3]:
        expected = _expected(query, present)
        dated = [number for number in sorted(expected) if expected[number].article.date_published]
        undated = [number for number in sorted(expected) if number not in set(dated)]
        for sort in (Sort.NEWEST, Sort.OLDEST):
            order = sorted(
                dated, key=lambda number: _date_order(expected[number]), reverse=sort is Sort.NEWEST
            )
            if sort is Sort.NEWEST:
                order = sorted(dated)
                order.sort(key=lambda number: _date_order(expected[number]), reverse=True)
            answer = engine.search(SearchRequest(query=query, sort=sort, limit=None, languages=LANGUAGES))
            assert [match.article_id for match in answer.matches] == [*order, *undated], query


def test_checking_a_much_changed_index_finds_nothing_wrong(
    world: World,
) -> None:
    """Merges and deletions leave every article indexed once."""
    assert world.engine.check() == []
