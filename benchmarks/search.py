"""Measure searching beside stock Whoosh, SQLite FTS5 and tantivy, in one run.

    python benchmarks/search.py FILE.jsonl[.gz] [--sizes 21574,60000,200000] [--engines whoosh,fts5,tantivy]
                                [--write docs/performance.md]

The smallest collection is the file itself where a size is no larger than it; the
others are put together from its sentences by ``generate``. Every engine answers the
same queries with 20 articles and the exact number of all, which are compared.
Figures are milliseconds of processor time: p50/p95 of warm queries. ``first`` is
newsarchive when a word is asked for the first time since the index was opened.
``forms`` is newsarchive in every inflected form of a word, as it is used; the other
engines, and newsarchive in the columns before, look up words as typed.
"""

from __future__ import annotations

import argparse
import importlib
import random
import re
import sqlite3
import statistics
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice, pairwise
from pathlib import Path
from typing import Any, Protocol

from drawing import curves
from generate import Corpus, articles
from newsarchive.base.dates import DateInterval, PartialDate
from newsarchive.model import Article, IndexChange, IndexedArticle
from newsarchive.query import ast
from newsarchive.search.engines import FacetField, SearchRequest, Sort
from newsarchive.search.whoosh.engine import WhooshEngine

QUERIES = 25
REPEATS = 3
LIMIT = 20
# Building 60,000 articles takes stock Whoosh five minutes, and answering longer than all others together.
WHOOSH_LIMIT = 10_000
CAPTURED = (date(2024, 5, 1), date(2024, 5, 1))
BEGIN, END = "<!-- search benchmark: begin -->", "<!-- search benchmark: end -->"


@dataclass(frozen=True, slots=True)
class Row:
    """What all engines index of an article."""

    number: int
    headline: str
    text: str
    day: date


@dataclass(frozen=True, slots=True)
class Ask:
    """One query in terms that every engine has."""

    kind: str
    words: tuple[str, ...]
    days: tuple[date, date] | None = None


class Peer(Protocol):
    """An engine: answers with how many articles match; the facet with the number of months."""

    def ask(self, ask: Ask) -> int:
        """Give the best or first 20 articles to nobody, and the exact number of all."""


KINDS = (
    "common",
    "rare",
    "and",
    "or",
    "phrase",
    "prefix",
    "fuzzy",
    "term + date",
    "date sort",
    "facet by month",
)


class Ours:
    """newsarchive's engine; ``forms`` looks up words in all their inflections."""

    def __init__(self, folder: Path, languages: frozenset[str]) -> None:
        self._folder = folder
        self._languages = languages
        self.reopen()

    def reopen(self) -> None:
        self._engine = WhooshEngine(self._folder, archive="benchmark")

    def ask(self, ask: Ask) -> int:
        answer = self._engine.search(self._request(ask))
        return len(answer.facets[FacetField.MONTH]) if answer.facets else answer.total

    def _request(self, ask: Ask) -> SearchRequest:
        is_facet = ask.kind == "facet by month"
        return SearchRequest(
            query=_tree(ask),
            sort=Sort.NEWEST if ask.kind == "date sort" else Sort.RELEVANCE,
            limit=0 if is_facet else LIMIT,
            facets=(FacetField.MONTH,) if is_facet else (),
            languages=self._languages,
        )


def _tree(ask: Ask) -> ast.Query:
    words = tuple(map(ast.Word, ask.words))
    match ask.kind:
        case "and":
            return ast.And(words)
        case "or":
            return ast.Or(words)
        case "phrase":
            return ast.Phrase(" ".join(ask.words))
        case "prefix":
            return ast.Prefix(ask.words[0])
        case "fuzzy":
            return ast.Fuzzy(ask.words[0], 1)
        case _ if ask.days:
            return ast.And((words[0], ast.DateRange(ast.DateField.PUBLISHED, DateInterval(*ask.days))))
        case _:
            return words[0]


