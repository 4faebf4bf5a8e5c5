"""From matching articles of all segments to an answer: total, order, page, facets."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from heapq import nsmallest

from newsarchive.search.engine import FacetField, Match, Matches, SearchRequest, Sort
from newsarchive.search.whoosh.execute import SegmentSearch
from newsarchive.search.whoosh.layout import AUTHOR_SEPARATOR, ColumnName, key_parts
from newsarchive.search.whoosh.plan import Plan, Scored, scored_leaves
from newsarchive.search.whoosh.ranking import add_scores, rarity
from newsarchive.search.whoosh.segment import SegmentFiles

_NAMES = {
    FacetField.PUBLISHER: ColumnName.PUBLISHER,
    FacetField.LANGUAGE: ColumnName.LANGUAGE,
    FacetField.SECTION: ColumnName.SECTION,
    FacetField.AUTHOR: ColumnName.AUTHORS,
}


@dataclass(frozen=True, slots=True)
class Segment:
    """An opened segment as of one commit: its files, and which of its articles are deleted."""

    files: SegmentFiles
    deleted: frozenset[int]


@dataclass(frozen=True, slots=True)
class _Found:
    """The matching articles of one segment."""

    segment: Segment
    search: SegmentSearch
    numbers: set[int]


def collect(segments: Sequence[Segment], plan: Plan, request: SearchRequest) -> Matches:
    """Carry out a plan on all segments and give the page that is asked for."""
    found = [_find(segment, plan) for segment in segments]
    if request.sort is Sort.RELEVANCE:
        ordered = _by_relevance(found, segments, scored_leaves(plan))
    else:
        ordered = _by_date(found, newest_first=request.sort is Sort.NEWEST)
    return Matches(
        total=sum(len(part.numbers) for part in found),
        matches=_page(ordered, request),
        facets={facet: _count(found, facet) for facet in request.facets},
    )


def _find(segment: Segment, plan: Plan) -> _Found:
    search = SegmentSearch(segment.files)
    return _Found(segment, search, search.matches(plan) - segment.deleted)


def _page(ordered: Iterator[tuple[float, int, float]], request: SearchRequest) -> Sequence[Match]:
    """The page of (order, id, score) triples, smallest order first and ties by id."""
    offset = max(request.offset, 0)
    best = sorted(ordered) if request.limit is None else nsmallest(offset + request.limit, ordered)
    return [Match(article_id, score) for _, article_id, score in best[offset:]]


def _by_date(found: Iterable[_Found], *, newest_first: bool) -> Iterator[tuple[float, int, float]]:
    sign = -1 if newest_first else 1
    for part in found:
        ids = part.segment.files.numbers(ColumnName.ID)
        keys = part.segment.files.numbers(ColumnName.PUBLISHED_KEY)
        for number in part.numbers:
            key = keys[number]
            yield (sign * key if key else float("inf")), ids[number], 0.0


def _by_relevance(
    found: Sequence[_Found], segments: Sequence[Segment], leaves: Sequence[Scored]
) -> Iterator[tuple[float, int, float]]:
    total = sum(segment.files.count - len(segment.deleted) for segment in segments)
    matching = {leaf: sum(len(part.search.weights(leaf)) for part in found) for leaf in leaves}
    average = _average_length(segments) if leaves else 1.0
    for part in found:
        scores = dict.fromkeys(part.numbers, 0.0)
        for leaf in leaves:
            add_scores(
                scores,
                leaf,
                part.search.weights(leaf),
                # Deleted articles still count as matching until a merge drops them.
                rarity=rarity(min(matching[leaf], total), total),
                words=part.segment.files.numbers(ColumnName.WORDS),
                average=average,
            )
        ids = part.segment.files.numbers(ColumnName.ID)
        yield from ((-score, ids[number], score) for number, score in scores.items())


def _average_length(segments: Sequence[Segment]) -> float:
    words = sum(sum(segment.files.numbers(ColumnName.WORDS)) for segment in segments)
    return words / max(1, sum(segment.files.count for segment in segments))


def _count(found: Iterable[_Found], facet: FacetField) -> Mapping[str, int]:
    if facet in _NAMES:
        return _count_names(found, _NAMES[facet])
    return _count_dates(found, facet)


def _count_names(found: Iterable[_Found], name: ColumnName) -> Mapping[str, int]:
    counts: Counter[str] = Counter()
    for part in found:
        column = part.segment.files.column(name)
        for at, count in Counter(map(column.numbers.__getitem__, part.numbers)).items():
            # An author named twice in one byline is one author.
            for value in set(column.names[at].split(AUTHOR_SEPARATOR)) - {""}:
                counts[value] += count
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def _count_dates(found: Iterable[_Found], facet: FacetField) -> Mapping[str, int]:
    """A date counts in the periods it names: "1987-03" in its year and month, but in no day."""
    days: Counter[int] = Counter()
    for part in found:
        keys = part.segment.files.numbers(ColumnName.PUBLISHED_KEY)
        days.update(keys[number] // 86_400 for number in part.numbers)
    counts: Counter[str] = Counter()
    for day, count in days.items():
        period = _period(day * 86_400, facet)
        if period is not None:
            counts[period] += count
    return dict(sorted(counts.items()))


def _period(key: int, facet: FacetField) -> str | None:
    year, month, day = key_parts(key)
    if not year:
        return None
    if facet is FacetField.YEAR:
        return f"{year:04}"
    if facet is FacetField.MONTH:
        return f"{year:04}-{month:02}" if month else None
    return f"{year:04}-{month:02}-{day:02}" if day else None
