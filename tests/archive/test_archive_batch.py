"""A batch of queries: what each finds, in a table, and all of their matches in one export."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from newsarchive import Archive
from newsarchive.errors import ExportError, InvalidArgument, QueryError

QUERIES = ["ferry", '"mutual aid pact"', "(pact", "no such word here"]


@pytest.fixture
def archive(sample_folder: Path) -> Archive:
    """An archive that is only read."""
    return Archive.open(sample_folder)


def test_each_query_of_a_batch_finds_what_a_search_of_its_own_finds(archive: Archive) -> None:
    """A table that counts otherwise than the search would send its reader astray."""
    with archive:
        for line in archive.batch(["ferry", "harbour OR port", "lang:de"]).results(top=2):
            alone = archive.search(line.query, limit=2, facets=["day"])
            days = [day for day in alone.facets["day"] if day]
            assert line.total == alone.total > 0
            assert [article.id for article in line.top] == [hit.id for hit in alone if not hit.partial]
            assert (line.first, line.last) == (min(days), max(days))


def test_a_query_that_cannot_be_understood_is_an_error_of_its_line(archive: Archive) -> None:
    """One slip in a list of thousands stops nothing, and is named."""
    with archive:
        results = archive.batch(QUERIES).results()
        assert [line.error is not None for line in results] == [False, False, True, False]
        assert [line.line for line in results.failed] == [3]
        assert results.to_dict()["queries"][2]["error"]["hint"] == "add the ) that is missing"
        assert (results.found, results.lines[3].total) == (2, 0)


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        (
            "names.txt",
            "ferry\n\n  Mara Lindqvist \r\n#pact\n",
            [(1, "ferry"), (3, "Mara Lindqvist"), (4, "#pact")],
        ),
        ("one.csv", '"mutual aid, pact"\nferry\n', [(1, "mutual aid, pact"), (2, "ferry")]),
        ("named.csv", 'name;Query\nA;"""aid\npact"""\nB;ferry\nC\n', [(2, '"aid\npact"'), (4, "ferry")]),
        ("tabs.tsv", "query\tnote\nferry, port\tx\n", [(2, "ferry, port")]),
    ],
    ids=["list", "table of one column", "table with a header", "tabs"],
)
def test_queries_are_read_with_the_lines_that_they_stand_in(
    archive: Archive, tmp_path: Path, name: str, content: str, expected: list[tuple[int, str]]
) -> None:
    """An error names a line that its reader can find again in the file."""
    path = tmp_path / name
    path.write_bytes(b"\xef\xbb\xbf" + content.encode())
    with archive:
        assert [(line.line, line.query) for line in archive.batch(path).results(top=0)] == expected


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("empty.txt", b"\n \n"),
        ("latin.txt", b"caf\xe9\n"),
        ("wide.csv", b"a,b\nc,d\n"),
        ("open.csv", b'query\n"a\n'),
    ],
    ids=["empty", "another encoding", "no column of queries", "an open quotation"],
)
def test_a_file_that_holds_no_queries_is_refused(
    archive: Archive, tmp_path: Path, name: str, content: bytes
) -> None:
    """Guessing which column is meant, or what a letter is, would ask other queries than were written."""
    (tmp_path / name).write_bytes(content)
    with archive, pytest.raises(QueryError) as caught:
        archive.batch(tmp_path / name)
    assert caught.value.hint


def test_what_is_no_batch_is_refused_at_once(archive: Archive) -> None:
    """The slip is told where it was made."""
    with archive:
        for wrong in (5, b"ferry", ["ferry", 5]):
            with pytest.raises(InvalidArgument):
                archive.batch(wrong)  # type: ignore[arg-type]


def test_an_export_has_each_match_with_its_query_beside_it(archive: Archive) -> None:
    """An article that answers two queries is two rows: which query found what is the point of it."""
    with archive:
        batch, table, lines = archive.batch(QUERIES), io.BytesIO(), io.BytesIO()
        written = batch.export(to=table, format="csv", fields="id")
        assert [line.line for line in written.failed] == [3]
        expected = [
            (query, str(found)) for query in ("ferry", '"mutual aid pact"') for found in archive.ids(query)
        ]
        rows = csv.DictReader(io.StringIO(table.getvalue().decode(), newline=""))
        assert [(row["query"].lstrip("'"), row["id"]) for row in rows] == expected
        batch.export(to=lines, format="jsonl")
        objects = list(map(json.loads, lines.getvalue().splitlines()))
        assert [(each["query"], str(each["id"])) for each in objects] == expected
        assert "text" in objects[0]


@pytest.mark.parametrize("form", ["tsv", "json", "xlsx", "parquet"])
def test_every_table_takes_a_batch(archive: Archive, form: str) -> None:
    """The query stands before the columns of the article in all of them."""
    with archive:
        stream = io.BytesIO()
        assert archive.batch(["ferry"]).export(to=stream, format=form).rows == archive.search("ferry").total
        assert stream.getvalue()


def test_a_format_without_rows_takes_no_batch(archive: Archive, tmp_path: Path) -> None:
    """A book has no place beside an article, and would hold it twice."""
    with archive, pytest.raises(ExportError) as caught:
        archive.batch(["ferry"]).export(to=tmp_path / "book.epub")
    assert "csv" in str(caught.value.hint)
