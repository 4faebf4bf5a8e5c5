"""How much of one text stands in another, by runs of words. Pure."""

from __future__ import annotations

import re
from functools import cache

from newsarchive.base.scripts import UNSPACED

_RUN = 3
# Longer texts are compared by their beginning: time stays linear, and memory bounded.
_LONGEST = 200_000


def runs_of_words(text: str) -> set[tuple[str, ...]]:
    """The runs of three words of a text; of characters in scripts without spaces."""
    words = _word().findall(text[:_LONGEST].lower())
    return set(zip(*(words[start:] for start in range(_RUN)), strict=False))


def share_of(part: str, whole: str) -> float:
    """How much of ``part`` stands in ``whole``, 0 to 1; 0 where there is hardly any text."""
    wanted = runs_of_words(part)
    return len(wanted & runs_of_words(whole)) / len(wanted) if wanted else 0.0


@cache
def _word() -> re.Pattern[str]:
    return re.compile(f"[^\\W{UNSPACED}]+|(?=\\w)[{UNSPACED}]")
