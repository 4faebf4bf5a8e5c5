"""All terms of a field, to find the ones of a shape or similar to a word, which may begin with anything."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from newsarchive.search.text.term_tests import Test, nearness, shape

if TYPE_CHECKING:
    from newsarchive.search.whoosh.segment.term_signatures import Signatures

# Comparing so many terms letter by letter takes 80 ms, as long as loading numpy for their signatures.
_WORTH_SIGNATURES = 40_000


class Vocabulary:
    """Terms in order; what is found is told by its place among them."""

    def __init__(self, terms: Sequence[bytes]) -> None:
        # The terms are one text, a term a line: one scan of it is faster than a call for each term.
        self._text = b"\n".join(terms).decode()
        self._compared = 0

    @cached_property
    def _terms(self) -> list[str]:
        return self._text.split("\n")

    @cached_property
    def _signatures(self) -> Signatures:
        from newsarchive.search.whoosh.segment.term_signatures import Signatures

        return Signatures(self._text)

    def of_shape(self, pattern: str) -> Iterator[int]:
        """The terms of a pattern with ``*`` and ``?``."""
        if not self._text:
            return
        lines = re.compile(f"^(?:{shape(pattern).pattern})$", re.MULTILINE)
        place = read = 0
        for match in lines.finditer(self._text):
            place += self._text.count("\n", read, match.start())
            read = match.start()
            yield place

    def similar(self, word: str, edits: int) -> Iterator[int]:
        """The terms at most ``edits`` edits away."""
        terms, is_near = self._terms, _test(word, edits)
        return (place for place in self._candidates(word, edits) if is_near(terms[place]))

    def _candidates(self, word: str, edits: int) -> Iterable[int]:
        self._compared += len(self._terms)
        if self._compared < _WORTH_SIGNATURES:
            return range(len(self._terms))
        return self._signatures.near(word, edits)


@lru_cache(maxsize=32)
def _test(word: str, edits: int) -> Test:
    """A test that remembers its answers: all segments have much the same terms."""
    return lru_cache(maxsize=10_000)(nearness(word, edits))
