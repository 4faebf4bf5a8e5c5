"""Paragraphs that a page holds twice: copies for phones and for print, sentences set large in the text."""

from __future__ import annotations

import re

from newsarchive.base.scripts import UNSPACED

_WORD = re.compile(f"[{UNSPACED}]|[^\\W{UNSPACED}]+")
# Shorter lines repeat within a text, and so do those that end no sentence: refrains, rows,
# ingredients, names of columns.
_LEAST = 80
_ENDS = tuple(".!?…。！？।۔؟»”\"’'")
# A copy may differ in marks and spaces; paragraphs that differ in a number are two.
_RUN = 4
# One repeated sentence is set large; several are a copy of the text where they are much of
# it, and else belong there (better on 8 of 1,100 labelled texts, worse on 6; without this
# condition as often worse as better).
_COPY = 0.3


def without_repeats(lines: list[str]) -> list[str]:
    """Drop long sentences all of whose runs of four words stood in lines before."""
    repeated = _repeated(lines)
    length = sum(len(line) for line, again in zip(lines, repeated, strict=True) if again)
    if sum(repeated) > 1 and length <= _COPY * sum(map(len, lines)):
        return lines
    return [line for line, again in zip(lines, repeated, strict=True) if not again]


def _repeated(lines: list[str]) -> list[bool]:
    seen: set[tuple[str, ...]] = set()
    repeated: list[bool] = []
    for line in lines:
        words = _WORD.findall(line.casefold())
        own = set(zip(*(words[at:] for at in range(_RUN)), strict=False))
        is_sentence = len(line) >= _LEAST and line.endswith(_ENDS)
        repeated.append(is_sentence and bool(own) and own <= seen)
        seen |= own
    return repeated
