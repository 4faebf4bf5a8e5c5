"""Paragraphs of plain text: by blank lines, by lines, or by undoing a hard wrap."""

from __future__ import annotations

from itertools import pairwise

from newsarchive.extraction.words.strings import visible

# A hard-wrapped text fills its lines: measured on newswire, nine lines in ten of a wrapped
# text are over half as long as its longest, which no editor's paragraphs are.
_WIDEST = 120
_FILLED = 0.55
_FILLED_SHARE = 0.7
_ENDS = tuple(".!?…。！？؟।:;\"'”’»)】」")


def paragraphs(text: str) -> list[str]:
    """Split a text into paragraphs, each on one line.

    Blank lines separate paragraphs where there are any. A wrapped line is
    joined to its paragraph; a line that stands for itself is a paragraph.
    """
    lines = visible(text).splitlines()
    wrapped = is_wrapped(lines)
    width = max((len(line) for line in lines), default=0)
    found: list[str] = []
    current: list[str] = []
    for line in lines:
        bare = " ".join(line.split())
        if not bare or not wrapped:
            _close(current, found)
        if bare:
            if wrapped and current and line[:1] in " \t":
                _close(current, found)
            current.append(bare)
            if wrapped and len(line) < _FILLED * width and bare.endswith(_ENDS):
                _close(current, found)
    _close(current, found)
    return found


def is_wrapped(lines: list[str]) -> bool:
    """Whether lines end where a column ended, not where a paragraph did."""
    bare = [line.rstrip() for line in lines]
    filled = [len(line) for line, text in zip(lines, bare, strict=True) if text]
    widest = max(filled, default=0)
    if len(filled) < 2 or widest > _WIDEST:
        return False
    inner = [
        (len(line), text.endswith(_ENDS))
        for line, (text, following) in zip(lines, pairwise(bare), strict=False)
        if text and following
    ]
    if not inner:
        return False
    long = sum(length >= _FILLED * widest for length, _ in inner)
    unended = sum(not ended for _, ended in inner)
    return long >= _FILLED_SHARE * len(inner) and unended * 2 >= len(inner)


def _close(current: list[str], found: list[str]) -> None:
    if current:
        found.append(" ".join(current))
        current.clear()
