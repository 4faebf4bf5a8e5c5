"""The pipeline of ``add``: acquire, extract, store; what became of each source is a value."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from newsarchive import acquire
from newsarchive.acquire import Item
from newsarchive.errors import NewsArchiveError, RemovedBefore
from newsarchive.extraction.workers.worker_pool import WorkerPool
from newsarchive.model import Article, Capture, EvidenceSource
from newsarchive.pipeline.lookahead import Pending, Result, begin_extraction, in_groups, in_order
from newsarchive.pipeline.outcomes import (
    Added,
    Failed,
    Foreseen,
    Listed,
    NotRead,
    Outcome,
    Revised,
    Unchanged,
    Updated,
)
from newsarchive.store.writing.article_filer import Effect, Saved
from newsarchive.store.writing.store_writer import StoreWriter


@dataclass(frozen=True, slots=True)
class _Extracted:
    """A capture with its article, or with what there is in its place."""

    capture: Capture
    result: Result

    @property
    def captures(self) -> int:
        return 1

    @property
    def payload_bytes(self) -> int:
        return len(self.capture.payload)

    @property
    def is_urgent(self) -> bool:
        # After a fetch comes a pause for politeness: nothing that is ready waits for it.
        return self.capture.fetched


@dataclass(frozen=True, slots=True)
class _Known:
    """A source whose outcome is known without extraction."""

    outcome: Outcome
    captures = 0
    payload_bytes = 0
    is_urgent = False


_Step = _Known | _Extracted


def add(items: Iterable[Item], writer: StoreWriter, pool: WorkerPool, *, workers: int) -> Iterator[Outcome]:
    """Archive captures in their order; yield an outcome once it is durable, not before."""
    begun = (_begin(item, writer, pool) for item in items)
    for group in in_groups(_step(pending) for pending in in_order(begun, workers=workers)):
        yield from _save(group, writer)


def preview(items: Iterable[Item], pool: WorkerPool, *, workers: int) -> Iterator[Outcome]:
    """Extract captures in their order and say what they hold; nothing is written."""
    begun = (_begin_preview(item, pool) for item in items)
    for pending in in_order(begun, workers=workers):
        about, result = pending.about, pending.wait()
        if not isinstance(about, Capture):
            yield about
        elif isinstance(result, Article):
            yield Foreseen(about.source, result.headline, result.date_published, result.word_count)
        elif result is not None:
            yield Failed(about.source, result)


def _begin_preview(item: Item, pool: WorkerPool) -> Pending[Capture | Outcome]:
    if not isinstance(item, Capture):
        return Pending(_without_capture(item))
    return Pending(item, begin_extraction(item, pool), is_urgent=item.fetched)


def _without_capture(item: acquire.Failure | acquire.NotRead | acquire.Link) -> Outcome:
    match item:
        case acquire.NotRead():
            return NotRead(item.source, item.kind, item.number)
        case acquire.Link():
            return Listed(item.source, item.url, item.title)
        case acquire.Failure():
            return Failed(item.source, item.error)


def _begin(item: Item, writer: StoreWriter, pool: WorkerPool) -> Pending[Capture | Outcome]:
    if not isinstance(item, Capture):
        return Pending(_without_capture(item))
    article_id = writer.known(item)
    if article_id is not None:
        return Pending(Unchanged(item.source, article_id))
    return Pending(item, begin_extraction(item, pool), is_urgent=item.fetched)


def _step(pending: Pending[Capture | Outcome]) -> _Step:
    about, result = pending.about, pending.wait()
    if isinstance(about, Capture):
        assert result is not None
        return _Extracted(about, result)
    return _Known(about)


def _save(group: Sequence[_Step], writer: StoreWriter) -> Iterator[Outcome]:
    extracted = [step for step in group if isinstance(step, _Extracted)]
    saved = iter(writer.save([(step.capture, step.result) for step in extracted]) if extracted else ())
    for step in group:
        yield _outcome(step, next(saved)) if isinstance(step, _Extracted) else step.outcome


def _outcome(step: _Extracted, saved: Saved) -> Outcome:
    source = step.capture.source
    if isinstance(step.result, NewsArchiveError):
        return Failed(source, step.result)
    if saved.removed_at is not None:
        return Failed(source, RemovedBefore(saved.removed_at))
    if saved.article_id is None:
        raise AssertionError("a saved article has an id")
    left_out = _left_out(step.result)
    match saved.effect:
        case Effect.ADDED:
            return Added(source, saved.article_id, left_out=left_out)
        case Effect.REVISED:
            return Revised(source, saved.article_id, left_out=left_out)
        case Effect.UPDATED:
            return Updated(source, saved.article_id, saved.changes, left_out=left_out)
        case _:
            return Unchanged(source, saved.article_id, saved.remark, left_out=left_out)


def _left_out(article: Article) -> tuple[str, ...]:
    return tuple(f"{one.field}: {one.raw}" for one in article.evidence if one.source is EvidenceSource.LIMIT)
