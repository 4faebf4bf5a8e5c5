"""Words near each other: what a query asks for, and the stretches of a text that hold it."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence

from newsarchive.base.frozen import frozen
from newsarchive.search.text.analysis import Analyzer, QueryTerms, is_paired


@frozen
class Member:
    """One word of the query: its terms in a row, the positions they take up, how often it was typed."""

    wanted: QueryTerms
    width: int
    count: int


def members(text: str, analyzer: Analyzer) -> tuple[Member, ...]:
    """The words between the spaces of a text; those without a letter or digit are left out."""
    wanted = Counter(analyzer.query_terms(word) for word in text.split())
    return tuple(Member(terms, _width(terms), count) for terms, count in wanted.items() if terms.terms)


def stretches(
    places: Sequence[Sequence[int]], wanted: Sequence[Member], distance: int
) -> Iterator[tuple[int, int]]:
    """Where a text has all members with at most ``distance`` positions besides theirs, in order.

    ``places`` are the positions at which each member starts, ascending. A
    stretch is its first position and the one after its last. Members that are
    not the same may overlap.
    """
    longest = sum(member.width * member.count for member in wanted) + distance
    for first in sorted({place for found in places for place in found}):
        ends = []
        for found, member in zip(places, wanted, strict=True):
            last = bisect_left(found, first) + member.count - 1
            if last >= len(found) or found[last] + member.width > first + longest:
                break
            ends.append(found[last] + member.width)
        else:
            yield first, max(ends)


def _width(wanted: QueryTerms) -> int:
    """Positions taken up: one a term, and the second character of a closing pair stands at one of its own."""
    last = wanted.terms[-1] if wanted.terms else ""
    return len(wanted.terms) + (len(last) == 2 and is_paired(last))
