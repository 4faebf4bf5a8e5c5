"""Pages saved as plain text, mailed or printed stories, copies of reader views."""

from __future__ import annotations

from newsarchive.extraction.formats import Received
from newsarchive.extraction.formats.plain_text.story import extract_text
from newsarchive.extraction.page.decoding import decode
from newsarchive.model import Article


def read(received: Received) -> Article:
    """The article of a plain text."""
    text = decode(received.payload, content_type=received.content_type)
    return extract_text(
        text, url=received.url, captured_at=received.captured_at, time_known=received.time_known
    )
