"""Counts of a column's numbers as counts of what people call them: names, years, months, days."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from newsarchive.search.engines import FacetField
from newsarchive.search.whoosh.answer.execute.execution import Execution, Segment
from newsarchive.search.whoosh.index_keys import DAY, MONTH, YEAR, key_parts
from newsarchive.search.whoosh.layout import SEPARATOR, ColumnName

_NAMES = {
    FacetField.PUBLISHER: ColumnName.PUBLISHER,
    FacetField.LANGUAGE: ColumnName.LANGUAGE,
    FacetField.SECTION: ColumnName.SECTION,
    FacetField.AUTHOR: ColumnName.AUTHORS,
    FacetField.KEYWORD: ColumnName.KEYWORDS,
}
_PERIODS = {FacetField.YEAR: YEAR, FacetField.MONTH: MONTH, FacetField.DAY: DAY}

Parts = Sequence[tuple[Segment, Execution]]


def count(parts: Parts, facet: FacetField) -> Mapping[str, int]:
    """The values of a facet with the number of matches that have them; see ``Matches``."""
    if facet in _NAMES:
        return _count_names(parts, _NAMES[facet])
    return _count_periods(parts, _PERIODS[facet])


def _count_names(parts: Parts, column: ColumnName) -> Mapping[str, int]:
    counts: dict[str, int] = {}
    for segment, execution in parts:
        names = segment.files.column(column).names
        for at, number in execution.tally(column).items():
            # An author named twice in one byline is one author.
            for name in set(names[at].split(SEPARATOR)):
                counts[name] = counts.get(name, 0) + number
    return dict(sorted(counts.items(), key=lambda item: (not item[0], -item[1], item[0])))


def _count_periods(parts: Parts, per: int) -> Mapping[str, int]:
    """A date counts in the period it names: of days, "1987-03" is a row of its own."""
    tallies: Iterable[Mapping[int, int]] = (
        execution.tally(ColumnName.PUBLISHED_KEY, per) for _, execution in parts
    )
    counts = Counter[str]()
    for tally in tallies:
        for period, number in tally.items():
            counts[_name(period * per, per)] += number
    return dict(sorted(counts.items(), key=lambda item: (not item[0], item[0])))


@lru_cache(maxsize=20_000)
def _name(key: int, per: int) -> str:
    """The period of a key in ISO 8601, as precise as the date is; "" for no date."""
    year, month, day = key_parts(key)
    if not year:
        return ""
    precise = 10 if day else 7 if month else 4
    return f"{year:04}-{month:02}-{day:02}"[: min(precise, {YEAR: 4, MONTH: 7, DAY: 10}[per])]
