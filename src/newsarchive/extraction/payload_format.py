"""What a payload is, judged by its bytes first and by what was said of it second."""

from __future__ import annotations

import re
from enum import Enum

from newsarchive.errors import ExtractError


class Kind(Enum):
    """The kinds of payload that an article is extracted from."""

    WEB_PAGE = "web page"
    PLAIN_TEXT = "plain text"
    DATASET_ROW = "dataset row"


_SIGNATURES = {
    b"%PDF-": "a PDF document",
    b"\x89PNG": "a PNG image",
    b"\xff\xd8\xff": "a JPEG image",
    b"GIF8": "a GIF image",
    b"PK\x03\x04": "a ZIP archive or an office document",
    b"\x1f\x8b": "gzip-compressed data",
    b"BZh": "bzip2-compressed data",
    b"\xfd7zXZ": "xz-compressed data",
    b"\x28\xb5\x2f\xfd": "zstd-compressed data",
    b"\x7fELF": "a program",
    b"MZ": "a program",
    b"SQLite format 3": "an SQLite database",
    b"RIFF": "an image, sound or video",
    b"OggS": "a sound or video",
    b"ID3": "a sound",
    b"\xd0\xcf\x11\xe0": "an old office document",
}
_MARKUP = re.compile(
    rb"<(?:!doctype\s+html|html|head|body|article|main|section|div|p|h[1-6]|title|meta|script|table|span|br|"
    rb"!--|\?xml)\b",
    re.IGNORECASE,
)
_SNIFFED = 2_048
_SAMPLE = 4_096
_CONTROLS = bytes(code for code in range(32) if code not in b"\t\n\r\x0b\x0c\x1b")
# Text has hardly a control character; a page with a few pasted NULs is still one.
_CONTROL_SHARE = 0.05
_WIDE_MARKS = (b"\xff\xfe", b"\xfe\xff")


def kind_of(payload: bytes, content_type: str | None) -> Kind:
    """Tell what a payload is; raises ExtractError where it is empty or no text."""
    if not payload.strip():
        raise ExtractError("the file is empty", hint="save the page again")
    _refuse_binary(payload)
    said = (content_type or "").split(";")[0].strip().lower()
    if said == "application/json" or said.endswith("+json"):
        return Kind.DATASET_ROW
    if said in ("text/html", "application/xhtml+xml"):
        return Kind.WEB_PAGE
    if _MARKUP.search(_start(payload)):
        return Kind.WEB_PAGE
    return Kind.PLAIN_TEXT


def _start(payload: bytes) -> bytes:
    start = payload[:_SNIFFED]
    return start.replace(b"\0", b"") if payload.startswith(_WIDE_MARKS) else start


def _refuse_binary(payload: bytes) -> None:
    for signature, name in _SIGNATURES.items():
        if payload.startswith(signature) and not (signature == b"MZ" and b"\0" not in payload[:_SAMPLE]):
            raise ExtractError(f"not a text but {name}", hint="only web pages and texts can be archived")
    if payload.startswith(_WIDE_MARKS) or payload.lstrip().startswith(b"<"):
        return
    sample = payload[:_SAMPLE]
    controls = len(sample) - len(sample.translate(None, _CONTROLS))
    if controls > _CONTROL_SHARE * len(sample):
        raise ExtractError("not a text but binary data", hint="only web pages and texts can be archived")
