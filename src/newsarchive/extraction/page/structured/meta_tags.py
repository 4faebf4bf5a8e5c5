"""Meta tags: Open Graph, article, Dublin Core, Parse.ly, Sailthru, Highwire Press and plain names."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lxml.etree import _Element

from newsarchive.extraction.page.structured.microdata import scope_of
from newsarchive.extraction.words.strings import MAX_FIELD, plain

_NAMING = ("property", "name", "itemprop", "http-equiv")
_MAX_TAGS = 2_000


@dataclass(frozen=True, slots=True)
class Metas:
    """The contents of the meta tags by lower-case name, in page order."""

    values: dict[str, tuple[str, ...]]

    @classmethod
    def of(cls, elements: list[_Element]) -> Metas:
        """Collect the contents of meta tags; a property of an item on the page is the item's."""
        found: dict[str, list[str]] = {}
        for element in elements[:_MAX_TAGS]:
            content = (element.get("content") or element.get("value") or "").strip()
            if content:
                for naming in _NAMING:
                    name = element.get(naming)
                    if name and (naming != "itemprop" or scope_of(element) is None):
                        found.setdefault(name.strip().lower(), []).append(content[:MAX_FIELD])
        return cls({name: tuple(contents) for name, contents in found.items()})

    def all(self, *names: str) -> Iterator[tuple[str, str]]:
        """Yield (name, content) for each tag of these names, by the order of the names."""
        for name in names:
            for content in self.values.get(name, ()):
                yield name, content

    def first(self, *names: str) -> str | None:
        """The first content of these names that says anything, made plain."""
        return next((text for _, content in self.all(*names) if (text := plain(content))), None)
