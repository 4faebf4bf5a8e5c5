"""The pipeline of ``reextract``: stored captures through today's extraction, compared with what is known."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future
from dataclasses import dataclass

from newsarchive.errors import ExtractError, NewsArchiveError, StoreError
from newsarchive.extraction import recognized
from newsarchive.extraction.workers.worker_pool import WorkerPool
from newsarchive.formats import page_format_named
from newsarchive.model import Article, Capture
from newsarchive.pipeline.lookahead import Pending, Result, begin_extraction, in_groups, in_order
from newsarchive.pipeline.outcomes import Changed, Failed, Recovered, Reextracted, Unchanged
from newsarchive.store.reading.captures import StoredCapture
from newsarchive.store.writing.article_filer import Saved
from newsarchive.store.writing.reextraction import Job, Reading, ReadingSaved, Reextraction

_Payload = Callable[[StoredCapture], bytes]


@dataclass(frozen=True, slots=True)
class _Part:
    """One capture of a job."""

    job: Job
    captures: tuple[StoredCapture, ...]
    is_last: bool


def reextract(
    jobs: Iterable[Job], store: Reextraction, pool: WorkerPool, payload: _Payload, *, workers: int
) -> Iterator[Reextracted]:
    """Reextract captures, in order; yield an outcome once it is durable, not before.

    ``payload`` gives the bytes of a capture; a StoreError that it raises is the outcome.
    """
    begun = _begun(jobs, store, pool, payload)
    for group in in_groups(_readings(in_order(begun, workers=workers))):
        for reading, saved in zip(group, store.save(group), strict=True):
            yield _outcome(reading.captures_read[0].source, saved)


def _begun(
    jobs: Iterable[Job], store: Reextraction, pool: WorkerPool, payload: _Payload
) -> Iterator[Pending[_Part]]:
    for job in jobs:
        captures = store.captures_of(job)
        for capture in captures:
            part = _Part(job, captures, is_last=capture is captures[-1])
            yield Pending(part, _begin(capture, pool, payload))


def _readings(parts: Iterable[Pending[_Part]]) -> Iterator[Reading]:
    """Put the results of each job together, in the order of the jobs."""
    results: list[Result] = []
    for pending in parts:
        result = pending.wait()
        assert result is not None
        results.append(result)
        if pending.about.is_last:
            yield Reading(pending.about.job, pending.about.captures, tuple(results))
            results = []


def _begin(stored: StoredCapture, pool: WorkerPool, payload: _Payload) -> Result | Future[Article]:
    try:
        return begin_extraction(_capture(stored, payload(stored)), pool)
    except (StoreError, ExtractError) as error:
        return error


def _capture(stored: StoredCapture, payload: bytes) -> Capture:
    return Capture(
        payload=payload,
        source=stored.source,
        captured_at=stored.captured_at,
        format=page_format_named(stored.format) or recognized(payload, stored.content_type),
        time_known=stored.url is not None if stored.time_known is None else bool(stored.time_known),
        content_type=stored.content_type,
        url=stored.url,
        dataset=stored.dataset,
        identifier=stored.identifier,
    )


def _outcome(source: str, saved: ReadingSaved | Saved | NewsArchiveError) -> Reextracted:
    if isinstance(saved, NewsArchiveError):
        return Failed(source, saved)
    if isinstance(saved, Saved):
        if saved.article_id is None:
            raise AssertionError("a saved article has an id")
        return Recovered(source, saved.article_id)
    if not saved.changes:
        return Unchanged(source, saved.article_id)
    return Changed(source, saved.article_id, saved.changes, saved.is_revised)
