"""Runs as they are asked of an archive: from the writer's lock to the index caught up."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from newsarchive.acquire import Said, acquire, count, readers
from newsarchive.acquire.reader import NOTHING_SAID
from newsarchive.base.processors import processors
from newsarchive.base.progress import ProgressCallback, counted, notify, tell
from newsarchive.extraction import EXTRACTOR_VERSION
from newsarchive.extraction.workers.worker_pool import WorkerPool
from newsarchive.pipeline.add import add, preview
from newsarchive.pipeline.index_sync import ArchiveIndex
from newsarchive.pipeline.outcomes import Outcome, Reextracted
from newsarchive.pipeline.reextract import reextract
from newsarchive.store.reading.captures import StoredCapture
from newsarchive.store.writing.reextraction import Job, Reextraction, Which
from newsarchive.store.writing.store_writer import StoreWriter


def add_all(
    folder: Path,
    index: ArchiveIndex,
    sources: Iterable[str],
    *,
    workers: int | None,
    allow_private: bool,
    said: Said | None = None,
    progress: ProgressCallback | None,
    at_end: Callable[[], object] = lambda: None,
) -> Generator[Outcome]:
    """Archive sources; yield an outcome once it is durable. Raises ArchiveLocked."""
    kinds = readers(allow_private=allow_private, said=said or NOTHING_SAID)
    number = workers or processors()
    with one_writer(folder, progress) as writer, WorkerPool(number) as pool:
        # An iterator may have no end, and is passed over once.
        is_counted = progress is not None and isinstance(sources, Sequence)
        total = count(sources, kinds) if is_counted else None
        items = acquire(sources, kinds, now=datetime.now(UTC))
        for done, outcome in enumerate(add(items, writer, pool, workers=number), start=1):
            tell(progress, "archiving", done, total)
            yield outcome
        pool.close()
        index.catch_up(progress)
    at_end()


def preview_all(sources: Iterable[str], *, said: Said | None, allow_private: bool) -> Generator[Outcome]:
    """Say what adding sources would do; nothing is written."""
    kinds = readers(allow_private=allow_private, said=said or NOTHING_SAID)
    with WorkerPool(processors()) as pool:
        yield from preview(acquire(sources, kinds, now=datetime.now(UTC)), pool, workers=processors())


def reextract_all(
    folder: Path,
    index: ArchiveIndex,
    which: Which | Sequence[int],
    payload: Callable[[StoredCapture], bytes],
    *,
    workers: int | None,
    progress: ProgressCallback | None,
) -> Generator[Reextracted]:
    """Read captures with today's extraction; yield an outcome once it is durable. Raises ArchiveLocked."""
    number = workers or processors()
    with one_writer(folder, progress) as writer, WorkerPool(number) as pool:
        store = Reextraction(writer, extractor=EXTRACTOR_VERSION)
        if isinstance(which, Which):
            jobs = store.jobs(which)
        else:
            jobs = [Job(article_id=article_id) for article_id in which]
        outcomes = reextract(jobs, store, pool, payload, workers=number)
        yield from counted(outcomes, progress, "extracting", len(jobs))
        pool.close()
        index.catch_up(progress)


def one_writer(folder: Path, progress: ProgressCallback | None) -> StoreWriter:
    """The one writer of an archive, with today's extraction."""
    return StoreWriter(folder, extractor=EXTRACTOR_VERSION, notify=partial(notify, progress))
