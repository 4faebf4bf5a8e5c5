"""Carry out a plan on one segment: which articles match, and how strongly each scored leaf does.

Sets of article numbers throughout: exclusion, filters and deletions are set
differences and so right by construction. (Whoosh's own AndNot lets deleted
articles decide, and its Not returns them.)
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import reduce
from itertools import pairwise

from newsarchive.errors import QueryError
from newsarchive.search.whoosh.layout import STEM_FIELD, ColumnName, Field
from newsarchive.search.whoosh.packing import Numbers
from newsarchive.search.whoosh.plan import (
    All,
    AllOf,
    AnyForm,
    AnyOf,
    Beginning,
    Days,
    HasBit,
    InLanguage,
    InOrder,
    Plan,
    Scored,
    StemForm,
    Step,
    UrlBegins,
)
from newsarchive.search.whoosh.segment import Postings, SegmentFiles

# Reading a term's postings takes about 30 microseconds: this many, a third of a second.
MAX_EXPANSIONS = 10_000


class SegmentSearch:
    """One query on one segment. Leaves are read once, and their weights kept for scoring."""

    def __init__(self, files: SegmentFiles) -> None:
        self._files = files
        self._weights: dict[Scored, Mapping[int, float]] = {}

    def matches(self, plan: Plan) -> set[int]:
        """The numbers of the articles that match; deleted ones are not yet taken out."""
        match plan:
            case AnyForm() | InOrder():
                return set(self.weights(plan))
            case AllOf():
                return self._all_of(plan)
            case AnyOf():
                return set().union(*map(self.matches, plan.parts))
            case All():
                return set(range(self._files.count))
            case Days():
                return self._days(plan)
            case InLanguage():
                return self._in_language(plan.tag)
            case HasBit():
                flags = self._files.numbers(ColumnName.FLAGS)
                return {number for number, bits in enumerate(flags) if bits & plan.bit}
            case UrlBegins():
                found = self._files.postings_from(Field.URL, plan.prefix)
                return {number for _, postings in found for number in postings.documents}

    def weights(self, leaf: Scored) -> Mapping[int, float]:
        """How often a leaf's words stand in each article that has them, headline words counted more."""
        if leaf not in self._weights:
            found = self._any_form(leaf) if isinstance(leaf, AnyForm) else self._sequence(leaf)
            self._weights[leaf] = found
        return self._weights[leaf]

    def _all_of(self, plan: AllOf) -> set[int]:
        found: set[int] | None = None
        for part in plan.parts:
            matches = self.matches(part)
            found = matches if found is None else found & matches
            if not found:
                return set()
        left = set(range(self._files.count)) if found is None else found
        for part in plan.but_not:
            left = left - self.matches(part)
        return left

    def _days(self, plan: Days) -> set[int]:
        earliest, latest = self._files.numbers(plan.earliest), self._files.numbers(plan.latest)
        low, high = plan.low or 1, plan.high or 0xFFFFFFFF
        # An article without a date has 0 for both, which is before every low bound.
        pairs = enumerate(zip(earliest, latest, strict=True))
        return {number for number, (first, last) in pairs if last >= low and first <= high}

    def _in_language(self, tag: str) -> set[int]:
        column = self._files.column(ColumnName.LANGUAGE)
        wanted = {at for at, name in enumerate(column.names) if name == tag or name.startswith(f"{tag}-")}
        return {number for number, at in enumerate(column.numbers) if at in wanted} if wanted else set()

    def _any_form(self, leaf: AnyForm) -> Mapping[int, float]:
        as_typed = self._files.postings(leaf.field, leaf.word).weight_of()
        found = dict(as_typed)
        for form in leaf.stems:
            found.update(self._of_stem(leaf.field, form, as_typed))
        return found

    def _of_stem(self, field: Field, form: StemForm, as_typed: Mapping[int, float]) -> Mapping[int, float]:
        """Weights in the articles of one language: words of the stem, and the stem where it is a word."""
        found = self._files.postings(STEM_FIELD[field], form.term).weight_of()
        if form.is_searched_word:
            return {number: weight + as_typed.get(number, 0.0) for number, weight in found.items()}
        if form.word is not None:
            of_language = self._language_test(form.language)
            for number, weight in self._files.postings(field, form.word).weight_of().items():
                if of_language[number]:
                    found[number] = found.get(number, 0.0) + weight
        return found

    def _language_test(self, language: str) -> _LanguageOf:
        column = self._files.column(ColumnName.LANGUAGE)
        return _LanguageOf(column.numbers, [primary_of(name) == language for name in column.names])

    def _sequence(self, leaf: InOrder) -> Mapping[int, float]:
        steps = [self._step(leaf.field, step) for step in leaf.steps]
        if len(steps) == 1:
            return _total_weights(steps[0])
        places = [_places(postings) for postings in steps]
        rarest = min(places, key=len)
        candidates = (number for number in sorted(rarest) if all(number in place for place in places))
        counted = ((number, _count_runs([place[number] for place in places])) for number in candidates)
        return {number: float(count) for number, count in counted if count}

    def _step(self, field: Field, step: Step) -> list[Postings]:
        if isinstance(step, Beginning):
            return list(self._expand(field, step))
        return [self._files.postings(field, step)]

    def _expand(self, field: Field, step: Beginning) -> Iterator[Postings]:
        for found, (_, postings) in enumerate(self._files.postings_from(field, step.prefix), 1):
            if found > MAX_EXPANSIONS:
                raise QueryError(
                    f"more than {MAX_EXPANSIONS:,} words begin with {step.prefix.decode()!r}",
                    hint="type more letters before the *",
                )
            yield postings


class _LanguageOf:
    """Tells of an article's number whether it is in a language."""

    __slots__ = ("_numbers", "_wanted")

    def __init__(self, numbers: Sequence[int], wanted: Sequence[bool]) -> None:
        self._numbers = numbers
        self._wanted = wanted

    def __getitem__(self, number: int) -> bool:
        return self._wanted[self._numbers[number]]


def primary_of(tag: str) -> str:
    """The primary subtag of a stored language tag."""
    return tag.partition("-")[0]


def _total_weights(alternatives: list[Postings]) -> Mapping[int, float]:
    found: dict[int, float] = {}
    for postings in alternatives:
        for number, weight in zip(postings.documents, postings.weights, strict=True):
            found[number] = found.get(number, 0.0) + weight
    return found


def _places(alternatives: list[Postings]) -> dict[int, list[Numbers]]:
    found: dict[int, list[Numbers]] = {}
    for postings in alternatives:
        positions, starts = postings.positions, postings.starts()
        for number, (start, end) in zip(postings.documents, pairwise(starts), strict=True):
            found.setdefault(number, []).append(positions[start:end])
    return found


def _count_runs(steps: list[list[Numbers]]) -> int:
    """How many positions start a run of all steps in an article."""
    starts = [
        {position - offset for value in values for position in value} for offset, values in enumerate(steps)
    ]
    return len(reduce(set.intersection, starts))
