"""What a title holds beside the headline: a section, a site; told by what the page shows of it.

Old pages have no h1, and a title of site, section and headline in any order. The
part that stands on the page as a line of its own is the headline; the part that
is the text of a link is a section.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml.etree import _Element

from newsarchive.extraction.page.element_text import line_of, texts_of
from newsarchive.extraction.page.parsed_page import Page
from newsarchive.extraction.words.strings import MAX_FIELD, key
from newsarchive.extraction.words.titles import PARTING, names_site

_MAX_PARTS = 6
_MIN_SHOWN = 10
_MAX_SHOWN = 200
_MAX_LINKS = 150
_MAX_SECTION = 25
_MAX_HEADINGS = 20
# What editors of pages write where nobody wrote a title.
_NO_TITLE = re.compile(
    r"^\W*(?:untitled(?: document| page)?|new page ?\d*|home(?: ?page)?|index|startseite|document|default|"
    r"page title|title|no title|unbenanntes dokument|documento sin título|document sans titre|"
    r"sin título|sans titre|senza titolo|sem título|ohne titel|zonder titel|bez tytułu|utan titel|adsız|"
    r"без названия|без имени|(?:main |site )?(?:menu|navigation)|hauptmenü|menú|suche|search|skip to .{4,20}|"
    r"無題(?:ドキュメント)?|无标题(?:文档)?|無標題|제목 ?없음)\W*$",
    re.IGNORECASE,
)


def is_no_title(text: str) -> bool:
    """Whether a title is what a program wrote in place of one."""
    return _NO_TITLE.match(text) is not None


def shown_parts(page: Page, sites: set[str]) -> Iterator[str]:
    """Yield the part of each title that the page shows as a line of its own, the longest that it does."""
    titles = [title[:MAX_FIELD] for title in (page.title, page.metas.first("og:title")) if title]
    lines: set[str] | None = None
    for title in dict.fromkeys(titles):
        # A part that another outweighs is a kicker or a subject, though the page shows it.
        parts = [part for part in PARTING.split(title) if not names_site(part, sites)]
        least = max([_MIN_SHOWN, *(len(key(part)) for part in parts)])
        spans = [span for span in _spans(title) if len(key(span)) >= least and not names_site(span, sites)]
        if lines is None:
            lines = _lines(page, titles)
        found = next((span for span in sorted(spans, key=len, reverse=True) if key(span) in lines), None)
        if found is not None:
            yield found


def first_heading(page: Page) -> str | None:
    """The first heading below the first rank, where a page has neither title nor h1 that say anything."""
    lines = (line_of(heading, limit=_MAX_SHOWN) for heading in page.survey.tagged("h2")[:_MAX_HEADINGS])
    return next((line for line in lines if line and len(key(line)) >= _MIN_SHOWN), None)


def without_sections(text: str, page: Page) -> str:
    """Drop from the end of a title what is the text of a link on the page: its section."""
    bare = text
    for _ in range(_MAX_PARTS):
        marks = list(PARTING.finditer(bare))
        if not marks:
            return bare
        head, last = bare[: marks[-1].start()].strip(), key(bare[marks[-1].end() :])
        if not last or len(last) > _MAX_SECTION or len(key(head)) < _MIN_SHOWN or last not in _links(page):
            return bare
        bare = head
    return bare


def _spans(title: str) -> Iterator[str]:
    """Yield the runs of parts of a title, but not all of it."""
    marks = [(0, 0), *(mark.span() for mark in PARTING.finditer(title)), (len(title), len(title))][
        : _MAX_PARTS + 2
    ]
    for first in range(len(marks) - 1):
        for last in range(first + 1, len(marks)):
            if (first, last) != (0, len(marks) - 1):
                yield title[marks[first][1] : marks[last][0]].strip()


def _lines(page: Page, titles: list[str]) -> set[str]:
    """The texts that stand alone on a page, but for its titles as a whole."""
    whole = {key(title) for title in titles}
    texts = (text for text in texts_of(page.root) if _MIN_SHOWN <= len(text) <= 2 * _MAX_SHOWN)
    return {key(text) for text in texts} - whole


def _is_bookmark(link: _Element) -> bool:
    """Whether a link is a story's own headline: blogs link it to the story's lasting address."""
    return "bookmark" in (link.get("rel") or "").split()


def _links(page: Page) -> set[str]:
    links = (link for link in page.survey.tagged("a")[:_MAX_LINKS] if not _is_bookmark(link))
    texts = (line_of(link, limit=_MAX_SECTION + 5) for link in links)
    return {key(text) for text in texts if text}
