"""Strings from strangers' pages: made plain, compared, capped."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable

# Characters that no reader sees: control characters except white space, soft
# hyphen, zero-width space, word joiner, byte order mark, half surrogates, marks of
# direction, non-characters, and the overrides that make a terminal show a text backwards.
# The zero-width (non-)joiners stay: Persian and Hindi are spelled with them.
_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\ud800-\udfff\ufffe\uffff]"
)
_FEEDLESS = "\u3000-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff"
# Line feeds between Han letters and kana are a matter of the source's layout (CSS Text 3, 4.1.3).
_UNSPACED_FEED = re.compile(f"(?<=[{_FEEDLESS}])[ \t\r]{{0,99}}\n\\s{{0,99}}(?=[{_FEEDLESS}])")
_NOT_WORD = re.compile(r"[\W_]+")
_MARKUP = re.compile(r"</?[a-zA-Z][^<>]*>")
# A field of metadata is a line; what is longer is a mistake of the page or an attack.
MAX_FIELD = 5_000
_MOST_ESCAPES = 2


def visible(text: str) -> str:
    """Drop the characters that no reader sees."""
    return _UNSEEN.sub("", text)


def squeeze(text: str) -> str:
    """Make one line of visible characters with single spaces."""
    return " ".join(visible(text).split())


def one_line(text: str) -> str:
    """Make one line with single spaces; a line feed within a script without spaces is none."""
    if "\n" in text and not text.isascii():
        text = _UNSPACED_FEED.sub("", text)
    return " ".join(text.split())


def key(text: str) -> str:
    """What two strings share that differ in case, spaces and punctuation only."""
    return _NOT_WORD.sub("", text).casefold()


def plain(value: object) -> str | None:
    """Make one line of a metadata value: entities decoded, markup dropped; None where nothing is left."""
    if not isinstance(value, str):
        return None
    text = value[:MAX_FIELD]
    # Templates escape what is escaped already.
    for _ in range(_MOST_ESCAPES):
        if "&" not in text:
            break
        text = html.unescape(text)
    # Newswire writes <SRD> for a share: only what closes its tags is markup.
    if "</" in text or "/>" in text:
        text = _MARKUP.sub("", text)
    return squeeze(text) or None


def distinct(values: Iterable[str]) -> tuple[str, ...]:
    """Drop what repeats an earlier value but for case, spaces and punctuation."""
    first: dict[str, str] = {}
    for value in values:
        first.setdefault(key(value) or value, value)
    return tuple(first.values())
