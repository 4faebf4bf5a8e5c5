"""Strings from strangers' pages: made plain, compared, capped."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable

# Characters that no reader sees: control characters except white space, soft
# hyphen, zero-width space, word joiner, byte order mark, half surrogates,
# non-characters, and the overrides that make a terminal show a text backwards.
# The zero-width (non-)joiners stay: Persian and Hindi are spelled with them.
_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u200b\u202a-\u202e\u2060\u2066-\u2069\ufeff\ud800-\udfff\ufffe\uffff]"
)
_NOT_WORD = re.compile(r"[\W_]+")
_MARKUP = re.compile(r"</?[a-zA-Z][^<>]*>")
# A field of metadata is a line; what is longer is a mistake of the page or an attack.
MAX_FIELD = 5_000


def visible(text: str) -> str:
    """Drop the characters that no reader sees."""
    return _UNSEEN.sub("", text)


def squeeze(text: str) -> str:
    """Make one line of visible characters with single spaces."""
    return " ".join(visible(text).split())


def key(text: str) -> str:
    """What two strings share that differ in case, spaces and punctuation only."""
    return _NOT_WORD.sub("", text).casefold()


def plain(value: object) -> str | None:
    """Make one line of a metadata value: entities decoded, markup dropped; None where nothing is left."""
    if not isinstance(value, str):
        return None
    text = value[:MAX_FIELD]
    if "&" in text:
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
