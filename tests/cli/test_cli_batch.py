"""``search --batch`` and ``export --batch`` as they are typed."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from cli_program import run


@pytest.fixture
def queries(tmp_path: Path) -> Path:
    """A list of queries, one of which can't be understood and one of which is a formula."""
    path = tmp_path / "names.txt"
    path.write_text('ferry\n"mutual aid pact"\n(pact\n=nothing+here\n')
    return path


def test_a_batch_is_a_table_with_its_errors_beside_it(sample_folder: Path, queries: Path) -> None:
    """The table goes to a file, what went wrong to whoever waits; the code says that something did."""
    found = run("--archive", sample_folder, "search", "--batch", queries, "-n", "1")
    assert found.code == 3
    assert found.err.splitlines()[0].startswith("failed: line 3, (pact: ")
    assert found.err.splitlines()[-1] == ("4 queries: 2 found something, 1 nothing, 1 could not be answered")
    assert [line.split()[-1] for line in found.out.splitlines() if "  (pact" in line] == ["(pact"]
    assert run("--archive", sample_folder, "search", "--batch", queries, "ferry").code == 2


def test_a_batch_as_csv_has_a_row_a_query_and_no_formula(sample_folder: Path, queries: Path) -> None:
    """It is opened in a spreadsheet, and queries come from strangers' lists."""
    text = run("--archive", sample_folder, "search", "--batch", queries, "--csv", "-n", "2").out
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    assert [row["line"] for row in rows] == ["1", "2", "3", "4"]
    assert rows[3]["query"] == "'=nothing+here"
    assert rows[0]["hit_1_headline"]
    assert rows[2]["error"]
    document = run("--archive", sample_folder, "search", "--batch", queries, "--json").json
    assert [str(each["total"]) for each in document["queries"]] == [row["total"] for row in rows]


def test_a_batch_is_exported_with_the_query_of_each_article(
    sample_folder: Path, queries: Path, tmp_path: Path
) -> None:
    """What a newsroom hands on: one file, and which name found which article."""
    out = tmp_path / "hits.csv"
    done = run("--archive", sample_folder, "export", "--batch", queries, "-o", out, "--fields", "id,headline")
    assert (done.code, done.err.count("failed: line 3")) == (3, 1)
    rows = list(csv.DictReader(io.StringIO(out.read_text(encoding="utf-8"), newline="")))
    assert {row["query"] for row in rows} == {"ferry", '"mutual aid pact"'}
