"""The feeds that an archive follows, and the news of sites: the namespace ``archive.feeds``."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Protocol
from xml.sax.saxutils import quoteattr

from newsarchive.base.processors import processors
from newsarchive.base.progress import ProgressCallback
from newsarchive.base.whole_files import Output, output
from newsarchive.pipeline.index_sync import ArchiveIndex
from newsarchive.store.feed_store import Feed, FeedStore

if TYPE_CHECKING:
    from newsarchive.acquire import Fetching
    from newsarchive.acquire.fetch import FetchReader
    from newsarchive.extraction.workers.worker_pool import WorkerPool
    from newsarchive.pipeline.feeds.update import FeedReport
    from newsarchive.pipeline.outcomes import Outcome
    from newsarchive.pipeline.run import Run
    from newsarchive.store.writing.store_writer import StoreWriter


_OPML_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<opml version="2.0">',
    "  <head><title>Feeds</title></head>",
    "  <body>",
)


class Holdings(Protocol):
    """What is needed of an open archive."""

    @property
    def connection(self) -> sqlite3.Connection:
        """To its database."""

    @property
    def index(self) -> ArchiveIndex:
        """What catches up with what was added."""


@dataclass(frozen=True, slots=True)
class FollowedFeeds:
    """Feeds kept in an archive, and what they and other listings of a site bring."""

    folder: Path
    holdings: Holdings
    progress: ProgressCallback | None

    def __iter__(self) -> Iterator[Feed]:
        return iter(self._store.all())

    def add(self, address: str, *, fetching: Fetching | None = None) -> list[Feed]:
        """Follow a feed, or those that a page names; give those that were not followed yet.

        Raises AcquireError where nothing is there, or a page that names none.
        """
        from newsarchive.pipeline.feeds.discovery import feeds_at

        return self._store.put(feeds_at(address, _reader(fetching), now=_now()))

    def remove(self, url: str) -> None:
        """Follow a feed no more; what it brought stays. Raises StoreError."""
        self._store.remove(url)

    def import_opml(self, path: str | Path) -> list[Feed]:
        """Follow the feeds of a list; give those that were not followed yet. Raises AcquireError."""
        from newsarchive.acquire.listings import opml
        from newsarchive.acquire.reader import DEFAULT_LIMITS, Link
        from newsarchive.acquire.source_file import open_source

        with open_source(Path(path)) as file:
            links = [item for item in opml.read(file, limits=DEFAULT_LIMITS) if isinstance(item, Link)]
        named = (Feed(url=link.url, title=link.title, added_at=_now()) for link in links)
        return self._store.put(feed for feed in named if feed.url.startswith(("http://", "https://")))

    def export_opml(self, to: Output) -> int:
        """Write the feeds as a list that feed readers take; return how many. Raises ExportError."""
        feeds = self._store.all()
        lines = [
            f'    <outline type="rss" text={quoteattr(feed.title or feed.url)} xmlUrl={quoteattr(feed.url)}/>'
            for feed in feeds
        ]
        text = "\n".join([*_OPML_HEAD, *lines, "  </body>", "</opml>", ""])
        with output(to) as file:
            file.write(text.encode("utf-8", "replace"))
        return len(feeds)

    def update(
        self,
        urls: Iterable[str] | None = None,
        *,
        fetching: Fetching | None = None,
        silent_after: timedelta = timedelta(days=30),
        told: Callable[[Outcome], None] | None = None,
        progress: ProgressCallback | None = None,
    ) -> list[FeedReport]:
        """Fetch what is new in all feeds, or in these; a report a feed. ``told`` hears of each outcome.

        robots.txt is obeyed. A feed that brought nothing for ``silent_after`` is reported as
        silent. Raises ArchiveLocked, and StoreError for an address that is none of a feed.
        """
        from newsarchive.pipeline.feeds.update import FeedReport, FeedUpdate

        chosen = self._store.chosen(urls)
        reports = []
        with self._writing(fetching, progress) as (writer, reader, pool):
            store = FeedStore(self.folder, writer.connection)
            update = FeedUpdate(writer, store, reader, pool, workers=processors())
            for step in update.run(chosen, silent_after=silent_after):
                if isinstance(step, FeedReport):
                    reports.append(step)
                elif told is not None:
                    told(step)
        return reports

    def crawl(
        self,
        site: str,
        *,
        since: date | None = None,
        match: str | None = None,
        limit: int | None = None,
        fetching: Fetching | None = None,
        progress: ProgressCallback | None = None,
    ) -> Run[Outcome]:
        """Archive what the sitemaps of a site, or one of its pages, name and the archive has not.

        ``since`` leaves out what is dated earlier by the sitemap or its address, ``match`` is a
        regular expression that addresses fit. robots.txt is obeyed. Raises InvalidArgument;
        AcquireError and ArchiveLocked when the run starts.
        """
        from newsarchive.pipeline.add import add
        from newsarchive.pipeline.feeds.crawling import Wanted, pages_of
        from newsarchive.pipeline.run import Run

        wanted = Wanted.of(since=since, match=match, limit=limit)

        def steps() -> Generator[Outcome]:
            with self._writing(fetching, progress) as (writer, reader, pool):
                urls = pages_of(site, reader, wanted, known=writer.is_fetched)
                yield from add(reader.read_all(urls), writer, pool, workers=processors())

        return Run(steps)

    @contextmanager
    def _writing(
        self, fetching: Fetching | None, progress: ProgressCallback | None
    ) -> Iterator[tuple[StoreWriter, FetchReader, WorkerPool]]:
        """What an act that fetches works with; the index has caught up in the end."""
        from newsarchive.extraction.workers.worker_pool import WorkerPool
        from newsarchive.pipeline.whole_runs import one_writer, told_of_hosts

        told = progress or self.progress
        reader = _reader(fetching, told_of_hosts(progress))
        with one_writer(self.folder, told) as writer, WorkerPool(processors()) as pool:
            yield writer, reader, pool
            pool.close()
            self.holdings.index.catch_up(told)

    @property
    def _store(self) -> FeedStore:
        return FeedStore(self.folder, self.holdings.connection)


def _reader(fetching: Fetching | None, told: Callable[..., None] | None = None) -> FetchReader:
    from newsarchive.acquire import Fetching
    from newsarchive.acquire.fetch import FetchReader
    from newsarchive.acquire.reader import DEFAULT_LIMITS

    # What follows listings is a robot.
    policy = replace(fetching or Fetching(), robots=True).policy
    return FetchReader(DEFAULT_LIMITS, policy, told)


def _now() -> datetime:
    return datetime.now(UTC).replace(microsecond=0)
