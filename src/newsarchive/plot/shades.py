"""How dark a count is drawn, in a terminal and in a picture alike."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

LEVELS = 4


@dataclass(frozen=True, slots=True)
class Shades:
    """Levels of counts up to ``most``: 0 is nothing, 4 the darkest.

    The levels are as wide as they are high, 1–2, 3–9, 10–31 and so on: a day of
    one article and a day of ten have to differ where another has a thousand.
    """

    most: int

    @property
    def bounds(self) -> tuple[int, ...]:
        """The least count of each level that is in use, the lightest first."""
        return tuple(sorted({round(self.most ** (step / LEVELS)) for step in range(LEVELS)} - {0}))

    def level(self, count: int) -> int:
        """0 for nothing; few levels are the darkest ones."""
        if count <= 0:
            return 0
        return LEVELS - len(self.bounds) + bisect_right(self.bounds, count)

    def legend(self) -> list[tuple[int, str]]:
        """Each level in use with the counts that it stands for."""
        bounds = self.bounds
        ends = [*(bound - 1 for bound in bounds[1:]), self.most]
        return [
            (self.level(first), f"{first:,}" if first == last else f"{first:,}–{last:,}")
            for first, last in zip(bounds, ends, strict=True)
        ]
