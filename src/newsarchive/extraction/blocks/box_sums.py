"""Sums over boxes and what they hand down to their blocks, without a loop over boxes.

Blocks inside a box are a range, so a sum over its subtree is the difference of two
running sums, and what boxes hand down is a running sum of ranges' ends.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from newsarchive.extraction.blocks.block_walk import Blocks
from newsarchive.extraction.blocks.box_traits import NAMES

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

_BITS = 1 << np.arange(len(NAMES), dtype=np.int64)


@dataclass(frozen=True, slots=True)
class Boxes:
    """The boxes of a page as arrays; ``of`` is the box of each block, ``kinds`` numbers their signatures."""

    of: Ints
    parents: Ints
    depths: Ints
    first: Ints
    last: Ints
    cues: Ints
    kinds: Ints

    @classmethod
    def from_blocks(cls, blocks: Blocks) -> Boxes:
        """Take over the boxes of a walk."""
        numbers: dict[str, int] = {}
        kinds = [numbers.setdefault(signature, len(numbers)) for signature in blocks.signatures]
        lists = (blocks.box, blocks.parents, blocks.depths, blocks.first, blocks.last, blocks.cues, kinds)
        return cls(*(np.array(values, dtype=np.int64) for values in lists))

    def sums(self, weights: Floats) -> Floats:
        """For each box the sum over all blocks inside."""
        running = np.concatenate(([0.0], np.cumsum(weights)))
        return running[self.last] - running[self.first]

    def direct(self, weights: Floats) -> Floats:
        """For each box the sum over the blocks that it holds itself."""
        return np.bincount(self.of, weights=weights, minlength=len(self.parents)).astype(np.float64)

    def over_children(self, values: Floats) -> Floats:
        """For each box the sum over the boxes that it holds itself."""
        return np.bincount(self.parents[1:], weights=values[1:], minlength=len(values)).astype(np.float64)

    def holding(self, block: int) -> Flags:
        """Which boxes hold a block, at any depth."""
        holding: Flags = (self.first <= block) & (block < self.last)
        return holding

    def inside(self, box: int) -> Flags:
        """Which blocks are in a box, at any depth."""
        index = np.arange(len(self.of))
        inside: Flags = (self.first[box] <= index) & (index < self.last[box])
        return inside

    def covered(self, chosen: Flags) -> Flags:
        """Which blocks are in any of the chosen boxes."""
        size = len(self.of) + 1
        opened = np.bincount(self.first[chosen], minlength=size) - np.bincount(
            self.last[chosen], minlength=size
        )
        covered: Flags = np.cumsum(opened)[:-1] > 0
        return covered

    def handed_down(self, cues: Ints) -> Flags:
        """For each cue (a row) which blocks are in a box that has it."""
        filled = np.flatnonzero((cues != 0) & (self.first < self.last))
        rows, columns = np.nonzero(cues[filled, None] & _BITS)
        shape = (len(self.of) + 1, len(NAMES))
        first, last = (ends[filled][rows] * len(NAMES) + columns for ends in (self.first, self.last))
        size = shape[0] * shape[1]
        opened = np.bincount(first, minlength=size) - np.bincount(last, minlength=size)
        handed: Flags = np.cumsum(opened.reshape(shape), axis=0)[:-1] > 0
        return np.ascontiguousarray(handed.T)
