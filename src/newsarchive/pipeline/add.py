"""The pipeline of ``add``: acquire, extract, store; what became of each source is a value."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any, ClassVar

from newsarchive.acquire import Failure
from newsarchive.errors import ExtractError, NewsArchiveError
from newsarchive.extraction import extract
from newsarchive.extraction.workers.worker_pool import WorkerPool
from newsarchive.model import Article, Capture
from newsarchive.store.writing.store_writer import Effect, Saved, StoreWriter

# One fsync and one transaction for so many captures, so many bytes of them or so
# many seconds, whichever comes first: a durable commit costs some milliseconds.
_GROUP_CAPTURES = 500
_GROUP_BYTES = 64_000_000
_GROUP_SECONDS = 1.0
# Captures that wait for a worker, a worker: enough to keep it busy, few enough to bound memory.
_QUEUE_PER_WORKER = 4


@dataclass(frozen=True, slots=True)
class Added:
    """A new article."""

    name: ClassVar[str] = "added"
    source: str
    article_id: int

    def to_dict(self) -> dict[str, Any]:
        """The JSON form."""
        return {"source": self.source, "outcome": self.name, "id": self.article_id}


@dataclass(frozen=True, slots=True)
class Revised:
    """An article that was known, with another headline or text than before."""

    name: ClassVar[str] = "revised"
    source: str
    article_id: int

    def to_dict(self) -> dict[str, Any]:
        """The JSON form."""
        return {"source": self.source, "outcome": self.name, "id": self.article_id}


@dataclass(frozen=True, slots=True)
class Unchanged:
    """An article that was known, with the same headline and text."""

    name: ClassVar[str] = "unchanged"
    source: str
    article_id: int

    def to_dict(self) -> dict[str, Any]:
        """The JSON form."""
        return {"source": self.source, "outcome": self.name, "id": self.article_id}


@dataclass(frozen=True, slots=True)
class Failed:
    """A source from which no article came, and why. Bytes that were received are kept."""

    name: ClassVar[str] = "failed"
    source: str
    error: NewsArchiveError

    def to_dict(self) -> dict[str, Any]:
        """The JSON form."""
        return {
            "source": self.source,
            "outcome": self.name,
            "error": self.error.message,
            "hint": self.error.hint,
        }


Outcome = Added | Revised | Unchanged | Failed


@dataclass(frozen=True, slots=True)
class _Extracted:
    """A capture with its article, or with what there is in its place."""

    capture: Capture
    result: Article | NewsArchiveError


_Step = Outcome | _Extracted
_Pending = _Step | tuple[Capture, Future[Article]]


def ingest(
    items: Iterable[Capture | Failure], writer: StoreWriter, pool: WorkerPool, *, workers: int
) -> Iterator[Outcome]:
    """Archive captures in their order; yield an outcome once it is durable, not before."""
    group = _Group(writer)
    for step in _extract_ahead(items, writer, pool, ahead=workers * _QUEUE_PER_WORKER):
        group.append(step)
        if group.is_due():
            yield from group.flush()
    yield from group.flush()


def _extract_ahead(
    items: Iterable[Capture | Failure], writer: StoreWriter, pool: WorkerPool, *, ahead: int
) -> Iterator[_Step]:
    """Keep the workers busy with what comes next, and give results in the order of the items."""
    queue: deque[_Pending] = deque()
    for item in items:
        queue.append(_begin(item, writer, pool))
        # After a fetch comes a pause for politeness: nothing that is ready waits for it.
        fetched = isinstance(item, Capture) and item.exchange is not None
        while queue and (fetched or len(queue) > ahead or not _is_waiting(queue[0])):
            yield _finish(queue.popleft())
    while queue:
        yield _finish(queue.popleft())


def _begin(item: Capture | Failure, writer: StoreWriter, pool: WorkerPool) -> _Pending:
    if isinstance(item, Failure):
        return Failed(item.source, item.error)
    article_id = writer.known(item)
    if article_id is not None:
        return Unchanged(item.source, article_id)
    if item.content_type == "application/json":
        # A row of a dataset: no markup, no heavy library, less work than sending it to a worker.
        return _Extracted(item, _extract_here(item))
    return item, pool.submit(item)


def _is_waiting(pending: _Pending) -> bool:
    return isinstance(pending, tuple) and not pending[1].done()


def _finish(pending: _Pending) -> _Step:
    if not isinstance(pending, tuple):
        return pending
    capture, future = pending
    try:
        return _Extracted(capture, future.result())
    except ExtractError as error:
        return _Extracted(capture, error)


def _extract_here(capture: Capture) -> Article | ExtractError:
    try:
        return extract(
            capture.payload,
            url=capture.url,
            content_type=capture.content_type,
            captured_at=capture.captured_at,
        )
    except ExtractError as error:
        return error


class _Group:
    """What is committed together."""

    def __init__(self, writer: StoreWriter) -> None:
        self._writer = writer
        self._steps: list[_Step] = []
        self._captures = 0
        self._bytes = 0
        self._since = time.monotonic()

    def append(self, step: _Step) -> None:
        if not self._steps:
            self._since = time.monotonic()
        self._steps.append(step)
        if isinstance(step, _Extracted):
            self._captures += 1
            self._bytes += len(step.capture.payload)

    def is_due(self) -> bool:
        last = self._steps[-1]
        fetched = isinstance(last, _Extracted) and last.capture.exchange is not None
        return (
            fetched
            or self._captures >= _GROUP_CAPTURES
            or self._bytes >= _GROUP_BYTES
            or time.monotonic() - self._since >= _GROUP_SECONDS
        )

    def flush(self) -> Iterator[Outcome]:
        steps, self._steps = self._steps, []
        self._captures = self._bytes = 0
        extracted = [step for step in steps if isinstance(step, _Extracted)]
        saved = iter(
            self._writer.save([(step.capture, step.result) for step in extracted]) if extracted else ()
        )
        for step in steps:
            yield _outcome(step, next(saved)) if isinstance(step, _Extracted) else step


def _outcome(step: _Extracted, saved: Saved) -> Outcome:
    source = step.capture.source
    if isinstance(step.result, NewsArchiveError):
        return Failed(source, step.result)
    if saved.article_id is None:
        raise AssertionError("a saved article has an id")
    if saved.effect is Effect.ADDED:
        return Added(source, saved.article_id)
    if saved.effect is Effect.REVISED:
        return Revised(source, saved.article_id)
    return Unchanged(source, saved.article_id)
