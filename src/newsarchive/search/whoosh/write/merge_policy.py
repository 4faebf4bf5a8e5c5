"""Which segments to merge into the one being built."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

# A bulk run makes segments of at most so many articles: their numbers take two bytes in
# posting lists, and an array of all of them fits a processor's cache.
FULL = 1 << 16
_AT_ONCE = 32
# Between bulk runs, a tier (segments below a number of articles) is merged when it holds
# this many segments more than the tier below may.
_FAN_IN = 8
_TIERS = (100, 1_000, 10_000)
# Merging 20,000 newswire articles takes about a second. Larger merges wait for a bulk run, which
# takes so long by itself that nobody notices.
_QUICKLY_MERGED = 20_000
_PER_ADDED = 4


@dataclass(frozen=True, slots=True)
class BulkRun:
    """A run that nobody waits for: how many articles it has added so far, and whether more follow."""

    added: int
    is_over: bool


def choose(segments: Sequence[Any], added: int, run: BulkRun | None) -> list[Any]:
    """The segments to merge with the articles just added; where there are none, those mostly deleted."""
    live = {segment: segment.doc_count_all() - segment.deleted_count() for segment in segments}
    limit = FULL if run else _QUICKLY_MERGED + _PER_ADDED * added
    chosen = _filling(live, added, run) if run else _full_tier(live, limit)
    return chosen or [
        segment for segment in segments if live[segment] < segment.deleted_count() and live[segment] <= limit
    ]


def _filling(live: Mapping[Any, int], added: int, run: BulkRun) -> list[Any]:
    """Midway what makes a full segment, or is too much to leave open; at the end all that isn't older."""
    largest = run.added if run.is_over else 0
    chosen, total = [], added
    for segment in sorted(live, key=live.__getitem__):
        # A segment much larger than the others together would be copied again at every merge.
        if live[segment] > max(2 * total, largest) or total + live[segment] > FULL:
            break
        chosen.append(segment)
        total += live[segment]
    return chosen if run.is_over or total + added > FULL or len(chosen) >= _AT_ONCE else []


def _full_tier(live: Mapping[Any, int], limit: int) -> list[Any]:
    """The segments of the highest full tier, smallest first."""
    for step, bound in reversed(list(enumerate(_TIERS, 1))):
        tier = sorted((segment for segment in live if live[segment] < bound), key=live.__getitem__)
        totals = accumulate(live[segment] for segment in tier)
        chosen = [segment for segment, total in zip(tier, totals, strict=True) if total <= limit]
        if len(chosen) >= _FAN_IN * step:
            return chosen
    return []
