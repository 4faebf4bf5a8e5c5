"""Reading text off a tree of lxml."""

from __future__ import annotations

from typing import cast

from lxml import etree
from lxml.etree import _Element

from newsarchive.extraction.words.strings import squeeze

_TEXTS = etree.XPath("descendant-or-self::text()", smart_strings=False)
_BREAKS = frozenset(
    "address article blockquote br dd div dl dt figcaption figure h1 h2 h3 h4 h5 h6 header hr li ol p "
    "section table td th tr ul".split()
)
# A reading beside a word (rt) is no part of it.
_SILENT = frozenset("script style template noscript svg rt rp".split())


def texts_of(root: _Element) -> list[str]:
    """Every text of a tree, in page order; three times as fast as to iterate over them."""
    return cast("list[str]", _TEXTS(root))


def raw_text(element: _Element) -> str:
    """The text of an element as it stands in the source; fast, for comparing."""
    return "".join(map(str, element.itertext()))


def line_of(element: _Element, *, limit: int) -> str | None:
    """The text of a small element on one line; None where it is longer than ``limit``, at no further cost."""
    parts: list[str] = []
    length = 0
    for part in element.itertext():
        piece = squeeze(str(part[: 10 * limit]))
        length += len(piece)
        if length > limit or len(parts) > limit:
            return None
        parts.append(piece)
    return " ".join(part for part in parts if part)


def text_of(element: _Element) -> str:
    """The text of an element on one line, as a reader sees it: no words glued across a line break."""
    parts: list[str] = []
    for event, node in etree.iterwalk(element, events=("start", "end")):
        if event == "start":
            if node.tag in _BREAKS:
                parts.append(" ")
            if node.text and node.tag not in _SILENT:
                parts.append(node.text)
        else:
            if node.tag in _BREAKS:
                parts.append(" ")
            if node is not element and node.tail:
                parts.append(node.tail)
    return squeeze("".join(parts))
