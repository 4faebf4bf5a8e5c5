"""JSON feeds. Source: JSON Feed 1.1 (jsonfeed.org)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from newsarchive.acquire.containers.exports.json_export import parsed_json
from newsarchive.acquire.containers.exports.named_fields import items_of_records
from newsarchive.acquire.reader import Item, Limits
from newsarchive.acquire.source_file import SourceFile
from newsarchive.errors import AcquireError


def read(file: SourceFile, *, limits: Limits, now: datetime) -> Iterator[Item]:
    """Yield the entries, with the text that the feed gives them."""
    feed = parsed_json(file.content(limits.payload), file.name)
    if not isinstance(feed, Mapping) or not isinstance(feed.get("items"), list):
        raise AcquireError(f"{file.name} is a JSON feed without items", hint="fetch it again")
    dataset = str(feed.get("feed_url") or feed.get("home_page_url") or feed.get("title") or file.name)
    records = [_record(one, feed) for one in feed["items"] if isinstance(one, Mapping)]
    yield from items_of_records(records, name=file.name, now=now, dataset=dataset[:500])


def _record(item: Mapping[str, Any], feed: Mapping[str, Any]) -> dict[str, Any]:
    text = item.get("content_html") or item.get("content_text") or item.get("summary")
    return {
        "id": item.get("id"),
        "title": item.get("title"),
        "url": item.get("url") or item.get("external_url"),
        "text": text,
        "description": item.get("summary"),
        "date_published": item.get("date_published") or item.get("date_modified"),
        "authors": item.get("authors") or item.get("author") or feed.get("authors") or feed.get("author"),
        "publisher": feed.get("title"),
        "language": item.get("language") or feed.get("language"),
        "tags": item.get("tags"),
        "image": item.get("image"),
    }
