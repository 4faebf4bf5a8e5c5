"""Extraction ahead of what needs it, in order, and in groups that are committed together."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from newsarchive.errors import ExtractError, NewsArchiveError
from newsarchive.extraction import extract
from newsarchive.extraction.workers.worker_pool import WorkerPool
from newsarchive.formats import PageFormat
from newsarchive.model import Article, Capture

# How many captures wait for each worker: enough to keep it busy, few enough to bound memory.
QUEUE_PER_WORKER = 4
# A group is committed, with one fsync and one transaction, when it has this many captures, has
# this many bytes, or is this old: a durable commit costs some milliseconds.
_GROUP_CAPTURES = 500
_GROUP_BYTES = 64_000_000
_GROUP_SECONDS = 1.0

Result = Article | NewsArchiveError
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Pending(Generic[_T]):
    """Something with what extraction says of it, or will say; None where nothing is to be extracted.

    ``is_urgent``: nothing that is ready waits for what comes after it.
    """

    about: _T
    result: Result | Future[Article] | None = None
    is_urgent: bool = False

    @property
    def is_waiting(self) -> bool:
        """Whether a worker is still at it."""
        return isinstance(self.result, Future) and not self.result.done()

    def wait(self) -> Result | None:
        """What extraction says."""
        if not isinstance(self.result, Future):
            return self.result
        try:
            return self.result.result()
        except ExtractError as error:
            return error


def begin_extraction(capture: Capture, pool: WorkerPool) -> Result | Future[Article]:
    """Extract a capture: rows of datasets at once, pages in a worker that can be killed."""
    if capture.format is PageFormat.ROW:
        # No markup, no heavy library, less work than sending it to a worker.
        return _extract_here(capture)
    return pool.submit(capture)


def in_order(items: Iterable[Pending[_T]], *, workers: int) -> Iterator[Pending[_T]]:
    """Keep the workers busy with what comes next, and give what is done in the order of the items."""
    queue: deque[Pending[_T]] = deque()
    for item in items:
        queue.append(item)
        while queue and (
            item.is_urgent or len(queue) > workers * QUEUE_PER_WORKER or not queue[0].is_waiting
        ):
            yield queue.popleft()
    yield from queue


class Sized(Protocol):
    """What groups are made of."""

    @property
    def captures(self) -> int:
        """How many captures it brings."""

    @property
    def payload_bytes(self) -> int:
        """How long they are together."""

    @property
    def is_urgent(self) -> bool:
        """Whether its group ends with it."""


_S = TypeVar("_S", bound=Sized)


def in_groups(items: Iterable[_S]) -> Iterator[list[_S]]:
    """Put together what is committed together."""
    group: list[_S] = []
    captures = payload_bytes = 0
    since = 0.0
    for item in items:
        if not group:
            captures = payload_bytes = 0
            since = time.monotonic()
        group.append(item)
        captures += item.captures
        payload_bytes += item.payload_bytes
        is_full = captures >= _GROUP_CAPTURES or payload_bytes >= _GROUP_BYTES
        if is_full or item.is_urgent or time.monotonic() - since >= _GROUP_SECONDS:
            yield group
            group = []
    if group:
        yield group


def _extract_here(capture: Capture) -> Result:
    try:
        return extract(
            capture.payload,
            url=capture.url,
            content_type=capture.content_type,
            captured_at=capture.captured_at,
            format=capture.format,
            time_known=capture.time_known,
        )
    except ExtractError as error:
        return error
