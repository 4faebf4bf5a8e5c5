"""Follow feeds: what is new is fetched, what can't be is taken from the feed itself, marked so."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from newsarchive.acquire.fetch import FetchReader
from newsarchive.acquire.fetch.client import Document
from newsarchive.base.dates import utc_text
from newsarchive.errors import AcquireError, NewsArchiveError
from newsarchive.extraction.workers.worker_pool import WorkerPool
from newsarchive.pipeline.add import add
from newsarchive.pipeline.feeds.feed_entries import Entry, entries_of, fresh, newest, own_text, title_of
from newsarchive.pipeline.outcomes import Failed, Outcome
from newsarchive.store.feed_store import Feed, FeedStore
from newsarchive.store.writing.store_writer import StoreWriter

_TOO_MANY = 429
_SERVER_ERROR = 500


@dataclass(frozen=True, slots=True)
class FeedReport:
    """What an update found in a feed: how many entries had which outcome, and what failed.

    ``own_text`` entries have the feed's own text, as their pages could not be had; they are
    counted under their outcome, too. ``error`` is why the feed was not read. ``silent_since``
    is when it last brought something, where that is longer ago than was asked about.
    """

    feed: Feed
    counts: Mapping[str, int] = field(default_factory=dict)
    failed: tuple[Failed, ...] = ()
    own_text: int = 0
    is_same: bool = False
    error: NewsArchiveError | None = None
    silent_since: datetime | None = None

    @property
    def has_failed(self) -> bool:
        """Whether the feed, or an entry of it, could not be had at all."""
        return self.error is not None or bool(self.failed)

    def to_dict(self) -> dict[str, Any]:
        """The JSON form."""
        return {
            **self.feed.to_dict(),
            **{name: self.counts.get(name, 0) for name in ("added", "revised", "updated", "unchanged")},
            "failed": [each.to_dict() for each in self.failed],
            "own_text": self.own_text,
            "silent_since": None if self.silent_since is None else utc_text(self.silent_since),
        }


@dataclass(slots=True)
class _Read:
    """A feed under way: what it has, what is new in it, and what became of that."""

    feed: Feed
    entries: list[Entry] | None = None
    new: list[Entry] = field(default_factory=list)
    is_same: bool = False
    error: AcquireError | None = None
    counts: Counter[str] = field(default_factory=Counter)
    failed: list[Failed] = field(default_factory=list)
    again: set[str] = field(default_factory=set)
    own: list[int] = field(default_factory=list)


class FeedUpdate:
    """One update of several feeds: they are read, their new entries fetched, and each is reported."""

    def __init__(
        self, writer: StoreWriter, store: FeedStore, reader: FetchReader, pool: WorkerPool, *, workers: int
    ) -> None:
        self._writer = writer
        self._store = store
        self._reader = reader
        self._pool = pool
        self._workers = workers
        self._now = datetime.now(UTC).replace(microsecond=0)
        # An entry may stand in several feeds; it is fetched once, for all of them.
        self._of: dict[str, list[tuple[_Read, Entry]]] = defaultdict(list)

    def run(self, feeds: Sequence[Feed], *, silent_after: timedelta) -> Iterator[Outcome | FeedReport]:
        """Yield what becomes of each new entry, then a report a feed."""
        reads = list(self._read(feeds))
        outcomes = list(self._pages(reads))
        yield from outcomes
        for read in reads:
            yield self._recorded(read, silent_after)

    def _read(self, feeds: Sequence[Feed]) -> Iterator[_Read]:
        by_url = {feed.url: feed for feed in feeds}
        headers = {feed.url: _conditions(feed) for feed in feeds}
        for url, found in self._reader.documents(by_url, headers):
            yield self._parsed(by_url[url], found)

    def _parsed(self, feed: Feed, found: Document | AcquireError) -> _Read:
        if isinstance(found, AcquireError):
            return _Read(feed, error=found)
        if found.is_same:
            return _Read(feed, is_same=True)
        try:
            entries = entries_of(found, now=self._now)
        except AcquireError as error:
            return _Read(feed, error=error)
        asked = replace(
            feed,
            title=feed.title or title_of(found),
            etag=found.headers.get("etag"),
            last_modified=found.headers.get("last-modified"),
        )
        new = list(fresh(entries, self._store.seen(feed.url)))
        return _Read(asked, entries, new)

    def _pages(self, reads: Sequence[_Read]) -> Iterator[Outcome]:
        """Fetch the new entries of all feeds; then file what only the feeds have."""
        for read in reads:
            for entry in read.new:
                self._of[entry.url or entry.key].append((read, entry))
        urls = [key for key, of in self._of.items() if of[0][1].url is not None]
        items = self._reader.read_all(urls)
        left: list[tuple[str, str]] = [
            (key, "it has no page") for key, of in self._of.items() if of[0][1].url is None
        ]
        for outcome in add(items, self._writer, self._pool, workers=self._workers):
            if isinstance(outcome, Failed) and self._has_text(outcome.source):
                left.append((outcome.source, outcome.error.message))
            else:
                self._note(outcome.source, outcome)
                yield outcome
        yield from self._own_texts(left)

    def _has_text(self, key: str) -> bool:
        return any(entry.own is not None for _, entry in self._of.get(key, ()))

    def _own_texts(self, left: Sequence[tuple[str, str]]) -> Iterator[Outcome]:
        captures = []
        for key, why in left:
            entry = next(entry for _, entry in self._of[key] if entry.own is not None or entry.url is None)
            capture = own_text(entry, why)
            if capture is not None:
                captures.append(replace(capture, source=key))
        for outcome in add(captures, self._writer, self._pool, workers=self._workers):
            self._note(outcome.source, outcome, is_own=True)
            yield outcome

    def _note(self, key: str, outcome: Outcome, *, is_own: bool = False) -> None:
        article_id = getattr(outcome, "article_id", None)
        for read, entry in self._of.get(key, ()):
            read.counts[outcome.name] += 1
            if isinstance(outcome, Failed):
                read.failed.append(outcome)
                if _may_pass(outcome):
                    read.again.add(entry.key)
            elif is_own and article_id is not None:
                read.own.append(article_id)

    def _recorded(self, read: _Read, silent_after: timedelta) -> FeedReport:
        feed = replace(read.feed, checked_at=self._now, error=None if read.error is None else str(read.error))
        if read.new:
            dated = newest(read.new)
            moment = self._now if dated is None or dated > self._now else dated
            feed = replace(feed, newest_at=max(moment, feed.newest_at or moment))
        if read.again and read.error is None:
            # Else the server would say that nothing is new, and they would not be tried again.
            feed = replace(feed, etag=None, last_modified=None)
        seen = None
        if read.entries is not None:
            seen = [entry.key for entry in read.entries if entry.key not in read.again]
        self._store.record(feed, seen, read.own)
        last = feed.newest_at or feed.added_at
        is_silent = read.error is None and self._now - last > silent_after
        return FeedReport(
            feed,
            dict(read.counts),
            tuple(read.failed),
            len(read.own),
            read.is_same,
            read.error,
            last if is_silent else None,
        )


def _conditions(feed: Feed) -> dict[str, str]:
    stated = {"If-None-Match": feed.etag, "If-Modified-Since": feed.last_modified}
    return {name: value for name, value in stated.items() if value}


def _may_pass(failed: Failed) -> bool:
    """Whether another day may bring the page: nobody answered, or the server was in trouble."""
    return failed.is_dead_link and (
        failed.status is None or failed.status == _TOO_MANY or failed.status >= _SERVER_ERROR
    )
