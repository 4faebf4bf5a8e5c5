"""Visible bylines: what readers see of who wrote it, near the headline before elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice

from lxml.etree import _Element

from newsarchive.extraction.fields.bylines.byline_owners import is_of_another, own_heading
from newsarchive.extraction.fields.bylines.byline_parts import is_author_page, named_in, parts_of
from newsarchive.extraction.fields.bylines.byline_text import naming
from newsarchive.extraction.page.element_index import Role
from newsarchive.extraction.page.element_text import text_of, texts_of
from newsarchive.extraction.page.parsed_page import Page
from newsarchive.extraction.words.person_names import (
    clean,
    is_agency,
    is_person,
)

_MAX_BYLINE = 120
_MAX_ELEMENTS = 24
# How many elements after the headline a link to somebody's page is a byline, not a teaser's.
_NEAR = 120
# How many elements before and after the headline its own byline stands.
_BEFORE, _AFTER = 60, 250
_OF_A_PICTURE = re.compile(r"bild|foto|photo|image|caption|licen[sc]e|credit", re.IGNORECASE)
# A byline that is marked by its words alone, or by a word before the element with the name.
_BY = (
    r"By|BY|by|Von|Par|Por|Di|Door|Av|Af|Od|Autor(?:in|es|a)?|Author|Auteure?|Autore|Text|Texto|Texte|Testo|Words|"
    r"Redaktion|Przez|Tekst|Teksti|Oleh|Penulis|Reporter|Haber|Yazan|Yazar|Írta|Szerző|Scris de|Escrito por|"
    r"Publicado por|Écrit par|Scritto da|Geschreven door|Skrevet av|Skrevet af|Skriven av|Napsal|Napsala|"
    r"Kirjoittanut|Autorius|Autorė|Muhabir|Γράφει\s(?:ο|η)|(?:Written|Reported|Words|Story|Text) by|"
    r"Autors|Tác giả|Bài|Автор|Автори|Текст|Скрипт|Από|Του|Της|Γράφει|"
    r"Συντάκτης|מאת|כתב|כתבה|بقلم|كتب|كتبت|تحرير|نویسنده|نوشته|लेखक|द्वारा|โดย|ผู้เขียน|작성자|글"
)
# Written small, "by" is a byline where a name is all that follows.
_SMALL_BY = re.compile(r"^(?:by|von|par|por|di|door|av|af|przez|od)\s(?P<names>(?:\S+\s?){2,4})$")
# "De" and "Da" begin names and sentences in other languages than these.
_BY_OF = {"fr": "De", "es": "De", "ro": "De", "ca": "(?:De|Per)", "it": "Da", "pt": "Da"}
_CJK_BY = "取材・文|文|作者|责编|责任编辑|責任編輯|記者|记者|本报记者|撰文|執筆|取材・文|取材|撰稿|글|작성"
_TEXT_BYLINE = re.compile(
    rf"^\W{{0,3}}(?:(?:{_BY})(?!\w)\s?[:：]?\s+|(?:{_CJK_BY})\s?[:：/／｜|]\s?|(?:文・|[记記]者\s)(?=\S{{2,5}}$))(?P<names>\S.*)$"
)
# Within a line of source, author and editor: "来源：… 作者：…".
_CJK_INSIDE = re.compile(
    r"(?:^|[\s|｜/／])(?:作者|记者|記者|撰文|執筆)\s?[:：]\s?(?P<names>[^\s|｜:：/／]{2,12})(?=$|[\s|｜/／])"
)
_DATED_BYLINE = re.compile(r"(?:\d{4}\s(?:by|von|par)\s|^[\d./-]{8,10}\s[-–|•]\s)(?P<names>[^\W\d_][^\d]+)$")
_BARE_BY = re.compile(
    rf"^\W{{0,3}}(?:{_BY}|written by|posted by|geschrieben von|écrit par)\s?:?\s*$", re.IGNORECASE
)


def near(page: Page) -> Iterator[list[str]]:
    """Yield the bylines that the markup shows near the headline: by rel, class, where a link leads."""
    yield _texts(_related(page))
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
    by_of = _by_of(page)
    for node in texts_of(page.root):
        text = node.strip()
        if not text:
            continue
        if len(text) <= _MAX_BYLINE:
            match = _TEXT_BYLINE.match(text) or _DATED_BYLINE.search(text) or _CJK_INSIDE.search(text)
            match = match or _SMALL_BY.match(text) or (by_of.match(text) if by_of else None)
            names = text if after_by else match["names"].rstrip(")）") if match else ""
            found = clean([naming(names)]) if names else ()
            if found and all(is_person(name) or is_agency(name) for name in found):
                yield list(found)
                return
        after_by = len(text) < 20 and _BARE_BY.match(text) is not None


def _by_of(page: Page) -> re.Pattern[str] | None:
    """A byline that begins with a word which means "by" in the page's language alone."""
    word = _BY_OF.get((page.language_attribute or "")[:2].lower())
    return None if word is None else re.compile(rf"^\W{{0,3}}{word}\s(?P<names>\S.*)$")


def _related(page: Page) -> list[_Element]:
    """The links that say "author" of where they lead."""
    links = [link for link in page.survey.tagged("a") if "author" in (link.get("rel") or "").split()]
    above = _above(page)
    own = [link for link in links[: 4 * _MAX_ELEMENTS] if not is_of_another(link, page, above)]
    return own[:_MAX_ELEMENTS]


def _author_links(page: Page) -> list[_Element]:
    """The links to people's pages just after the headline."""
    start = _start(page)
    if start is None:
        return []
    near = [link for link in page.survey.tagged("a") if 0 < page.survey.place(link) - start <= _NEAR]
    links = [link for link in near if is_author_page(link.get("href") or "")]
    named = [link for link in links if clean(_texts([link])) and is_person(clean(_texts([link]))[0])]
    return [link for link in named if _is_near(link, named[0])]


def _bylines(page: Page) -> list[_Element]:
    """The elements whose marks say "byline", but for those of other stories and of pictures."""
    above = _above(page)
    return [
        element
        for element in page.survey.marked(Role.BYLINE)
        if not _OF_A_PICTURE.search(element.get("class") or "")
        if not is_of_another(element, page, above)
    ]


def _above(page: Page) -> set[_Element]:
    """The boxes around the headline of the page's own story."""
    heading = own_heading(page)
    return set() if heading is None else set(heading.iterancestors())


def _is_near_headline(page: Page, element: _Element) -> bool:
    start = _start(page)
    return start is None or -_BEFORE <= page.survey.place(element) - start <= _AFTER


def _start(page: Page) -> int | None:
    headings = page.survey.tagged("h1")
    return page.survey.place(headings[0]) if headings else None


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
    """What elements name: each the names among its parts, or else the text that all of it is."""
    listed = list(elements)
    texts: list[str] = []
    for element in listed:
        texts += named_in(parts_of(element)) or [text for text in (naming(text_of(element)),) if text]
    return texts
