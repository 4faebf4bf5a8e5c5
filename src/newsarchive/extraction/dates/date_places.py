"""Where on a page dates may stand: the walk over its elements, and the surroundings of its headline."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from lxml.etree import _Element

from newsarchive.extraction.dates import surroundings
from newsarchive.extraction.dates.written_dates import MAX_TEXT
from newsarchive.extraction.page.element_text import line_of
from newsarchive.extraction.page.parsed_page import Page
from newsarchive.extraction.words.strings import key


@dataclass(frozen=True, slots=True)
class Place:
    """A text that may hold a date: the element that it stands in, and where in the page's text."""

    element: _Element
    text: str
    position: int


UNREAD = frozenset(
    "script style noscript template svg select option textarea button iframe head title".split()
)
# A date inside a longer text than this is of what the text speaks of.
MAX_AROUND = 200
_DIGIT = re.compile(r"[\d〇]")
_MAX_PLACES = 400
_MIN_TITLE = 8
_MAX_BOXES = 3
_MAX_HEADINGS = 20
_MAX_ABOVE, _MAX_BELOW = 40, 60


def _titles(page: Page) -> list[str]:
    return [key(text) for text in (page.metas.first("og:title"), page.title) if text]


def places_of(page: Page, elements: Iterable[_Element]) -> tuple[list[Place], int | None]:
    """Walk over elements once: their texts that may hold a date, and where the headline ends."""
    titles = _titles(page)
    places: list[Place] = []
    position, named, first = 0, None, None
    has_digit = _DIGIT.search
    for element in elements:
        tag, tail = element.tag, element.tail
        # Scripts are most of a page.
        text = None if tag in UNREAD else element.text
        if tag in ("h1", "h2") and named is None:
            heading = line_of(element, limit=MAX_TEXT) or ""
            end = position + len(heading)
            first = end if first is None and tag == "h1" and heading else first
            if any(_names(key(heading), title) for title in titles):
                named = end
        if tag == "time" or (tag == "abbr" and element.get("title")):
            places.append(Place(element, text or "", position))
        elif text and has_digit(text, 0, MAX_AROUND):
            places.append(Place(element, text, position))
        if text:
            position += len(text)
        if tail:
            if (
                not tail.isspace()
                and has_digit(tail, 0, MAX_AROUND)
                and (parent := element.getparent()) is not None
                and parent.tag not in UNREAD
            ):
                places.append(Place(parent, tail, position))
            position += len(tail)
        if len(places) >= _MAX_PLACES:
            break
    return places, first if named is None else named


def around_headline(page: Page) -> Iterator[_Element]:
    """Yield the elements of the headline's boxes, in document order, and some text after it."""
    headline = _headline(page)
    if headline is None:
        return
    box = headline
    for _ in range(_MAX_BOXES):
        parent = box.getparent()
        if parent is None or parent.tag in ("body", "html"):
            break
        box = parent
    yield from _around(box, headline)


def _headline(page: Page) -> _Element | None:
    """The first heading that the title names, or else the first h1."""
    titles = _titles(page)
    first: _Element | None = None
    for tag in ("h1", "h2"):
        for element in page.survey.tagged(tag)[:_MAX_HEADINGS]:
            heading = key(line_of(element, limit=MAX_TEXT) or "")
            if any(_names(heading, title) for title in titles):
                return element
            if first is None and tag == "h1" and heading:
                first = element
    return first


def _around(box: _Element, headline: _Element) -> Iterator[_Element]:
    """Yield the elements from a box on in document order: up to the headline, and some text after it."""
    left, passed, read = _MAX_ABOVE, False, 0
    node: _Element | None = box
    while node is not None and left > 0:
        yield node
        left -= 1
        if node is headline:
            left, passed = _MAX_BELOW, True
        elif passed and node.tag not in UNREAD:
            read += len(node.text or "")
            if read > surroundings.BELOW:
                return
        node = node[0] if len(node) and node.tag not in UNREAD else _next(node)
    if not passed:
        yield headline


def _next(node: _Element | None) -> _Element | None:
    """The element that follows another and all in it."""
    while node is not None:
        following = node.getnext()
        if following is not None:
            return following
        node = node.getparent()
    return None


def _names(heading: str, title: str) -> bool:
    return len(heading) > _MIN_TITLE and heading in title
