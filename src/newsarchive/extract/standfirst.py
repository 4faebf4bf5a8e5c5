"""The standfirst: the sentence or two between headline and body, where the page marks it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from newsarchive.extract.page import Page
from newsarchive.extract.strings import key
from newsarchive.extract.tree import text_of

_MARK = re.compile(
    r"(?:^|[\s_-])(?:standfirst|dek|deck|lede|lead|lead-?text|sapo|chapo|chapeau|entradilla|bajada|vorspann|"
    r"sub-?title|sub-?headline|sub-?heading|untertitel|sommario|occhiello|ingress|manchet|zajawka|podtytul)"
    r"(?:$|[\s_-])",
    re.IGNORECASE,
)
_TAGS = ("p", "div", "h2", "h3", "h4", "span", "strong")
_MARKING = ("class", "id", "data-testid")
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
    headed = False
    for element in page.root.iter("h1", *_TAGS):
        headed = headed or element.tag == "h1"
        marks = " ".join(element.get(name) or "" for name in _MARKING)
        if headed and 2 < len(marks) < 200 and _is_mark(marks):
            yield text_of(element)


@lru_cache(maxsize=20_000)
def _is_mark(marks: str) -> bool:
    return _MARK.search(marks) is not None
