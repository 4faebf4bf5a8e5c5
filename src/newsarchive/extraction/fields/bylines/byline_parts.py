"""The names in a byline's box: its texts as the markup parts them, and which of them name its authors.

A box holds a name, a post, a place, a day, often in elements without a space
between them. Its text on one line glues them; its elements tell them apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml.etree import _Element

from newsarchive.extraction.fields.bylines.byline_text import without_others
from newsarchive.extraction.words.person_names import (
    clean,
    is_agency,
    is_name,
    is_person,
    is_role,
    without_lead,
)

_MAX_PARTS = 40
_MAX_PART, _MAX_AGENCY = 120, 40
_UNREAD = frozenset("script style template noscript svg time button img picture select".split())
_AUTHOR_PAGE = re.compile(
    r"/(?:authors?|autor(?:en|es|a|i|zy)?|auteurs?|profiles?|people|persons?|writers?|staff|contributors?|by|"
    r"journalists?|redaktion|redakteure?|reporters?|redaccion|firmas?|columnists?|editors|members|user|users)"
    r"/[^/?#]{2,}|/person-\d|[?&](?:author|autor)=",
    re.IGNORECASE,
)
_NAME_MARK = re.compile(
    r"(?:^|[\s_-])(?:(?:author|autor|auteur|byline|writer|contributor|person|full|display|user)_*[\s_-]*)?"
    r"(?:name|nombre|nom|fn)(?:$|[\s_-])|^(?:author|autor|auteur|p-author)$",
    re.IGNORECASE,
)
# A text that goes on with names after a name, and one that ends so that the next text does.
_AND = "and|und|et|y|e|i|og|och|en|και|и|та"
_GOES_ON = re.compile(rf"^\s*(?:[,&/]|(?:{_AND})\b)", re.IGNORECASE)
_LEADS_ON = re.compile(rf"(?:[,&]|\b(?:{_AND}))\s*$", re.IGNORECASE)
_LEAD_ALONE = re.compile(
    r"^\W*(?:(?:written|posted|published|updated|story|words|text|reported|geschrieben|veröffentlicht|"
    r"erstellt|verfasst|publié|écrit|publicado|escrito|scritto|pubblicato|posts?)?\s*"
    r"(?:by|von|vom|par|por|di|da|av|af|door|od|przez|от|від|autor(?:in)?|author|about)?)\W*$",
    re.IGNORECASE,
)
_NOT_ABOUT = re.compile(
    r"\b(?:bio|e-?mail|website|twitter|facebook|instagram|linkedin|full|page|contact|folgen|follow|abbruch|"
    r"archives?|comments?|see|more|mehr|view|posts?|stories|read|about|alle|beiträge|artikel|articles?|rss|feed|"
    r"get|updated|published|subscribe|share|home|blog|menu|search|category|tags?|topics?|all)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Part:
    """A text of a byline's box, with what the markup says of it."""

    text: str
    kind: tuple[object, ...]
    # Whether a link to somebody's page, or a mark of its element, says that it is a name.
    marked: bool


def parts_of(box: _Element) -> list[Part]:
    """The texts of a box, parted where its elements are."""
    found: list[Part] = []
    for element, text in _texts(box):
        words = " ".join(text.split())
        if words:
            found.append(Part(without_others(words), _kind(element), _is_marked(element, box)))
        if len(found) >= _MAX_PARTS:
            break
    return found


def named_in(parts: list[Part]) -> list[str]:
    """The texts that name authors: from what is marked as a name on, else from the first person on."""
    first = next((at for at, part in enumerate(parts) if part.marked and _names(part.text, loose=True)), None)
    if first is None:
        first = next((at for at, part in enumerate(parts) if _names(part.text, loose=False)), None)
    if first is None:
        return []
    names, before = [parts[first].text], parts[first]
    for part in parts[first + 1 :]:
        follows = _GOES_ON.match(part.text) or _LEADS_ON.search(before.text)
        alike = part.kind == parts[first].kind and part.marked == parts[first].marked
        named = (alike or (follows and not part.marked)) and _names(part.text, loose=part.marked)
        if named or (follows and _is_agency_alone(part.text)):
            names.append(_GOES_ON.sub("", part.text))
        before = part
    return names


def _is_agency_alone(text: str) -> bool:
    return len(text) < _MAX_AGENCY and is_agency(text.strip(" ,/&"))


def _names(text: str, *, loose: bool) -> bool:
    """Whether a text names people, or, where ``loose``, anything that can be a name."""
    if len(text) > _MAX_PART or any(char.isdigit() for char in text):
        return False
    if _LEAD_ALONE.match(text) or _NOT_ABOUT.search(text):
        return False
    bare = _GOES_ON.sub("", without_lead(text + " ")).strip(" ,/&")
    names = clean([bare]) if bare else ()
    if not names or is_role(bare):
        return False
    if all(is_person(name) for name in names):
        return True
    return loose and is_name(bare) and len(bare.split()) <= 4


def _texts(box: _Element) -> Iterator[tuple[_Element, str]]:
    """Yield the texts of a box in their order, each with the element that it stands in."""
    stack: list[tuple[_Element, bool]] = [(box, False)]
    while stack:
        element, done = stack.pop()
        if done:
            parent = element.getparent()
            if element.tail and parent is not None:
                yield parent, element.tail
            continue
        if element is not box:
            stack.append((element, True))
        if element.tag in _UNREAD:
            continue
        if element.text:
            yield element, element.text
        stack.extend((child, False) for child in reversed(element))


def _kind(element: _Element) -> tuple[object, ...]:
    """What elements that play one part have in common."""
    parent = element.getparent()
    return element.tag, element.get("class"), None if parent is None else parent.tag


def _is_marked(element: _Element, box: _Element) -> bool:
    """Whether a text's element is marked as a name's, or one around it leads to an author's page."""
    if _is_name_s(element):
        return True
    node: _Element | None = element
    while node is not None:
        if node.tag == "a":
            rel = node.get("rel") or ""
            return "author" in rel.split() or is_author_page(node.get("href") or "")
        if node is box:
            return False
        node = node.getparent()
    return False


def _is_name_s(element: _Element) -> bool:
    marks = f"{element.get('class') or ''} {element.get('itemprop') or ''}"[:200]
    return any(_NAME_MARK.search(mark) for mark in marks.split())


def is_author_page(href: str) -> bool:
    """Whether an address is of somebody's own page on a site."""
    return _AUTHOR_PAGE.search(href[:300]) is not None
