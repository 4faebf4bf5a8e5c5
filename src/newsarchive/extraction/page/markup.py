"""Text of fragments of HTML, such as stand in JSON-LD, feeds and datasets, through BeautifulSoup."""

from __future__ import annotations

import html
import re

from newsarchive.extraction.words.strings import squeeze, visible

_MARKUP = re.compile(
    r"</?(?:p|br|div|span|a|b|i|em|strong|h\d|ul|ol|li|blockquote|img|table|section|figure)\b", re.IGNORECASE
)
_CLOSED = re.compile(r"</|/>|<br", re.IGNORECASE)
_BREAKING = re.compile(r"<(?:p|br|div|li|h\d)\b", re.IGNORECASE)
_BLOCKS = (
    "p",
    "br",
    "div",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "li",
    "tr",
    "blockquote",
    "section",
    "figcaption",
)
_UNREAD = ("script", "style", "template", "noscript", "iframe", "svg", "head")
_MAX_MARKUP = 3_000_000
_MAX_PAGE = 2_000_000


def looks_like_markup(text: str) -> bool:
    """Whether a text holds tags; a sentence with "<" in it, or a share's <A>, doesn't make it one."""
    return _CLOSED.search(text) is not None and _MARKUP.search(text) is not None


def text_of_markup(text: str) -> str:
    """Give the paragraphs of a fragment, one a line; a text without markup keeps its lines."""
    if "&lt;" in text:
        text = html.unescape(text)
    if not looks_like_markup(text):
        return lines_of(html.unescape(text) if "&" in text else text)
    from bs4 import BeautifulSoup

    if _BREAKING.search(text):
        # Where tags make the paragraphs, a line break of the source is a space.
        text = text.replace("\n", " ")
    soup = BeautifulSoup(text[:_MAX_MARKUP], "lxml")
    for element in soup(_UNREAD):
        element.decompose()
    for element in soup(_BLOCKS):
        element.insert_before("\n")
        element.append("\n")
    return lines_of(soup.get_text())


def paragraphs_of_markup(text: str) -> str:
    """Give the paragraphs of a whole page that lxml can't hold; slow, and indifferent to depth."""
    from bs4 import BeautifulSoup

    soup = BeautifulSoup(text[:_MAX_PAGE], "html.parser")
    return "\n".join(line for element in soup("p") if (line := squeeze(element.get_text())))


def lines_of(text: str) -> str:
    """Drop empty lines and superfluous spaces."""
    lines = (squeeze(line) for line in visible(text).splitlines())
    return "\n".join(line for line in lines if line)
