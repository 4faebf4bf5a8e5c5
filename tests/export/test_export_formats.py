"""Articles to bytes and back."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsarchive import Article, Confidence, PartialDate
from newsarchive.export import EXPORTERS
from newsarchive.export.delimited import COLUMNS, defuse

_TEXT = st.text(max_size=20)
_FORMULA = st.sampled_from(["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "|x", "%x", "＝1"])
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


def exported(name: str, articles: list[Article]) -> bytes:
    """What an exporter writes."""
    stream = io.BytesIO()
    assert EXPORTERS[name](iter(articles), stream) == len(articles)
    return stream.getvalue()


@pytest.mark.parametrize("name", EXPORTERS)
def test_every_exporter_leaves_its_stream_open(name: str) -> None:
    """The stream is its owner's: standard output, often."""
    stream = io.BytesIO()
    assert EXPORTERS[name](iter([Article(text="x")]), stream) == 1
    assert not stream.closed


@pytest.mark.parametrize("name", EXPORTERS)
def test_no_exporter_stumbles_over_what_no_encoding_can_write(name: str) -> None:
    """One bad character must not lose an export of a million articles."""
    assert b"before" in exported(name, [Article(headline="before \ud800 after", text="\x00")])


@given(articles=st.lists(ARTICLES, max_size=4))
def test_json_lines_give_the_articles_back(articles: list[Article]) -> None:
    """An export is a copy, not a picture of one."""
    lines = exported("jsonl", articles).split(b"\n")
    assert lines.pop() == b""
    assert [Article.from_dict(json.loads(line)) for line in lines] == articles


@given(articles=st.lists(ARTICLES, max_size=4))
def test_csv_gives_every_cell_back_but_for_the_mark_before_formulas(articles: list[Article]) -> None:
    """RFC 4180 as Python's own reader takes it: newlines, quotes, commas and all scripts."""
    data = exported("csv", articles).decode("utf-8")
    header, *rows = csv.reader(io.StringIO(data, newline=""), strict=True)
    assert tuple(header) == COLUMNS
    for article, row in zip(articles, rows, strict=True):
        cells = dict(zip(header, row, strict=True))
        for column in ("headline", "description", "publisher", "section", "url", "image", "text"):
            assert cells[column] == defuse(getattr(article, column) or "")
        assert cells["authors"] == defuse("; ".join(article.authors))
        assert (
            cells["is_accessible_for_free"]
            == {None: "", True: "true", False: "false"}[article.is_accessible_for_free]
        )


@given(articles=st.lists(ARTICLES, min_size=1, max_size=3))
def test_no_cell_of_a_csv_is_a_formula(articles: list[Article]) -> None:
    """A headline must not run commands on the desk of who opens the file."""
    rows = csv.reader(io.StringIO(exported("csv", articles).decode("utf-8"), newline=""))
    for cell in (cell for row in rows for cell in row):
        assert not cell.lstrip(" \u00a0").startswith(("=", "+", "-", "@", "\t", "\r", "\n", "|", "%"))


def test_csv_ends_lines_as_rfc_4180_says() -> None:
    """CRLF, also after the last row; quotes only where they are needed."""
    data = exported("csv", [Article(id=1, headline='Say "no", twice', text="a\nb")])
    assert data.endswith(b'"a\nb"\r\n')
    assert b'"Say ""no"", twice"' in data
    assert data.count(b"\r\n") == 2


@pytest.mark.parametrize("name", EXPORTERS)
def test_every_exporter_streams(name: str) -> None:
    """An article is on its way before the next is read."""
    stream = io.BytesIO()
    sizes = []

    def articles() -> Iterator[Article]:
        for number in range(3):
            sizes.append(len(stream.getvalue()))
            yield Article(id=number, text="x")

    EXPORTERS[name](articles(), stream)
    assert sizes == sorted(set(sizes))
