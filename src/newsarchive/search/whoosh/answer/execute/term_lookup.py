"""What a segment's dictionary says of the terms of a plan, before any posting is read."""

from __future__ import annotations

from functools import cached_property

from newsarchive.search.whoosh.answer.plan.nodes import (
    AllOf,
    AnyForm,
    AnyOf,
    InOrder,
    Near,
    Plan,
    Scored,
    Shape,
    Similar,
    Step,
    UrlBelow,
)
from newsarchive.search.whoosh.answer.plan.term_expansion import Expander
from newsarchive.search.whoosh.layout import STEM_FIELD, ColumnName, Field
from newsarchive.search.whoosh.segment.segment import SegmentFiles
from newsarchive.search.whoosh.segment.term_dictionary import Entry

_MAX_REMEMBERED = 10_000
# Opening a posting list takes as long as reading 30 postings, testing a term of the dictionary as long as 3.
_LIST, _SCAN = 30, 3


class Lookup:
    """Looks up each step once, and remembers it as long as the segment is open."""

    def __init__(self, files: SegmentFiles) -> None:
        self._files = files
        self._expander = Expander(files)
        self._found: dict[tuple[Field, Step], tuple[Entry, ...]] = {}

    @cached_property
    def words(self) -> int:
        """How many words all articles have together."""
        return sum(self._files.numbers(ColumnName.WORDS))

    def entries(self, field: Field, step: Step) -> tuple[Entry, ...]:
        """The terms that a step stands for."""
        found = self._found.get((field, step))
        if found is None:
            if len(self._found) >= _MAX_REMEMBERED:
                self._found.clear()
            found = self._found[field, step] = self._look_up(field, step)
        return found

    def frequencies(self, leaf: Scored) -> list[int]:
        """In how many articles each step of a leaf is, at most; a word, in any of its forms, is one step.

        Deleted articles count until a merge drops them.
        """
        match leaf:
            case AnyForm():
                return [max(map(_articles, self.forms(leaf)))]
            case InOrder():
                return [self.frequency(leaf.field, step) for step in leaf.steps]
            case Near():
                return [self.frequency(leaf.field, step) for run in leaf.runs for step in run.steps]

    def forms(self, leaf: AnyForm) -> list[tuple[Entry, ...]]:
        """The word as typed; then for each language its stem, and the stem as a word where it is one."""
        found = [self.entries(leaf.field, leaf.word)]
        for form in leaf.stems:
            found.append(self.entries(STEM_FIELD[leaf.field], form.term))
            found.append(() if form.word is None else self.entries(leaf.field, form.word))
        return found

    def work(self, plan: Plan) -> int:
        """How much it takes to carry out a plan, in postings to read; finds no similar words for it."""
        match plan:
            case AnyForm():
                return self.postings(plan)
            case InOrder(field, (step,)):
                return self._work_of(field, step)
            case InOrder(field):
                return sum(self._work_of(field, step, positions=True) for step in plan.all_steps)
            case Near(field, runs):
                steps = [step for run in runs for step in run.steps]
                return sum(self._work_of(field, step, positions=True) for step in steps)
            case AllOf(parts, but_not):
                return sum(map(self.work, parts + but_not))
            case AnyOf(parts):
                return sum(map(self.work, parts))
            case UrlBelow(steps):
                return sum(self._work_of(Field.URL, step) for step in steps)
            case _:
                return self._files.count

    def _work_of(self, field: Field, step: Step, *, positions: bool = False) -> int:
        if isinstance(step, Shape | Similar):
            return _SCAN * len(self._files.dictionary.fields.get(field, ()))
        entries = self.entries(field, step)
        read = _articles(entries) + _LIST * len(entries)
        # A position takes one or two bytes of its list, and as long to read as an article.
        return read + sum(entry.end - entry.start for entry in entries) // 2 if positions else read

    def postings(self, plan: Plan) -> int:
        """How many postings it takes to carry out a plan, articles for plans without terms."""
        match plan:
            case AnyForm():
                return sum(map(_articles, self.forms(plan)))
            case InOrder() | Near():
                return sum(self.frequencies(plan))
            case AllOf(parts, but_not):
                return sum(map(self.postings, parts + but_not))
            case AnyOf(parts):
                return sum(map(self.postings, parts))
            case UrlBelow(steps):
                return sum(self.frequency(Field.URL, step) for step in steps)
            case _:
                return self._files.count

    def frequency(self, field: Field, step: Step) -> int:
        """In how many articles a step is, at most."""
        return min(_articles(self.entries(field, step)), self._files.count)

    def _look_up(self, field: Field, step: Step) -> tuple[Entry, ...]:
        if isinstance(step, bytes):
            entry = self._files.find(field, step)
            return () if entry is None else (entry,)
        return self._expander.expand(field, step)


def _articles(entries: tuple[Entry, ...]) -> int:
    return sum(entry.articles for entry in entries)
