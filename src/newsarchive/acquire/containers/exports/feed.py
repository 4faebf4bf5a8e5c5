"""Feeds in files: RSS and Atom of any version, each entry with the text that the feed gives it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from newsarchive.acquire.containers.exports.named_fields import items_of_records
from newsarchive.acquire.reader import Item, Limits
from newsarchive.acquire.source_file import SourceFile
from newsarchive.errors import AcquireError


def read(file: SourceFile, *, limits: Limits, now: datetime) -> Iterator[Item]:
    """Yield an article an entry, or a link where the entry has no text."""
    import feedparser

    found = feedparser.parse(file.content(limits.payload), sanitize_html=False, resolve_relative_uris=False)
    if not found.entries:
        reason = found.get("bozo_exception")
        raise AcquireError(
            f"{file.name} is a feed without entries{f': {reason}' if reason else ''}",
            hint="fetch it again; a feed that is empty now may have entries later",
        )
    home = found.feed.get("link") or found.feed.get("title") or file.name
    records = (_record(entry, found.feed) for entry in found.entries)
    yield from items_of_records(records, name=file.name, now=now, dataset=str(home)[:500])


def _record(entry: Mapping[str, Any], feed: Mapping[str, Any]) -> dict[str, Any]:
    summary = entry.get("summary")
    contents = [part.get("value") for part in entry.get("content", ())]
    text = max(filter(None, contents), key=len, default=None) or summary
    return {
        "id": entry.get("id"),
        "title": entry.get("title"),
        "url": entry.get("link"),
        "text": text,
        "description": summary if contents else None,
        "date_published": entry.get("published") or entry.get("updated"),
        "authors": [person for person in entry.get("authors", ()) if person.get("name")],
        "publisher": feed.get("title"),
        "language": _language(entry, feed),
        "tags": [tag.get("term") for tag in entry.get("tags", ())],
    }


def _language(entry: Mapping[str, Any], feed: Mapping[str, Any]) -> str | None:
    stated = next((part.get("language") for part in entry.get("content", ()) if part.get("language")), None)
    return stated or feed.get("language")
