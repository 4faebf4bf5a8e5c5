"""CSV, TSV and JSON Lines, and back."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from typing import Any

import pytest
from given_articles import PLAIN, exported, numbered
from hypothesis import given
from hypothesis import strategies as st

from newsarchive import Article, Confidence, PartialDate
from newsarchive.export.registry import format_named
from newsarchive.export.tables.columns import COLUMNS
from newsarchive.export.tables.delimited import defuse

_TEXT = st.text(max_size=20)
_FORMULA = st.sampled_from(
    [
        "=1+1",
        "+1",
        "-1",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        " =1",
        "|x",
        "%x",
        "＝1",
        "x;=1",
        "a\n-1",
        'b,"@x',
        "\t\n;=1",
    ]
)
_CELL = st.one_of(_TEXT, _FORMULA)
_MAYBE = st.none() | _CELL

ARTICLES = st.builds(
    Article,
    headline=_MAYBE,
    description=_MAYBE,
    authors=st.lists(_CELL, max_size=3).map(tuple),
    keywords=st.lists(_CELL, max_size=3).map(tuple),
    publisher=_MAYBE,
    section=_MAYBE,
    url=_MAYBE,
    image=_MAYBE,
    language=_MAYBE,
    is_accessible_for_free=st.none() | st.booleans(),
    text=_CELL,
    date_published=st.none() | st.dates().map(PartialDate.from_date),
    date_confidence=st.none() | st.sampled_from(Confidence),
    id=st.integers(1, 10**9),
)
DELIMITED = pytest.mark.parametrize(("name", "separator"), [("csv", ","), ("tsv", "\t")])


def bytes_of(name: str, articles: Sequence[Article], **options: Any) -> bytes:
    return exported(format_named(name), articles, **options)[""]


def rows_of(name: str, separator: str, articles: Sequence[Article], **options: Any) -> list[list[str]]:
    data = bytes_of(name, articles, **options).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(data, newline=""), delimiter=separator, strict=True))


@given(articles=st.lists(ARTICLES, max_size=4))
def test_json_lines_give_the_articles_back(articles: list[Article]) -> None:
    """An export is a copy, not a picture of one."""
    lines = bytes_of("jsonl", articles).split(b"\n")
    assert lines.pop() == b""
    assert [Article.from_dict(json.loads(line)) for line in lines] == articles


@DELIMITED
@given(articles=st.lists(ARTICLES, max_size=4))
def test_every_cell_comes_back_but_for_the_mark_before_formulas(
    name: str, separator: str, articles: list[Article]
) -> None:
    """RFC 4180 as Python's own reader takes it: newlines, quotes, separators and all scripts."""
    header, *rows = rows_of(name, separator, articles)
    assert tuple(header) == COLUMNS
    for article, row in zip(articles, rows, strict=True):
        cells = dict(zip(header, row, strict=True))
        for column in ("headline", "description", "publisher", "section", "url", "image", "text"):
            assert cells[column] == defuse(getattr(article, column) or "", separator=separator)
        assert cells["authors"] == defuse("; ".join(article.authors), separator=separator)
        assert (
            cells["is_accessible_for_free"]
            == {None: "", True: "true", False: "false"}[article.is_accessible_for_free]
        )


@DELIMITED
@pytest.mark.parametrize("opened_at", [",", ";", "\t", "|"])
@given(articles=st.lists(ARTICLES, min_size=1, max_size=3))
def test_no_cell_is_a_formula_whatever_separator_the_spreadsheet_takes(
    name: str, separator: str, opened_at: str, articles: list[Article]
) -> None:
    """A headline must not run commands on the desk of who opens it; a German Excel parts at semicolons."""
    del separator
    data = bytes_of(name, articles).decode("utf-8")
    rows = csv.reader(io.StringIO(data, newline=""), delimiter=opened_at)
    for cell in (cell for row in rows for cell in row):
        assert not cell.lstrip(' \u00a0"').startswith(("=", "+", "-", "@", "|", "%", "＝", "＋", "－", "＠"))


def test_csv_ends_lines_as_rfc_4180_says() -> None:
    """CRLF, also after the last row; quotes only where they are needed."""
    data = bytes_of("csv", [Article(id=1, headline='Say "no", twice', text="a\nb")])
    assert data.endswith(b'"a\nb"\r\n')
    assert b'"Say ""no"", twice"' in data
    assert data.count(b"\r\n") == 2


@DELIMITED
def test_excel_gets_a_byte_order_mark_and_cells_that_it_can_hold(name: str, separator: str) -> None:
    """Without the mark it reads UTF-8 as the code page of the system; longer cells spill into other rows."""
    articles = numbered([PLAIN, Article(text="x" * 100_000)])
    assert bytes_of(name, articles, excel=True).startswith(b"\xef\xbb\xbfid")
    assert not bytes_of(name, articles).startswith(b"\xef\xbb\xbf")
    rows = rows_of(name, separator, articles, excel=True)
    assert max(len(cell) for row in rows for cell in row) == 32_767


@DELIMITED
@pytest.mark.parametrize("given", ["headline,id", ("headline", "id"), "headline, id,headline"], ids=repr)
def test_fields_choose_the_columns_and_their_order(name: str, separator: str, given: object) -> None:
    """A spreadsheet of three columns is read, one of sixteen is not."""
    rows = rows_of(name, separator, numbered([PLAIN]), fields=given)
    assert rows == [["headline", "id"], [PLAIN.headline, "1"]]


def test_fields_choose_the_keys_of_json_lines() -> None:
    """Evidence is most of an export; who does not need it leaves it out."""
    (line,) = bytes_of("jsonl", numbered([PLAIN]), fields="headline,authors").splitlines()
    assert json.loads(line) == {"headline": PLAIN.headline, "authors": list(PLAIN.authors)}
    assert list(json.loads(line)) == ["headline", "authors"]
