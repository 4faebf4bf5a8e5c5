"""Which terms of a dictionary a beginning, a shape or a similar word stands for."""

from __future__ import annotations

import re
from collections.abc import Iterator

from newsarchive.errors import QueryError
from newsarchive.search.alike import nearness, shape
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
