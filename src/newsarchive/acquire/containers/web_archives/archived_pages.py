"""What of a web archive's records is a page, and what is counted as not read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime

from newsarchive.acquire.reader import NotRead, printable
from newsarchive.formats import PageFormat, recognize

_MAX_KIND = 60
_NOT_PAGES = ("image/", "video/", "audio/", "font/", "text/css", "application/javascript", "text/javascript")


@dataclass(slots=True)
class Others:
    """The records that are no pages, by kind: a crawl has thousands of them."""

    source: str
    kinds: Counter[str] = field(default_factory=Counter)

    def count(self, kind: str) -> None:
        """Count one."""
        self.kinds[printable(kind[:_MAX_KIND])] += 1

    def items(self) -> Iterator[NotRead]:
        """One item a kind."""
        for kind, number in self.kinds.most_common():
            yield NotRead(self.source, kind, number)


def page_format(payload: bytes, content_type: str | None, *, text_too: bool = False) -> PageFormat | None:
    """The format of a page that a server sent; None where it is none, but a picture or a list.

    What sites serve as plain text is for robots, and what crawlers add is their log.
    """
    kind = (content_type or "").split(";")[0].strip().lower()
    if kind.startswith(_NOT_PAGES) or not payload.strip():
        return None
    found = recognize(payload, media_type=content_type)
    if found is PageFormat.TEXT:
        return found if text_too else None
    return found if isinstance(found, PageFormat) and found is not PageFormat.ROW else None


def kind_of(payload: bytes, content_type: str | None) -> str:
    """What a record is that is no page."""
    stated = (content_type or "").split(";")[0].strip().lower()
    return stated or recognize(payload).label


def moment_of(text: str) -> datetime | None:
    """The moment of a record, in UTC; as precise as it is written."""
    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError:
        return None
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
