"""Measure how well answers are ranked, beside SQLite FTS5 and tantivy, both stemming, in one run.

    python benchmarks/ranking.py ROWS.jsonl.gz [--each 200] [--depth 100]
    python benchmarks/ranking.py FOLDER

Prints mean average precision and nDCG@10 for docs/performance.md: over a judged set that is
made from the rows' own labels (judged.py says how), or over all collections of a folder, each
with docs.jsonl.gz (id, headline, text, language), queries.jsonl and qrels.tsv. Questions are
plain words, as each engine takes them. Needs the extra ``bench``.
"""

from __future__ import annotations

import argparse
import gzip
import json
import math
import random
import sqlite3
import statistics
import sys
import tempfile
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path

from judged import Judged, Row, judged_queries, plain_words
from newsarchive import Archive

# Of a collection with more questions, a sample.
_MOST_QUESTIONS = 300
# Text in, ids of rows out, best first.
Engine = Callable[[str], Sequence[str]]


def average_precision(ranked: Sequence[str], relevant: frozenset[str]) -> float:
    found, total = 0, 0.0
    for rank, row in enumerate(ranked, start=1):
        if row in relevant:
            found += 1
            total += found / rank
    return total / len(relevant)


def ndcg_at_10(ranked: Sequence[str], relevant: frozenset[str]) -> float:
    gain = sum(1 / math.log2(rank + 1) for rank, row in enumerate(ranked[:10], start=1) if row in relevant)
    ideal = sum(1 / math.log2(rank + 1) for rank in range(1, min(10, len(relevant)) + 1))
    return gain / ideal


def score(engine: Engine, queries: Sequence[Judged]) -> list[tuple[float, float]]:
    scores = []
    for query in queries:
        ranked = [row for row in engine(query.text) if row != query.made_from]
        scores.append((average_precision(ranked, query.relevant), ndcg_at_10(ranked, query.relevant)))
    return scores


def fts5(rows: Sequence[Row], depth: int) -> Engine:
    """Any of the words, stemmed by Porter, ranked by FTS5's own bm25."""
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE VIRTUAL TABLE rows USING fts5(id UNINDEXED, title, body, tokenize='porter')")
    connection.executemany(
        "INSERT INTO rows VALUES (?, ?, ?)", [(row["id"], row["title"], row["body"]) for row in rows]
    )

    def search(text: str) -> list[str]:
        match = " OR ".join(f'"{word}"' for word in text.split())
        found = connection.execute(
            "SELECT id FROM rows WHERE rows MATCH ? ORDER BY rank LIMIT ?", (match, depth)
        )
        return [row for (row,) in found]

    return search


def tantivy(rows: Sequence[Row], depth: int) -> Engine:
    """Any of the words, stemmed for English, ranked by tantivy's own BM25."""
    import tantivy as peer

    builder = peer.SchemaBuilder()
    builder.add_text_field("id", stored=True, tokenizer_name="raw")
    builder.add_text_field("title", tokenizer_name="en_stem")
    builder.add_text_field("body", tokenizer_name="en_stem")
    index = peer.Index(builder.build())
    writer = index.writer()
    for row in rows:
        writer.add_document(peer.Document(id=row["id"], title=row["title"] or "", body=row["body"]))
    writer.commit()
    index.reload()
    searcher = index.searcher()

    def search(text: str) -> list[str]:
        hits = searcher.search(index.parse_query(text, ["title", "body"]), depth).hits
        return [searcher.doc(address)["id"][0] for _, address in hits]

    return search


def ours(archive: Archive, depth: int) -> Engine:
    """A question as typed into ``newsarchive search``: all of the words, then the best partial matches."""
    with closing(sqlite3.connect(archive.folder / "archive.db")) as connection:
        identities = connection.execute("SELECT id, identity FROM articles").fetchall()
    row_of = {article: identity.rpartition("/")[2] for article, identity in identities}

    def search(text: str) -> list[str]:
        hits = archive.search(text, limit=depth).hits
        return [row_of[hit.article.id] for hit in hits if hit.article.id is not None]

    return search


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("rows", type=Path)
    parser.add_argument("--each", type=int, default=200)
    parser.add_argument("--depth", type=int, default=100)
    parser.add_argument("--only", choices=("newsarchive", "FTS5", "tantivy"))
    options = parser.parse_args()
    if options.rows.is_dir():
        compare_collections(options.rows, options.depth, options.only)
        return
    with gzip.open(options.rows, "rt", encoding="utf-8") as lines:
        rows = [row for row in map(json.loads, lines) if row.get("body")]
    queries = judged_queries(rows, each=options.each)
    with tempfile.TemporaryDirectory() as folder, Archive.open(folder, create=True) as archive:
        for _ in archive.add([options.rows]):
            pass
        engines = {
            "newsarchive": ours(archive, options.depth),
            "FTS5": fts5(rows, options.depth),
            "tantivy": tantivy(rows, options.depth),
        }
        chosen = {name: engine for name, engine in engines.items() if options.only in (None, name)}
        report({name: score(engine, queries) for name, engine in chosen.items()}, queries)


