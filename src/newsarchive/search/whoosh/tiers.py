"""Which segments to merge into the one being built."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from typing import Any

# A tier (segments below a number of articles) is merged when it holds this many
# segments more than the tier below may.
_FAN_IN = 8
_TIERS = (100, 1_000, 10_000, 100_000, 1_000_000)
# Merging 20,000 newswire articles takes about a second: what would get larger waits
# for a run that adds so many articles that nobody notices.
_QUICKLY_MERGED = 20_000
_PER_ADDED = 4


def choose(segments: Sequence[Any], added: int, *, bulk: bool) -> list[Any]:
    """The segments of the highest full tier, smallest first; failing that, those mostly deleted."""
    limit = _TIERS[-1] if bulk else _QUICKLY_MERGED + _PER_ADDED * added
    live = {segment: segment.doc_count_all() - segment.deleted_count() for segment in segments}
    for step, bound in reversed(list(enumerate(_TIERS, 1))):
        tier = sorted((segment for segment in segments if live[segment] < bound), key=live.__getitem__)
        totals = accumulate(live[segment] for segment in tier)
        chosen = [segment for segment, total in zip(tier, totals, strict=True) if total <= limit]
        if len(chosen) >= _FAN_IN * step:
            return chosen
    return [
        segment for segment in segments if live[segment] < segment.deleted_count() and live[segment] <= limit
    ]
