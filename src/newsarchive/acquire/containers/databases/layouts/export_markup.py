"""Reading the HTML that databases export."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from newsarchive.errors import AcquireError

_SPACE = re.compile(r"\s+")
_CHARSET = re.compile(rb"charset=[\"']?\s*([\w-]+)", re.IGNORECASE)
_BLOCKS = frozenset("p div br table tr td th li h1 h2 h3 h4 h5 h6 dt dd blockquote pre".split())


def parsed(payload: bytes, name: str) -> HtmlElement:
    """The tree of a page. Raises AcquireError where there is none."""
    try:
        text = payload.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = payload.decode(_charset(payload), "replace")
    parser = HTMLParser(huge_tree=True, encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        return document_fromstring(text.replace("\0", "").encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as exc:
        raise AcquireError(f"{name} is damaged: {exc}", hint="export it again") from exc


def squeezed(text: str | None) -> str:
    """A text on one line."""
    return _SPACE.sub(" ", text or "").strip()


def text_of(element: Any) -> str:
    """The text of an element on one line."""
    return squeezed("".join(element.itertext()))


def paragraphs_of(element: Any) -> list[str]:
    """The text of an element, parted where its blocks and line breaks part it."""
    return [line for line in map(squeezed, "".join(_pieces(element)).split("\0")) if line]


def by_class(element: Any, name: str) -> list[Any]:
    """The descendants of a class."""
    return list(
        element.xpath(".//*[contains(concat(' ', normalize-space(@class), ' '), $name)]", name=f" {name} ")
    )


def _pieces(element: Any) -> Iterator[str]:
    if not isinstance(element.tag, str) or element.tag in ("script", "style"):
        return
    is_block = element.tag in _BLOCKS
    if is_block:
        yield "\0"
    yield element.text or ""
    for child in element:
        yield from _pieces(child)
        yield child.tail or ""
    if is_block:
        yield "\0"


def _charset(payload: bytes) -> str:
    match = _CHARSET.search(payload[:8_192])
    label = match[1].decode("ascii").lower() if match else "cp1252"
    try:
        "".encode(label)
    except LookupError:
        return "cp1252"
    return "cp1252" if label in ("iso-8859-1", "utf-8", "latin-1") else label
