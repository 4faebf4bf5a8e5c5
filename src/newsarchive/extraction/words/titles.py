"""What one title is to another: the same, a part of it, or much like it; and where it names the site."""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import Enum
from functools import lru_cache
from itertools import accumulate

from newsarchive.extraction.words.strings import key

# What stands between the parts of a title: a mark, or a hyphen with space around it.
_MARKS = r"\s*[|｜·•ǀ]+\s*|\s[–—―»«‹›~]+\s+|\s-+\s+|--+|\s*::+\s*|\s[/:]\s+|_+"
_SEPARATOR = PARTING = re.compile(rf"{_MARKS}|:\s+")
# A colon parts a kicker from its headline, but hardly ever a headline from its site.
_BEFORE_SITE = re.compile(_MARKS)
_COLON = re.compile(r"[:：]")
# Shorter names ("bbc") are parts of too many words.
_MIN_NAME = 4
# A site's name comes with a word or two: "The", "Online", "News".
_BESIDE_NAME = 12
_MIN_PART = 8
# What templates leave where there was no name to write.
_LOOSE_ENDS = " |｜·•–—-"


class Relation(Enum):
    """How a shorter title stands in a longer one."""

    SAME = "the same words"
    AFTER_KICKER = "its end: what stands before is a kicker"
    BEFORE_SUFFIX = "its beginning: what stands behind is a suffix"


def relation(longer: str, shorter: str, *, loose: bool = False) -> Relation | None:
    """Tell how ``shorter`` stands in ``longer``; None where it doesn't, as a part of its own.

    A part is parted by a separator, or, where ``loose``, by as little as a space:
    the spans of a heading leave nothing else.
    """
    whole, part = key(longer), key(shorter)
    if whole == part:
        return Relation.SAME
    if not _MIN_PART <= len(part) < len(whole):
        return None
    if whole.endswith(part) and _parted(longer, len(whole) - len(part), loose=loose):
        return Relation.AFTER_KICKER
    if whole.startswith(part) and _parted(longer, len(part), loose=loose, colon=not loose):
        return Relation.BEFORE_SUFFIX
    return None


def _parted(text: str, letters: int, *, loose: bool, colon: bool = True) -> bool:
    """Whether a separator follows the first ``letters`` letters of a text."""
    gap = _gap_after(text, letters)
    if not colon and _COLON.search(gap):
        return False
    return bool(gap) and (loose or _SEPARATOR.search(f"x{gap}x") is not None)


def _gap_after(text: str, letters: int) -> str:
    """What stands between the letters before and the letters after; empty inside a word."""
    totals = accumulate(map(_letters, text), initial=0)
    start = next((index for index, total in enumerate(totals) if total >= letters), len(text))
    if len(key(text[:start])) != letters:
        return ""
    rest = text[start:]
    return rest[: next((index for index, char in enumerate(rest) if key(char)), len(rest))]


@lru_cache(maxsize=5_000)
def _letters(char: str) -> int:
    """How many letters of a title a character is; titles are compared letter by letter."""
    return len(key(char))


def likeness(one: str, other: str) -> float:
    """The share of pairs of neighboring letters that two texts have in common, in any script: 0 to 1."""
    first, second = _pairs(one), _pairs(other)
    return 2 * len(first & second) / (len(first) + len(second))


@lru_cache(maxsize=256)
def _pairs(text: str) -> frozenset[str]:
    letters = key(text)
    return frozenset(letters[index : index + 2] for index in range(len(letters) - 1)) or frozenset((letters,))


def without_site(title: str, sites: Iterable[str]) -> str:
    """Drop the site's name from the end of a title, with what follows it, and from its beginning."""
    keys = {key(site) for site in sites} - {"", key(title)}
    ends = (
        mark.start()
        for mark in _BEFORE_SITE.finditer(title)
        if title[: mark.start()].strip()
        if names_site(_part_after(title, mark.end()), keys) or key(title[mark.end() :]) in keys
    )
    bare = title[: next(ends, len(title))].rstrip(_LOOSE_ENDS)
    return _without_prefix(bare, keys) or title


def _part_after(title: str, start: int) -> str:
    following = _BEFORE_SITE.search(title, start)
    return title[start : following.start() if following else len(title)]


def _without_prefix(title: str, sites: set[str]) -> str:
    mark = _SEPARATOR.search(title)
    rest = title[mark.end() :].strip() if mark else ""
    return rest if mark and rest and key(title[: mark.start()]) in sites else title


def names_site(text: str, sites: Iterable[str]) -> bool:
    """Whether a text is a site's name, a word or two more or less; ``sites`` are given by their keys."""
    name = key(text)
    return any(name == site or _is_variant(name, site) for site in sites)


def _is_variant(name: str, site: str) -> bool:
    if min(len(name), len(site)) < _MIN_NAME:
        return False
    return (site in name and len(name) - len(site) <= _BESIDE_NAME) or (
        name in site and 2 * len(name) > len(site)
    )
