"""From the matching articles of all segments to an answer: order, page, facets."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from heapq import merge
from itertools import islice

from newsarchive.search.engines import Match, Matches, SearchRequest, Sort
from newsarchive.search.text.analysis import fold
from newsarchive.search.whoosh.answer.bm25f import Fading, Scorer
from newsarchive.search.whoosh.answer.execute.execution import Execution, Order, Segment
from newsarchive.search.whoosh.answer.facet_counts import count
from newsarchive.search.whoosh.layout import ColumnName

_COLUMNS = {
    Sort.NEWEST: Order(ColumnName.PUBLISHED_KEY, descending=True),
    Sort.OLDEST: Order(ColumnName.PUBLISHED_KEY),
    Sort.CAPTURED: Order(ColumnName.CAPTURED_LAST, descending=True),
}

# The orders for which matches are scored.
RANKED = (Sort.RELEVANCE, Sort.RECENT)

Parts = Sequence[tuple[Segment, Execution]]
_Ranked = tuple[object, int, float]


def collect(parts: Parts, scorers: Sequence[Scorer], request: SearchRequest) -> Matches:
    """Give the page that is asked for, the total and the facets of all matches."""
    return Matches(
        total=sum(execution.total for _, execution in parts),
        matches=[] if request.limit == 0 else _page(parts, scorers, request),
        facets={facet: count(parts, facet) for facet in request.facets},
    )


def _page(parts: Parts, scorers: Sequence[Scorer], request: SearchRequest) -> Sequence[Match]:
    start = max(request.offset, 0)
    end = None if request.limit is None else start + request.limit
    if request.sort in RANKED:
        fading = _fading(parts) if request.sort is Sort.RECENT else None
        lists = [_by_score(execution, scorers, end, fading) for _, execution in parts]
    elif request.sort is Sort.PUBLISHER:
        lists = [_by_publisher(segment, execution, end) for segment, execution in parts]
    else:
        lists = [_by_number(execution, _COLUMNS[request.sort], end) for _, execution in parts]
    best = islice(merge(*lists), start, end)
    return [Match(article_id, score) for _, article_id, score in best]


def _by_score(
    execution: Execution, scorers: Sequence[Scorer], end: int | None, fading: Fading | None
) -> Iterator[_Ranked]:
    return ((-score, article_id, score) for score, article_id in execution.by_score(scorers, end, fading))


def _fading(parts: Parts) -> Fading:
    days = (segment.files.numbers(ColumnName.PUBLISHED_EARLIEST) for segment, _ in parts)
    return Fading(max((max(column, default=0) for column in days), default=0))


def _by_number(execution: Execution, order: Order, end: int | None) -> Iterator[_Ranked]:
    sign = -1 if order.descending else 1
    found = execution.by_column(order, end)
    return (((not key, sign * key), article_id, 0.0) for key, article_id in found)


def _by_publisher(segment: Segment, execution: Execution, end: int | None) -> Iterator[_Ranked]:
    names = segment.files.column(ColumnName.PUBLISHER).names
    ordered = ["", *sorted({name for name in names if name}, key=_alphabetical)]
    rank = {name: place for place, name in enumerate(ordered)}
    # A segment in which no publisher is stated has no names, and its column is all 0.
    ranks = [rank[name] for name in names] or [0]
    found = execution.by_column(Order(ColumnName.PUBLISHER, ranks=ranks), end)
    return (((not place, _alphabetical(ordered[place])), article_id, 0.0) for place, article_id in found)


def _alphabetical(name: str) -> tuple[str, str]:
    return fold(name), name
