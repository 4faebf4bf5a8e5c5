"""Cleaning of a body's lines: by their words, and by where they stand on the page."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from lxml.etree import _Element

from newsarchive.extract.boilerplate import is_boilerplate, without_bullet
from newsarchive.extract.page import Page
from newsarchive.extract.strings import key
from newsarchive.extract.tree import raw_text

_CAPTION_CLASS = re.compile(
    r"caption|credit|copyright|image-source|img-source|media-?source|bildunterschrift|legende|photo-?info|"
    r"bu-?text|imgtext",
    re.IGNORECASE,
)
_CAPTION_TAGS = ("p", "div", "span", "li", "td", "section", "aside", "small", "em", "dd", "figcaption")
_HEADINGS = ("h2", "h3", "h4", "h5", "h6")
_BOXES = frozenset("p li div td section blockquote".split())
_BARRED = frozenset("p li div h2 h3 h4 h5 td section blockquote".split())
_MAX_CAPTION = 600
_MAX_LINK = 300
_CAPTION_LINE = 350
# The headline is repeated within the first lines, if at all.
_TITLE_REACH = 6


@dataclass(frozen=True, slots=True)
class Cleaner:
    """Knows which texts of a page are captions, bare links and headings; all compared by ``key``."""

    captions: frozenset[str]
    links: frozenset[str]
    headings: frozenset[str]
    titles: frozenset[str]

    @classmethod
    def of(cls, page: Page, *, titles: tuple[str, ...]) -> Cleaner:
        """Collect a page's captions, links and headings; ``titles`` are its headline's variants."""
        headings = {key(raw_text(element)) for element in page.root.iter(*_HEADINGS)}
        return cls(
            captions=frozenset(_captions(page.root)),
            links=frozenset(_bare_links(page.root)),
            headings=frozenset(headings - {""}),
            titles=frozenset(key(title) for title in (*titles, *page.headings[:2])) - {""},
        )

    def clean(self, lines: list[str]) -> list[str]:
        """Keep the lines that belong to the article, without list marks."""
        bare = (without_bullet(line) for line in lines)
        return [line for index, line in enumerate(bare) if line and not self._is_foreign(line, index)]

    def is_beside(self, text_key: str) -> bool:
        """Whether a text is a caption or nothing but a link."""
        return text_key in self.captions or text_key in self.links

    def _is_foreign(self, line: str, index: int) -> bool:
        name = key(line)
        if not name:
            return True
        if name in self.titles and index < _TITLE_REACH:
            return True
        if name in self.captions and len(name) < _CAPTION_LINE:
            return True
        if name in self.links and name not in self.headings:
            return True
        return is_boilerplate(line)


def _captions(root: _Element) -> set[str]:
    found: set[str] = set()
    for element in root.iter("figcaption"):
        found.add(key(raw_text(element)))
        found.update(key(raw_text(child)) for child in element)
    for element in root.iter(*_CAPTION_TAGS):
        marks = element.get("class")
        if marks and _marks_caption(marks):
            text = raw_text(element)
            if len(text) < _MAX_CAPTION:
                found.add(key(text))
    found.discard("")
    return found


@lru_cache(maxsize=20_000)
def _marks_caption(marks: str) -> bool:
    return len(marks) < 300 and _CAPTION_CLASS.search(marks) is not None


def _bare_links(root: _Element) -> set[str]:
    """Texts of blocks that are one link and hardly anything else."""
    found: set[str] = set()
    for link in root.iter("a"):
        text = raw_text(link)
        if not 3 < len(text) <= _MAX_LINK * 2:
            continue
        box = _box(link)
        if box is None:
            continue
        name, around = key(text), _short_text(box, limit=_MAX_LINK * 2)
        if around is None or len(name) <= 3:
            continue
        whole = key(around)
        if len(whole) <= len(name) * 1.15 + 12 and len(whole) < _MAX_LINK:
            found.add(whole)
            if len(name) > 25:
                found.add(name)
    return found


def _box(link: _Element) -> _Element | None:
    """The block around a link, unless it is a heading or far away."""
    box = link.getparent()
    for _ in range(4):
        if box is None or box.tag in _BARRED:
            break
        box = box.getparent()
    return box if box is not None and box.tag in _BOXES else None


def _short_text(element: _Element, *, limit: int) -> str | None:
    """The text of an element, or None as soon as it is longer than the limit."""
    parts: list[str] = []
    length = 0
    for text in element.itertext():
        bare = str(text).strip()
        length += len(bare)
        if length > limit:
            return None
        parts.append(bare)
    return "".join(parts)
