"""Tables as other programs read them: nothing is lost that the format can hold."""

from __future__ import annotations

import io
import json
import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pandas
import pyarrow.parquet
import pytest
from given_articles import PLAIN, WORLD, exported, numbered

from newsarchive import Archive, Article
from newsarchive.export.clean_text import characters_of_xml
from newsarchive.export.registry import format_named
from newsarchive.export.tables.columns import COLUMNS, cell

# What no encoding can write is replaced; all else has to come back as it is.
READABLE = [article for article in WORLD if "\ud800" not in article.text]


def file_of(name: str, articles: list[Article] = READABLE, **options: Any) -> io.BytesIO:
    return io.BytesIO(exported(format_named(name), articles, **options)[""])


@pytest.mark.parametrize(("name", "separator"), [("csv", ","), ("tsv", "\t")])
def test_pandas_reads_every_row_of_a_delimited_file(name: str, separator: str) -> None:
    """Also behind newlines, quotes and control characters."""
    frame = pandas.read_csv(
        file_of(name), sep=separator, keep_default_na=False, dtype=str, lineterminator=None
    )
    assert list(frame.columns) == list(COLUMNS)
    assert list(frame["id"]) == [str(article.id) for article in READABLE]
    assert frame["headline"][0] == PLAIN.headline


def test_pandas_reads_json_lines() -> None:
    """A notebook's first line."""
    frame = pandas.read_json(file_of("jsonl"), lines=True, dtype=False)
    assert list(frame["headline"].fillna("")) == [article.headline or "" for article in READABLE]


def test_a_json_document_says_what_was_asked() -> None:
    """A file without its query is a heap of articles."""
    document = json.load(file_of("json"))
    assert (document["format"], document["query"], document["total"]) == (1, "harbour", len(READABLE))
    assert document["archive"]["last_change"] == 12
    assert [Article.from_dict(item) for item in document["articles"]] == READABLE


def test_openpyxl_reads_every_cell_of_a_worksheet_as_text() -> None:
    """A formula in a stranger's headline stays a headline."""
    sheet = openpyxl.load_workbook(file_of("xlsx"))["articles"]
    header, *rows = sheet.iter_rows()
    assert [each.value for each in header] == list(COLUMNS)
    assert len(rows) == len(READABLE)
    for article, row in zip(READABLE, rows, strict=True):
        assert {each.data_type for each in row} <= {"s", "n", "b", "inlineStr"}
        for column, each in zip(COLUMNS, row, strict=True):
            expected = cell(article, column)
            if isinstance(expected, str):
                expected = characters_of_xml(expected) or None
            assert each.value == expected


def test_a_cell_of_a_worksheet_is_never_longer_than_excel_takes() -> None:
    """Excel calls a file with a longer one damaged; emoji count twice there."""
    sheet = openpyxl.load_workbook(file_of("xlsx", numbered([Article(text="🚢" * 40_000)])))["articles"]
    assert len(sheet.cell(2, len(COLUMNS)).value.encode("utf-16-le")) <= 2 * 32_767


def test_pyarrow_reads_lists_as_lists_and_dates_as_dates() -> None:
    """With the date as its source states it beside: a month is no day."""
    table = pyarrow.parquet.read_table(file_of("parquet"))
    rows = table.to_pylist()
    assert len(rows) == len(READABLE)
    for article, row in zip(READABLE, rows, strict=True):
        assert row["authors"] == list(article.authors)
        assert row["headline"] == article.headline
        assert row["text"] == article.text
        assert row["word_count"] == article.word_count
    assert rows[0]["date_published"] == datetime(2024, 10, 30, 14, 5)
    assert rows[0]["date_published_stated"] == "2024-10-30T14:05:00+01:00"
    assert (rows[2]["date_published"].month, rows[2]["date_published_stated"]) == (3, "2020-03")
    assert rows[1]["date_published"] is None
    assert table.schema.metadata[b"newsarchive.query"] == b"harbour"
    assert str(table.schema.field("date_published").type) == "timestamp[ms]"


def test_parquet_takes_the_fields_that_are_asked_for() -> None:
    """As every table does."""
    table = pyarrow.parquet.read_table(file_of("parquet", fields="id,date_published"))
    assert table.column_names == ["id", "date_published", "date_published_stated"]


def test_a_database_answers_in_sql_and_in_full_text(tmp_path: Path) -> None:
    """Any tool for SQLite reads it, without newsarchive."""
    (tmp_path / "a.db").write_bytes(file_of("sqlite").getvalue())
    with closing(sqlite3.connect(tmp_path / "a.db")) as database:
        rows = database.execute("SELECT id, headline, authors, text FROM articles ORDER BY id").fetchall()
        assert rows == [
            (article.id, article.headline, json.dumps(article.authors, ensure_ascii=False), article.text)
            for article in READABLE
        ]
        found = database.execute("SELECT rowid FROM articles_fts WHERE articles_fts MATCH 'ferry AND quay'")
        assert (1,) in found.fetchall()
        for table in ("revisions", "captures"):
            assert database.execute(f"SELECT count(*) FROM {table}").fetchone()[0] == len(READABLE)
        assert database.execute("SELECT value FROM export WHERE name = 'query'").fetchone() == ("harbour",)
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert database.execute("PRAGMA foreign_key_check").fetchall() == []


def test_a_folder_for_datasette_names_its_facets() -> None:
    """``datasette serve articles.db -m metadata.json`` shows publishers and authors beside the rows."""
    files = exported(format_named("datasette"), READABLE)
    assert set(files) == {"articles.db", "metadata.json"}
    table = json.loads(files["metadata.json"])["databases"]["articles"]["tables"]["articles"]
    assert "publisher" in table["facets"]
    assert table["fts_table"] == "articles_fts"


def test_results_become_a_table_with_dates_as_dates(sample_folder: Path) -> None:
    """The way from a search to a notebook is one call."""
    with Archive.open(sample_folder) as archive:
        results = archive.search("harbour", limit=None)
        frame = results.to_pandas()
        assert list(frame["id"]) == [hit.article.id for hit in results]
        assert list(frame["score"]) == [hit.score for hit in results]
        assert str(frame["date_published"].dtype).startswith("datetime64")
        assert results.to_arrow().num_rows == results.total
        assert archive.search("zzzzzz").to_pandas().empty
