"""Whoosh's own index and matchers as the oracle of what is found, in every script.

Whoosh's ``Not`` and ``AndNot`` are wrong where articles are deleted: exclusion is
held to the arithmetic of sets instead.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import whoosh.analysis
import whoosh.fields
import whoosh.filedb.filestore
import whoosh.query
from hypothesis import given, settings
from hypothesis import strategies as st
from search_samples import ARCHIVE, change, story

from newsarchive.base.dates import DateInterval, PartialDate
from newsarchive.model import IndexChange
from newsarchive.query import ast
from newsarchive.query.ast import Query
from newsarchive.search.engines import SearchRequest
from newsarchive.search.text.analysis import Analyzer
from newsarchive.search.whoosh.answer.execute.on_arrays import ArrayExecutor
from newsarchive.search.whoosh.answer.plan import nodes as plans
from newsarchive.search.whoosh.answer.plan.compile import Compiler
from newsarchive.search.whoosh.answer.searcher import Executor, Searcher, SetExecutor
from newsarchive.search.whoosh.engine import WhooshEngine
from newsarchive.search.whoosh.index_marker import Marker
from newsarchive.search.whoosh.index_reader import IndexReader

# Whoosh says that it is typed; most of it is not.
stock: Any = whoosh

WORDS = (
    "harbour harbor bridge bridges COVID-19 U.S. Zürich Ørsted мост мосты ёлка "
    "γέφυρα λιμάνι الجسر مَرْفَأ גשר נמל "
    "पुल बंदरगाह সেতু বন্দর பாலம் துறைமுகம் สะพาน ข่าว 大桥 港口 東京都 発売 한국은 다리를"
).split()
FIRST = date(2024, 1, 1)
ANALYZER = Analyzer()
Texts = Sequence[tuple[str, date]]

days = st.integers(0, 40).map(lambda days: FIRST + timedelta(days=days))
sentences = st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join)
collections = st.lists(st.tuples(sentences, days), min_size=1, max_size=20)
words = st.sampled_from(WORDS)
spaced = st.sampled_from(WORDS[:11])
leaves = st.one_of(
    words.map(ast.Word),
    st.lists(words, min_size=2, max_size=3).map(lambda found: ast.Phrase(" ".join(found))),
    words.map(lambda word: ast.Prefix(word[:3])),
    spaced.map(lambda word: ast.Wildcard(f"{word[0]}*{word[-1]}")),
    spaced.map(lambda word: ast.Wildcard(f"*{word[2:]}")),
    st.tuples(days, days).map(
        lambda pair: ast.DateRange(ast.DateField.PUBLISHED, DateInterval(*sorted(pair)))
    ),
)
queries: st.SearchStrategy[Query] = st.recursive(
    leaves,
    lambda part: st.lists(part, min_size=2, max_size=3).flatmap(
        lambda parts: st.sampled_from((ast.And(tuple(parts)), ast.Or(tuple(parts))))
    ),
    max_leaves=5,
)


@contextmanager
def ours(texts: Texts, deleted: set[int]) -> Iterator[IndexReader]:
    """The texts as articles numbered from 0, in two segments, some deleted by a later commit."""
    changes = [
        change(number + 1, story(number, text, headline=None, date_published=PartialDate.from_date(day)))
        for number, (text, day) in enumerate(texts)
    ]
    with tempfile.TemporaryDirectory() as folder:
        engine = WhooshEngine(Path(folder) / "index", archive=ARCHIVE)
        engine.apply(changes[: len(changes) // 2])
        engine.apply(changes[len(changes) // 2 :])
        engine.apply([IndexChange(len(changes) + at, number, None) for at, number in enumerate(deleted, 1)])
        engine.close()
        reader = IndexReader(Path(folder) / "index", Marker(Path(folder) / "index", ARCHIVE))
        reader.state()
        yield reader
        reader.close()


def found(reader: IndexReader, query: Query, executor: Executor) -> set[int]:
    plan = Compiler(ANALYZER, ()).compile(query)
    answer = Searcher(executor).search(reader.segments(), plan, SearchRequest(query=query, limit=None))
    assert answer.total == len(answer.matches)
    return {match.article_id for match in answer.matches}


def oracle(texts: Texts, deleted: set[int]) -> Any:
    """Stock Whoosh's index of the same terms, written and read by its public interface."""
    fields = stock.fields
    schema = fields.Schema(
        number=fields.NUMERIC(stored=True),
        text=fields.TEXT(stock.analysis.SpaceSeparatedTokenizer(), phrase=True),
        day=fields.NUMERIC,
    )
    index = stock.filedb.filestore.RamStorage().create_index(schema)
    writer = index.writer()
    for number, (text, day) in enumerate(texts):
        writer.add_document(number=number, text=" ".join(ANALYZER.tokens(text)), day=day.toordinal())
    writer.commit()
    writer = index.writer()
    for number in deleted:
        writer.delete_by_term("number", number)
    writer.commit(merge=False)
    return index.searcher()


