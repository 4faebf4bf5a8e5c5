"""Carries out plans on open segments, and keeps what it has read of them for the next search."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from newsarchive.search.engines import Matches, SearchRequest
from newsarchive.search.whoosh.answer.bm25f import ALL_WORDS, ANY_WORD, Scorer, Tuning, scorer
from newsarchive.search.whoosh.answer.collect import RANKED, collect
from newsarchive.search.whoosh.answer.execute.execution import Execution, Segment
from newsarchive.search.whoosh.answer.execute.on_sets import SetExecution
from newsarchive.search.whoosh.answer.execute.term_lookup import Lookup
from newsarchive.search.whoosh.answer.plan.nodes import Plan, Scored, has_alternatives, scored_leaves
from newsarchive.search.whoosh.answer.plan.term_expansion import check
from newsarchive.search.whoosh.segment.segment import SegmentFiles

# Importing numpy takes 80 ms: as long as Python's own sets take to read about this many postings.
_WORTH_NUMPY = 100_000


class Executor(Protocol):
    """Carries out plans; remembers of a segment what it computes until the segment is forgotten."""

    def execute(self, segment: Segment, lookup: Lookup, plan: Plan) -> Execution:
        """Find what matches in one segment."""

    def forget(self, files: SegmentFiles) -> None:
        """Drop what is remembered of a segment that is closed."""


class SetExecutor:
    """Executes on Python's own sets; remembers nothing."""

    def execute(self, segment: Segment, lookup: Lookup, plan: Plan) -> Execution:
        """Find what matches in one segment."""
        return SetExecution(segment, lookup, plan)

    def forget(self, files: SegmentFiles) -> None:
        """Nothing is remembered."""


class Searcher:
    """Searches segments. Threads may share it and take turns.

    ``executor`` None means: on sets as long as the searches so far are not worth
    loading numpy, then on arrays. What else the process has loaded changes nothing.
    """

    def __init__(self, executor: Executor | None = None) -> None:
        self._executor = executor
        self._lookups: dict[SegmentFiles, Lookup] = {}
        self._postings = 0

    def search(
        self, segments: Sequence[Segment], plan: Plan, request: SearchRequest, hints: Sequence[Plan] = ()
    ) -> Matches:
        """Answer a request whose query is ``plan``. Raises QueryError for one that is too costly."""
        self._keep([segment.files for segment in segments])
        lookups = [self._lookups[segment.files] for segment in segments]
        executor = self._choose(lookups, plan)
        check(plan, lookups)
        parts = [
            (segment, executor.execute(segment, lookup, plan))
            for segment, lookup in zip(segments, lookups, strict=True)
        ]
        scorers: list[Scorer] = []
        if request.sort in RANKED:
            tuning = ANY_WORD if has_alternatives(plan) else ALL_WORDS
            scorers += _scorers(segments, lookups, scored_leaves(plan), tuning)
            leaves = [leaf for hint in hints for leaf in scored_leaves(hint)]
            scorers += (scorer.as_hint() for scorer in _scorers(segments, lookups, leaves, tuning))
        return collect(parts, scorers, request)

    def _keep(self, opened: Sequence[SegmentFiles]) -> None:
        """Remember these segments and no others."""
        if list(self._lookups) == opened:
            return
        for files in self._lookups.keys() - set(opened):
            if self._executor is not None:
                self._executor.forget(files)
        self._lookups = {files: self._lookups.get(files) or Lookup(files) for files in opened}

    def _choose(self, lookups: Sequence[Lookup], plan: Plan) -> Executor:
        if self._executor is not None:
            return self._executor
        self._postings += sum(lookup.work(plan) for lookup in lookups)
        if self._postings < _WORTH_NUMPY:
            return SetExecutor()
        # Imported here, because numpy alone takes longer to load than most first searches take.
        from newsarchive.search.whoosh.answer.execute.on_arrays import ArrayExecutor

        self._executor = ArrayExecutor()
        return self._executor


def _scorers(
    segments: Sequence[Segment], lookups: Sequence[Lookup], leaves: Sequence[Scored], tuning: Tuning
) -> Sequence[Scorer]:
    if not leaves:
        return ()
    total = sum(segment.files.count - len(segment.deleted) for segment in segments)
    average = sum(lookup.words for lookup in lookups) / max(1, sum(s.files.count for s in segments))
    found = []
    for leaf in leaves:
        by_segment = (lookup.frequencies(leaf) for lookup in lookups)
        frequencies = [sum(counts) for counts in zip(*by_segment, strict=True)]
        found.append(scorer(leaf, tuning=tuning, frequencies=frequencies, total=total, average=average))
    return found
