"""Microdata (itemprop) and RDFa (property) of the page's body."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lxml.etree import _Element

from newsarchive.extraction.page.element_text import text_of
from newsarchive.model import EvidenceSource

_MAX_ITEMS = 2_000
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


@dataclass(frozen=True, slots=True)
class Items:
    """All properties of a page, in page order."""

    items: tuple[Item, ...]

    @classmethod
    def of(cls, elements: list[_Element]) -> Items:
        """Collect the properties of elements that name one; meta tags with a property are Open Graph's."""
        found: list[Item] = []
        for element in elements[:_MAX_ITEMS]:
            if element.tag == "meta" and not element.get("itemprop") and _is_of_head(element):
                continue
            microdata = element.get("itemprop")
            source = EvidenceSource.MICRODATA if microdata else EvidenceSource.RDFA
            names = (microdata or element.get("property") or "").lower().split()[:5]
            found.extend(Item(name.rsplit(":", 1)[-1].rsplit("/", 1)[-1], element, source) for name in names)
        return cls(tuple(found))

    def named(self, *names: str) -> Iterator[Item]:
        """Yield the properties of these names, by the order of the names."""
        for name in names:
            for item in self.items:
                if item.name == name:
                    yield item
