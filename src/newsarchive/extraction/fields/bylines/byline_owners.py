"""Whose a byline is: the page's own story's, or a teaser's, a comment's, the next story's."""

from __future__ import annotations

from itertools import islice

from lxml.etree import _Element

from newsarchive.extraction.page.element_index import Role
from newsarchive.extraction.page.element_text import line_of
from newsarchive.extraction.page.parsed_page import Page
from newsarchive.extraction.words.strings import key

_MAX_BOXES = 12
_MAX_HEADINGS = 10
_MAX_LINE = 300
_MIN_HEADING = 8
# A link with this many letters or more, in the box of a byline, is the headline of another story.
_LONG_LINK = 20
_MAX_LINKS = 8
_STORY_TAGS = frozenset("li article div section p td tr dd a".split())


def own_heading(page: Page) -> _Element | None:
    """The heading of the page's own story: the first that its title names, else the first h1."""
    first = page.survey.tagged("h1")[:1]
    headings = [*page.survey.tagged("h1"), *page.survey.tagged("h2")][:_MAX_HEADINGS]
    stated = [key(title) for title in (page.metas.first("og:title"), page.title) if title]
    texts = (key(line_of(heading, limit=_MAX_LINE) or "") for heading in headings)
    named = (
        heading
        for heading, text in zip(headings, texts, strict=True)
        if len(text) > _MIN_HEADING and any(text in title for title in stated)
    )
    return next(named, next(iter(first), None))


def is_of_another(element: _Element, page: Page, above: set[_Element]) -> bool:
    """Whether a byline stands in a comment, a footer, a teaser or a story without the page's headline.

    ``above`` are the boxes around the headline.
    """
    in_story = any(box.tag == "article" for box in above)
    for box in (element, *islice(element.iterancestors(), _MAX_BOXES)):
        if box in above:
            return False
        if box.tag in ("footer", "nav") or _is_aside(box, page):
            return True
        if in_story and box.tag == "article":
            return True
        if (
            box is not element
            and box.tag in _STORY_TAGS
            and _has_twin(box)
            and _leads_elsewhere(box, element)
        ):
            return True
    return False


def _is_aside(box: _Element, page: Page) -> bool:
    marks = box.get("class") or box.get("id")
    return bool(marks) and page.survey.role_of(str(marks)) is Role.ASIDE


def _has_twin(box: _Element) -> bool:
    """Whether another box of its kind stands beside a box, as in lists of stories."""
    marks = box.get("class")
    return any(
        twin is not None and twin.tag == box.tag and twin.get("class") == marks
        for twin in (box.getprevious(), box.getnext())
    )


def _leads_elsewhere(box: _Element, byline: _Element) -> bool:
    """Whether a box leads to a story: by a heading, or by a link of more than a name."""
    inside = {byline, *byline.iter()}
    headings = (node for tag in ("h2", "h3", "h4") for node in box.iter(tag))
    if any(heading not in inside and next(heading.iter("a"), None) is not None for heading in headings):
        return True
    links = [link for link in islice(box.iter("a"), _MAX_LINKS) if link not in inside]
    return any(len(line_of(link, limit=_MAX_LINE) or "x" * _LONG_LINK) >= _LONG_LINK for link in links)
