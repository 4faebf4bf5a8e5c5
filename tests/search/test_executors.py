"""Both ways of carrying out a plan, held to each other and to a scan."""

from __future__ import annotations

import random
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import naive_search
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from search_samples import ARCHIVE, LANGUAGES, change, random_changes, random_query, story

from newsarchive.errors import QueryError
from newsarchive.model import IndexedArticle
from newsarchive.query import ast
from newsarchive.search.engines import FacetField, Matches, SearchRequest, Sort
from newsarchive.search.text.analysis import Analyzer
from newsarchive.search.whoosh.answer.execute.on_arrays import ArrayExecutor
from newsarchive.search.whoosh.answer.plan.compile import Compiler
from newsarchive.search.whoosh.answer.plan.term_expansion import MAX_LISTS
from newsarchive.search.whoosh.answer.searcher import Executor, Searcher, SetExecutor
from newsarchive.search.whoosh.engine import WhooshEngine
from newsarchive.search.whoosh.index_marker import Marker
from newsarchive.search.whoosh.index_reader import IndexReader

SEEDS = st.integers(0, 2**32)


class World:
    """An index of several segments, with deletions, and what should be in it."""

    # No dataclass: hypothesis would print the articles with every counterexample.
    def __init__(self, folder: Path, reader: IndexReader, present: dict[int, IndexedArticle]) -> None:
        self.folder = folder
        self.reader = reader
        self.present = present

    def answer(self, request: SearchRequest, executor: Executor) -> Matches:
        self.reader.state()
        compiler = Compiler(Analyzer(), request.languages)
        plan, *hints = map(compiler.compile, (request.query, *request.hints))
        return Searcher(executor).search(self.reader.segments(), plan, request, hints)


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    folder: Path = tmp_path_factory.mktemp("executors") / "index"
    changes = list(random_changes(random.Random(5), 400))
    engine = WhooshEngine(folder, archive=ARCHIVE)
    for start, end in ((0, 250), (250, 330), (330, 360), (360, 399), (399, 400)):
        engine.apply(changes[start:end], bulk=True)
    engine.close()
    present: dict[int, IndexedArticle] = {}
    for step in changes:
        present.pop(step.article_id, None)
        if step.document is not None:
            present[step.article_id] = step.document
    reader = IndexReader(folder, Marker(folder, ARCHIVE))
    yield World(folder, reader, present)
    reader.close()


@settings(max_examples=250, deadline=None)
@given(seed=SEEDS, sort=st.sampled_from(Sort), limit=st.none() | st.integers(0, 30), offset=st.integers(0, 9))
def test_sets_and_arrays_give_the_same_answer(
    world: World, seed: int, sort: Sort, limit: int | None, offset: int
) -> None:
    """Which one runs depends on the size of the index: nobody may notice."""
    request = SearchRequest(
        query=random_query(random.Random(seed)),
        sort=sort,
        limit=limit,
        offset=offset,
        facets=tuple(FacetField),
        hints=(random_query(random.Random(seed + 1)),) if seed % 2 else (),
        languages=LANGUAGES,
    )
    assert world.answer(request, SetExecutor()) == world.answer(request, ArrayExecutor())


@pytest.mark.parametrize("executor", [SetExecutor, ArrayExecutor])
@settings(max_examples=100, deadline=None)
@given(seed=SEEDS)
def test_each_finds_what_a_scan_finds(world: World, executor: type[Executor], seed: int) -> None:
    """An index is an optimisation: it may never change an answer."""
    query = random_query(random.Random(seed))
    answer = world.answer(SearchRequest(query=query, limit=None, languages=LANGUAGES), executor())
    expected = {
        number
        for number, document in world.present.items()
        if naive_search.matches(query, document, LANGUAGES)
    }
    assert {match.article_id for match in answer.matches} == expected


def test_threads_share_an_engine(world: World) -> None:
    """A web page answers several people from one open index."""
    requests = [
        SearchRequest(query=random_query(random.Random(seed)), facets=tuple(FacetField), languages=LANGUAGES)
        for seed in range(60)
    ]
    engine = WhooshEngine(world.folder, archive=ARCHIVE)
    alone = [engine.search(request) for request in requests]
    engine.close()
    with ThreadPoolExecutor(4) as pool:
        shuffled = random.Random(1).sample(range(60), 60)
        together = dict(
            zip(shuffled, pool.map(lambda at: engine.search(requests[at]), shuffled), strict=True)
        )
    engine.close()
    assert [together[at] for at in range(60)] == alone


def test_open_reader_survives_commits_and_merges(tmp_path: Path) -> None:
    """A search that began before a merge ends as if nothing had happened."""
    folder = tmp_path / "index"
    engine = WhooshEngine(folder, archive=ARCHIVE)
    engine.apply([change(number, story(number, f"bridge word{number}")) for number in range(1, 6)])
    reader = IndexReader(folder, Marker(folder, ARCHIVE))
    before = reader.state()
    assert before is not None
    for number in range(6, 60):
        engine.apply([change(number, story(number, "bridge"))])
    engine.close()
    after = engine.last_change()
    gone = {mark.name for mark in before.segments} - {path.name.split(".")[0] for path in folder.iterdir()}
    request = SearchRequest(query=ast.Word("bridge"), sort=Sort.NEWEST, facets=tuple(FacetField))
    plan = Compiler(Analyzer(), ()).compile(request.query)
    for executor in (SetExecutor(), ArrayExecutor()):
        answer = Searcher(executor).search(reader.segments(), plan, request)
        assert [match.article_id for match in answer.matches] == [1, 2, 3, 4, 5]
    assert gone
    assert after == 59
    reader.close()
    engine.close()


@pytest.mark.parametrize("executor", [SetExecutor, ArrayExecutor])
def test_query_for_too_many_words_is_refused(executor: type[Executor], tmp_path: Path) -> None:
    """One letter and a star must not hold up a web page; the error says what to do."""
    engine = WhooshEngine(tmp_path / "index", archive=ARCHIVE)
    engine.apply([change(1, story(1, " ".join(f"w{number}" for number in range(MAX_LISTS + 1))))])
    engine.close()
    reader = IndexReader(tmp_path / "index", Marker(tmp_path / "index", ARCHIVE))
    world = World(tmp_path, reader, {})
    for query in (
        ast.Prefix("w"),
        ast.Wildcard("*w*"),
        ast.Or(tuple(ast.Prefix(f"w{digit}") for digit in range(10))),
    ):
        with pytest.raises(QueryError) as caught:
            world.answer(SearchRequest(query=query), executor())
        assert caught.value.hint
    assert world.answer(SearchRequest(query=ast.Prefix("w12")), executor()).total == 1
    reader.close()
