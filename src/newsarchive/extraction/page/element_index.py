"""One walk over a page that finds every element the collectors of the fields read."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from typing import cast

from lxml import etree
from lxml.etree import _Element

# What the words of class names say of the element that bears them.
_ASIDE = (
    "comment|komment|comentario|reactie|footer|sidebar|related|recommend|teaser|popular|trending|most-?read|"
    "newsletter"
)
_BYLINE = (
    "author(?!i[tsz])|autor(?!i[tsz])|auteur|by-?line|verfasser|writer|redakteur|wrote|signature|contributor"
)
_STANDFIRST = (
    "standfirst|dek|deck|lede|lead|lead-?text|sapo|chapo|chapeau|entradilla|bajada|vorspann|sub-?title|"
    "sub-?headline|sub-?heading|untertitel|sommario|occhiello|ingress|manchet|zajawka|podtytul"
)
_BREADCRUMB = "breadcrumbs?|crumbs?|path"
# Parts of these words. Few class names hold any, and to look for them in all of a page's at
# once costs a tenth of what the expression does.
_STEMS = (
    "comment", "komment", "comentario", "reactie",
    "footer", "sidebar", "related", "recommend", "teaser", "popular", "trending", "mostread",
    "most-read", "newsletter", "author", "autor", "auteur", "byline", "by-line", "verfasser", "writer",
    "redakteur", "wrote", "signature", "contributor", "standfirst", "dek", "deck", "lede", "lead", "sapo",
    "chap", "entradilla", "bajada", "vorspann", "subtitle", "sub-title", "subhead", "sub-head",
    "untertitel", "sommario", "occhiello", "ingress", "manchet", "zajawka", "podtytul", "crumb", "path",
)  # fmt: skip
_ROLE = re.compile(
    f"(?P<aside>{_ASIDE})|(?P<byline>{_BYLINE})|"
    f"(?P<standfirst>(?:^|[_-])(?:{_STANDFIRST})(?:$|[_-]))|(?P<breadcrumb>(?:^|[_-])(?:{_BREADCRUMB})(?:$|[_-]))"
)
_MAX_MARKS = 200
# No tree of lxml holds a NUL.
_BETWEEN = "\0"
# "property=" alone stands on every page, in the meta tags of Open Graph. The source is searched
# only where others bear it: that takes twice as long as to find them.
_SIGNS_OF_PROPERTIES = ("itemprop", "typeof=", "vocab=", "datatype=")
# By attribute, for a condition on every element takes four times as long.
_PROPERTIES = etree.XPath(
    "descendant-or-self::*/@itemprop/parent::* | descendant-or-self::*/@property/parent::*"
    "[@itemprop or not(self::meta[not(parent::*) or parent::head or parent::html])]"
)


_READ_TAGS = ("base", "title", "meta", "link", "script", "h1", "h2", "a")


class Role(StrEnum):
    """What an element is for, by the words of its class names or its id."""

    ASIDE = "aside"
    BYLINE = "byline"
    STANDFIRST = "standfirst"
    BREADCRUMB = "breadcrumb"


@dataclass(frozen=True, slots=True)
class Survey:
    """The elements of a page by what they are read for, each list in page order.

    ``by_tag`` has those of the tags that some field is read from; ``properties``
    those with microdata or RDFa; ``by_role`` those whose marks name a role, and
    ``roles`` what those marks are.
    """

    by_tag: dict[str, list[_Element]]
    properties: list[_Element] = field(default_factory=list)
    by_role: dict[Role, list[_Element]] = field(default_factory=dict)
    roles: dict[str, Role | None] = field(default_factory=dict)
    places: dict[_Element, int] = field(default_factory=dict)

    @classmethod
    def of(cls, root: _Element, elements: list[_Element], *, source: str) -> Survey:
        """Read a tree's elements once; what its source nowhere names is not asked for at every one."""
        has_tests = "data-testid" in source
        survey = cls({tag: [] for tag in _READ_TAGS})
        by_tag, places = survey.by_tag, survey.places
        marked: list[tuple[int, str, _Element]] = []
        for place, element in enumerate(elements):
            tagged = by_tag.get(element.tag)
            if tagged is not None:
                tagged.append(element)
                places[element] = place
            marks = element.get("class") or element.get("id")
            if marks is None and has_tests:
                marks = element.get("data-testid")
            if marks:
                marked.append((place, marks, element))
        survey._give_roles(marked)
        properties = cast("list[_Element]", _PROPERTIES(root))
        if properties and any(sign in source for sign in _SIGNS_OF_PROPERTIES):
            survey.properties.extend(properties)
        return survey

    def _give_roles(self, marked: list[tuple[int, str, _Element]]) -> None:
        """Give roles to elements by their marks, each of which is read once."""
        for marks in _speaking({marks for _, marks, _ in marked}):
            self.roles[marks] = _role_of(marks)
        for place, marks, element in marked:
            role = self.roles.get(marks)
            if role is not None:
                self.by_role.setdefault(role, []).append(element)
                self.places[element] = place

    def tagged(self, tag: str) -> list[_Element]:
        """The elements of a tag that some field is read from."""
        return self.by_tag[tag]

    def marked(self, role: Role) -> list[_Element]:
        """The elements whose marks say that they play a role."""
        return self.by_role.get(role, [])

    def role_of(self, marks: str) -> Role | None:
        """The role that the class names of an element of the page give it."""
        return self.roles.get(marks)

    def place(self, element: _Element) -> int:
        """Where a tagged or marked element stands, counted in elements."""
        return self.places[element]


def _speaking(all_marks: set[str]) -> list[str]:
    """The marks that hold a stem: each is looked for in all of them at once."""
    listed = sorted(all_marks)
    lower = [marks.lower() for marks in listed]
    text = _BETWEEN.join(lower)
    holding: set[str] = set()
    for stem in _STEMS:
        at = text.find(stem)
        while at >= 0:
            end = text.find(_BETWEEN, at)
            end = len(text) if end < 0 else end
            holding.add(text[text.rfind(_BETWEEN, 0, at) + 1 : end])
            at = text.find(stem, end)
    return [marks for marks, names in zip(listed, lower, strict=True) if names in holding]


@lru_cache(maxsize=50_000)
def _role_of(marks: str) -> Role | None:
    """The role that class names, an id or a test's name give an element: the first that a word names."""
    if len(marks) > _MAX_MARKS:
        return None
    found = (match for word in marks.lower().split() if (match := _ROLE.search(word)))
    return next((Role(match.lastgroup) for match in found if match.lastgroup), None)
