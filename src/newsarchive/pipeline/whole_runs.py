"""Runs as they are asked of an archive: from the writer's lock to the index caught up."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from newsarchive.acquire import Fetching, HostStep, Said, acquire, count, readers, with_links
from newsarchive.acquire.reader import NOTHING_SAID
from newsarchive.base.processors import processors
from newsarchive.base.progress import FETCHING, ProgressCallback, counted, notify, tell
from newsarchive.extraction import EXTRACTOR_VERSION
from newsarchive.extraction.workers.worker_pool import WorkerPool
from newsarchive.pipeline.add import add, preview
from newsarchive.pipeline.index_sync import ArchiveIndex
from newsarchive.pipeline.outcomes import Outcome, Reextracted
from newsarchive.pipeline.reextract import reextract
from newsarchive.pipeline.unfinished_lists import UnfinishedList
from newsarchive.store.reading.captures import StoredCapture
from newsarchive.store.writing.reextraction import Job, Reextraction, Which
from newsarchive.store.writing.store_writer import StoreWriter


def add_all(
    folder: Path,
    index: ArchiveIndex,
    sources: Iterable[str],
    *,
    workers: int | None,
    fetching: Fetching,
    said: Said | None = None,
    again: bool = False,
    progress: ProgressCallback | None,
    at_end: Callable[[], object] = lambda: None,
) -> Generator[Outcome]:
    """Archive sources; yield an outcome once it is durable. Raises ArchiveLocked."""
    kinds = readers(fetching=fetching, said=said or NOTHING_SAID, told=told_of_hosts(progress))
    number = workers or processors()
    with one_writer(folder, progress, again=again) as writer, WorkerPool(number) as pool:
        unfinished = UnfinishedList.of(fetching.resume, writer)
        left = unfinished.left(sources)
        # An iterator may have no end, and is passed over once.
        total = count(left, kinds) if progress is not None and isinstance(left, Sequence) else None
        items = acquire(left, kinds, now=datetime.now(UTC))
        if fetching.links:
            items = with_links(items, kinds)
        outcomes = unfinished.kept(add(items, writer, pool, workers=number))
        for done, outcome in enumerate(outcomes, start=1):
            tell(progress, "archiving", done, total)
            yield outcome
        pool.close()
        index.catch_up(progress)
    at_end()


def told_of_hosts(progress: ProgressCallback | None) -> Callable[[HostStep], None] | None:
    """What hears of each address that is fetched, where somebody listens: a stage a host."""
    if progress is None:
        return None
    return lambda step: tell(progress, f"{FETCHING}{step.host}", step.done, step.done + step.waiting)


def preview_all(sources: Iterable[str], *, said: Said | None, fetching: Fetching) -> Generator[Outcome]:
    """Say what adding sources would do; nothing is written."""
    kinds = readers(fetching=fetching, said=said or NOTHING_SAID)
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


def one_writer(folder: Path, progress: ProgressCallback | None, *, again: bool = False) -> StoreWriter:
    """The one writer of an archive, with today's extraction."""
    return StoreWriter(folder, extractor=EXTRACTOR_VERSION, notify=partial(notify, progress), again=again)
