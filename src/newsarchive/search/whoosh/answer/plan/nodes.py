"""A query in terms of the index: what the compiler makes and the executor carries out. Frozen values."""

from __future__ import annotations

from datetime import date

from newsarchive.base.frozen import frozen
from newsarchive.search.whoosh.layout import SEPARATOR, Bit, ColumnName, Field

_LAST_DAY = date.max.toordinal()
_LARGEST = 2**31 - 1


@frozen
class StemForm:
    """The stem of a word in one language: as a term of the stem field, and as a word itself.

    ``word`` is None where the stem is the searched word, or is no word of its own stem.
    """

    language: str
    term: bytes
    word: bytes | None
    is_searched_word: bool


@frozen
class AnyForm:
    """Articles with a word, as typed or in another inflection of their language."""

    field: Field
    word: bytes
    stems: tuple[StemForm, ...]
    boost: float


@frozen
class Beginning:
    """Terms that begin with ``prefix``."""

    prefix: bytes


@frozen
class Shape:
    """Terms of this shape: ``?`` stands for one character, ``*`` for any number of them."""

    pattern: str


@frozen
class Similar:
    """Terms at most ``edits`` characters inserted, left out, changed or swapped with their neighbor away."""

    word: str
    edits: int


@frozen
class Inflected:
    """Terms that share the stem of a word in a language."""

    word: str
    language: str


Expansion = Beginning | Shape | Similar | Inflected
Step = bytes | Expansion


@frozen
class InOrder:
    """Articles with these terms at consecutive positions.

    ``forms`` are steps that hold in the articles of a language instead: each stands
    for the step in its place, too.
    """

    field: Field
    steps: tuple[Step, ...]
    boost: float
    forms: tuple[tuple[str, tuple[Step, ...]], ...] = ()

    @property
    def all_steps(self) -> list[Step]:
        """The steps, and those of all languages."""
        return [*self.steps, *(step for _, steps in self.forms for step in steps)]


@frozen
class Run:
    """Terms at consecutive positions, which take up ``width`` of them."""

    steps: tuple[Step, ...]
    width: int


@frozen
class Near:
    """Articles with all these runs, in any order, within a window of ``width`` positions.

    A run that stands twice here has to stand twice there; other runs may overlap.
    """

    field: Field
    runs: tuple[Run, ...]
    width: int
    boost: float


@frozen
class Days:
    """Articles whose days, from one column to the other, overlap ``low`` to ``high``; None is open."""

    earliest: ColumnName
    latest: ColumnName
    low: int | None
    high: int | None

    @property
    def bounds(self) -> tuple[int, int]:
        """The latest of an article's days is at least the first, its earliest at most the second."""
        # An article without a date has 0 for both, which is before every low bound.
        return self.low or 1, self.high or _LAST_DAY


@frozen
class Between:
    """Articles whose number in a column is from ``low`` to ``high``, both included; None is open."""

    column: ColumnName
    low: int | None
    high: int | None

    @property
    def bounds(self) -> tuple[int, int]:
        """The lowest and the highest number."""
        return self.low or 0, _LARGEST if self.high is None else self.high


@frozen
class InLanguage:
    """Articles whose language is ``tag`` or a subtag of it."""

    tag: str


@frozen
class HasName:
    """Articles that have a name in a column, alone or among others."""

    column: ColumnName
    name: str


@frozen
class EditedOn:
    """Articles with an edit on a day from ``low`` to ``high``, both included; None is open."""

    low: date | None
    high: date | None

    def holds(self, days: str) -> bool:
        """Whether one of the days of a value of the column is within."""
        low, high = (self.low or date.min).isoformat(), (self.high or date.max).isoformat()
        return any(low <= day <= high for day in days.split(SEPARATOR) if day)


@frozen
class UrlBelow:
    """Articles whose URL key is one of these terms, or begins with one of these beginnings."""

    steps: tuple[Step, ...]


@frozen
class HasBit:
    """Articles with a flag."""

    bit: Bit


@frozen
class OfIds:
    """The articles of these ids."""

    ids: frozenset[int]


@frozen
class All:
    """All articles."""


@frozen
class AllOf:
    """Articles that are in every part and in none of ``but_not``."""

    parts: tuple[Plan, ...]
    but_not: tuple[Plan, ...]


@frozen
class AnyOf:
    """Articles that are in some part."""

    parts: tuple[Plan, ...]


Scored = AnyForm | InOrder | Near
Filter = Days | Between | InLanguage | HasName | EditedOn | UrlBelow | HasBit | OfIds
Plan = Scored | Filter | All | AllOf | AnyOf


def scored_leaves(plan: Plan) -> list[Scored]:
    """The leaves that rank: those not excluded. One that stands twice counts twice."""
    if isinstance(plan, Scored):
        return [plan]
    if isinstance(plan, AllOf | AnyOf):
        return [leaf for part in plan.parts for leaf in scored_leaves(part)]
    return []


def has_alternatives(plan: Plan) -> bool:
    """Whether an article may match without some of the leaves that rank."""
    match plan:
        case AnyOf(parts):
            return len(parts) > 1
        case AllOf(parts):
            return any(map(has_alternatives, parts))
        case _:
            return False


def expansions(plan: Plan) -> set[tuple[Field, Expansion]]:
    """All that stands for several terms, each once."""
    match plan:
        case InOrder(field):
            return {(field, step) for step in plan.all_steps if isinstance(step, Expansion)}
        case Near(field, runs):
            return {(field, step) for run in runs for step in run.steps if isinstance(step, Expansion)}
        case AllOf(parts, but_not):
            return set().union(*map(expansions, parts + but_not))
        case AnyOf(parts):
            return set().union(*map(expansions, parts))
        case _:
            return set()


def holds_name(names: str, name: str) -> bool:
    """Whether a value of a column of names is a name, or holds it among others."""
    return names == name or name in names.split(SEPARATOR)


def is_in_language(name: str, tag: str) -> bool:
    """Whether a stored language tag is ``tag`` or a subtag of it."""
    return name == tag or name.startswith(f"{tag}-")
