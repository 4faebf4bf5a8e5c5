"""Feeds that an archive follows, and what was seen of each.

No part of what is indexed, as saved searches: writing them takes SQLite's own lock.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from newsarchive.base.dates import utc_text
from newsarchive.errors import StoreError
from newsarchive.store.log.acts import act
from newsarchive.store.log.log_writer import LogWriter
from newsarchive.store.log.things import FEED, REMARK
from newsarchive.store.rows import moment_of, storable
from newsarchive.store.writing.capture_remarks import CaptureRemark


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A feed that is followed; times are UTC.

    ``etag`` and ``last_modified`` are what its server said last, to ask for news alone;
    ``newest_at`` is when it last brought something; ``error`` is why it could not be read when
    it was last asked, None where it could.
    """

    url: str
    title: str | None
    added_at: datetime
    etag: str | None = None
    last_modified: str | None = None
    checked_at: datetime | None = None
    newest_at: datetime | None = None
    error: str | None = None

    def to_dict(self) -> dict[str, str | None]:
        """The JSON form."""
        return {
            "url": self.url,
            "title": self.title,
            "added_at": utc_text(self.added_at),
            "checked_at": _text(self.checked_at),
            "newest_at": _text(self.newest_at),
            "error": self.error,
        }


class FeedStore:
    """The tables of feeds."""

    def __init__(self, folder: Path, connection: sqlite3.Connection) -> None:
        self._folder = folder
        self._db = connection

    def all(self) -> list[Feed]:
        """Every feed, by address."""
        return [_feed(row) for row in self._db.execute("SELECT * FROM feeds ORDER BY url")]

    def chosen(self, urls: Iterable[str] | None) -> list[Feed]:
        """All feeds, or those of these addresses. Raises StoreError for one that is none."""
        feeds = {feed.url: feed for feed in self.all()}
        if urls is None:
            return list(feeds.values())
        named = list(dict.fromkeys(urls))
        for url in named:
            if url not in feeds:
                raise _unknown(url)
        return [feeds[url] for url in named]

    def put(self, feeds: Iterable[Feed]) -> list[Feed]:
        """Follow feeds; give those that were not followed yet."""
        new, named = [], list(feeds)
        with act(self._folder, self._db, "feed", {"followed": [feed.url for feed in named]}) as log:
            for feed in named:
                row = storable([feed.url, feed.title, utc_text(feed.added_at)])
                added = self._db.execute(
                    "INSERT INTO feeds (url, title, added_at) VALUES (?, ?, ?) ON CONFLICT (url) DO NOTHING",
                    row,
                )
                if added.rowcount:
                    new.append(feed)
                    log.touch(FEED, row[0])
        return new

    def remove(self, url: str) -> None:
        """Follow a feed no more; what it brought stays. Raises StoreError."""
        with act(self._folder, self._db, "feed", {"left": url}) as log:
            log.gone(FEED, [url])
            if not self._db.execute("DELETE FROM feeds WHERE url = ?", storable([url])).rowcount:
                raise _unknown(url)

    def seen(self, url: str) -> set[str]:
        """The entries of a feed that were dealt with."""
        rows = self._db.execute("SELECT entry FROM feed_entries WHERE feed = ?", storable([url]))
        return {row[0] for row in rows}

    def record(self, feed: Feed, seen: Iterable[str] | None, own_text: Iterable[int] = ()) -> None:
        """Note how a feed was found; ``own_text`` are articles that have the feed's text.

        ``seen`` takes the place of the entries that were known: those that a feed shows no more
        don't come back. None: it was not read, and they stay.
        """
        values = [
            *(feed.title, feed.etag, feed.last_modified, _text(feed.checked_at), _text(feed.newest_at)),
            *(feed.error, feed.url),
        ]
        with act(self._folder, self._db, "feed") as log:
            self._db.execute(
                "UPDATE feeds SET title = ?, etag = ?, last_modified = ?, checked_at = ?, newest_at = ?, "
                "error = ? WHERE url = ?",
                storable(values),
            )
            if seen is not None:
                self._db.execute("DELETE FROM feed_entries WHERE feed = ?", storable([feed.url]))
                self._db.executemany(
                    "INSERT OR IGNORE INTO feed_entries VALUES (?, ?)",
                    [storable([feed.url, entry]) for entry in seen],
                )
            for article_id in own_text:
                self._mark(article_id, log)
            log.touch(FEED, feed.url)

    def _mark(self, article_id: int, log: LogWriter) -> None:
        row = self._db.execute(
            "SELECT max(id) FROM captures WHERE article_id = ? AND url IS NULL", (article_id,)
        ).fetchone()
        if row[0] is not None:
            self._db.execute(
                "INSERT OR REPLACE INTO capture_remarks VALUES (?, ?)", (row[0], CaptureRemark.FEED_TEXT)
            )
            log.touch(REMARK, row[0])


def _unknown(url: str) -> StoreError:
    return StoreError(f"no feed has the address {url}", hint="look it up in the list of feeds")


def _feed(row: sqlite3.Row) -> Feed:
    values = dict(row)
    for name in ("added_at", "checked_at", "newest_at"):
        if values[name] is not None:
            values[name] = moment_of(values[name], f"the feed {values['url']}")
    return Feed(**values)


def _text(moment: datetime | None) -> str | None:
    return None if moment is None else utc_text(moment)