class Fts5:
    """SQLite FTS5, dates in a table beside it. It has no fuzzy search."""

    def __init__(self, folder: Path, rows: Iterable[Row]) -> None:
        self._database = sqlite3.connect(folder / "fts5.db")
        self._database.execute("CREATE VIRTUAL TABLE f USING fts5(headline, text, content='')")
        self._database.execute("CREATE TABLE d(id INTEGER PRIMARY KEY, day TEXT)")
        for row in rows:
            self._database.execute(
                "INSERT INTO f(rowid, headline, text) VALUES (?, ?, ?)", (row.number, row.headline, row.text)
            )
            self._database.execute("INSERT INTO d VALUES (?, ?)", (row.number, row.day.isoformat()))
        self._database.execute("CREATE INDEX by_day ON d(day)")
        self._database.commit()

    def ask(self, ask: Ask) -> int:
        joined = " OR " if ask.kind == "or" else " "
        text = joined.join(f'"{word}"' for word in ask.words)
        if ask.kind == "phrase":
            text = f'"{" ".join(ask.words)}"'
        if ask.kind == "prefix":
            text += "*"
        matching = "FROM f JOIN d ON d.id = f.rowid WHERE f MATCH ?"
        if ask.kind == "facet by month":
            return len(self._rows(f"SELECT substr(day, 1, 7), count(*) {matching} GROUP BY 1", text))
        if ask.kind == "date sort":
            self._rows(f"SELECT d.id {matching} ORDER BY day DESC LIMIT {LIMIT}", text)
            return self._count("FROM f WHERE f MATCH ?", text)
        if ask.days:
            bounds = [day.isoformat() for day in ask.days]
            self._rows(
                f"SELECT d.id {matching} AND day BETWEEN ? AND ? ORDER BY rank LIMIT {LIMIT}", text, *bounds
            )
            return self._count(f"{matching} AND day BETWEEN ? AND ?", text, *bounds)
        self._rows(f"SELECT rowid FROM f WHERE f MATCH ? ORDER BY rank LIMIT {LIMIT}", text)
        return self._count("FROM f WHERE f MATCH ?", text)

    def _rows(self, statement: str, *values: str) -> list[Any]:
        return self._database.execute(statement, values).fetchall()

    def _count(self, statement: str, *values: str) -> int:
        return int(self._rows(f"SELECT count(*) {statement}", *values)[0][0])


class Tantivy:
    """tantivy: one field of headline and text, the day and the month as fast fields."""

    def __init__(self, folder: Path, rows: Iterable[Row]) -> None:
        self._t: Any = importlib.import_module("tantivy")
        schema = self._t.SchemaBuilder()
        schema.add_text_field("text")
        for name in ("day", "month"):
            schema.add_integer_field(name, indexed=True, fast=True)
        (folder / "tantivy").mkdir()
        self._index = self._t.Index(schema.build(), path=str(folder / "tantivy"))
        writer = self._index.writer(heap_size=256_000_000)
        for row in rows:
            # The mark keeps a phrase from reaching from the headline into the text.
            text = f"{row.headline} {'x' * 40} {row.text}"
            month = row.day.year * 12 + row.day.month
            writer.add_document(self._t.Document(text=text, day=row.day.toordinal(), month=month))
        writer.commit()
        writer.wait_merging_threads()
        self._index.reload()
        self._searcher = self._index.searcher()
        self._schema = self._index.schema

    def ask(self, ask: Ask) -> int:
        query = self._query(ask)
        if ask.kind == "facet by month":
            found = self._searcher.aggregate(query, {"m": {"terms": {"field": "month", "size": 5_000}}})
            return len(found["m"]["buckets"])
        order = {"order_by_field": "day"} if ask.kind == "date sort" else {}
        return int(self._searcher.search(query, limit=LIMIT, count=True, **order).count)

    def _query(self, ask: Ask) -> Any:
        kinds, schema = self._t.Query, self._schema
        if ask.kind == "phrase":
            return kinds.phrase_query(schema, "text", list(ask.words))
        if ask.kind == "prefix":
            return kinds.regex_query(schema, "text", f"{ask.words[0]}.*")
        if ask.kind == "fuzzy":
            return kinds.fuzzy_term_query(
                schema, "text", ask.words[0], distance=1, transposition_cost_one=True
            )
        terms = [kinds.term_query(schema, "text", word) for word in ask.words]
        if ask.days:
            low, high = (day.toordinal() for day in ask.days)
            terms.append(kinds.range_query(schema, "day", self._t.FieldType.Integer, low, high, True, True))
        how = self._t.Occur.Should if ask.kind == "or" else self._t.Occur.Must
        return kinds.boolean_query([(how, term) for term in terms])


