"""Where terms stand in articles, as numpy arrays: phrases, and runs of terms near each other.

A place is one number: the article in the upper half, the position in the lower.
So the places of a term are one ascending array, a phrase is what two of them
share after a shift, and a window is a bisection.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from newsarchive.search.whoosh.answer.execute.segment_arrays import (
    SKIP,
    Integers,
    Numbers,
    Weighted,
    common,
    find,
    run_starts,
    union,
)
from newsarchive.search.whoosh.answer.execute.term_lookup import Lookup
from newsarchive.search.whoosh.answer.plan.nodes import Near, Run, Step
from newsarchive.search.whoosh.layout import Field
from newsarchive.search.whoosh.segment.postings import Postings
from newsarchive.search.whoosh.segment.segment import SegmentFiles

_ARTICLE = 32
_POSITION = (1 << _ARTICLE) - 1
PlaceArray = NDArray[np.int64]


class Places:
    """Reads the places of terms in one field of one segment."""

    def __init__(self, files: SegmentFiles, lookup: Lookup, field: Field) -> None:
        self._files = files
        self._lookup = lookup
        self._field = field

    def runs(self, steps: Sequence[Step], within: Numbers | None) -> Weighted:
        """How many runs of all steps each article has."""
        return _count(self._runs(steps, within))

    def near(self, leaf: Near, within: Numbers | None) -> Weighted:
        """How many windows that begin with one of a leaf's runs hold all of them."""
        wanted = Counter(leaf.runs)
        begins = dict[Run, PlaceArray]()
        for run in wanted:
            begins[run] = self._runs(run.steps, within)
            within = _articles(begins[run])
        # A window holds the rarest run, so only places shortly before one begin a window: few are sorted.
        rarest = min(begins.values(), key=len)
        near = [_before(places, rarest, leaf.width) for places in begins.values()]
        firsts = _within(np.unique(np.concatenate(near)), within)
        for run, times in wanted.items():
            last = begins[run].searchsorted(firsts) + times - 1
            fits = last < len(begins[run])
            firsts, last = firsts[fits], last[fits]
            firsts = firsts[begins[run][last] + run.width <= firsts + leaf.width]
        return _count(firsts)

    def _runs(self, steps: Sequence[Step], within: Numbers | None) -> PlaceArray:
        """The places where runs of all steps begin."""
        within = self._articles_with_all(steps, within)
        found: PlaceArray | None = None
        for at in sorted(range(len(steps)), key=lambda at: self._lookup.frequency(self._field, steps[at])):
            places = self._places(steps[at], within)
            begins = places[places & _POSITION >= at] - at
            found = begins if found is None else _shared(found, begins)
            within = _articles(found)
        return np.zeros(0, np.int64) if found is None else found

    def _articles_with_all(self, steps: Sequence[Step], within: Numbers | None) -> Numbers:
        for step in sorted(set(steps), key=lambda step: self._lookup.frequency(self._field, step)):
            parts = [self._articles(postings, within) for postings in self._postings(step)]
            within = union(parts, self._files.count)
        return np.zeros(0, np.intp) if within is None else within

    def _articles(self, postings: Postings, within: Numbers | None) -> Numbers:
        documents = np.asarray(postings.documents)
        if within is None:
            return documents.astype(np.intp)
        if len(within) * SKIP < len(documents):
            return within[find(within, documents)[0]]
        return common(documents.astype(np.intp), within, self._files.count)

    def _postings(self, step: Step) -> list[Postings]:
        return [self._files.read(entry) for entry in self._lookup.entries(self._field, step)]

    def _places(self, step: Step, within: Numbers) -> PlaceArray:
        found = [_places(postings, within) for postings in self._postings(step)]
        if len(found) == 1:
            return found[0]
        return np.sort(np.concatenate(found)) if found else np.zeros(0, np.int64)


def _before(places: PlaceArray, others: PlaceArray, width: int) -> PlaceArray:
    """The places with one of the others at them or less than ``width`` positions on."""
    following = others.searchsorted(places)
    has_one = following < len(others)
    places, following = places[has_one], following[has_one]
    return places[others[following] < places + width]


def _places(postings: Postings, within: Numbers) -> PlaceArray:
    """The places of a term in the articles in question."""
    is_there, slots = find(within, np.asarray(postings.documents))
    starts, counts = _extents(postings, slots)
    # For each position: where the positions of its article begin, and how far it is from there.
    ends = counts.cumsum()
    total = int(ends[-1]) if len(ends) else 0
    at = np.arange(total) + (starts - (ends - counts)).repeat(counts)
    articles: PlaceArray = within[is_there].astype(np.int64) << _ARTICLE
    places: PlaceArray = articles.repeat(counts) + np.asarray(postings.positions)[at]
    return places


def _extents(postings: Postings, slots: Integers) -> tuple[Integers, Integers]:
    """Where the positions of some articles begin, and how many each has."""
    counts = np.asarray(postings.counts)
    starts = counts.cumsum(dtype=np.int64) - counts
    return starts[slots], counts[slots].astype(np.int64)


def _shared(one: PlaceArray, other: PlaceArray) -> PlaceArray:
    small, large = (one, other) if len(one) <= len(other) else (other, one)
    return small[find(small, large)[0]]


def _articles(places: PlaceArray) -> Numbers:
    return run_starts(places >> _ARTICLE)[0].astype(np.intp)


def _within(places: PlaceArray, articles: Numbers | None) -> PlaceArray:
    return places if articles is None else places[find(places >> _ARTICLE, articles)[0]]


def _count(places: PlaceArray) -> Weighted:
    """How many places each article has."""
    articles, starts = run_starts(places >> _ARTICLE)
    return Weighted(articles.astype(np.intp), np.diff(starts, append=len(places)))
