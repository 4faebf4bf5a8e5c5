"""When two texts are one story: how much of the shorter stands in the longer, and whether the figures agree.

Calibrated on the 21,574 articles of Reuters-21578. Two articles were labelled the same story where
paragraphs of eight words and more that both have make up half of the shorter one (622 pairs), and
different where they share none and are dated more than a day apart. See docs/families.md.
"""

from __future__ import annotations

from newsarchive.search.families.fingerprints import Fingerprint

# Below .7, other bank's rises of the same rate joined; of the labelled pairs none is lost by it.
_SHARED = 0.7
# Market reports, dividends and weather use one form of words every day: their figures differ.
_FIGURES = 0.6
# Told again after more days than these, a text is the same story only if it is nearly the same text.
DAYS_APART = 3
_SHARED_LATER = 0.9
# Fewer runs of words are shared by chance; such texts are the same only word for word.
_FEWEST_RUNS = 12


def shared(one: Fingerprint, other: Fingerprint) -> float:
    """How much of the shorter text stands in the longer, by runs of words: 0 to 1."""
    if one.digest is not None and one.digest == other.digest:
        return 1.0
    fewest = min(len(one.runs), len(other.runs))
    return len(one.runs & other.runs) / fewest if fewest >= _FEWEST_RUNS else 0.0


def is_same_story(one: Fingerprint, other: Fingerprint, *, days_apart: int | None) -> bool:
    """Whether two texts are one story; ``days_apart`` None where a date is not known to the day."""
    if one.digest is not None and one.digest == other.digest:
        return True
    is_later = days_apart is not None and days_apart > DAYS_APART
    wanted, figures = (_SHARED_LATER, _SHARED_LATER) if is_later else (_SHARED, _FIGURES)
    return shared(one, other) >= wanted and _same_figures(one, other) >= figures


def _same_figures(one: Fingerprint, other: Fingerprint) -> float:
    fewest = min(len(one.figures), len(other.figures))
    return len(one.figures & other.figures) / fewest if fewest else 1.0
