"""Cleaning, measuring and wrapping strangers' text; bars and gaps."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from newsarchive.base.periods import Period
from newsarchive.cli.commands.count.timeline import fill_gaps
from newsarchive.cli.render.terminal_text import cells, clean, cut, to_json, wrap

# Lone surrogates too: file names hold them.
TEXT = st.text(st.characters(codec=None), max_size=200)


@given(TEXT)
def test_cleaned_text_is_one_safe_line(text: str) -> None:
    """Whatever a page says, a terminal gets a line of it; cleaning again changes nothing."""
    cleaned = clean(text)
    assert not any(ord(letter) < 32 or 0x7F <= ord(letter) < 0xA0 for letter in cleaned)
    cleaned.encode("utf-8")
    assert clean(cleaned) == cleaned


@given(st.recursive(TEXT, lambda inner: st.lists(inner) | st.dictionaries(TEXT, inner), max_leaves=5))
def test_safe_json_says_the_same(value: object) -> None:
    """Escapes change what a terminal is sent, not what a script reads."""
    text = to_json(value, indent=2)
    text.encode("utf-8")
    assert "\x9b" not in text
    assert "\u202e" not in text
    assert json.loads(text) == json.loads(json.dumps(value))


@given(st.text(max_size=200).map(clean), st.integers(2, 60))
def test_wrapped_lines_fit_and_keep_every_letter(text: str, width: int) -> None:
    """No line breaks in the terminal, and no word is lost."""
    lines = wrap(text, width)
    # An address that is broken can't be copied.
    assert all(cells(line) <= width or "://" in line for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")


@given(st.text(max_size=100).map(clean), st.integers(2, 40))
def test_a_cut_text_fits(text: str, width: int) -> None:
    """Wide letters take two columns."""
    assert cells(cut(text, width)) <= width


def test_escape_sequences_go_as_a_whole() -> None:
    """What is left of a sequence would be noise in a headline."""
    assert clean("a\x1b[1;31mb\x1b]8;;http://evil.example\x1b\\c\x1b]0;title\x07d\ne") == "abcd e"


def test_gaps_are_filled_and_long_ones_told() -> None:
    """A short gap is seen; a century of empty bars is not shown."""
    assert fill_gaps({"2023-11": 1, "2024-02": 2}, Period.MONTH) == (
        {"2023-11": 1, "2023-12": 0, "2024-01": 0, "2024-02": 2},
        {},
    )
    assert fill_gaps({"1900": 1, "2000": 1}, Period.YEAR) == ({"1900": 1, "2000": 1}, {"1900": 99})
    assert list(fill_gaps({"2024-02-28": 1, "2024-03-01": 1}, Period.DAY)[0]) == [
        "2024-02-28",
        "2024-02-29",
        "2024-03-01",
    ]
