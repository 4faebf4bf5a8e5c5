"""A run of ``add`` or ``reextract``: iterated for what becomes of each source, or finished in one call."""

from __future__ import annotations

import warnings
import weakref
from collections import Counter
from collections.abc import Callable, Generator, Iterator, Mapping
from contextlib import closing, suppress
from dataclasses import dataclass
from types import MappingProxyType, TracebackType
from typing import Any, Generic, Self, TypeVar

from newsarchive.errors import RunEnded
from newsarchive.pipeline.outcomes import Failed, Outcome, Reextracted

_O = TypeVar("_O", bound=Outcome | Reextracted)
# Of more failures than these the summary has the number alone.
_MOST_FAILED = 10_000


@dataclass(frozen=True, slots=True)
class Summary:
    """What became of the sources of a run: how many had each outcome, by its name, and those that failed.

    A name that no outcome had counts 0. ``failed`` holds the first 10,000.
    """

    counts: Mapping[str, int]
    failed: tuple[Failed, ...]

    @property
    def total(self) -> int:
        """How many outcomes there were."""
        return sum(self.counts.values())

    def to_dict(self) -> dict[str, Any]:
        """The JSON form."""
        return {"counts": dict(self.counts), "failed": [each.to_dict() for each in self.failed]}


class Run(Generic[_O]):
    """What ``add`` and ``reextract`` give. Nothing is done before it is iterated or finished.

    It is for one thread, and passes over its sources once. The archive is locked for
    writing from the first step to the last, or to the moment the run is left: by ``break``
    or an error in the loop, ``close``, the end of its ``with`` block, the closing of the
    archive, or because nothing refers to it any more. What was yielded until then is kept.
    """

    def __init__(self, steps: Callable[[], Generator[_O]]) -> None:
        self._steps = steps
        self._counts: Counter[str] = Counter()
        self._failed: list[Failed] = []
        self._is_started = self._is_complete = self._is_closed = False
        # Weakly: the loop alone keeps it, so that leaving the loop ends it and frees the lock.
        self._iterator: Callable[[], Generator[_O] | None] = lambda: None
        self._stepped: Iterator[_O] | None = None

    def __iter__(self) -> Iterator[_O]:
        """What becomes of each source, in order, each told once it is durable.

        Raises RunEnded where the run was left or closed.
        """
        iterator = self._iterator()
        if iterator is not None:
            return iterator
        if self._is_complete:
            return iter(())
        if self._is_started or self._is_closed:
            raise RunEnded("this run was left before its end", hint="start another: what is done is known")
        self._is_started = True
        iterator = self._walk()
        self._iterator = weakref.ref(iterator)
        return iterator

    def __next__(self) -> _O:
        """One more outcome. Whoever steps by hand holds the archive until the run is over, or given up."""
        self._stepped = iter(self)
        return next(self._stepped)

    def finish(self) -> Summary:
        """Do all that is left to do, and say what became of the sources, also of those before.

        Raises RunEnded where the run was left or closed.
        """
        for _ in self:
            pass
        return self.summary

    @property
    def summary(self) -> Summary:
        """What became of the sources until now."""
        return Summary(MappingProxyType(self._counts.copy()), tuple(self._failed))

    def close(self) -> None:
        """End the run, and free the archive; another thread's ends after the source it is at."""
        self._is_closed = True
        iterator, self._stepped = self._iterator(), None
        # "Already executing", where another thread is at it: that one ends at its next outcome.
        with suppress(ValueError):
            if iterator is not None:
                iterator.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __del__(self) -> None:
        if not self._is_started and not self._is_closed:
            # As Python does for a coroutine that nobody awaited: nothing else shows the mistake.
            message = "nothing was done: iterate over the run, or finish() it"
            warnings.warn(message, RuntimeWarning, stacklevel=2)

    def _walk(self) -> Generator[_O]:
        with closing(self._steps()) as steps:
            for outcome in steps:
                self._counts[outcome.name] += 1
                if isinstance(outcome, Failed) and len(self._failed) < _MOST_FAILED:
                    self._failed.append(outcome)
                yield outcome
                if self._is_closed:
                    return
        self._is_complete = True
