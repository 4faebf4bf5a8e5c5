"""The query as a tree, free of any engine. Frozen values; ``parse`` makes them."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Iterable, Iterator

from newsarchive.base.dates import DateInterval
from newsarchive.base.frozen import frozen
from newsarchive.model import Confidence
from newsarchive.query.fields import (
    Change,
    DateField,
    Flag,
    MarkField,
    NameField,
    NumberField,
    Presence,
    TextField,
)

__all__ = ["Change", "DateField", "Flag", "MarkField", "NameField", "NumberField", "Presence", "TextField"]


@frozen
class Everything:
    """All articles."""


@frozen
class Word:
    """One word as typed; found in all its inflected forms."""

    text: str
    field: TextField = TextField.ANY


@frozen
class Prefix:
    """Words that begin with ``text``, which is as typed, without the ``*``."""

    text: str
    field: TextField = TextField.ANY


@frozen
class Phrase:
    """Exactly these words in this order; ``text`` is what stood between the quotes."""

    text: str
    field: TextField = TextField.ANY


@frozen
class Near:
    """These words in any order, with at most ``distance`` other words between the first and the last."""

    text: str
    distance: int
    field: TextField = TextField.ANY


@frozen
class Wildcard:
    """Words of this shape: ``?`` stands for one character, ``*`` for any number of them."""

    pattern: str
    field: TextField = TextField.ANY


@frozen
class Fuzzy:
    """Words at most ``edits`` changes away: a letter more, less or other, or two neighbors swapped."""

    text: str
    edits: int
    field: TextField = TextField.ANY


@frozen
class SavedQuery:
    """What the archive keeps under a name. Engines don't know it: it is parsed in its place."""

    name: str


@dataclasses.dataclass(frozen=True, slots=True)
class DateRange:
    """Articles whose date, as an interval of days, shares a day with ``interval``.

    ``written`` is how a date that depends on the day of the search was typed.
    """

    field: DateField
    interval: DateInterval
    written: str | None = dataclasses.field(default=None, compare=False)


@frozen
class NumberRange:
    """Articles whose number is from ``low`` to ``high``, both included; None is open."""

    field: NumberField
    low: int | None
    high: int | None


@frozen
class Language:
    """Articles in a language; ``tag`` is BCP 47 in lower case, and ``en`` also means ``en-GB``."""

    tag: str


@frozen
class Named:
    """Articles that state exactly this name in a field, to the letter; languages in lower case."""

    field: NameField
    name: str


@frozen
class Url:
    """Articles of a host (``example.com`` also means ``www.example.com``) or below a URL prefix.

    ``text`` is as typed; with ``https://`` put before it where it has no scheme, it is a URL.
    """

    text: str


@frozen
class Is:
    """Articles with a property."""

    flag: Flag


@frozen
class Has:
    """Articles that state a field."""

    presence: Presence


@frozen
class Changed:
    """Articles of which an edit changed this."""

    change: Change


@frozen
class DateConfidence:
    """Articles whose publication date has exactly this confidence."""

    level: Confidence


@frozen
class Marked:
    """Articles that people put something on; ``value`` None is anything of the kind.

    Engines don't know it: the archive puts the ids of these articles in its place.
    """

    field: MarkField
    value: str | None


@frozen
class Among:
    """The articles of these ids. No text stands for it: it takes the place of a leaf that was looked up."""

    ids: frozenset[int]


@frozen
class And:
    """All of these."""

    parts: tuple[Query, ...]


@frozen
class Or:
    """Any of these."""

    parts: tuple[Query, ...]


@frozen
class Not:
    """Everything but this."""

    part: Query


@frozen
class Boost:
    """The same articles, their score multiplied by ``factor``."""

    part: Query
    factor: float


Text = Word | Prefix | Phrase | Near | Wildcard | Fuzzy
Stated = Language | Named | Url | Is | Has | Changed | DateConfidence
Filter = Everything | DateRange | NumberRange | Stated | Among
Leaf = Text | Filter | SavedQuery | Marked
Query = Leaf | And | Or | Not | Boost


def all_of(parts: Iterable[Query]) -> Query:
    """Join by And, in the form that ``parse`` gives: flat, without Everything, no And of one."""
    flat: list[Query] = []
    for part in parts:
        flat.extend(part.parts if isinstance(part, And) else (part,))
    flat = [part for part in flat if not isinstance(part, Everything)]
    if not flat:
        return Everything()
    return flat[0] if len(flat) == 1 else And(tuple(flat))


def any_of(parts: Iterable[Query]) -> Query:
    """Join one or more by Or, in the form that ``parse`` gives: flat, no Or of one."""
    flat: list[Query] = []
    for part in parts:
        flat.extend(part.parts if isinstance(part, Or) else (part,))
    return flat[0] if len(flat) == 1 else Or(tuple(flat))


def negation(part: Query) -> Query:
    """Negate, in the form that ``parse`` gives: a double negation is none."""
    return part.part if isinstance(part, Not) else Not(part)


def names_marks(query: Query) -> bool:
    """Whether a query asks anywhere for what people put on articles."""
    match query:
        case And(parts) | Or(parts):
            return any(map(names_marks, parts))
        case Not(part) | Boost(part):
            return names_marks(part)
        case _:
            return isinstance(query, Marked)


def positive_terms(
    query: Query, *, fields: Collection[TextField] = (TextField.ANY, TextField.HEADLINE)
) -> tuple[Text, ...]:
    """List the terms of some fields, in order, that are not negated: by default what a snippet highlights."""
    return tuple(term for term in _positive(query, negated=False) if term.field in fields)


def _positive(query: Query, *, negated: bool) -> Iterator[Text]:
    match query:
        case And(parts) | Or(parts):
            for part in parts:
                yield from _positive(part, negated=negated)
        case Not(part):
            yield from _positive(part, negated=not negated)
        case Boost(part):
            yield from _positive(part, negated=negated)
        case Word() | Prefix() | Phrase() | Near() | Wildcard() | Fuzzy():
            if not negated:
                yield query
        case _:
            return
