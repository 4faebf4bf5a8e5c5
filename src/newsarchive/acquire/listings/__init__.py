"""Files that name addresses of articles: one module a kind."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol, assert_never

from newsarchive.acquire.reader import Item, Limits
from newsarchive.acquire.source_file import SourceFile
from newsarchive.formats import ListingFormat


class ListingReader(Protocol):
    """What each module here offers."""

    def read(self, file: SourceFile, *, limits: Limits) -> Iterator[Item]:
        """Yield a Link for each address, in the order of the file. May raise AcquireError."""


def listing_reader(format_: ListingFormat) -> ListingReader:
    """The module that reads a format; it is loaded when first asked for."""
    reader: ListingReader
    match format_:
        case ListingFormat.OPML:
            import newsarchive.acquire.listings.opml as reader
        case ListingFormat.SITEMAP:
            import newsarchive.acquire.listings.sitemap as reader
        case ListingFormat.BOOKMARKS:
            import newsarchive.acquire.listings.bookmarks as reader
        case ListingFormat.URL_LIST:
            import newsarchive.acquire.listings.url_list as reader
        case _:
            assert_never(format_)
    return reader
