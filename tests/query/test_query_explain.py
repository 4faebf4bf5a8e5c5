"""A query in words."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from test_query_format import trees

from newsarchive.query import Query, parse
from newsarchive.query.explain import explain

TODAY = date(2024, 10, 30)


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("", ["all articles"]),
        ("troops", ["articles with the word “troops” in any form"]),
        ("-troops", ["articles without the word “troops” in any form"]),
        ("penta*", ["articles with a word that begins with “penta”"]),
        ('author:"Ana  Lima"', ["articles with exactly “Ana Lima” in an author's name"]),
        ('"a b"~1', ["articles with “a b” in any order, at most 1 other word between them"]),
        ("headline:wom?n", ["articles with a word of the shape “wom?n” in the headline"]),
        ("zelensky~2", ["articles with a word like “zelensky”, up to 2 letters different"]),
        ("published:2024-10", ["articles with a publication date from 2024-10-01 to 2024-10-31"]),
        ("captured:2024-10-05..", ["articles with a capture from 2024-10-05 on"]),
        ("modified:..2024-10-05", ["articles with a date of change up to 2024-10-05"]),
        (
            "published:yesterday",
            ["articles with a publication date on 2024-10-29 (“yesterday”)", "today is 2024-10-30"],
        ),
        ("words:>500", ["articles with at least 501 words in the text"]),
        ("words:..1500", ["articles with at most 1,500 words in the text"]),
        ("words:100..500", ["articles with 100 to 500 words in the text"]),
        ("words:7", ["articles with 7 words in the text"]),
        ("lang:pt-BR", ["articles with the language “pt-br”"]),
        ("url:example.com/a", ["articles with an address at “example.com/a”"]),
        ("is:revised", ["articles with more than one text, captured at different times"]),
        ("-has:author", ["articles without an author"]),
        ("confidence:low", ["articles with a publication date of low confidence"]),
        ("query:x", ["articles with what the saved search “x” asks for"]),
        (
            "a -(b c) (d OR e)^2",
            [
                "articles with all of these:",
                "  · the word “a” in any form",
                "  · without all of these together:",
                "    · the word “b” in any form",
                "    · the word “c” in any form",
                "  · any of these, which counts 2 times in the order:",
                "    · the word “d” in any form",
                "    · the word “e” in any form",
            ],
        ),
        (
            "-(a OR b)",
            [
                "articles without any of these:",
                "  · the word “a” in any form",
                "  · the word “b” in any form",
            ],
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_query_is_said_in_words(text: str, lines: list[str]) -> None:
    """Who sees how a query was read sees why it found what it found."""
    assert explain(parse(text, today=TODAY), today=TODAY).split("\n") == lines


@settings(deadline=None)
@given(trees)
def test_every_query_can_be_said_and_each_part_has_its_line(query: Query) -> None:
    """Text of the query can't add lines of its own."""
    lines = explain(query, today=TODAY).split("\n")
    assert lines[0].split()[0] in ("articles", "all")
    assert all(line.strip().startswith("·") for line in lines[1:])