class StockWhoosh:
    """Whoosh as it comes: its codec, its matchers."""

    def __init__(self, folder: Path, rows: Iterable[Row]) -> None:
        self._fields: Any = importlib.import_module("whoosh.fields")
        self._query: Any = importlib.import_module("whoosh.query")
        analyzer = importlib.import_module("whoosh.analysis").StandardAnalyzer(stoplist=None, minsize=1)
        schema = self._fields.Schema(
            text=self._fields.TEXT(analyzer),
            day=self._fields.NUMERIC(sortable=True),
            month=self._fields.NUMERIC(sortable=True),
        )
        (folder / "whoosh").mkdir()
        index = importlib.import_module("whoosh.index").create_in(str(folder / "whoosh"), schema)
        writer = index.writer(limitmb=256)
        for row in rows:
            text = f"{row.headline} {'x' * 40} {row.text}"
            writer.add_document(text=text, day=row.day.toordinal(), month=row.day.year * 12 + row.day.month)
        writer.commit()
        self._searcher = index.searcher()

    def ask(self, ask: Ask) -> int:
        query, options = self._tree(ask), dict[str, Any]()
        if ask.kind == "facet by month":
            options["groupedby"] = "month"
        if ask.kind == "date sort":
            options |= {"sortedby": "day", "reverse": True}
        found = self._searcher.search(query, limit=LIMIT, **options)
        return len(found.groups("month")) if ask.kind == "facet by month" else len(found)

    def _tree(self, ask: Ask) -> Any:
        kinds = self._query
        words = [kinds.Term("text", word) for word in ask.words]
        match ask.kind:
            case "and":
                return kinds.And(words)
            case "or":
                return kinds.Or(words)
            case "phrase":
                return kinds.Phrase("text", list(ask.words))
            case "prefix":
                return kinds.Prefix("text", ask.words[0])
            case "fuzzy":
                return kinds.FuzzyTerm("text", ask.words[0], maxdist=1, prefixlength=0)
            case _ if ask.days:
                return kinds.And(
                    [words[0], kinds.NumericRange("day", *(day.toordinal() for day in ask.days))]
                )
            case _:
                return words[0]


PEERS: Mapping[str, Callable[[Path, Iterable[Row]], Peer]] = {
    "whoosh": StockWhoosh,
    "fts5": Fts5,
    "tantivy": Tantivy,
}


def build_ours(folder: Path, rows: Iterable[Row]) -> Path:
    """Index rows, in two languages' worth of forms: exact and English."""
    engine = WhooshEngine(folder / "ours", archive="benchmark")
    changes = (
        IndexChange(
            row.number,
            row.number,
            IndexedArticle(
                Article(
                    id=row.number,
                    headline=row.headline,
                    text=row.text,
                    language="en",
                    date_published=PartialDate.from_date(row.day),
                ),
                1,
                CAPTURED,
            ),
        )
        for row in rows
    )
    engine.apply(changes, bulk=True)
    engine.close()
    return folder / "ours"


def collection(corpus: Corpus, size: int) -> Iterator[Row]:
    """Articles put together from a dataset's sentences."""
    for number, row in enumerate(articles(corpus, size), 1):
        yield Row(number, row["title"], row["body"], date.fromisoformat(row["date"][:10]))


def questions(rows: Iterable[Row], *, seed: int = 7) -> dict[str, list[Ask]]:
    """Queries of every kind, drawn from the words, pairs and days of some articles."""
    rng = random.Random(seed)
    # Letters alone, so that every engine makes the same words of them, and no initials.
    texts = [re.findall(r"(?<![\w'.-])[a-z]{4,}(?![\w'.-])", row.text.lower()) for row in rows]
    counts = Counter(word for text in texts for word in set(text))
    ranked = [word for word, _ in counts.most_common()]
    common, middle = ranked[:150], ranked[150:2_000]
    rare = [word for word in ranked if counts[word] <= 3][:2_000]
    pairs = [(one, other) for text in texts for one, other in pairwise(text) if one in middle]

    def drawn(kind: str, *pools: Sequence[str]) -> list[Ask]:
        return [Ask(kind, tuple(map(rng.choice, pools))) for _ in range(QUERIES)]

    starts = [date(1990, 1, 1) + timedelta(days=rng.randrange(8_000)) for _ in range(QUERIES)]
    return {
        "common": drawn("common", common),
        "rare": drawn("rare", rare),
        "and": drawn("and", common, middle),
        "or": drawn("or", common, middle, middle),
        "phrase": [Ask("phrase", rng.choice(pairs)) for _ in range(QUERIES)],
        "prefix": [Ask("prefix", (rng.choice(middle)[:4],)) for _ in range(QUERIES)],
        "fuzzy": [Ask("fuzzy", (_misspelt(rng, middle),)) for _ in range(QUERIES)],
        "term + date": [
            Ask("term + date", (rng.choice(common),), (start, start + timedelta(days=90))) for start in starts
        ],
        "date sort": drawn("date sort", common),
        "facet by month": drawn("facet by month", common),
    }


def _misspelt(rng: random.Random, words: Sequence[str]) -> str:
    """A word with another letter: an edit to every engine, as a swap of two is not."""
    word = rng.choice([word for word in words if len(word) > 5])
    at = rng.randrange(len(word))
    return word[:at] + rng.choice("aeiou") + word[at + 1 :]


@dataclass(frozen=True, slots=True)
class Spent:
    """Milliseconds of some queries."""

    p50: float
    p95: float

    @classmethod
    def of(cls, times: Sequence[float]) -> Spent:
        return cls(statistics.median(times), statistics.quantiles(times, n=20)[-1])

    def __str__(self) -> str:
        return f"{self.p50:.2f}/{self.p95:.2f}"