def compare_collections(folder: Path, depth: int, only: str | None) -> None:
    """A row a collection, a column an engine."""
    means: dict[str, list[tuple[float, float]]] = {}
    for collection in sorted(path for path in folder.iterdir() if path.is_dir()):
        found = compare(collection, depth, only)
        if not means:
            print(f"| MAP / nDCG@10 | {' | '.join(found)} |\n|{'---|' * (len(found) + 1)}")
        for name, pair in found.items():
            means.setdefault(name, []).append(pair)
        print(f"| {collection.name} | {' | '.join(map(as_cell, found.values()))} |", flush=True)
    print(f"| mean | {' | '.join(as_cell(mean(pairs)) for pairs in means.values())} |")


def compare(collection: Path, depth: int, only: str | None) -> dict[str, tuple[float, float]]:
    rows, queries = read_collection(collection)
    with tempfile.TemporaryDirectory() as folder, Archive.open(Path(folder) / "a", create=True) as archive:
        source = Path(folder) / f"{collection.name}.jsonl"
        source.write_text("\n".join(map(json.dumps, rows)) + "\n", encoding="utf-8")
        for _ in archive.add([source]):
            pass
        plain = [{"id": row["id"], "title": row["headline"], "body": row["text"]} for row in rows]
        engines = {"newsarchive": ours(archive, depth)}
        if only != "newsarchive":
            engines |= {"FTS5": fts5(plain, depth), "tantivy": tantivy(plain, depth)}
        return {
            name: mean(score(engine, queries)) for name, engine in engines.items() if only in (None, name)
        }


def read_collection(folder: Path) -> tuple[list[Row], list[Judged]]:
    relevant: dict[str, set[str]] = {}
    for line in (folder / "qrels.tsv").read_text(encoding="utf-8").splitlines():
        query, row, _ = line.split("\t")
        relevant.setdefault(query, set()).add(row)
    asked = [query for query in read_lines(folder / "queries.jsonl") if query["id"] in relevant]
    asked = random.Random(7).sample(asked, _MOST_QUESTIONS) if len(asked) > _MOST_QUESTIONS else asked
    queries = [Judged("judged", plain_words(each["text"]), frozenset(relevant[each["id"]])) for each in asked]
    return read_lines(folder / "docs.jsonl"), queries


def read_lines(path: Path) -> list[Row]:
    packed = path.with_name(f"{path.name}.gz")
    with (
        gzip.open(packed, "rt", encoding="utf-8") if packed.exists() else path.open(encoding="utf-8") as lines
    ):
        return [json.loads(line) for line in lines]


def mean(pairs: Sequence[tuple[float, float]]) -> tuple[float, float]:
    first, second = (statistics.fmean(values) for values in zip(*pairs, strict=True))
    return first, second


def as_cell(pair: tuple[float, float]) -> str:
    return f"{pair[0]:.3f} / {pair[1]:.3f}"


def report(scores: dict[str, list[tuple[float, float]]], queries: Sequence[Judged]) -> None:
    kinds = sorted({query.kind for query in queries})
    heads = [f"{kind} ({sum(query.kind == kind for query in queries)})" for kind in kinds]
    print(f"| MAP / nDCG@10 | {' | '.join(heads)} | mean |\n|{'---|' * (len(kinds) + 2)}")
    for name, pairs in scores.items():
        cells = []
        for kind in kinds:
            of_kind = [pair for pair, query in zip(pairs, queries, strict=True) if query.kind == kind]
            cells.append(tuple(statistics.fmean(values) for values in zip(*of_kind, strict=True)))
        cells.append(tuple(statistics.fmean(values) for values in zip(*cells, strict=True)))
        print(f"| {name} | {' | '.join(f'{a:.3f} / {b:.3f}' for a, b in cells)} |")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
