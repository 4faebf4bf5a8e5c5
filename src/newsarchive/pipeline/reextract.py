"""The pipeline of ``reextract``: stored captures through today's extraction, compared with what is known."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from newsarchive.errors import ExtractError, NewsArchiveError, StoreError
from newsarchive.extraction import extract
from newsarchive.extraction.workers.worker_pool import WorkerPool
from newsarchive.model import Article, Capture
from newsarchive.pipeline.add import Failed, Unchanged
from newsarchive.store.reading.captures import StoredCapture
from newsarchive.store.writing.combined_article import FieldChange
from newsarchive.store.writing.reextraction import Job, Reading, Reread, Rereader
from newsarchive.store.writing.store_writer import Saved

# As in ``ingest``: one transaction for so many articles, or so many seconds.
_GROUP_READINGS = 500
_GROUP_SECONDS = 1.0
_QUEUE_PER_WORKER = 4
# Their values are too long to print, and revisions and evidence are to be had on their own.
_NAMED_ONLY = frozenset(("text", "evidence"))


@dataclass(frozen=True, slots=True)
class Changed:
    """An article that is read otherwise than before; ``is_revised`` where its headline or text are."""

    name: ClassVar[str] = "changed"
    source: str
    article_id: int
    changes: tuple[FieldChange, ...]
    is_revised: bool

    def to_dict(self) -> dict[str, Any]:
        """The JSON form."""
        return {
            "source": self.source,
            "outcome": self.name,
            "id": self.article_id,
            "revised": self.is_revised,
            "fields": [change.field for change in self.changes],
            "changes": {
                change.field: {"before": change.before, "after": change.after}
                for change in self.changes
                if change.field not in _NAMED_ONLY
            },
        }


@dataclass(frozen=True, slots=True)
class Recovered:
    """A capture from which no article came before, and one does now."""

    name: ClassVar[str] = "recovered"
    source: str
    article_id: int

    def to_dict(self) -> dict[str, Any]:
        """The JSON form."""
        return {"source": self.source, "outcome": self.name, "id": self.article_id}


Reextracted = Changed | Recovered | Unchanged | Failed
_Result = Article | NewsArchiveError
_Payload = Callable[[StoredCapture], bytes]


@dataclass(frozen=True, slots=True)
class _Pending:
    """A capture at work, and the job that it is the last of, where it is."""

    result: _Result | Future[Article]
    ends: tuple[Job, tuple[StoredCapture, ...]] | None

    @property
    def is_waiting(self) -> bool:
        return isinstance(self.result, Future) and not self.result.done()


def reextract(
    jobs: Iterable[Job], store: Rereader, pool: WorkerPool, payload: _Payload, *, workers: int
) -> Iterator[Reextracted]:
    """Read captures anew, in order; yield an outcome once it is durable, not before.

    ``payload`` gives the bytes of a capture; a StoreError that it raises is the outcome.
    """
    group: list[Reading] = []
    since = time.monotonic()
    for reading in _readings(jobs, store, pool, payload, ahead=workers * _QUEUE_PER_WORKER):
        group.append(reading)
        if len(group) >= _GROUP_READINGS or time.monotonic() - since >= _GROUP_SECONDS:
            yield from _flush(group, store)
            group, since = [], time.monotonic()
    yield from _flush(group, store)


def _readings(
    jobs: Iterable[Job], store: Rereader, pool: WorkerPool, payload: _Payload, *, ahead: int
) -> Iterator[Reading]:
    """Put the results of each job together, in the order of the jobs."""
    results: list[_Result] = []
    for pending in _ahead(_begun(jobs, store, pool, payload), ahead):
        results.append(_result(pending.result))
        if pending.ends is not None:
            job, captures = pending.ends
            yield Reading(job, captures, tuple(results))
            results = []


def _ahead(begun: Iterable[_Pending], ahead: int) -> Iterator[_Pending]:
    """Keep the workers busy with what comes next, and give what is done in its order."""
    queue: deque[_Pending] = deque()
    for pending in begun:
        queue.append(pending)
        while queue and (len(queue) > ahead or not queue[0].is_waiting):
            yield queue.popleft()
    yield from queue


def _begun(jobs: Iterable[Job], store: Rereader, pool: WorkerPool, payload: _Payload) -> Iterator[_Pending]:
    for job in jobs:
        captures = store.captures_of(job)
        for capture in captures:
            yield _Pending(
                _begin(capture, pool, payload), (job, captures) if capture is captures[-1] else None
            )


def _begin(stored: StoredCapture, pool: WorkerPool, payload: _Payload) -> _Result | Future[Article]:
    try:
        capture = _capture(stored, payload(stored))
    except StoreError as error:
        return error
    # As in ``ingest``: a row of a dataset is less work than sending it to a worker.
    return _extract_here(capture) if capture.content_type == "application/json" else pool.submit(capture)


def _capture(stored: StoredCapture, payload: bytes) -> Capture:
    return Capture(
        payload=payload,
        source=stored.source,
        captured_at=datetime.fromisoformat(stored.captured_at),
        content_type=stored.content_type,
        url=stored.url,
        dataset=stored.dataset,
        identifier=stored.identifier,
    )


def _extract_here(capture: Capture) -> _Result:
    try:
        return extract(capture.payload, content_type=capture.content_type, captured_at=capture.captured_at)
    except ExtractError as error:
        return error


def _result(result: _Result | Future[Article]) -> _Result:
    if not isinstance(result, Future):
        return result
    try:
        return result.result()
    except ExtractError as error:
        return error


def _flush(group: list[Reading], store: Rereader) -> Iterator[Reextracted]:
    saved = store.save_readings(group) if group else []
    for reading, effect in zip(group, saved, strict=True):
        yield _outcome(reading.captures[0].source, effect)


def _outcome(source: str, effect: Reread | Saved | NewsArchiveError) -> Reextracted:
    if isinstance(effect, NewsArchiveError):
        return Failed(source, effect)
    if isinstance(effect, Saved):
        if effect.article_id is None:
            raise AssertionError("a saved article has an id")
        return Recovered(source, effect.article_id)
    if not effect.changes:
        return Unchanged(source, effect.article_id)
    return Changed(source, effect.article_id, effect.changes, effect.is_revised)
