"""References as reference managers take them."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
import rispy
from bibtexparser.entrypoint import parse_string
from given_articles import (
    EMPTY,
    GUESSED,
    MONTH_ONLY,
    PLAIN,
    SCRIPTS,
    WORLD,
    GivenArticles,
    exported,
    numbered,
)

from newsarchive import Archive, Article
from newsarchive.errors import ArticleNotFound, ExportError
from newsarchive.export.clean_text import one_line
from newsarchive.export.references.citing import STYLES, cite
from newsarchive.export.registry import format_named

TEX = pytest.mark.parametrize("name", ["bibtex", "biblatex"])


def text_of(name: str, articles: list[Article]) -> str:
    return exported(format_named(name), articles)[""].decode()


def entries(name: str, articles: list[Article]) -> list[dict[str, str]]:
    library = parse_string(text_of(name, articles))
    assert library.failed_blocks == []
    return [
        {"key": entry.key, **{field.key: field.value for field in entry.fields}} for entry in library.entries
    ]


def test_rispy_reads_every_record() -> None:
    """A headline with "ER  - " in it must not end its record."""
    records = rispy.loads(text_of("ris", WORLD))
    assert len(records) == len(WORLD)
    first = records[0]
    assert first["type_of_reference"] == "NEWS"
    assert first["title"] == PLAIN.headline
    assert first["authors"] == ["Overby, Tamsin", "Meridian Wire"]
    assert (first["year"], first["date"]) == ("2024", "2024/10/30/")
    assert first["secondary_title"] == PLAIN.publisher
    assert first["urls"] == [PLAIN.url]
    assert first["keywords"] == list(PLAIN.keywords)
    for article, record in zip(WORLD, records, strict=True):
        assert record["title"] == (one_line(article.headline).replace("\ud800", "\ufffd") or "(no headline)")


@TEX
def test_bibtexparser_reads_every_entry(name: str) -> None:
    """Braces, percent signs and commands of strangers stay text."""
    found = entries(name, WORLD)
    assert len(found) == len({entry["key"] for entry in found}) == len(WORLD)
    first = found[0]
    assert first["key"] == "overby2024-1"
    assert first["title"].strip("{}") == PLAIN.headline
    assert first["author"] == "Overby, Tamsin and {Meridian Wire}"
    assert first["url"] == PLAIN.url


@TEX
def test_no_command_of_a_stranger_reaches_latex(name: str) -> None:
    r"""A headline with \\input would read a file of whoever sets the bibliography."""
    data = text_of(name, WORLD)
    assert not re.search(r"\\(?!textbackslash|textbrace|textascii|textquotedbl|[$&#%_])", data)
    depth = 0
    for letter in data:
        depth += {"{": 1, "}": -1}.get(letter, 0)
        assert depth >= 0
    assert depth == 0


def test_biblatex_says_newspaper_and_marks_dates_that_are_guesses() -> None:
    """A month stays a month; a question mark is ISO 8601-2 for uncertain."""
    found = entries("biblatex", numbered([PLAIN, MONTH_ONLY, GUESSED, EMPTY]))
    assert [entry.get("date") for entry in found] == ["2024-10-30", "2020-03", "2025-01-01?", None]
    assert {entry["entrysubtype"] for entry in found} == {"newspaper"}
    assert found[0]["urldate"] == "2024-11-02"
    assert found[0]["journaltitle"] == PLAIN.publisher


def test_csl_json_keeps_the_precision_of_dates() -> None:
    """As a list of year, month and day as far as they are known."""
    items = json.loads(text_of("csl-json", numbered([PLAIN, MONTH_ONLY, GUESSED, EMPTY, SCRIPTS[0]])))
    assert [item.get("issued", {}).get("date-parts") for item in items] == [
        [[2024, 10, 30]],
        [[2020, 3]],
        [[2025, 1, 1]],
        None,
        [[2024, 10, 30]],
    ]
    assert ["circa" in item.get("issued", {}) for item in items] == [False, False, True, False, False]
    assert items[0]["author"] == [{"family": "Overby", "given": "Tamsin"}, {"literal": "Meridian Wire"}]
    assert items[4]["author"] == [{"family": "王", "given": "小明"}]


@pytest.mark.parametrize("name", ["ris", "bibtex", "biblatex", "csl-json"])
def test_every_reference_says_where_it_was_archived(name: str) -> None:
    """Day, archive, article, revision and digest: a reader can ask for the very bytes."""
    source = GivenArticles(numbered([GUESSED]))
    data = text_of(name, numbered([GUESSED]))
    digest = source.captures(1)[0].sha256
    for part in ("archived 2024-11-02", "article 1 of", "revision 1", digest, "uncertain"):
        assert part in data


@pytest.mark.parametrize("style", STYLES)
def test_citations_name_author_title_paper_and_year(style: str) -> None:
    """By citeproc-py, in every style that has a short name here."""
    plain, month, guess, empty, chinese = cite(
        GivenArticles(numbered([PLAIN, MONTH_ONLY, GUESSED, EMPTY, SCRIPTS[0]])), style=style, locale="en-US"
    )
    for part in ("Overby", "Meridian Wire", "Harbour Post", "2024"):
        assert part in plain.text
    assert "erry" in plain.text
    assert "2020" in month.text
    assert "uncertain" in guess.text
    assert "uncertain" not in plain.text
    assert empty.text
    assert "王小明" in chinese.text
    assert "archived 2024-11-02" in str(plain)


@pytest.mark.parametrize(
    ("style", "text"),
    [
        (
            "apa",
            "Overby, T., & Meridian Wire. (2024, October 30). Ferry returns to Port Almar. Harbour Post. ",
        ),
        (
            "mla",
            "Overby, Tamsin, and Meridian Wire. “Ferry Returns to Port Almar”. Harbour Post, 30 Oct. 2024, ",
        ),
    ],
)
def test_a_citation_is_that_of_its_handbook(style: str, text: str) -> None:
    """Given names are whole or initials as the style says."""
    (cited,) = cite(GivenArticles(numbered([PLAIN])), style=style, locale="en-US")
    assert cited.text.startswith(text)


@pytest.mark.parametrize(
    ("asked", "hint"),
    [({"style": "appa"}, "apa"), ({"style": "../../x"}, "styles"), ({"locale": "zz"}, "en-US")],
    ids=["near", "path", "locale"],
)
def test_a_style_that_is_not_there_is_an_error(sample_folder: Any, asked: dict[str, str], hint: str) -> None:
    """With what to choose instead."""
    with Archive.open(sample_folder) as archive, pytest.raises(ExportError) as caught:
        archive.cite(1, **asked)
    assert hint in (caught.value.hint or "")


def test_an_archive_cites_by_id_in_the_order_asked_for(sample_folder: Any) -> None:
    """And an id that is not there is an error, not a gap."""
    with Archive.open(sample_folder) as archive:
        assert [each.article_id for each in archive.cite([3, 1])] == [3, 1]
        with pytest.raises(ArticleNotFound):
            archive.cite([1, 9999])
