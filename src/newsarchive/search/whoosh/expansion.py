"""Which terms of a dictionary a beginning, a shape or a similar word stands for."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from newsarchive.errors import QueryError
from newsarchive.search.whoosh.layout import Field
from newsarchive.search.whoosh.plan import Beginning, Expansion, Shape, Similar
from newsarchive.search.whoosh.segment import SegmentFiles
from newsarchive.search.whoosh.terms import Entry

# Reading a term's postings takes about 30 microseconds: this many, a third of a second.
MAX_EXPANSIONS = 10_000


def expand(files: SegmentFiles, field: Field, expansion: Expansion) -> tuple[Entry, ...]:
    """The entries of all terms that are meant. Raises QueryError where they are too many."""
    found = list[Entry]()
    for entry in _matching(files, field, expansion):
        if len(found) == MAX_EXPANSIONS:
            raise QueryError(
                f"more than {MAX_EXPANSIONS:,} words are like {_typed(expansion)!r}",
                hint="type more letters",
            )
        found.append(entry)
    return tuple(found)


def _matching(files: SegmentFiles, field: Field, expansion: Expansion) -> Iterator[Entry]:
    match expansion:
        case Beginning(prefix):
            return (entry for _, entry in files.terms(field, prefix))
        case Shape(pattern):
            literal = re.split(r"[*?]", pattern, maxsplit=1)[0]
            fits = shape(pattern).fullmatch
            return (entry for term, entry in files.terms(field, literal.encode()) if fits(term.decode()))
        case Similar(word, edits):
            is_near = nearness(word, edits)
            return (entry for term, entry in files.terms(field, b"") if is_near(term.decode()))


def _typed(expansion: Expansion) -> str:
    match expansion:
        case Beginning(prefix):
            return f"{prefix.decode()}*"
        case Shape(pattern):
            return pattern
        case Similar(word, edits):
            return f"{word}~{edits}"


def shape(pattern: str) -> re.Pattern[str]:
    """A pattern with ``*`` and ``?`` as a regular expression for one line.

    What stands between two stars is taken where it comes first, and for good
    (atomic groups): if that can't lead to a match, nothing later can. So the
    time is linear in the term for every part of the pattern.
    """
    first, *others = [_literal(part) for part in re.split(r"\*+", pattern)]
    if not others:
        return re.compile(first)
    *middle, last = others
    return re.compile(first + "".join(f"(?>.*?{part})" for part in middle if part) + ".*" + last)


def _literal(part: str) -> str:
    return "".join("." if character == "?" else re.escape(character) for character in part)


def nearness(word: str, edits: int) -> Callable[[str], bool]:
    """A test for words at most ``edits`` edits away.

    An edit inserts, leaves out or changes one character, or swaps two neighbors
    (optimal string alignment: nothing is edited twice).
    """
    return lambda term: abs(len(term) - len(word)) <= edits and _is_near(word, term, edits)


def _is_near(a: str, b: str, edits: int) -> bool:
    at, shorter = 0, min(len(a), len(b))
    while at < shorter and a[at] == b[at]:
        at += 1
    a, b = a[at:], b[at:]
    if not edits or not a or not b:
        return max(len(a), len(b)) <= edits
    left = edits - 1
    if abs(len(a) - len(b)) > edits:
        return False
    if _is_near(a[1:], b[1:], left) or _is_near(a[1:], b, left) or _is_near(a, b[1:], left):
        return True
    return a[:2] == b[1::-1] and len(b) > 1 and _is_near(a[2:], b[2:], left)
