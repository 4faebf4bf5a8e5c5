"""Paragraphs that a page holds twice: copies for phones and for print, sentences set large in the text."""

from __future__ import annotations

from newsarchive.extraction.words.strings import key

# Shorter lines repeat within a text, and so do those that end no sentence: refrains, rows,
# ingredients, names of columns.
_LEAST = 80
_ENDS = tuple(".!?…。！？।۔؟»”\"’'")
# One repeated sentence is set large; several are a copy of the text where they are much of
# it, and else belong there (better on 8 of 1,100 labelled texts, worse on 6; without this
# condition as often worse as better).
_COPY = 0.3


def without_repeats(lines: list[str]) -> list[str]:
    """Drop long sentences that stood in lines before, but for marks and spaces."""
    repeated = _repeated(lines)
    length = sum(len(line) for line, again in zip(lines, repeated, strict=True) if again)
    if sum(repeated) > 1 and length <= _COPY * sum(map(len, lines)):
        return lines
    return [line for line, again in zip(lines, repeated, strict=True) if not again]


def _repeated(lines: list[str]) -> list[bool]:
    """For each line whether it is a long sentence that stood before, by itself or within another line."""
    names = [key(line) for line in lines]
    before = ""
    repeated: list[bool] = []
    for line, name in zip(lines, names, strict=True):
        is_sentence = len(line) >= _LEAST and line.endswith(_ENDS)
        repeated.append(is_sentence and bool(name) and name in before)
        before += f"{name}\n"
    return repeated
