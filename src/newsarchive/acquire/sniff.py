"""Tell pages from other content, by their first bytes."""

from __future__ import annotations

import codecs
import re

from newsarchive.acquire.names import HTML_SUFFIXES, suffix
from newsarchive.errors import AcquireError

HTML = "text/html"
TEXT = "text/plain"

# Source: WHATWG MIME Sniffing, section 5 (the resource header is 1445 bytes) and
# section 3 (binary data bytes). All 1,085 pages of a sample start with a tag, and
# one of them has a NUL further on: only the head decides.
_HEAD = 1_445
_BINARY = re.compile(rb"[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f]")
_TAG = re.compile(r"<!--|<!doctype|<\?xml|</?[a-z][a-z0-9-]*[\s>/]", re.IGNORECASE)
_JSON = re.compile(r'\{\s*"|\[\s*[\[{"]')
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_FORMATS = (
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"%PDF-", "a PDF document"),
    (b"PK\x03\x04", "a ZIP file"),
    (b"\x1f\x8b", "a gzip file"),
    (b"{\\rtf", "an RTF document"),
)
_PAGES_ONLY = "give a page as HTML or plain text"
_HINTS = {
    "a gzip file": "give it a name that ends in .html.gz or .txt.gz, or unpack it first",
    "JSON": "a dataset is one JSON object a line, in a file named .jsonl",
}


def page_type(payload: bytes, *, name: str) -> str:
    """Give the content type of a page: ``text/html`` or ``text/plain``.

    The content decides before the name does. Raises AcquireError for what is
    no page: nothing at all, a binary format, JSON.
    """
    if not payload.strip():
        raise AcquireError(f"{name} is empty", hint="there is nothing to archive in it")
    head = _text_head(payload)
    if head is not None and _TAG.match(head):
        return HTML
    other = _other_format(payload, head)
    if other is not None:
        raise AcquireError(f"{name} is {other}, not a page", hint=_HINTS.get(other, _PAGES_ONLY))
    return HTML if suffix(name) in HTML_SUFFIXES else TEXT


def starts_with_tag(head: bytes) -> bool:
    """Whether content that begins with these bytes is HTML whatever its name."""
    text = _text_head(head)
    return text is not None and _TAG.match(text) is not None


def _other_format(payload: bytes, head: str | None) -> str | None:
    for magic, description in _FORMATS:
        if payload.startswith(magic):
            return description
    if head is None:
        return "binary data"
    return "JSON" if _JSON.match(head) else None


def _text_head(payload: bytes) -> str | None:
    """The first characters after blanks, as far as ASCII tells tags; None for binary content."""
    start = payload[: 64 * _HEAD]
    for bom, encoding in _BOMS:
        if start.startswith(bom):
            # Four bytes a character at most: a cut inside one is ignored.
            return start[: len(start) - len(start) % 4].decode(encoding, "ignore").lstrip("\ufeff \t\r\n\f")
    head = start.lstrip()[:_HEAD]
    text = head.decode("latin-1")
    return None if _BINARY.search(head) and not _TAG.match(text) else text
