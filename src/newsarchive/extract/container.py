"""Articles whose paragraphs all stand in one box: read off it directly, without a search.

Most content systems put an article's paragraphs side by side into one element.
Where one element holds nearly all prose of a page, its children are the body.
"""

from __future__ import annotations

from collections.abc import Iterator

from lxml.etree import _Element

from newsarchive.extract.strings import squeeze
from newsarchive.extract.tree import raw_text, text_of

# Measured on 1,085 dev pages against the full search: with these the direct reading is
# the better one, with a share of .8 or two paragraphs it is not.
_MIN_TEXT = 1_200
_MIN_PARAGRAPHS = 4
_MIN_SHARE = 0.7
_PROSE = 80
_MAX_LINKED = 0.5
_TEXT_TAGS = frozenset(("p", "h2", "h3", "h4", "blockquote", "pre"))
_LISTS = frozenset(("ul", "ol"))
# What a reader of children can't read: another reader's work.
_COMPLEX = frozenset(("table", "dl", "center", "font"))
_UNREAD = frozenset("script style noscript template figure aside form nav iframe svg".split())
_MAX_BOXED = 0.15
_MAX_OPENING = 2
_PARAGRAPHS = 20_000


def read_container(root: _Element) -> list[str] | None:
    """The lines of the one box that holds the article; None where there is no such box."""
    prose: dict[_Element, int] = {}
    count: dict[_Element, int] = {}
    for paragraph, _ in zip(root.iter("p"), range(_PARAGRAPHS), strict=False):
        box = paragraph.getparent()
        length = _prose_length(paragraph)
        if box is not None and length:
            prose[box] = prose.get(box, 0) + length
            count[box] = count.get(box, 0) + 1
    if not prose:
        return None
    best = max(prose, key=lambda box: prose[box])
    if prose[best] < max(_MIN_TEXT, _MIN_SHARE * sum(prose.values())) or count[best] < _MIN_PARAGRAPHS:
        return None
    children = list(best)
    if any(child.tag in _COMPLEX for child in children) or _loose_text(best) > _PROSE:
        return None
    if _boxed_text(children) > _MAX_BOXED * prose[best]:
        return None
    return [*_opening(root, best), *_lines(children)]


def _prose_length(paragraph: _Element) -> int:
    text = squeeze(raw_text(paragraph))
    if len(text) < _PROSE:
        return 0
    linked = sum(len(raw_text(link)) for link in paragraph.iter("a"))
    return len(text) if linked <= _MAX_LINKED * len(text) else 0


def _loose_text(box: _Element) -> int:
    """How much text stands in the box beside its elements."""
    return len((box.text or "").strip()) + sum(len((child.tail or "").strip()) for child in box)


def _opening(root: _Element, box: _Element) -> list[str]:
    """The paragraphs between the headline and the box: a standfirst or a first sentence set apart."""
    found: list[str] = []
    headed = False
    for element in root.iter("h1", "p", box.tag):
        if element is box:
            return found if headed and len(found) <= _MAX_OPENING else []
        if element.tag == "h1":
            headed = True
            found = []
        elif headed and element.tag == "p" and _prose_length(element):
            found.append(text_of(element))
    return []


def _boxed_text(children: list[_Element]) -> int:
    """How much text stands in boxes among the paragraphs, links aside."""
    boxes = (child for child in children if child.tag not in _TEXT_TAGS and child.tag not in _LISTS)
    return sum(
        len(squeeze(raw_text(box))) - sum(len(raw_text(link)) for link in box.iter("a"))
        for box in boxes
        if box.tag not in _UNREAD
    )


def _lines(children: list[_Element]) -> Iterator[str]:
    for child in children:
        if child.tag in _LISTS:
            yield from (line for item in child if (line := text_of(item)))
        elif child.tag in _TEXT_TAGS:
            inner = list(child.iter("p")) if child.tag == "blockquote" else []
            for element in inner or [child]:
                line = text_of(element)
                if line and (child.tag == "p" or len(line) > 1):
                    yield line