def translated(plan: plans.Plan) -> Any:
    """A plan without exclusions as Whoosh's own query."""
    match plan:
        case plans.AnyForm(word=word):
            return stock.query.Term("text", word.decode())
        case plans.InOrder(steps=steps):
            parts = [_step(step) for step in steps]
            return parts[0] if len(parts) == 1 else stock.query.Sequence(parts)
        case plans.AllOf(parts):
            return stock.query.And([translated(part) for part in parts])
        case plans.AnyOf(parts):
            return stock.query.Or([translated(part) for part in parts])
        case plans.Days():
            return stock.query.NumericRange("day", *plan.bounds)
        case _:
            raise TypeError(plan)


def _step(step: plans.Step) -> Any:
    match step:
        case bytes():
            return stock.query.Term("text", step.decode())
        case plans.Beginning(prefix):
            return stock.query.Prefix("text", prefix.decode())
        case plans.Shape(pattern):
            return stock.query.Wildcard("text", pattern)
        case _:
            raise TypeError(step)


@pytest.mark.parametrize("executor", [SetExecutor, ArrayExecutor])
@settings(max_examples=20, deadline=None)
@given(texts=collections, asked=st.lists(queries, min_size=4, max_size=12), data=st.data())
def test_whoosh_finds_the_same(
    executor: type[Executor], texts: Texts, asked: Sequence[Query], data: st.DataObject
) -> None:
    """Words, phrases, prefixes, wildcards, dates, AND and OR, with deletions and over segments."""
    deleted = data.draw(st.sets(st.integers(0, len(texts) - 1), max_size=len(texts) - 1))
    with ours(texts, deleted) as reader, oracle(texts, deleted) as searcher:
        for query in asked:
            plan = Compiler(ANALYZER, ()).compile(query)
            hits = searcher.search(translated(plan), limit=None, optimize=False)
            assert found(reader, query, executor()) == {hit["number"] for hit in hits}, query


@pytest.mark.parametrize("executor", [SetExecutor, ArrayExecutor])
@settings(max_examples=20, deadline=None)
@given(texts=collections, one=queries, other=queries, data=st.data())
def test_operators_are_those_of_sets(
    executor: type[Executor], texts: Texts, one: Query, other: Query, data: st.DataObject
) -> None:
    """Whatever is deleted, AND NOT takes away what the other query finds, and NOT leaves the rest."""
    deleted = data.draw(st.sets(st.integers(0, len(texts) - 1), max_size=len(texts) - 1))
    with ours(texts, deleted) as reader:
        here = executor()
        first, second = found(reader, one, here), found(reader, other, here)
        live = set(range(len(texts))) - deleted
        assert found(reader, ast.Everything(), here) == live
        assert found(reader, ast.Not(one), here) == live - first
        assert found(reader, ast.And((one, ast.Not(other))), here) == first - second
        assert found(reader, ast.And((one, other)), here) == first & second
        assert found(reader, ast.Or((one, other)), here) == first | second
        assert found(reader, ast.Or((one, ast.Not(other))), here) == first | (live - second)
