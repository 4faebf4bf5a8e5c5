"""One module a format of page: how its bytes become an article."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, assert_never

from newsarchive.formats import PageFormat
from newsarchive.model import Article


@dataclass(frozen=True, slots=True)
class Received:
    """The bytes of a capture, and what is known of them."""

    payload: bytes
    url: str | None = None
    content_type: str | None = None
    captured_at: datetime | None = None
    time_known: bool = True

    @property
    def shown_at(self) -> datetime | None:
        """The moment against which "yesterday" is a day; None where nobody knows it."""
        return self.captured_at if self.time_known else None


class PageReader(Protocol):
    """What each module here offers."""

    def read(self, received: Received) -> Article:
        """The article of a page. Raises ExtractError where none can be made."""


def page_reader(format_: PageFormat) -> PageReader:
    """The module that reads a format; it is loaded when first asked for."""
    reader: PageReader
    match format_:
        case PageFormat.HTML:
            import newsarchive.extraction.formats.html as reader
        case PageFormat.TEXT:
            import newsarchive.extraction.formats.plain_text as reader
        case PageFormat.ROW:
            import newsarchive.extraction.formats.dataset_row as reader
        case PageFormat.MHTML:
            import newsarchive.extraction.formats.mhtml as reader
        case PageFormat.EML:
            import newsarchive.extraction.formats.eml as reader
        case PageFormat.PDF:
            import newsarchive.extraction.formats.pdf as reader
        case PageFormat.EPUB:
            import newsarchive.extraction.formats.epub as reader
        case _:
            assert_never(format_)
    return reader
