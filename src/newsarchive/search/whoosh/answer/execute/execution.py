"""What carries out a plan on one segment. Two do, with the same answers: on sets and on arrays."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from newsarchive.base.frozen import frozen
from newsarchive.search.whoosh.answer.bm25f import Fading, Scorer
from newsarchive.search.whoosh.layout import ColumnName
from newsarchive.search.whoosh.segment.segment import SegmentFiles


@frozen
class Segment:
    """An opened segment as of one commit: its files, and which of its articles are deleted."""

    files: SegmentFiles
    deleted: frozenset[int]


@frozen
class Order:
    """An order by a column of numbers. Articles with 0, "not stated", come last in both directions.

    ``ranks``, where given, are the place in the order of each number of the column.
    """

    column: ColumnName
    descending: bool = False
    ranks: Sequence[int] | None = None


class Execution(Protocol):
    """The articles of one segment that match a plan; deleted ones are left out."""

    @property
    def total(self) -> int:
        """How many articles match."""

    def by_score(
        self, scorers: Sequence[Scorer], count: int | None, fading: Fading | None = None
    ) -> Sequence[tuple[float, int]]:
        """The ``count`` best, or all, as scores and ids: highest score first, ties by id."""

    def by_column(self, order: Order, count: int | None) -> Sequence[tuple[int, int]]:
        """The first ``count``, or all, as keys (numbers of the column, or ranks) and ids, ties by id."""

    def tally(self, column: ColumnName, per: int = 1) -> Mapping[int, int]:
        """How many matches have each number of a column, whole multiples of ``per`` counted as one."""
