"""The grammar of the reference page, as a generator: whatever it derives is a query."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from newsarchive.errors import QuerySyntaxError
from newsarchive.query import (
    DateField,
    Flag,
    MarkField,
    NumberField,
    Presence,
    TextField,
    format_query,
    parse,
)
from newsarchive.query.fields import FIELDS
from newsarchive.query.parser import MAX_LENGTH, MAX_NESTING, MAX_PATTERNS

PAGE = (Path(__file__).parents[2] / "docs/reference/query-language.md").read_text(encoding="utf-8")
(GRAMMAR,) = re.findall(r"^```ebnf\n(.*?)^```$", PAGE, re.DOTALL | re.MULTILINE)
TODAY = date(2024, 10, 30)
# What the grammar says in words.
SPECIALS = {
    "inside": ["mutual defense", "pentag* (a) -b OR ^2", "a", "中国 9", "x:y ~5"],
    "word": "troops U.S. AT&T o'neill #cop29 10:30 中国 क्षेत्र 50% And 3:1 x-OR a~b https://a.example/b".split(),
    "wildcard": "wom?n *gate p*tagon a?b* anti-*ism ?ing".split(),
    "distance": ["0", "5", "99"],
    "number": ["3", "0.5", ".5", "100"],
    # All of them hold today, so that no range ends before it begins.
    "date": ["2024", "2024-10", "2024-10-30", "today", '"30 Oct 2024"', '"last 3 months"', "this-week"],
    "numbers": ["500", ">500", "<=9", "100..500", "..3", "0.."],
    "tag": ["en", "pt-BR", "zh-Hans"],
    "address": ["example.com", "https://example.com/a?b=c", "example.com/world"],
    "name": ["strikes", "north-korea"],
    "mark": ["todo", "ukraine/*", '"ask Ana"'],
    "space": [" ", "  ", "\t\n"],
}
# In scripts without spaces, "~" after a word is refused; in a URL, it is a part of it.
UNSPACED = re.compile(r"(?:中国|https?:[^ ]*|3:1|10:30|a~b)~[12]?")
Production = Callable[[random.Random, int], str]


def tokens(text: str) -> Iterator[str]:
    text = re.sub(r"\(\*.*?\*\)", "", text, flags=re.DOTALL)
    yield from re.findall(r"\"[^\"]*\"|'[^']*'|\?.*? \?|[\w-]+|[=,|;(){}\[\]]", text, re.DOTALL)


class Grammar:
    """Rules as read from EBNF, deriving sentences at random; deep down, the shortest."""

    def __init__(self, text: str) -> None:
        self.rules: dict[str, Production] = {}
        self._tokens = list(tokens(text))
        self._name = ""
        while self._tokens:
            self._name = self._take()
            assert self._take() == "="
            self.rules[self._name] = self._choice()
            assert self._take() == ";"

    def derive(self, rule: str, rng: random.Random, depth: int = 0) -> str:
        return self.rules[rule](rng, depth + 1)

    def _take(self) -> str:
        return self._tokens.pop(0)

    def _choice(self) -> Production:
        options = [self._sequence()]
        while self._tokens[0] == "|":
            self._take()
            options.append(self._sequence())
        return lambda rng, depth: (options[-1] if depth > 12 else rng.choice(options))(rng, depth)

    def _sequence(self) -> Production:
        parts = [self._part()]
        while self._tokens[0] == ",":
            self._take()
            parts.append(self._part())
        return lambda rng, depth: "".join(part(rng, depth) for part in parts)

    def _part(self) -> Production:
        token = self._take()
        if token in "([{":
            inner = self._choice()
            assert self._take() == {"(": ")", "[": "]", "{": "}"}[token]
            most = {"(": None, "[": 1, "{": 2}[token]
            if most is None:
                return inner
            return lambda rng, depth: "".join(
                inner(rng, depth) for _ in range(0 if depth > 12 else rng.randint(0, most))
            )
        if token[0] in "\"'":
            return lambda rng, depth: token[1:-1]
        if token[0] == "?":
            examples = SPECIALS[self._name]
            return lambda rng, depth: rng.choice(examples)
        return lambda rng, depth: self.derive(token, rng, depth)


READ = Grammar(GRAMMAR)


def test_the_grammar_names_every_field_and_value() -> None:
    """What is missing there is missing from the specification."""
    named = set(tokens(GRAMMAR))
    quoted = {f'"{name}' for name in FIELDS}
    assert {word.rstrip('":') for word in named} >= quoted
    assert {
        f'"{value}"' for value in (*TextField, *DateField, *NumberField, *MarkField, *Flag, *Presence)
    } - {'"any"'} <= named
    assert set(SPECIALS) <= set(READ.rules)


@pytest.mark.parametrize("seed", range(40))
def test_what_the_grammar_derives_is_a_query(seed: int) -> None:
    """The page is the specification: nothing that it allows may be refused, and its tree can be written."""
    rng = random.Random(seed)
    for _ in range(50):
        text = READ.derive("query", rng)
        patterns = text.count("~") + text.count("?") + text.count("*")
        if len(text) > MAX_LENGTH or text.count("(") > MAX_NESTING or patterns > MAX_PATTERNS:
            continue
        if UNSPACED.search(text):
            continue
        query = parse(text, today=TODAY)
        assert parse(format_query(query), today=TODAY) == query, text


@pytest.mark.parametrize("rule", sorted(READ.rules))
def test_no_rule_of_the_grammar_is_without_use(rule: str) -> None:
    """A rule that nothing leads to is a leftover."""
    assert rule == "query" or len(re.findall(rf"(?<![\w\"-]){rule}(?![\w\"-])", GRAMMAR)) > 1


@pytest.mark.parametrize(
    "text", ["a ^2", "- a", "headline: a", "author:(a published:2024)", "a~3", '"a b"~', "wom?n~"]
)
def test_what_the_grammar_does_not_derive_is_refused(text: str) -> None:
    """Else it would say less than is true."""
    with pytest.raises(QuerySyntaxError):
        parse(text, today=TODAY)
