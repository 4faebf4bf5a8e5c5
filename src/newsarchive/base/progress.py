"""How far a long job is, told to whoever asked for it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TypeVar

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a long job is; ``stage`` is archiving, extracting, indexing, verifying or exporting."""

    stage: str
    done: int
    total: int | None


ProgressCallback = Callable[[Progress], None]


def tell(progress: ProgressCallback | None, stage: str, done: int, total: int | None) -> None:
    """Tell of one more step, if somebody listens."""
    if progress is not None:
        progress(Progress(stage, done, total))


def counted(items: Iterable[_T], progress: ProgressCallback | None, stage: str, total: int) -> Iterator[_T]:
    """Pass items on; tell of each once it is dealt with."""
    for done, item in enumerate(items, start=1):
        yield item
        tell(progress, stage, done, total)
