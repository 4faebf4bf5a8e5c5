"""Text that a format can hold: strangers' pages hold characters that no encoding, or no XML, can."""

from __future__ import annotations

import re

_SURROGATES = re.compile("[\ud800-\udfff]")
# Source: XML 1.0, section 2.2; the rest of the control characters is allowed and discouraged.
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff]")
_UNSEEN = re.compile(
    "[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\uffff\ufffe\ud800-\udfff]+"
)
_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;"})


def encodable(text: str) -> str:
    """Text that UTF-8 can encode."""
    return text if text.isascii() else _SURROGATES.sub("\ufffd", text)


def one_line(text: str | None) -> str:
    """Text without line breaks, control characters and marks that turn the direction of what follows."""
    return " ".join(_UNSEEN.sub(" ", text or "").split())


def characters_of_xml(text: str) -> str:
    """Text without characters that XML has not; a line break is one newline."""
    return _NOT_XML.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))


def xml(text: str | None) -> str:
    """Text for XML or HTML, between tags or in quotes."""
    return characters_of_xml(text or "").translate(_ESCAPES)


def paragraphs(text: str) -> list[str]:
    """The paragraphs of an article's text."""
    return [line for line in text.splitlines() if line.strip()]


def paragraphs_html(text: str) -> str:
    """The paragraphs of an article's text as HTML."""
    return "".join(f"<p>{xml(paragraph)}</p>" for paragraph in paragraphs(text))
