"""Which terms are like what was typed: of a pattern with wildcards, or a few edits away."""

from __future__ import annotations

import re
from collections.abc import Callable

from newsarchive.search.text.analysis import Analyzer

Test = Callable[[str], bool]
# Words up to this length have to be as typed: nearly all other short words are within one edit of them.
LONGEST_EXACT = 2


def wildcard_tests(pattern: str, analyzer: Analyzer) -> tuple[Test, ...]:
    """What the terms at consecutive positions have to pass to be of a pattern."""
    return tuple(_matches(shape(part)) for part in analyzer.patterns(pattern))


def fuzzy_tests(word: str, edits: int, analyzer: Analyzer) -> tuple[Test, ...]:
    """What the terms at consecutive positions have to pass to be similar to a word."""
    return tuple(nearness(term, edits) for term in analyzer.query_terms(word).terms)


def shape(pattern: str) -> re.Pattern[str]:
    """A folded pattern with ``*`` and ``?`` as an expression for whole terms.

    What stands between two stars is taken where it comes first, and for good
    (atomic groups): if that can't lead to a match, nothing later can. So the
    time is linear in the term for every part of the pattern.
    """
    first, *others = (_literal(part) for part in re.split(r"\*+", pattern))
    if not others:
        return re.compile(first, re.DOTALL)
    *middle, last = others
    return re.compile(first + "".join(f"(?>.*?{part})" for part in middle if part) + f".*{last}", re.DOTALL)


def nearness(word: str, edits: int) -> Test:
    """A test for terms at most ``edits`` edits away; a word of one or two letters has to be the term.

    An edit inserts, leaves out or changes one character, or swaps two neighbors
    (optimal string alignment: nothing is edited twice).
    """
    allowed = 0 if len(word) <= LONGEST_EXACT else edits
    letters = frozenset(word)
    # An edit adds at most one letter, so comparing sets of letters first spares comparing most terms.
    return lambda term: len(letters.difference(term)) <= allowed and _is_near(word, term, allowed)


def _literal(part: str) -> str:
    return "".join("." if character == "?" else re.escape(character) for character in part)


def _matches(pattern: re.Pattern[str]) -> Test:
    return lambda term: pattern.fullmatch(term) is not None


def _is_near(one: str, other: str, edits: int) -> bool:
    if abs(len(one) - len(other)) > edits:
        return False
    at, shorter = 0, min(len(one), len(other))
    while at < shorter and one[at] == other[at]:
        at += 1
    one, other = one[at:], other[at:]
    if not edits or not one or not other:
        return max(len(one), len(other)) <= edits
    left = edits - 1
    if one[:2] == other[1::-1] and len(other) > 1 and _is_near(one[2:], other[2:], left):
        return True
    return (
        _is_near(one[1:], other[1:], left) or _is_near(one[1:], other, left) or _is_near(one, other[1:], left)
    )
