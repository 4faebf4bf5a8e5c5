"""The pages of a site by its own lists: sitemaps, or the links of a section page."""

from __future__ import annotations

import re
from calendar import monthrange
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from io import BytesIO
from itertools import islice
from urllib.parse import urljoin, urlsplit

from newsarchive.acquire.decompression import inflate
from newsarchive.acquire.fetch import FetchReader
from newsarchive.acquire.fetch.client import Document
from newsarchive.acquire.fetch.page_links import anchors_of
from newsarchive.acquire.listings import sitemap
from newsarchive.acquire.reader import DEFAULT_LIMITS, Link
from newsarchive.acquire.source_file import recognized
from newsarchive.base.sites import site_of
from newsarchive.errors import AcquireError, InvalidArgument
from newsarchive.formats import ListingFormat

# Source: sitemaps.org: an index names 50,000 at most; a site that has more days than these is not read whole.
_MOST_SITEMAPS = 2_000
_USUAL = ("/news-sitemap.xml", "/sitemap-news.xml", "/sitemap_news.xml", "/sitemap.xml", "/sitemap_index.xml")
_DAY = re.compile(
    r"(?<!\d)(?P<year>(?:19|20)\d\d)[/-]?(?P<month>0[1-9]|1[0-2])(?:[/-]?(?P<day>0[1-9]|[12]\d|3[01]))?(?!\d)"
)
_GZIP = b"\x1f\x8b"
# What a section page links to beside stories has short words for paths: /sport, /about-us.
_STORY = re.compile(r"\d{3,}|[^/]*-[^/]*-[^/]*-|\.html?$")


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which pages are wanted."""

    since: date | None = None
    match: re.Pattern[str] | None = None
    limit: int | None = None

    @classmethod
    def of(cls, *, since: date | None, match: str | None, limit: int | None) -> Wanted:
        """Raises InvalidArgument for a pattern that is none."""
        try:
            return cls(since, None if match is None else re.compile(match), limit)
        except re.error as exc:
            raise InvalidArgument(
                f"match is no regular expression: {exc}", hint="for example: /2024/"
            ) from exc

    def takes(self, url: str, moment: datetime | None) -> bool:
        """Whether a page of this address, dated so by a list, is wanted."""
        if self.match is not None and self.match.search(url) is None:
            return False
        return not self.is_old(url, moment)

    def is_old(self, url: str, moment: datetime | None) -> bool:
        """Whether it is known to be older than what is wanted."""
        if self.since is None:
            return False
        day = moment.astimezone(UTC).date() if moment is not None else _day_of(url)
        return day is not None and day < self.since


def pages_of(
    site: str, reader: FetchReader, wanted: Wanted, *, known: Callable[[str], bool]
) -> Iterator[str]:
    """The addresses of pages that are wanted and not known, each once. Raises AcquireError."""
    document = _one(site, reader)
    if _format(document) is ListingFormat.SITEMAP:
        links: Iterable[Link] = _of_sitemaps([document.url], reader, wanted)
    else:
        links = _of_site(document, reader, wanted)
    urls = (link.url for link in links if wanted.takes(link.url, link.moment) and not known(link.url))
    yield from islice(_each_once(urls), wanted.limit)


def _each_once(urls: Iterable[str]) -> Iterator[str]:
    seen: set[str] = set()
    for url in urls:
        if url not in seen:
            seen.add(url)
            yield url


def _of_site(document: Document, reader: FetchReader, wanted: Wanted) -> Iterator[Link]:
    """By the sitemaps of a site, where its front page was named and it has some; else by the page's links."""
    is_front = urlsplit(document.url).path in ("", "/")
    found = False
    if is_front:
        named = reader.sitemaps(document.url) or [urljoin(document.url, path) for path in _USUAL]
        for link in _of_sitemaps(named, reader, wanted):
            found = True
            yield link
    if not found:
        home = site_of(document.url)
        for url in anchors_of(document.url, document.payload):
            if site_of(url) == home and _STORY.search(urlsplit(url).path.rstrip("/").rpartition("/")[2]):
                yield Link(document.url, url)


def _of_sitemaps(urls: list[str], reader: FetchReader, wanted: Wanted) -> Iterator[Link]:
    waiting, seen = deque(urls), set(urls)
    while waiting and len(seen) <= _MOST_SITEMAPS:
        batch = list(waiting)
        waiting.clear()
        for _, found in reader.documents(batch, {}):
            if isinstance(found, AcquireError) or _format(found) is not ListingFormat.SITEMAP:
                continue
            is_index = b"<sitemapindex" in _content(found)[:4_000].lower()
            for link in _links(found):
                if not is_index:
                    yield link
                elif link.url not in seen and not wanted.is_old("", link.moment):
                    seen.add(link.url)
                    waiting.append(link.url)


def _links(document: Document) -> Iterator[Link]:
    try:
        file = recognized(BytesIO(document.payload), name=document.url)
        for item in sitemap.read(file, limits=DEFAULT_LIMITS):
            if isinstance(item, Link) and item.url.startswith(("http://", "https://")):
                yield item
    except AcquireError:
        # One that is damaged or empty stops none of the others.
        return


def _content(document: Document) -> bytes:
    if not document.payload.startswith(_GZIP):
        return document.payload
    return inflate(document.payload, name=document.url, limit=DEFAULT_LIMITS.payload)


def _format(document: Document) -> object:
    return recognized(BytesIO(document.payload), name=document.url).format


def _one(url: str, reader: FetchReader) -> Document:
    ((_, found),) = reader.documents([url], {})
    if isinstance(found, AcquireError):
        raise found
    return found


def _day_of(url: str) -> date | None:
    """The day that an address has in it; of a month alone its last, so that no day of it is left out."""
    match = _DAY.search(urlsplit(url).path)
    if match is None:
        return None
    try:
        year, month = int(match["year"]), int(match["month"])
        return date(year, month, int(match["day"] or monthrange(year, month)[1]))
    except ValueError:
        return None
