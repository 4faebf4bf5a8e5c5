"""Strangers' text on a terminal: cleaned, measured in cells, wrapped."""

from __future__ import annotations

import json
import re
from typing import Any

# A terminal obeys control characters; bidi overrides make text read as what it is not.
_CONTROL = "\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff"
_ESCAPE = re.compile(
    "(?:\x1b\\[|\x9b)[0-?]*[ -/]*[@-~]"  # CSI: colours, cursor moves
    "|(?:\x1b[\\]PX^_]|[\x90\x98\x9d-\x9f])[^\x07\x1b\x9c]*(?:\x07|\x1b\\\\|\x9c)"  # OSC, DCS: titles, links
)
_UNSAFE = re.compile(f"[{_CONTROL}]")
_SPACE = re.compile("[\t\n\r\x0b\x0c\x85\u2028\u2029]+")


def clean(text: str) -> str:
    """Text on one line without anything that could drive a terminal."""
    return _UNSAFE.sub("", _SPACE.sub(" ", _ESCAPE.sub("", text)))


def clean_lines(text: str) -> str:
    """Text without anything that could drive a terminal, its lines kept."""
    return "\n".join(clean(line) for line in text.split("\n"))


def to_json(value: Any, *, indent: int | None = None) -> str:
    """JSON in UTF-8 that is safe to show: what drives a terminal stands in it as an escape."""
    text = json.dumps(value, ensure_ascii=False, indent=indent)
    return text if text.isprintable() else _UNSAFE.sub(_escape, text)


# Around a match in a text that is wrapped; cleaned text holds neither, and they take no column.
MATCH_ON, MATCH_OFF = "\x02", "\x03"


def cells(text: str) -> int:
    """The columns that a text takes: wide characters take two."""
    if MATCH_ON in text or MATCH_OFF in text:
        text = text.replace(MATCH_ON, "").replace(MATCH_OFF, "")
    if text.isascii():
        return len(text)
    from rich.cells import cell_len

    return cell_len(text)


def cut(text: str, width: int) -> str:
    """The text if it fits, else its beginning with an ellipsis."""
    # A column holds one letter; with its marks, of which this bounds the number, a few characters.
    text = text[: width * 8]
    if cells(text) <= width:
        return text
    from rich.cells import set_cell_size

    return set_cell_size(text, max(0, width - 1)).rstrip() + "…"


def pad(text: str, width: int) -> str:
    """The text, filled with spaces to a number of columns."""
    return text + " " * max(0, width - cells(text))


def wrap(text: str, width: int) -> list[str]:
    """Lines of at most ``width`` columns, broken at spaces; a longer word is cut, an address never."""
    lines: list[str] = []
    used = width + 1
    for word in text.split(" "):
        for piece in _pieces(word, width):
            length = cells(piece)
            if used + 1 + length <= width:
                lines[-1] += f" {piece}"
                used += 1 + length
            else:
                lines.append(piece)
                used = length
    return lines


def _pieces(word: str, width: int) -> list[str]:
    if not word:
        return []
    if cells(word) <= width or "://" in word:
        return [word]
    from rich.cells import chop_cells

    return chop_cells(word, max(2, width))


def _escape(match: re.Match[str]) -> str:
    # Line breaks outside strings are the layout of an indented document; inside, they are escaped already.
    return "\n" if match[0] == "\n" else f"\\u{ord(match[0]):04x}"
