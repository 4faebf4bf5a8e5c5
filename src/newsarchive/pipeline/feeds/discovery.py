"""From an address to feeds: the one that is there, or those that a page names."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from newsarchive.acquire.fetch import FetchReader
from newsarchive.acquire.fetch.client import Document
from newsarchive.acquire.fetch.page_links import feeds_of
from newsarchive.errors import AcquireError
from newsarchive.pipeline.feeds.feed_entries import entries_of, is_feed, title_of
from newsarchive.store.feed_store import Feed

# What readers write below stories is another feed than the stories.
_COMMENTS = ("/comments/", "comments.xml", "feed=comments")


def feeds_at(address: str, reader: FetchReader, *, now: datetime) -> list[Feed]:
    """The feeds that an address leads to. Raises AcquireError where there are none."""
    document = _document(address, reader)
    if is_feed(document):
        return [_feed(document, now)]
    named = [url for url in feeds_of(document.url, document.payload) if not any(c in url for c in _COMMENTS)]
    found = list(_read(named, reader, now))
    if not found:
        raise AcquireError(
            f"{address} is no feed and names none", hint="look for its feed, and give the address of that"
        )
    return found


def _read(urls: list[str], reader: FetchReader, now: datetime) -> Iterator[Feed]:
    documents = dict(reader.documents(urls, {}))
    for url in urls:
        document = documents[url]
        if isinstance(document, Document) and is_feed(document):
            yield _feed(document, now)


def _document(url: str, reader: FetchReader) -> Document:
    ((_, found),) = reader.documents([url], {})
    if isinstance(found, AcquireError):
        raise found
    return found


def _feed(document: Document, now: datetime) -> Feed:
    entries_of(document, now=now)
    return Feed(url=document.url, title=title_of(document), added_at=now)
