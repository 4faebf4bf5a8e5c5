"""Turn a capture into an article.

Bytes are decoded once and parsed once; collectors yield candidates with their
evidence, and one module a field chooses among them. Nothing here reads a
clock, a network or the environment; only ``worker`` and ``pool`` deal with
processes.
"""

from __future__ import annotations

from datetime import datetime

from newsarchive.base import arguments
from newsarchive.errors import ExtractError
from newsarchive.extraction.composed import composed
from newsarchive.extraction.formats import Received, page_reader
from newsarchive.formats import ContainerFormat, PageFormat, format_of_media_type, recognize
from newsarchive.model import Article

__all__ = ["EXTRACTOR_VERSION", "MAX_PAYLOAD", "extract", "recognized"]

# Grows with every change of what is extracted: archives remember it, and ``reextract``
# reads again what an older version has read.
EXTRACTOR_VERSION = 2
MAX_PAYLOAD = 20_000_000


def extract(
    payload: bytes,
    *,
    url: str | None = None,
    content_type: str | None = None,
    captured_at: datetime | None = None,
    time_known: bool = True,
    format: PageFormat | None = None,  # noqa: A002  the word that users know
) -> Article:
    """Extract the article from a web page, a plain text, or one row of a dataset (a JSON object).

    The call has no limit of time or memory, only of bytes (MAX_PAYLOAD): a page made to do harm may
    take minutes. ``Archive.add``, ``newsarchive extract`` and
    ``newsarchive.extraction.workers.worker_pool.WorkerPool`` have both limits, by processes
    that are killed: 10 seconds and 1 GB a page.

    ``url`` is where the payload was fetched from. ``captured_at`` bounds the
    publication date: nothing is published after it was saved. Where it is only
    when the bytes came here, not ``time_known``, "yesterday" is no day. Without a
    ``format`` it is told from the bytes, then from ``content_type``. Raises
    ExtractError where no article can be made, InvalidArgument for what are no bytes.
    """
    payload = arguments.octets("payload", payload)
    if len(payload) > MAX_PAYLOAD:
        raise ExtractError(
            f"{len(payload):,} bytes are more than an article has",
            hint=f"the limit is {MAX_PAYLOAD:,} bytes",
        )
    if not payload.strip():
        raise ExtractError("the file is empty", hint="save the page again")
    found = recognized(payload, content_type) if format is None else format
    return composed(page_reader(found).read(Received(payload, url, content_type, captured_at, time_known)))


def recognized(payload: bytes, content_type: str | None) -> PageFormat:
    """Tell the format of a page; raises ExtractError where the bytes are none."""
    if format_of_media_type(content_type) is PageFormat.ROW:
        return PageFormat.ROW
    found = recognize(payload, media_type=content_type)
    if isinstance(found, PageFormat):
        return found
    if isinstance(found, ContainerFormat):
        raise ExtractError(f"not a page but {found.label}", hint="it holds several articles: add it whole")
    raise ExtractError(f"not a page but {found.label}", hint="only web pages and texts can be read")