def measure(peer: Peer, asks: Sequence[Ask]) -> tuple[Spent, Spent, list[int]]:
    """The first time of each query, its later times, and the answers."""
    first, answers = _timed(peer, asks)
    warm = [spent for _ in range(REPEATS) for spent in _timed(peer, asks)[0]]
    return Spent.of(first), Spent.of(warm), answers


def _timed(peer: Peer, asks: Sequence[Ask]) -> tuple[list[float], list[int]]:
    times, answers = [], []
    for ask in asks:
        start = time.process_time()
        answers.append(peer.ask(ask))
        times.append((time.process_time() - start) * 1_000)
    return times, answers


Table = dict[str, dict[str, Spent]]


def run(size: int, corpus: Corpus, names: Sequence[str]) -> Table:
    """Build every index of one collection and put all questions to it."""
    asks = questions(islice(collection(corpus, size), 2_000))
    table: Table = {kind: {} for kind in KINDS}
    with tempfile.TemporaryDirectory() as work:
        folder = build_ours(Path(work), collection(corpus, size))
        # The commit is seconds old: what has just been written is looked at again at every search.
        time.sleep(2.5)
        ours = Ours(folder, frozenset())
        ours.ask(Ask("phrase", ("load", "numpy")))
        expected: dict[str, list[int]] = {}
        for kind in KINDS:
            table[kind]["first"], table[kind]["newsarchive"], expected[kind] = measure(ours, asks[kind])
            _, table[kind]["forms"], _ = measure(Ours(folder, frozenset({"en"})), asks[kind])
        for name in names:
            if name == "whoosh" and size > WHOOSH_LIMIT:
                continue
            peer = PEERS[name](Path(work), collection(corpus, size))
            for kind in KINDS:
                if (name, kind) == ("fts5", "fuzzy"):
                    continue
                _, table[kind][name], answers = measure(peer, asks[kind])
                _report_differences(size, name, kind, zip(asks[kind], expected[kind], answers, strict=True))
    return table


def _report_differences(size: int, name: str, kind: str, answers: Iterable[tuple[Ask, int, int]]) -> None:
    differing = [(ask.words, ours, theirs) for ask, ours, theirs in answers if ours != theirs]
    for words, ours, theirs in differing[:3]:
        print(f"{size:,} {name} {kind} {' '.join(words)}: {theirs:,}, not {ours:,}")
    if differing:
        print(f"{size:,} {name} {kind}: {len(differing)} of {QUERIES} totals differ")


def shown(tables: Mapping[int, Table]) -> str:
    """The tables in Markdown."""
    parts = []
    for size, table in tables.items():
        columns = list(table["common"])
        lines = [f"### {size:,} articles", "", f"| ms, p50/p95 | {' | '.join(columns)} |"]
        lines.append(f"|{'---|' * (len(columns) + 1)}")
        for kind, spent in table.items():
            cells = (str(spent.get(column, "–")) for column in columns)
            lines.append(f"| {kind} | {' | '.join(cells)} |")
        parts.append("\n".join(lines))
    return "\n\n".join(parts)


def write(page: Path, tables: Mapping[int, Table]) -> None:
    """Put the tables between their marks on a page, and the plot beside it."""
    text = page.read_text(encoding="utf-8")
    before, rest = text.split(BEGIN)
    after = rest.split(END)[1]
    plot = page.with_name("search-cost.svg")
    figure = f"![Cost of a query against the size of the collection]({plot.name})"
    page.write_text(f"{before}{BEGIN}\n{shown(tables)}\n\n{figure}\n{END}{after}", encoding="utf-8")
    names = dict.fromkeys(name for table in tables.values() for name in table["common"] if name != "first")
    means = {
        name: {
            size: statistics.geometric_mean(
                spent[name].p50 for kind, spent in table.items() if kind != "fuzzy"
            )
            for size, table in tables.items()
            if name in table["common"]
        }
        for name in names
    }
    plot.write_text(
        curves(means, title="ms a query, geometric mean of p50 over all kinds but fuzzy"), encoding="utf-8"
    )


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("dataset", type=Path)
    parser.add_argument("--sizes", default="20000,60000", help="articles of each collection")
    parser.add_argument("--engines", default="fts5,tantivy", help=f"some of {', '.join(PEERS)}")
    parser.add_argument("--write", type=Path, help="the page with marks to put the tables between")
    wanted = parser.parse_args()
    corpus = Corpus.read(wanted.dataset)
    names = [name for name in wanted.engines.split(",") if name]
    tables = {size: run(size, corpus, names) for size in map(int, wanted.sizes.split(","))}
    print(shown(tables))
    if wanted.write is not None:
        write(wanted.write, tables)


if __name__ == "__main__":
    main()
