"""Carries out plans on open segments, and keeps what it has read of them for the next search."""

from __future__ import annotations

from collections.abc import Sequence
from weakref import WeakKeyDictionary

from newsarchive.search.engine import Matches, SearchRequest, Sort
from newsarchive.search.whoosh.collect import collect
from newsarchive.search.whoosh.execution import Execution, Segment
from newsarchive.search.whoosh.layout import ColumnName
from newsarchive.search.whoosh.lookup import Lookup
from newsarchive.search.whoosh.on_sets import SetExecution
from newsarchive.search.whoosh.plan import Plan, scored_leaves
from newsarchive.search.whoosh.ranking import Scorer, scorer
from newsarchive.search.whoosh.segment import SegmentFiles


class Searcher:
    """Searches segments. Threads may share it and take turns."""

    def __init__(self) -> None:
        self._lookups = WeakKeyDictionary[SegmentFiles, Lookup]()

    def search(self, segments: Sequence[Segment], plan: Plan, request: SearchRequest) -> Matches:
        """Answer a request whose query is ``plan``. Raises QueryError for one that is too costly."""
        parts = [(segment, self._execute(segment, plan)) for segment in segments]
        scorers = self._scorers(segments, plan) if request.sort is Sort.RELEVANCE else ()
        return collect(parts, scorers, request)

    def _execute(self, segment: Segment, plan: Plan) -> Execution:
        return SetExecution(segment, self._lookup(segment), plan)

    def _lookup(self, segment: Segment) -> Lookup:
        found = self._lookups.get(segment.files)
        if found is None:
            found = self._lookups[segment.files] = Lookup(segment.files)
        return found

    def _scorers(self, segments: Sequence[Segment], plan: Plan) -> Sequence[Scorer]:
        total = sum(segment.files.count - len(segment.deleted) for segment in segments)
        average = _average_length(segments)
        lookups = [self._lookup(segment) for segment in segments]
        return [
            scorer(
                leaf,
                frequencies=list(
                    map(sum, zip(*(lookup.frequencies(leaf) for lookup in lookups), strict=True))
                ),
                total=total,
                average=average,
            )
            for leaf in scored_leaves(plan)
        ]


def _average_length(segments: Sequence[Segment]) -> float:
    words = sum(sum(segment.files.numbers(ColumnName.WORDS)) for segment in segments)
    return words / max(1, sum(segment.files.count for segment in segments))
