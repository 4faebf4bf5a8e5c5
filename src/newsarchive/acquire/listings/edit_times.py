"""When a sitemap or feed says that its pages were last edited."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any

from newsarchive.acquire.containers.exports.named_fields import moment_of
from newsarchive.acquire.containers.xml_documents import first, local_name, named, parsed_xml
from newsarchive.acquire.reader import DEFAULT_LIMITS
from newsarchive.acquire.source_file import open_source
from newsarchive.base.urls import normalize
from newsarchive.errors import AcquireError

# The element of one page, and the names of its last edit, the surest first: sitemaps, Atom, RSS.
_ENTRIES = ("url", "entry", "item")
_EDITED = ("lastmod", "updated", "modified", "date", "pubDate", "published")


def edit_times(path: Path) -> dict[str, datetime]:
    """The last edit of each address that a file names with one. Raises AcquireError."""
    with open_source(path) as file:
        payload = file.content(DEFAULT_LIMITS.payload)
    times: dict[str, datetime] = {}
    for url, moment in _entries(parsed_xml(payload, str(path))):
        times[url] = max(moment, times.get(url, moment))
    if not times:
        raise AcquireError(
            f"{path} says of no page when it was edited", hint="give a feed or a sitemap with dates"
        )
    return times


def _entries(root: Any) -> Iterator[tuple[str, datetime]]:
    for entry in root.iter():
        if local_name(entry) in _ENTRIES:
            url = normalize(_address(entry) or "")
            moment = next((found for name in _EDITED if (found := _moment(first(entry, name)))), None)
            if url is not None and moment is not None:
                yield url, moment


def _moment(text: str | None) -> datetime | None:
    """A moment as sitemaps and Atom write it (ISO 8601), or RSS (RFC 5322)."""
    found = moment_of(text)
    if found is not None or not text:
        return found
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, OverflowError):
        return None
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def _address(entry: Any) -> str | None:
    if local_name(entry) == "url":
        return first(entry, "loc")
    for link in named(entry, "link"):
        if link.get("rel", "alternate") == "alternate" and link.get("href"):
            return str(link.get("href"))
    return first(entry, "link")
