"""A plan carried out on numpy arrays: what a large search is faster with.

Sets of articles are ascending arrays of numbers. Lists that are much longer
than the articles in question are searched by bisection instead of read.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

import numpy as np

from newsarchive.search.whoosh.answer.bm25f import HINTED, Fading, Norm, Scorer
from newsarchive.search.whoosh.answer.execute.execution import Execution, Order, Segment
from newsarchive.search.whoosh.answer.execute.positions import Places
from newsarchive.search.whoosh.answer.execute.segment_arrays import (
    SKIP,
    Floats,
    LeafCache,
    Mask,
    Numbers,
    SegmentArrays,
    Weighted,
    add_up,
    add_up_all,
    common,
    find,
    first,
    union,
    without,
)
from newsarchive.search.whoosh.answer.execute.term_lookup import Lookup
from newsarchive.search.whoosh.answer.plan.nodes import (
    All,
    AllOf,
    AnyForm,
    AnyOf,
    Between,
    Days,
    EditedOn,
    HasBit,
    HasName,
    InLanguage,
    InOrder,
    Near,
    OfIds,
    Plan,
    Scored,
    UrlBelow,
)
from newsarchive.search.whoosh.layout import ColumnName, Field
from newsarchive.search.whoosh.segment.posting_arrays import decode_weights
from newsarchive.search.whoosh.segment.segment import SegmentFiles
from newsarchive.search.whoosh.segment.term_dictionary import Entry

# From so many posting lists on, decoding them together is faster than one by one.
_MANY = 8


class ArrayExecutor:
    """Executes on arrays; remembers what it has read, within bounds."""

    def __init__(self) -> None:
        self._arrays: dict[SegmentFiles, SegmentArrays] = {}
        self._cache = LeafCache()

    def execute(self, segment: Segment, lookup: Lookup, plan: Plan) -> Execution:
        """Find what matches in one segment."""
        arrays = self._arrays.get(segment.files)
        if arrays is None:
            arrays = self._arrays[segment.files] = SegmentArrays(segment.files)
        return ArrayExecution(segment, lookup, plan, arrays=arrays, cache=self._cache)

    def forget(self, files: SegmentFiles) -> None:
        """Drop what is remembered of a segment that is closed."""
        self._arrays.pop(files, None)
        self._cache.forget(files)


class ArrayExecution:
    """See ``Execution``."""

    def __init__(
        self, segment: Segment, lookup: Lookup, plan: Plan, *, arrays: SegmentArrays, cache: LeafCache
    ) -> None:
        self._files = segment.files
        self._lookup = lookup
        self._arrays = arrays
        self._cache = cache
        numbers = self._matches(plan, None)
        self._numbers = numbers[arrays.live(segment.deleted)[numbers]] if segment.deleted else numbers

    @property
    def total(self) -> int:
        return len(self._numbers)

    def by_score(
        self, scorers: Sequence[Scorer], count: int | None, fading: Fading | None = None
    ) -> Sequence[tuple[float, int]]:
        scores = self._scores([scorer for scorer in scorers if not scorer.is_hint], self._numbers)
        ids = self._arrays.column(ColumnName.ID)[self._numbers]
        hints = [scorer for scorer in scorers if scorer.is_hint]
        if hints:
            slots = np.sort(first(-scores, ids, HINTED))
            scores[slots] += self._scores(hints, self._numbers[slots])
        if fading is not None:
            scores *= fading.left(self._arrays.column(ColumnName.PUBLISHED_EARLIEST)[self._numbers])
        best = first(-scores, ids, count)
        return list(zip(scores[best].tolist(), ids[best].tolist(), strict=True))

    def by_column(self, order: Order, count: int | None) -> Sequence[tuple[int, int]]:
        keys = self._arrays.keys(order)[self._numbers]
        best = self._numbers[first(keys, self._arrays.column(ColumnName.ID)[self._numbers], count)]
        column = self._arrays.column(order.column)[best]
        values = column if order.ranks is None else np.asarray(order.ranks)[column]
        return list(zip(values.tolist(), self._arrays.column(ColumnName.ID)[best].tolist(), strict=True))

    def tally(self, column: ColumnName, per: int = 1) -> Mapping[int, int]:
        values = self._arrays.quotients(column, per)[self._numbers]
        stated = values[values > 0]
        counts = {0: len(values) - len(stated)} if len(stated) < len(values) else {}
        if len(stated):
            low = stated.min()
            counted = np.bincount(stated - low)
            found = np.flatnonzero(counted)
            counts |= zip((found + low).tolist(), counted[found].tolist(), strict=True)
        return counts

    def _scores(self, scorers: Sequence[Scorer], numbers: Numbers) -> Floats:
        scores = np.zeros(len(numbers))
        norms: dict[Norm, Floats] = {}
        for scorer in scorers:
            if scorer.norm not in norms:
                norms[scorer.norm] = self._arrays.norms(scorer.norm)[numbers]
            self._add(scorer, numbers, norms[scorer.norm], scores)
        return scores

    def _add(self, scorer: Scorer, numbers: Numbers, norms: Floats, scores: Floats) -> None:
        """Add what one leaf contributes to the scores of these articles."""
        found = self._weighted(scorer.leaf, numbers)
        if found.documents is numbers:
            scores += scorer.score(found.weights.astype(np.float64), norms)
            return
        if len(found) * SKIP < len(numbers):
            is_there, slots = find(found.documents, numbers)
            weights = found.weights[is_there]
        elif len(numbers) * SKIP < len(found):
            is_there, places = find(numbers, found.documents)
            slots, weights = np.flatnonzero(is_there), found.weights[places]
        else:
            # Articles that lack the leaf have the weight 0 and gain nothing.
            weights = found.dense(self._files.count)[numbers]
            scores += scorer.score(weights.astype(np.float64), norms)
            return
        scores[slots] += scorer.score(weights.astype(np.float64), norms[slots])

    def _matches(self, plan: Plan, within: Numbers | None) -> Numbers:
        """The matching articles, among those ``within`` if it is given; deleted ones are among them."""
        match plan:
            case AnyForm() | InOrder() | Near():
                found = self._weighted(plan, within).documents
            case AllOf():
                return self._all_of(plan, within)
            case AnyOf():
                found = union([self._matches(part, within) for part in plan.parts], self._files.count)
            case UrlBelow():
                entries = [entry for step in plan.steps for entry in self._lookup.entries(Field.URL, step)]
                found = self._sum(entries).documents
            case All():
                found = self._arrays.all
            case _:
                return self._passing(plan, within)
        return found if within is None else common(found, within, self._files.count)

    def _all_of(self, plan: AllOf, within: Numbers | None) -> Numbers:
        found = within
        for part in sorted(plan.parts, key=self._lookup.postings):
            found = self._matches(part, found)
            if not len(found):
                return found
        left = self._arrays.all if found is None else found
        for part in plan.but_not:
            left = without(left, self._matches(part, left), self._files.count)
        return left

    def _passing(self, plan: Plan, within: Numbers | None) -> Numbers:
        tested = slice(None) if within is None else within
        mask = self._test(plan, tested)
        return np.flatnonzero(mask) if within is None else within[mask]

    def _test(self, plan: Plan, tested: Numbers | slice) -> Mask:
        column = self._arrays.column
        match plan:
            case Days():
                low, high = plan.bounds
                mask: Mask = column(plan.latest)[tested] >= low
                mask &= column(plan.earliest)[tested] <= high
                return mask
            case Between():
                low, high = plan.bounds
                values = column(plan.column)[tested]
                within: Mask = (values >= low) & (values <= high)
                return within
            case InLanguage(tag):
                return self._arrays.in_language(tag)[tested]
            case HasName(name_column, name):
                return self._arrays.has_name(name_column, name)[tested]
            case OfIds(ids):
                return np.isin(column(ColumnName.ID)[tested], np.fromiter(ids, np.int64, len(ids)))
            case EditedOn():
                return self._arrays.names_that(plan.holds, ColumnName.EDITED)[tested]
            case HasBit(bit):
                passed: Mask = (column(ColumnName.FLAGS)[tested] & int(bit)) != 0
                return passed
            case _:
                raise TypeError(f"{type(plan).__name__} is no filter")

    def _weighted(self, leaf: Scored, within: Numbers | None) -> Weighted:
        """The articles of a leaf with its weights: all, or at least those ``within``."""
        known = self._cache.get(self._files, leaf)
        if known is not None:
            return known
        if within is not None and len(within) * SKIP < self._lookup.postings(leaf):
            return self._read(leaf, within)
        found = self._read(leaf, None)
        self._cache.add(self._files, leaf, found)
        return found

    def _read(self, leaf: Scored, within: Numbers | None) -> Weighted:
        match leaf:
            case AnyForm():
                return self._any_form(leaf, within)
            case InOrder(field, (step,)):
                return self._sum(self._lookup.entries(field, step), within)
            case InOrder():
                return self._in_order(leaf, within)
            case Near():
                return Places(self._files, self._lookup, leaf.field).near(leaf, within)

    def _in_order(self, leaf: InOrder, within: Numbers | None) -> Weighted:
        places = Places(self._files, self._lookup, leaf.field)
        typed, found = places.runs(leaf.steps, within), list[Weighted]()
        for language, steps in leaf.forms:
            run = places.runs(steps, within)
            run = _those(run, self._arrays.in_language(language)[run.documents])
            typed = _those(typed, self._is_not_in(typed.documents, run.documents))
            found.append(run)
        return add_up([typed, *found], self._files.count) if found else typed

    def _any_form(self, leaf: AnyForm, within: Numbers | None) -> Weighted:
        typed, *of_stems = [self._sum(entries, within) for entries in self._lookup.forms(leaf)]
        found = list[Weighted]()
        for form, by_stem, root in zip(leaf.stems, of_stems[::2], of_stems[1::2], strict=True):
            found.append(by_stem)
            if len(root):
                found.append(_those(root, self._arrays.in_language(form.language)[root.documents]))
            if len(by_stem) and not form.is_searched_word:
                # The searched word is counted in its stem.
                typed = _those(typed, self._is_not_in(typed.documents, by_stem.documents))
        return add_up([typed, *found], self._files.count)

    def _is_not_in(self, numbers: Numbers, others: Numbers) -> Mask:
        mask = np.ones(self._files.count, bool)
        mask[others] = False
        return mask[numbers]

    def _sum(self, entries: Sequence[Entry], within: Numbers | None = None) -> Weighted:
        if len(entries) >= _MANY and all(one.end == other.start for one, other in pairwise(entries)):
            return self._sum_in_a_row(entries)
        return add_up([self._postings(entry, within) for entry in entries], self._files.count)

    def _sum_in_a_row(self, entries: Sequence[Entry]) -> Weighted:
        """What ``_sum`` gives, of terms in a row: their lists are read at once."""
        data = np.frombuffer(self._files.lists(entries[0].start, entries[-1].end), np.uint8)
        sizes, starts, _, kinds = np.array(entries).T
        documents, weights = decode_weights(data, starts - starts[0], sizes, kinds)
        return add_up_all(documents.astype(np.intp), weights, self._files.count)

    def _postings(self, entry: Entry, within: Numbers | None) -> Weighted:
        postings = self._files.read(entry)
        documents, weights = np.asarray(postings.documents), np.asarray(postings.weights)
        if within is None or len(within) * SKIP > len(documents):
            return Weighted(documents.astype(np.intp), weights)
        found, slots = find(within, documents)
        return Weighted(within[found], weights[slots])


def _those(weighted: Weighted, mask: Mask) -> Weighted:
    return Weighted(weighted.documents[mask], weighted.weights[mask])
