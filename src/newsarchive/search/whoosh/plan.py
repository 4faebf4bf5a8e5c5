"""A query in terms of the index: what the compiler makes and the executor carries out. Frozen values."""

from __future__ import annotations

from dataclasses import dataclass

from newsarchive.search.whoosh.layout import Bit, ColumnName, Field


@dataclass(frozen=True, slots=True)
class StemForm:
    """The stem of a word in one language: as a term of the stem field, and as a word itself.

    ``word`` is None where the stem is the searched word, or is no word of its own stem.
    """

    language: str
    term: bytes
    word: bytes | None
    is_searched_word: bool


@dataclass(frozen=True, slots=True)
class AnyForm:
    """Articles with a word, as typed or in another inflection of their language."""

    field: Field
    word: bytes
    stems: tuple[StemForm, ...]
    boost: float


@dataclass(frozen=True, slots=True)
class Beginning:
    """Terms that begin with ``prefix``."""

    prefix: bytes


Step = bytes | Beginning


@dataclass(frozen=True, slots=True)
class InOrder:
    """Articles with these terms at consecutive positions."""

    field: Field
    steps: tuple[Step, ...]
    boost: float


@dataclass(frozen=True, slots=True)
class Days:
    """Articles whose days, from one column to the other, overlap ``low`` to ``high``; None is open."""

    earliest: ColumnName
    latest: ColumnName
    low: int | None
    high: int | None


@dataclass(frozen=True, slots=True)
class InLanguage:
    """Articles whose language is ``tag`` or a subtag of it."""

    tag: str


@dataclass(frozen=True, slots=True)
class UrlBegins:
    """Articles whose URL key begins so."""

    prefix: bytes


@dataclass(frozen=True, slots=True)
class HasBit:
    """Articles with a flag."""

    bit: Bit


@dataclass(frozen=True, slots=True)
class All:
    """All articles."""


@dataclass(frozen=True, slots=True)
class AllOf:
    """Articles that are in every part and in none of ``but_not``."""

    parts: tuple[Plan, ...]
    but_not: tuple[Plan, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """Articles that are in some part."""

    parts: tuple[Plan, ...]


Scored = AnyForm | InOrder
Plan = Scored | Days | InLanguage | UrlBegins | HasBit | All | AllOf | AnyOf


def scored_leaves(plan: Plan) -> list[Scored]:
    """The leaves that rank: those not excluded. One that stands twice counts twice."""
    if isinstance(plan, Scored):
        return [plan]
    if isinstance(plan, AllOf | AnyOf):
        return [leaf for part in plan.parts for leaf in scored_leaves(part)]
    return []
