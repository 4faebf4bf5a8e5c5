"""Turn a capture into an article.

Bytes are decoded once and parsed once; collectors yield candidates with their
evidence, and one module a field chooses among them. Nothing here reads a
clock, a network or the environment; only ``worker`` and ``pool`` deal with
processes.
"""

from __future__ import annotations

import json
from datetime import datetime

from newsarchive.errors import ExtractError
from newsarchive.extraction.composed import composed
from newsarchive.extraction.payload_format import Kind, kind_of
from newsarchive.model import Article

__all__ = ["EXTRACTOR_VERSION", "MAX_PAYLOAD", "extract"]

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
) -> Article:
    """Extract the article from a web page, a plain text, or one row of a dataset (a JSON object).

    ``url`` is where the payload was fetched from. ``captured_at`` bounds the
    publication date: nothing is published after it was saved. Raises
    ExtractError where no article can be made.
    """
    if len(payload) > MAX_PAYLOAD:
        raise ExtractError(
            f"{len(payload):,} bytes are more than an article has",
            hint=f"the limit is {MAX_PAYLOAD:,} bytes",
        )
    return composed(_extract(payload, url=url, content_type=content_type, captured_at=captured_at))


def _extract(
    payload: bytes, *, url: str | None, content_type: str | None, captured_at: datetime | None
) -> Article:
    kind = kind_of(payload, content_type)
    if kind is Kind.DATASET_ROW:
        return _extract_row(payload)
    from newsarchive.extraction.page.decoding import decode

    text = decode(payload, content_type=content_type)
    if kind is Kind.PLAIN_TEXT:
        from newsarchive.extraction.formats.plain_text.story import extract_text

        return extract_text(text, url=url, captured_at=captured_at)
    from newsarchive.extraction.formats.html import extract_page

    return extract_page(text, url=url, captured_at=captured_at)


def _extract_row(payload: bytes) -> Article:
    from newsarchive.extraction.formats.dataset_row import extract_row

    try:
        row = json.loads(payload)
    except (ValueError, RecursionError) as exc:
        raise ExtractError(f"not JSON: {exc}", hint="a dataset has one JSON object a line") from exc
    return extract_row(row)
