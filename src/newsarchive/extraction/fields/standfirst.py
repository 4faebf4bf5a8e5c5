"""The standfirst: the sentence or two between headline and body, where the page marks it."""

from __future__ import annotations

from collections.abc import Iterator

from newsarchive.extraction.page.element_index import Role
from newsarchive.extraction.page.element_text import text_of
from newsarchive.extraction.page.parsed_page import Page
from newsarchive.extraction.words.strings import key

_TAGS = frozenset(("p", "div", "h2", "h3", "h4", "span", "strong"))
_MIN, _MAX = 25, 400
_MAX_FOUND = 3


def standfirsts(page: Page) -> tuple[str, ...]:
    """The texts that the page marks as standfirst by a class, an id or as its header's paragraph."""
    found: list[str] = []
    titles = {key(heading) for heading in page.headings}
    for text in _marked(page):
        if _MIN <= len(text) <= _MAX and key(text) not in titles and text not in found:
            found.append(text)
            if len(found) == _MAX_FOUND:
                break
    return tuple(found)


def _marked(page: Page) -> Iterator[str]:
    headings = page.survey.tagged("h1")
    first = page.survey.place(headings[0]) if headings else None
    for element in page.survey.marked(Role.STANDFIRST):
        # Some pages have no h1 at all: there the mark alone says it.
        if (first is None or page.survey.place(element) > first) and element.tag in _TAGS:
            yield text_of(element)
