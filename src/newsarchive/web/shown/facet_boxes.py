"""Facets as boxes of values that can be ticked: what each leads to, and how many there are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from newsarchive.web.shown.search_address import TICKED, SearchAddress
from newsarchive.web.shown.ticks import can_be_ticked

# Values before one asks for more, and with them; of keywords there are thousands.
_FIRST, _MOST = 6, 40
_BAR = 100


@dataclass(frozen=True, slots=True)
class FacetValue:
    """``address`` ticks it, or takes the tick away; None where no query can name the value."""

    value: str
    count: int
    is_ticked: bool
    address: SearchAddress | None
    bar: int


@dataclass(frozen=True, slots=True)
class FacetBox:
    """The values of a facet, those that are ticked first; ``left_out`` are not listed."""

    name: str
    values: Sequence[FacetValue]
    more: Sequence[FacetValue]
    left_out: int


def facet_boxes(asked: SearchAddress, counts: Mapping[str, Mapping[str, int]]) -> list[FacetBox]:
    """A box for each facet that tells something; ``counts`` of one that is ticked are without its ticks."""
    boxes = (_box(asked, name, counts.get(name, {})) for name in TICKED)
    return [box for box in boxes if _tells(box)]


def _tells(box: FacetBox) -> bool:
    return any(each.value or each.is_ticked for each in box.values)


def _box(asked: SearchAddress, name: str, counts: Mapping[str, int]) -> FacetBox:
    ticked = asked.values(name)
    # A tick that nothing has any more can still be taken away.
    ordered = {**{value: counts.get(value, 0) for value in ticked}, **dict(list(counts.items())[:_MOST])}
    most = max(ordered.values(), default=0)
    values = [_value(asked, name, value, count, most) for value, count in ordered.items()]
    first = max(_FIRST, len(ticked))
    if len(values) <= first + 2:
        first = len(values)
    return FacetBox(name, values[:first], values[first:], max(0, len(counts) - len(ordered)))


def _value(asked: SearchAddress, name: str, value: str, count: int, most: int) -> FacetValue:
    is_ticked = (name, value) in asked.ticks
    address = None
    if is_ticked:
        address = asked.unticked(name, value)
    elif can_be_ticked(name, value):
        address = asked.ticked(name, value)
    return FacetValue(value, count, is_ticked, address, round(_BAR * count / most) if most else 0)
