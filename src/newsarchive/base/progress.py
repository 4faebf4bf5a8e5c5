"""How far a long job is, and what is worth knowing of it, told to whoever listens."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from newsarchive.base.frozen import frozen

_T = TypeVar("_T")
# How the stage of a host begins.
FETCHING = "from "


@frozen
class Progress:
    """How far a long job is; ``stage`` is archiving, extracting, indexing, comparing,
    verifying, exporting, or ``from HOST``: addresses of a host, as far as it is looked ahead.
    """

    stage: str
    done: int
    total: int | None


@frozen
class Notice:
    """What a caller should know and need not act on, such as that the index is built anew: a line."""

    message: str


# Called with each step of a long job, and with each notice, in the thread that does the job.
ProgressCallback = Callable[[Progress | Notice], None]


def notify(progress: ProgressCallback | None, message: str) -> None:
    """Tell what is worth knowing, if somebody listens."""
    if progress is not None:
        progress(Notice(message))


def tell(progress: ProgressCallback | None, stage: str, done: int, total: int | None) -> None:
    """Tell of one more step, if somebody listens."""
    if progress is not None:
        progress(Progress(stage, done, total))


def counted(items: Iterable[_T], progress: ProgressCallback | None, stage: str, total: int) -> Iterator[_T]:
    """Yield the items; report each to ``progress`` once the caller asks for the next."""
    for done, item in enumerate(items, start=1):
        yield item
        tell(progress, stage, done, total)
