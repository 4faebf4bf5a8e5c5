"""What a feed holds: its entries, each with its address and the text that the feed has of it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time
from email.utils import parsedate_to_datetime
from io import BytesIO

from newsarchive.acquire.fetch.client import Document
from newsarchive.acquire.reader import DEFAULT_LIMITS, Failure, Link
from newsarchive.acquire.recognized import read_as
from newsarchive.acquire.source_file import recognized
from newsarchive.base.dates import PartialDate
from newsarchive.errors import AcquireError
from newsarchive.formats import CollectionFormat
from newsarchive.model import Capture

FEEDS = frozenset({CollectionFormat.FEED, CollectionFormat.JSON_FEED})


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a feed; ``own`` is what the feed itself has of it, None where that is no text."""

    key: str
    url: str | None
    own: Capture | None
    moment: datetime | None


def entries_of(document: Document, *, now: datetime) -> list[Entry]:
    """The entries of a feed. Raises AcquireError where it is none."""
    file = recognized(BytesIO(document.payload), name=document.url)
    if file.format not in FEEDS:
        raise AcquireError(
            f"{document.url} is {file.format.label}, not a feed", hint="give the address of a feed"
        )
    if b"<item" not in (low := document.payload.lower()) and b"<entry" not in low and b'"items"' not in low:
        # A feed that has nothing today is in order.
        return []
    items = list(read_as(file, file.format, limits=DEFAULT_LIMITS, now=now))
    if len(items) == 1 and isinstance(items[0], Failure) and items[0].source == file.name:
        raise items[0].error
    return [entry for item in items if (entry := _entry(item)) is not None]


def is_feed(document: Document) -> bool:
    """Whether a document is one, by its content."""
    return recognized(BytesIO(document.payload), name=document.url).format in FEEDS


def title_of(document: Document) -> str | None:
    """What a feed calls itself."""
    if document.payload.lstrip()[:1] == b"{":
        try:
            stated = json.loads(document.payload).get("title")
        except (ValueError, AttributeError):
            return None
        return stated if isinstance(stated, str) else None
    import feedparser

    stated = feedparser.parse(document.payload).feed.get("title")
    return str(stated)[:500] if stated else None


def own_text(entry: Entry, why: AcquireError | str) -> Capture | None:
    """What the feed has of an entry whose page can't be had, marked so."""
    if entry.own is None:
        return None
    row = {**json.loads(entry.own.payload), "kept_from_feed": str(why)}
    payload = json.dumps(row, ensure_ascii=False).encode("utf-8", "replace")
    return replace(entry.own, payload=payload, source=entry.url or entry.own.source)


def _entry(item: object) -> Entry | None:
    match item:
        case Capture():
            row = json.loads(item.payload)
            url = row.get("url") if isinstance(row.get("url"), str) else None
            url = url if url and url.startswith(("http://", "https://")) else None
            key = item.identifier or url or item.sha256
            has_text = bool(row.get("text") or row.get("description"))
            return Entry(key, url, item if has_text else None, _moment(row))
        case Link():
            return Entry(item.url, item.url, None, item.moment)
    return None


def _moment(row: dict[str, object]) -> datetime | None:
    """When an entry is of, by ISO 8601 (Atom, JSON Feed) or RFC 822 (RSS)."""
    stated = str(row.get("date_published") or row.get("date") or "")
    try:
        return datetime.combine(PartialDate.fromisoformat(stated).earliest, time(), UTC)
    except ValueError:
        pass
    try:
        return parsedate_to_datetime(stated).replace(hour=0, minute=0, second=0, microsecond=0, tzinfo=UTC)
    except (TypeError, ValueError):
        return None


def newest(entries: list[Entry]) -> datetime | None:
    """When the newest of them is of, where they say so."""
    return max((entry.moment for entry in entries if entry.moment is not None), default=None)


def fresh(entries: list[Entry], seen: set[str]) -> Iterator[Entry]:
    """Those that were not seen, each once."""
    known = set(seen)
    for entry in entries:
        if entry.key not in known:
            known.add(entry.key)
            yield entry
