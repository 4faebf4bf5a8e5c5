"""Microdata (itemprop) and RDFa (property) of the page's body."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml.etree import _Element

from newsarchive.extraction.page.element_text import text_of
from newsarchive.extraction.page.structured.own_story import Claim, OwnStory
from newsarchive.model import EvidenceSource

_MAX_ITEMS = 2_000
_MAX_SCOPES = 60
_MAX_HEADLINE = 500
# Items that are a story, one of which is the page's; and those whose properties never speak of the page.
_STORY = re.compile(r"(?:article|posting|report|recipe|review)$")
_FOREIGN = re.compile(
    r"(?:comment|usercomments|answer|person|organization|imageobject|videoobject|audioobject|mediaobject|"
    r"event|book|movie|product|offer|musicrecording|listitem|podcastepisode)$"
)
_URL_VALUED = {"a": "href", "link": "href", "area": "href", "img": "src", "source": "src", "object": "data"}


@dataclass(frozen=True, slots=True)
class Item:
    """One property: its name in lower case without a prefix, and the element that carries it."""

    name: str
    element: _Element
    source: EvidenceSource

    @property
    def machine_value(self) -> str | None:
        """What the element says for machines: content, datetime or value; None where only its text speaks."""
        for attribute in ("content", "datetime", "value"):
            value = self.element.get(attribute)
            if value and value.strip():
                return value.strip()
        return None

    @property
    def text(self) -> str:
        """What the item is called: its own statement, the name inside it, or all of its text."""
        inner = self._inside("name")
        return self.machine_value or ("" if inner is None else _value(inner)) or text_of(self.element)

    @property
    def link(self) -> str | None:
        """The URL that the element carries, or that the item inside it does."""
        own = _address(self.element)
        inner = None if own else self._inside("url", "contenturl")
        return own if inner is None else _address(inner)

    def _inside(self, *names: str) -> _Element | None:
        """The first property of these names inside this item."""
        if self.element.get("itemscope") is None and self.element.get("typeof") is None:
            return None
        for element in self.element.iter():
            own = f"{element.get('itemprop') or ''} {element.get('property') or ''}".lower().split()
            if element is not self.element and any(name.rsplit(":", 1)[-1] in names for name in own):
                return element
        return None


def _address(element: _Element) -> str | None:
    return element.get(_URL_VALUED.get(str(element.tag), "content"))


def _value(element: _Element) -> str:
    return (element.get("content") or "").strip() or text_of(element)


def _is_of_head(element: _Element) -> bool:
    parent = element.getparent()
    return parent is None or parent.tag in ("head", "html")


def scope_of(element: _Element) -> _Element | None:
    """The item that a property of this element belongs to; None for the page itself."""
    scope = next((box for box in element.iterancestors() if _opens_item(box)), None)
    return None if scope is None or scope.tag in ("html", "body") else scope


def _opens_item(element: _Element) -> bool:
    return element.get("itemscope") is not None or element.get("typeof") is not None


def _type_of(scope: _Element) -> str:
    words = (scope.get("itemtype") or scope.get("typeof") or "").lower().split()
    return re.split(r"[/:#]", words[0])[-1] if words else ""


@dataclass(frozen=True, slots=True)
class Items:
    """The properties of the page's own story, in page order."""

    items: tuple[Item, ...]

    @classmethod
    def of(cls, elements: list[_Element], *, own: OwnStory) -> Items:
        """Collect the properties of elements that name one; meta tags with a property are Open Graph's.

        Those of comments, of works that are cited and of other stories belong to these.
        """
        found: list[Item] = []
        scopes: dict[_Element, list[Item]] = {}
        for element in elements[:_MAX_ITEMS]:
            if element.tag == "meta" and not element.get("itemprop") and _is_of_head(element):
                continue
            microdata = element.get("itemprop")
            source = EvidenceSource.MICRODATA if microdata else EvidenceSource.RDFA
            names = (microdata or element.get("property") or "").lower().split()[:5]
            listed = [Item(name.rsplit(":", 1)[-1].rsplit("/", 1)[-1], element, source) for name in names]
            scope = scope_of(element)
            if scope is not None:
                scopes.setdefault(scope, []).extend(listed)
            found.extend(listed)
        foreign = _foreign(scopes, own)
        return cls(tuple(item for item in found if scope_of(item.element) not in foreign))

    def named(self, *names: str) -> Iterator[Item]:
        """Yield the properties of these names, by the order of the names."""
        for name in names:
            for item in self.items:
                if item.name == name:
                    yield item


def _foreign(scopes: dict[_Element, list[Item]], own: OwnStory) -> set[_Element]:
    """The items that aren't the page's story."""
    stories = [scope for scope in scopes if _STORY.search(_type_of(scope))]
    main = _main(stories, scopes, own)
    return {
        scope
        for scope in scopes
        if _FOREIGN.search(_type_of(scope)) or (scope in stories and scope is not main)
    }


def _main(stories: list[_Element], scopes: dict[_Element, list[Item]], own: OwnStory) -> _Element | None:
    """The story that the page is of: by its headline, else the one around the others' text, else the first.

    A work that the page cites or reviews is none.
    """
    listed = [scope for scope in stories if "citation" not in (scope.get("itemprop") or "").lower()]
    claims = {scope: _claim(scopes[scope], own) for scope in listed[:_MAX_SCOPES]}
    best = min(claims, key=lambda scope: claims[scope], default=None)
    if best is None or (claims[best] is Claim.OTHER and len(listed) > 1):
        return None
    return best


def _claim(properties: list[Item], own: OwnStory) -> Claim:
    headline = next((item for item in properties if item.name in ("headline", "name")), None)
    return own.claim((), headline.text[:_MAX_HEADLINE] if headline is not None else None)
