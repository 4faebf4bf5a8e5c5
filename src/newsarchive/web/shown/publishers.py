"""Publishers as rows of a table: how much of each was collected, and how well."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from newsarchive.answers.coverage import Coverage, PublisherCoverage
from newsarchive.web.shown.search_address import SearchAddress
from newsarchive.web.shown.ticks import can_be_ticked

# More than anybody reads; the command line and the API have all.
_MOST = 60


@dataclass(frozen=True, slots=True)
class PublisherRows:
    """``rows`` with the address of each one's articles; ``left_out`` are more publishers."""

    rows: Sequence[tuple[PublisherCoverage, SearchAddress | None]]
    left_out: int


def publisher_rows(coverage: Coverage) -> PublisherRows:
    """The publishers with the most articles."""
    shown = coverage.publishers[:_MOST]
    return PublisherRows([(each, _address(each)) for each in shown], len(coverage.publishers) - len(shown))


def _address(each: PublisherCoverage) -> SearchAddress | None:
    if each.publisher is not None and can_be_ticked("publisher", each.publisher):
        return SearchAddress(ticks=(("publisher", each.publisher),))
    return SearchAddress(query=f"url:{each.host}") if each.host else None
