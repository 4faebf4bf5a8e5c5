"""Which segments to merge into the one being built."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from itertools import accumulate
from typing import Any

from newsarchive.search.whoosh.segment import POSTINGS_SUFFIX

# A tier (segments below a number of articles) is merged when it holds this many
# segments more than the tier below may. What would get larger than the bound stays
# apart, so that adding one article never rewrites a large index: at 16 MB of
# postings (20,000 newswire articles) a merge takes some seconds and 150 MB.
_FAN_IN = 8
_TIERS = (100, 1_000, 10_000)
_MAX_MERGED = 16_000_000


def choose(storage: Any, segments: Sequence[Any]) -> list[Any]:
    """The segments of the highest full tier, smallest first; failing that, those mostly deleted."""
    sizes = {segment: storage.file_length(segment.make_filename(POSTINGS_SUFFIX)) for segment in segments}
    live = {segment: segment.doc_count_all() - segment.deleted_count() for segment in segments}
    for step, bound in reversed(list(enumerate(_TIERS, 1))):
        tier = sorted((segment for segment in segments if live[segment] < bound), key=sizes.__getitem__)
        totals = accumulate(sizes[segment] for segment in tier)
        chosen = [segment for segment, total in zip(tier, totals, strict=True) if total <= _MAX_MERGED]
        if len(chosen) >= _FAN_IN * step:
            return chosen
    return [
        segment
        for segment in segments
        if live[segment] < segment.deleted_count() and (sizes[segment] <= _MAX_MERGED or not live[segment])
    ]


def live_numbers(count: int, deleted: Collection[int], start: int) -> Mapping[int, int]:
    """The articles of a segment that are not deleted, with the numbers from ``start`` on that they get."""
    live = (number for number in range(count) if number not in deleted)
    return {number: new for new, number in enumerate(live, start)}
