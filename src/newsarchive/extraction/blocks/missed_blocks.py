"""Blocks that the model misses and their surroundings give: what stands within the text is of the text.

The model sees each block by itself. A short heading, an item of a nested list or a row of
results looks like furniture to it; between two paragraphs of the article it is none. Every
threshold is of 1,100 pages with a labelled text, by models that never saw the page's site.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from newsarchive.extraction.blocks.block_features import Features
from newsarchive.extraction.blocks.block_walk import Blocks

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

_HEADINGS = frozenset("h1 h2 h3 h4 h5 h6".split())
_LISTS = frozenset("ul ol dl".split())
_ROWS = frozenset("tr td th caption".split())
# Between two kept blocks, above this: 80 of 100 headings and 40 of 43 texts beside boxes were
# the article's; of those below, one in four and in three.
_LIKELY = 0.2
# A sentence beside boxes is one without the model: all of five were the article's.
_LIKELY_SENTENCE = 0.01
_RUN_IN = 150
_MAX_LINKED = 0.3
_ALL_LINKED = 0.85
_MAX_ITEMS = 80
# By size, over a whole list that the text goes on after (.85 of what it adds is right; at .4,
# .34), and over a table below the text.
_LIST, _TABLE = 0.45, 0.25


def with_missed(kept: Flags, free: Flags, probabilities: Floats, page: tuple[Blocks, Features]) -> Flags:
    """Add to the kept blocks what was missed; ``free`` are those that may be article at all."""
    view = _View(*page, probabilities, kept.copy(), free)
    if kept.any():
        view.fill_gaps()
        view.fill_boxes()
    return view.kept


@dataclass(frozen=True, slots=True)
class _View:
    blocks: Blocks
    features: Features
    probabilities: Floats
    kept: Flags
    free: Flags

    def fill_gaps(self) -> None:
        """Fill runs of blocks that belong between the kept ones right before and after."""
        places = np.flatnonzero(self.kept)
        for before, after in zip(places[:-1].tolist(), places[1:].tolist(), strict=True):
            gap = range(before + 1, after)
            alone = len(gap) == 1
            if gap and all(self._is_linked_sentence(at) or (alone and self._belongs(at)) for at in gap):
                self.kept[gap.start : gap.stop] = True

    def fill_boxes(self) -> None:
        """Fill lists within the text and tables below it, as wholes."""
        for box in self._outermost(_LISTS):
            self._fill_list(box)
        for box in self._outermost(frozenset(("table",))):
            inside = range(self.blocks.first[box], self.blocks.last[box])
            is_data = all(self.blocks.tags[self.blocks.box[at]] in _ROWS for at in inside)
            if is_data and self._mean(inside) > _TABLE and self._has_kept(inside.start, -1):
                self._fill(inside)

    def _fill_list(self, box: int) -> None:
        inside = range(self.blocks.first[box], self.blocks.last[box])
        if not self._has_kept(inside.start, -1) or not self._has_kept(inside.stop - 1, 1):
            return
        if self._mean(inside) > _LIST:
            self._fill(inside)
            return
        kept = [at for at in inside if self.kept[at]]
        if kept:
            top = min(self.blocks.depths[self.blocks.box[at]] for at in kept)
            nested = (at for at in range(kept[0], kept[-1]) if self.blocks.depths[self.blocks.box[at]] > top)
            self._fill(nested)

    def _belongs(self, at: int) -> bool:
        """Whether a block between two kept ones is a heading or stands beside boxes with text."""
        chance = self.probabilities[at]
        if not self.free[at] or chance <= _LIKELY_SENTENCE or self.features.row("linked")[at] > _MAX_LINKED:
            return False
        ended = self.features.row("ended")[at] > 0
        if self._is_beside_boxes(at) and (ended or chance > _LIKELY):
            return True
        is_bold = self.features.row("bold")[at] > _ALL_LINKED and self.features.size[at] < _RUN_IN
        return bool(chance > _LIKELY) and (self._tag(at) in _HEADINGS or bool(is_bold))

    def _is_linked_sentence(self, at: int) -> bool:
        """Whether a paragraph is a link as a whole, and a sentence of the article by its end."""
        linked = self.features.row("linked")[at] >= _ALL_LINKED
        is_likely = self.free[at] and self.probabilities[at] > _LIKELY
        return bool(linked and is_likely) and self.blocks.texts[at].endswith((".", "。", "…"))

    def _is_beside_boxes(self, at: int) -> bool:
        blocks = self.blocks
        box = blocks.box[at]
        before = blocks.first[box] < at and blocks.box[at - 1] != box
        after = at + 1 < blocks.last[box] and blocks.box[at + 1] != box
        return before or after

    def _outermost(self, tags: frozenset[str]) -> Iterator[int]:
        """The boxes of some tags that have two blocks or more, most of them unlinked; outer ones only."""
        done = 0
        for box, tag in enumerate(self.blocks.tags):
            first, last = self.blocks.first[box], self.blocks.last[box]
            if tag in tags and first >= done and 2 <= last - first <= _MAX_ITEMS:
                done = last
                if not self.kept[first:last].all() and self._share_linked(first, last) <= _MAX_LINKED:
                    yield box

    def _share_linked(self, first: int, last: int) -> float:
        size = self.features.size[first:last]
        return float((self.features.row("linked")[first:last] * size).sum() / size.sum())

    def _mean(self, inside: range) -> float:
        size = self.features.size[inside.start : inside.stop]
        return float((self.probabilities[inside.start : inside.stop] * size).sum() / size.sum())

    def _has_kept(self, at: int, step: int) -> bool:
        """Whether one of the two blocks before, or after, is kept."""
        near = (at + step, at + 2 * step)
        return any(0 <= place < len(self.kept) and self.kept[place] for place in near)

    def _fill(self, places: range | Iterator[int]) -> None:
        for at in places:
            self.kept[at] |= self.free[at]

    def _tag(self, at: int) -> str:
        return self.blocks.tags[self.blocks.box[at]]
