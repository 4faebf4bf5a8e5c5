"""Visible bylines: what readers see of who wrote it, near the headline before elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice

from lxml.etree import _Element

from newsarchive.extraction.page.element_index import Role, Survey
from newsarchive.extraction.page.element_text import text_of, texts_of
from newsarchive.extraction.page.parsed_page import Page
from newsarchive.extraction.words.person_names import clean, is_agency, is_person, without_lead

_MAX_BYLINE = 120
_MAX_WORDS = 9
_MAX_ELEMENTS = 24
_MAX_BOXES = 12
# How many elements after the headline a link to somebody's page is a byline, not a teaser's.
_NEAR = 120
# How many elements before and after the headline its own byline stands.
_BEFORE, _AFTER = 60, 250
_NO_BYLINE = re.compile(
    r"^(?:by|von|par|por|di|on|am|um|le|the|veröffentlicht|published|posted|updated)\b", re.IGNORECASE
)
_AFTER_NAME = re.compile(
    r"\s*[|•·]\s*|\s+[—–-]\s+|,?\s+\d|\s+(?:updated|published|posted|aktualisiert|publié|publicado|"
    r"illustrations?|fotos?|photos?|bild(?:er)?|stand|sendung)\b",
    re.IGNORECASE,
)
_ABOUT_SOMETHING_ELSE = re.compile(
    r"\d\d|\b(comments?|shares?|follow|about|über|mehr|more|subscribe|profile?|view|all posts|articles|"
    r"read|sign|newsletter|log|beiträge|profil|entradas|posts|your|geändert|rights)\b|[*:]\s*$",
    re.IGNORECASE,
)
_AUTHOR_PAGE = re.compile(
    r"/(?:authors?|autor(?:en|es|a|i)?|auteurs?|profiles?|people|persons?|writers?|staff|contributors?|by|"
    r"journalists?|redaktion|redakteure?|reporters?|redaccion|firmas?|columnists?)/[^/?#]{4,}",
    re.IGNORECASE,
)
# A byline that is marked by its words alone, or by a word before the element with the name.
_BY = (
    r"By|BY|by|Von|Par|Por|Di|Door|Av|Af|Od|Autor(?:in)?|Author|Text|Words|Redaktion|Przez|Автор|Текст|"
    r"Скрипт|بقلم|كتب"
)
_TEXT_BYLINE = re.compile(
    rf"^\W{{0,3}}(?:(?:{_BY})\b\s?:?\s+|(?:文|作者|记者|記者|责编|责任编辑|責任編輯|執筆)\s?[:：/／]\s?)(?P<names>\S.*)$"
)
_DATED_BYLINE = re.compile(r"(?:\d{4}\s(?:by|von|par)\s|^[\d./-]{8,10}\s[-–|•]\s)(?P<names>[^\W\d_][^\d]+)$")
_BARE_BY = re.compile(
    rf"^\W{{0,3}}(?:{_BY}|written by|posted by|geschrieben von|écrit par)\s?:?\s*$", re.IGNORECASE
)


def near(page: Page) -> Iterator[list[str]]:
    """Yield the bylines that the markup shows near the headline: by rel, class, where a link leads."""
    yield _texts(_related(page)[:_MAX_ELEMENTS])
    elements = [element for element in _bylines(page) if _is_near_headline(page, element)]
    for element in elements[:_MAX_ELEMENTS]:
        yield _texts(_alike(element, elements))
    yield _texts(_author_links(page))


def far(page: Page) -> Iterator[list[str]]:
    """Yield the bylines that the markup shows elsewhere: the article's, or those of other stories."""
    elements = [element for element in _bylines(page) if not _is_near_headline(page, element)]
    for element in elements[:_MAX_ELEMENTS]:
        yield _texts([element])


def worded(page: Page) -> Iterator[list[str]]:
    """Yield the first byline that is told by its words alone, anywhere on the page."""
    after_by = False
    for node in texts_of(page.root):
        text = node.strip()
        if not text:
            continue
        if len(text) <= _MAX_BYLINE:
            match = _TEXT_BYLINE.match(text) or _DATED_BYLINE.search(text)
            names = text if after_by else match["names"].rstrip(")）") if match else ""
            found = clean([naming(names)]) if names else ()
            if found and all(is_person(name) or is_agency(name) for name in found):
                yield list(found)
                return
        after_by = len(text) < 20 and _BARE_BY.match(text) is not None


def _related(page: Page) -> list[_Element]:
    return [link for link in page.survey.tagged("a") if "author" in (link.get("rel") or "").split()]


def _author_links(page: Page) -> list[_Element]:
    """The links to people's pages just after the headline."""
    start = _start(page)
    if start is None:
        return []
    near = [link for link in page.survey.tagged("a") if 0 < page.survey.place(link) - start <= _NEAR]
    links = [link for link in near if _AUTHOR_PAGE.search((link.get("href") or "")[:300])]
    named = [link for link in links if clean(_texts([link])) and is_person(clean(_texts([link]))[0])]
    return [link for link in named if _is_near(link, named[0])]


def _bylines(page: Page) -> list[_Element]:
    """The elements whose marks say "byline", but for those in boxes beside the article."""
    above = {box for heading in page.survey.tagged("h1")[:3] for box in heading.iterancestors()}
    return [
        element for element in page.survey.marked(Role.BYLINE) if not _is_beside(element, above, page.survey)
    ]


def _is_near_headline(page: Page, element: _Element) -> bool:
    start = _start(page)
    return start is None or -_BEFORE <= page.survey.place(element) - start <= _AFTER


def _start(page: Page) -> int | None:
    headings = page.survey.tagged("h1")
    return page.survey.place(headings[0]) if headings else None


def _is_beside(element: _Element, above: set[_Element], survey: Survey) -> bool:
    """Whether an element stands in a comment, a footer or a teaser that the headline doesn't stand in."""
    for box in (element, *islice(element.iterancestors(), _MAX_BOXES)):
        if box in above:
            return False
        marks = box.get("class")
        if box.tag in ("footer", "nav") or (marks and survey.role_of(marks) is Role.ASIDE):
            return True
    return False


def _alike(element: _Element, others: list[_Element]) -> list[_Element]:
    """The elements that are marked as this one is and stand with it: one author each."""
    marks = element.get("class")
    return [
        other
        for other in others
        if other is element
        or (other.tag == element.tag and other.get("class") == marks and _is_near(element, other))
    ][:_MAX_ELEMENTS]


def _is_near(element: _Element, other: _Element) -> bool:
    """Whether two elements stand in one box: they share a parent or a grandparent."""
    return element is other or bool(
        set(islice(element.iterancestors(), 2)) & set(islice(other.iterancestors(), 2))
    )


def _texts(elements: Iterable[_Element]) -> list[str]:
    listed = list(elements)
    texts = [text for element in listed if (text := naming(text_of(element)))]
    if listed and not texts:
        links = [text_of(link) for element in listed for link in list(element.iter("a"))[:4]]
        texts = [text for text in map(naming, links) if 1 < len(text.split()) < 5 and len(text) < 45][:1]
    return texts


def naming(text: str) -> str:
    """The part of a byline's text that names; empty where it is about something else."""
    if len(text) > _MAX_BYLINE:
        return ""
    names = _AFTER_NAME.split(without_lead(text + " "))[0]
    if len(names.split()) > _MAX_WORDS or _ABOUT_SOMETHING_ELSE.search(names):
        return ""
    return "" if _NO_BYLINE.match(names) else names
