"""A plan carried out with Python's own sets and dictionaries: what a small search needs no numpy for.

Exclusion, filters and deletions are set differences and so right by construction.
(Whoosh's own AndNot lets deleted articles decide, and its Not returns them.)
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from heapq import nsmallest
from typing import TypeVar

from newsarchive.search.whoosh.answer.bm25f import HINTED, Fading, Scorer
from newsarchive.search.whoosh.answer.execute.execution import Order, Segment
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
    Run,
    Scored,
    Step,
    UrlBelow,
    holds_name,
    is_in_language,
)
from newsarchive.search.whoosh.layout import ColumnName, Field
from newsarchive.search.whoosh.segment.term_dictionary import Entry

# A list this many times longer than the articles in question is searched instead of read through.
_SKIP = 16
_END = 1 << 62

# The articles in question; None is all.
Within = AbstractSet[int] | None
Weights = Mapping[int, float]
_Key = TypeVar("_Key", tuple[int, int], tuple[float, int], tuple[float, int, int])


class SetExecution:
    """See ``Execution``."""

    def __init__(self, segment: Segment, lookup: Lookup, plan: Plan) -> None:
        self._files = segment.files
        self._lookup = lookup
        self._numbers = self._matches(plan, None) - segment.deleted

    @property
    def total(self) -> int:
        return len(self._numbers)

    def by_score(
        self, scorers: Sequence[Scorer], count: int | None, fading: Fading | None = None
    ) -> Sequence[tuple[float, int]]:
        scores = self._scores([scorer for scorer in scorers if not scorer.is_hint], self._numbers)
        ids = self._files.numbers(ColumnName.ID)
        hints = [scorer for scorer in scorers if scorer.is_hint]
        if hints:
            best = _first(((-score, ids[number], number) for number, score in scores.items()), HINTED)
            for number, score in self._scores(hints, {number for _, _, number in best}).items():
                scores[number] += score
        if fading is not None:
            days = self._files.numbers(ColumnName.PUBLISHED_EARLIEST)
            scores = {number: score * fading.left(days[number]) for number, score in scores.items()}
        ordered = ((-score, ids[number]) for number, score in scores.items())
        return [(-score, article_id) for score, article_id in _first(ordered, count)]

    def _scores(self, scorers: Sequence[Scorer], numbers: AbstractSet[int]) -> dict[int, float]:
        scores = dict.fromkeys(numbers, 0.0)
        words = self._files.numbers(ColumnName.WORDS)
        for scorer in scorers:
            for number, weight in self._weights(scorer.leaf, numbers).items():
                if number in scores:
                    scores[number] += scorer.score(weight, scorer.norm.of(words[number]))
        return scores

    def by_column(self, order: Order, count: int | None) -> Sequence[tuple[int, int]]:
        column, ids = self._files.numbers(order.column), self._files.numbers(ColumnName.ID)
        keys = ((column[number], ids[number]) for number in self._numbers)
        if order.ranks is not None:
            ranks = order.ranks
            keys = ((ranks[key], article_id) for key, article_id in keys)
        sign = -1 if order.descending else 1
        ordered = ((sign * key if key else _END, article_id) for key, article_id in keys)
        return [(0 if key == _END else sign * key, article_id) for key, article_id in _first(ordered, count)]

    def tally(self, column: ColumnName, per: int = 1) -> Mapping[int, int]:
        values = self._files.numbers(column)
        counts = Counter(map(values.__getitem__, self._numbers))
        if per == 1:
            return counts
        grouped = Counter[int]()
        for value, count in counts.items():
            grouped[value // per] += count
        return grouped

    def _matches(self, plan: Plan, within: Within) -> set[int]:
        """The matching articles, among those ``within`` if it is given; deleted ones are among them."""
        match plan:
            case AnyForm() | InOrder() | Near():
                return set(self._weights(plan, within))
            case AllOf():
                return self._all_of(plan, within)
            case AnyOf():
                return set().union(*(self._matches(part, within) for part in plan.parts))
            case UrlBelow():
                entries = [entry for step in plan.steps for entry in self._lookup.entries(Field.URL, step)]
                found = set().union(*(self._files.read(entry).documents for entry in entries))
                return found if within is None else found.intersection(within)
            case _:
                return set(self._passing(plan, range(self._files.count) if within is None else within))

    def _all_of(self, plan: AllOf, within: Within) -> set[int]:
        found = within
        for part in sorted(plan.parts, key=self._lookup.postings):
            found = self._matches(part, found)
            if not found:
                return set()
        left = set(range(self._files.count) if found is None else found)
        for part in plan.but_not:
            left -= self._matches(part, left)
        return left

    def _passing(self, plan: Plan, numbers: Iterable[int]) -> Iterable[int]:
        match plan:
            case Days():
                return self._in_days(plan, numbers)
            case Between():
                low, high = plan.bounds
                values = self._files.numbers(plan.column)
                return (number for number in numbers if low <= values[number] <= high)
            case InLanguage(tag):
                return self._in_language(tag, numbers)
            case HasName(name_column, name):
                column = self._files.column(name_column)
                holds = [holds_name(names, name) for names in column.names] or [False]
                return (number for number in numbers if holds[column.numbers[number]])
            case EditedOn():
                column = self._files.column(ColumnName.EDITED)
                holds = [plan.holds(days) for days in column.names] or [False]
                return (number for number in numbers if holds[column.numbers[number]])
            case HasBit(bit):
                flags = self._files.numbers(ColumnName.FLAGS)
                return (number for number in numbers if flags[number] & bit)
            case OfIds(ids):
                numbered = self._files.numbers(ColumnName.ID)
                return (number for number in numbers if numbered[number] in ids)
            case All():
                return numbers
            case _:
                raise TypeError(f"{type(plan).__name__} is no filter")

    def _in_days(self, plan: Days, numbers: Iterable[int]) -> Iterator[int]:
        earliest, latest = self._files.numbers(plan.earliest), self._files.numbers(plan.latest)
        low, high = plan.bounds
        return (number for number in numbers if latest[number] >= low and earliest[number] <= high)

    def _in_language(self, tag: str, numbers: Iterable[int]) -> Iterator[int]:
        column = self._files.column(ColumnName.LANGUAGE)
        wanted = [is_in_language(name, tag) for name in column.names]
        return (number for number in numbers if wanted and wanted[column.numbers[number]])

    def _weights(self, leaf: Scored, within: Within) -> Weights:
        """How often a leaf's words stand in each article that has them, headline words counted more."""
        match leaf:
            case AnyForm():
                return self._any_form(leaf, within)
            case InOrder(field, (step,)):
                return self._sum(self._lookup.entries(field, step), within)
            case InOrder():
                return self._in_order(leaf, within)
            case Near():
                return self._near(leaf, within)

    def _in_order(self, leaf: InOrder, within: Within) -> Weights:
        begins = self._run(leaf.field, leaf.steps, within)
        found = {number: float(len(begin)) for number, begin in begins.items()}
        for language, steps in leaf.forms:
            run = self._run(leaf.field, steps, within)
            found.update({number: float(len(run[number])) for number in self._in_language(language, run)})
        return found

    def _any_form(self, leaf: AnyForm, within: Within) -> Weights:
        typed, *of_stems = [self._sum(entries, within) for entries in self._lookup.forms(leaf)]
        found = dict(typed)
        for form, by_stem, root in zip(leaf.stems, of_stems[::2], of_stems[1::2], strict=True):
            # Words of a stem in the articles of its language; the searched word is one of them,
            # unless it is the stem itself.
            counted_apart = typed if form.is_searched_word else {}
            found.update(
                {number: weight + counted_apart.get(number, 0.0) for number, weight in by_stem.items()}
            )
            for number in self._in_language(form.language, root):
                found[number] = by_stem.get(number, 0.0) + root[number]
        return found

    def _sum(self, entries: Iterable[Entry], within: Within) -> dict[int, float]:
        found: dict[int, float] = {}
        for entry in entries:
            postings = self._files.read(entry)
            documents, weights = postings.documents, postings.weights
            if within is None and not found:
                found = dict(zip(documents, weights, strict=True))
                continue
            for slot in _slots(documents, within):
                found[documents[slot]] = found.get(documents[slot], 0.0) + weights[slot]
        return found

    def _run(self, field: Field, steps: Sequence[Step], within: Within) -> dict[int, set[int]]:
        """Where runs of all steps begin, article by article."""
        found: dict[int, set[int]] | None = None
        for at in sorted(range(len(steps)), key=lambda at: self._lookup.frequency(field, steps[at])):
            places = self._places(field, steps[at], within)
            begins = {number: {place - at for place in found_at} for number, found_at in places.items()}
            if found is not None:
                begins = {number: begin & found[number] for number, begin in begins.items()}
            found = {number: begin for number, begin in begins.items() if begin}
            within = found.keys()
        return found or {}

    def _places(self, field: Field, step: Step, within: Within) -> dict[int, list[int]]:
        found: dict[int, list[int]] = {}
        for entry in self._lookup.entries(field, step):
            postings = self._files.read(entry)
            documents, positions, starts = postings.documents, postings.positions, postings.starts()
            for slot in _slots(documents, within):
                found.setdefault(documents[slot], []).extend(positions[starts[slot] : starts[slot + 1]])
        return found

    def _near(self, leaf: Near, within: Within) -> dict[int, float]:
        """How many windows of a leaf's width begin with one of its runs and hold all of them."""
        begins: dict[Run, dict[int, set[int]]] = {}
        wanted = Counter(leaf.runs)
        for run in wanted:
            begins[run] = self._run(leaf.field, run.steps, within)
            within = begins[run].keys()
        found: dict[int, float] = {}
        for number in within or ():
            places = {run: sorted(begins[run][number]) for run in wanted}
            windows = sum(
                all(
                    _fits(places[run], times, first, first + leaf.width - run.width)
                    for run, times in wanted.items()
                )
                for first in set().union(*places.values())
            )
            if windows:
                found[number] = float(windows)
        return found


def _fits(ascending: Sequence[int], times: int, low: int, high: int) -> bool:
    """Whether so many numbers, at least, are between two, both included."""
    last = bisect_left(ascending, low) + times - 1
    return last < len(ascending) and ascending[last] <= high


def _slots(documents: Sequence[int], within: Within) -> Iterable[int]:
    """Where in a list of postings the articles in question are."""
    if within is None:
        return range(len(documents))
    if len(within) * _SKIP > len(documents):
        return (slot for slot, number in enumerate(documents) if number in within)
    slots = ((bisect_left(documents, number), number) for number in within)
    return (slot for slot, number in slots if slot < len(documents) and documents[slot] == number)


def _first(ordered: Iterable[_Key], count: int | None) -> list[_Key]:
    return sorted(ordered) if count is None else nsmallest(count, ordered)
