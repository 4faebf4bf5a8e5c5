"""JSON-LD: scripts read as tolerantly as search engines do, references resolved, the article found."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from lxml.etree import _Element

from newsarchive.base import urls
from newsarchive.extraction.page.structured.broken_json import mended
from newsarchive.extraction.page.structured.own_story import Claim, OwnStory
from newsarchive.extraction.words.strings import plain

Node: TypeAlias = Mapping[str, Any]

_MAX_SCRIPT = 2_000_000
_MAX_SCRIPTS = 60
_MAX_NODES = 5_000
_MAX_DEPTH = 8
_OPENING = re.compile(r"^\s*(?:<!--|(?://|/\*)?\s*<!\[CDATA\[\s*(?:\*/)?)")
_CLOSING = re.compile(r"(?:-->|(?://|/\*)?\s{0,20}\]\]>\s{0,20}(?:\*/)?)\s{0,20};?$")
# Its parts have 69 characters at most; to look for them in all of a script takes longer than to parse it.
_MAX_CLOSING = 80
# How sure a type is to be the page's own article; what isn't named here says nothing about one.
_RANK = {
    "newsarticle": 0,
    "reportagenewsarticle": 0,
    "analysisnewsarticle": 0,
    "opinionnewsarticle": 0,
    "backgroundnewsarticle": 0,
    "askpublicnewsarticle": 0,
    "reviewnewsarticle": 0,
    "liveblogposting": 0,
    "article": 1,
    "advertisercontentarticle": 1,
    "satiricalarticle": 1,
    "blogposting": 1,
    "techarticle": 1,
    "scholarlyarticle": 1,
    "report": 2,
    "socialmediaposting": 3,
    "medicalwebpage": 3,
    "review": 4,
    "recipe": 4,
    "videoobject": 6,
    "webpage": 7,
    "itempage": 7,
}
_OWN_PAGE = 5
# JSON-LD 1.1 wraps values: in a list, in a set, in an object with its type.
_CONTAINERS = frozenset(("@list", "@set"))
_ARTICLE_KEYS = ("headline", "datePublished", "articleBody")
# Where an article of the page may stand inside another node, and where only others' articles do.
_INSIDE = ("@graph", "mainEntity", "mainEntityOfPage", "hasPart", "itemListElement", "item")


@dataclass(frozen=True, slots=True)
class JsonLd:
    """The JSON-LD of a page: its article nodes, the likeliest first, and every node by its @id."""

    articles: tuple[Node, ...]
    nodes: tuple[Node, ...]
    by_id: Mapping[str, Node]

    @classmethod
    def of(cls, scripts: list[_Element], *, own: OwnStory) -> JsonLd:
        """Read the scripts of a page."""
        nodes: list[tuple[int, Node]] = []
        for value in _values(scripts):
            nodes.extend(_walk(value))
            if len(nodes) > _MAX_NODES:
                break
        return cls.from_nodes(nodes[:_MAX_NODES], own=own)

    @classmethod
    def from_nodes(cls, nodes: list[tuple[int, Node]], *, own: OwnStory) -> JsonLd:
        """Order the article nodes among nodes with their depth; those of other stories are left out."""
        by_id: dict[str, Node] = {}
        for _, node in nodes:
            identifier = node.get("@id")
            # A node of nothing but its @id is a reference, not what it refers to.
            if isinstance(identifier, str) and len(node) > len(by_id.get(identifier, {"@id": 0})):
                by_id[identifier] = node
        ranked = sorted(
            ((*_rank(node, depth, own), index, node) for index, (depth, node) in enumerate(nodes)),
            key=lambda entry: entry[:4],
        )
        found = [(Claim(entry[0]), entry[4]) for entry in ranked if entry[1] < len(_RANK)]
        return cls(_of_page(found), tuple(node for _, node in nodes), by_id)

    @property
    def article(self) -> Node:
        """The page's own article; empty where it has none."""
        return self.articles[0] if self.articles else {}

    def resolve(self, value: object) -> list[object]:
        """Give the values of a property as a flat list, with references replaced by what they refer to."""
        flat: list[object] = []
        stack, steps = [(value, 0)], 0
        while stack and steps < _MAX_NODES:
            item, depth = stack.pop()
            steps += 1
            if isinstance(item, list) and depth < _MAX_DEPTH:
                stack.extend((inner, depth + 1) for inner in reversed(item))
            elif isinstance(item, dict) and depth < _MAX_DEPTH and _CONTAINERS & item.keys():
                stack.extend((item[name], depth + 1) for name in _CONTAINERS & item.keys())
            elif isinstance(item, dict):
                flat.append(self._target(item))
            elif isinstance(item, str) and item in self.by_id:
                flat.append(self.by_id[item])
            elif item is not None:
                flat.append(item)
        return flat

    def texts(self, value: object) -> list[str]:
        """The plain texts of a property: strings as they are, nodes by their name."""
        texts = (plain(item) if isinstance(item, str) else self._name(item) for item in self.resolve(value))
        return [text for text in texts if text]

    def first(self, *names: str) -> str | None:
        """The first text of these properties in the page's own article."""
        return next((text for name in names for text in self.texts(self.article.get(name))), None)

    def _target(self, node: Node) -> Node:
        identifier = node.get("@id")
        # One step: what a reference refers to is a node with content, never another reference.
        return (
            self.by_id.get(identifier, node) if isinstance(identifier, str) and "name" not in node else node
        )

    def _name(self, node: object) -> str | None:
        if not isinstance(node, dict):
            return None
        for name in ("name", "@value", "legalName", "alternateName", "headline"):
            if text := _plain_value(node.get(name)):
                return text
        parts = (plain(node.get("givenName")), plain(node.get("familyName")))
        return " ".join(part for part in parts if part) or None


def _plain_value(value: object) -> str | None:
    """The text of a property: of its first value, out of the object that types it."""
    for _ in range(_MAX_DEPTH):
        if isinstance(value, list):
            value = value[0] if value else None
        elif isinstance(value, dict):
            value = next((value[name] for name in ("@value", "@list", "@set") if name in value), None)
        else:
            break
    return plain(value)


def types_of(node: object) -> tuple[str, ...]:
    """The types of a node in lower case, without the vocabulary's address."""
    found = node.get("@type") if isinstance(node, Mapping) else None
    listed = found if isinstance(found, list) else [found]
    return tuple(
        name.rsplit("/", 1)[-1].rsplit(":", 1)[-1].lower() for name in listed[:10] if isinstance(name, str)
    )


def _rank(node: Node, depth: int, own: OwnStory) -> tuple[int, int, int]:
    """Order nodes: the page's own story first and others' last, then by type, then the outermost."""
    rank = min((_RANK.get(name, len(_RANK)) for name in types_of(node)), default=len(_RANK))
    if not any(node.get(name) for name in _ARTICLE_KEYS) and not (rank > _OWN_PAGE and node.get("author")):
        rank = len(_RANK)
    if rank >= _OWN_PAGE:
        return Claim.SILENT, rank, depth
    return own.claim(addresses(node), _headline(node)), rank, depth


def _headline(node: Node) -> str | None:
    return next((text for name in ("headline", "name") if (text := _plain_value(node.get(name)))), None)


def _of_page(ranked: list[tuple[Claim, Node]]) -> tuple[Node, ...]:
    """The articles that can be the page's: not another story where one is known to be its own.

    A lone article of other words is the page's as well, reworded for search engines.
    """
    claims = {claim for claim, _ in ranked}
    others = [node for claim, node in ranked if claim is Claim.OTHER]
    if Claim.OWN in claims or len(others) > 1:
        return tuple(node for claim, node in ranked if claim is not Claim.OTHER)
    return tuple(node for _, node in ranked)


def addresses(node: Node) -> list[str]:
    """The page addresses that an article node gives of itself, normalised."""
    found = []
    for name in ("url", "mainEntityOfPage", "@id"):
        value = node.get(name)
        value = value.get("@id", value.get("url")) if isinstance(value, dict) else value
        address = urls.normalize(value) if isinstance(value, str) else None
        if address:
            found.append(address)
    return found


def _values(scripts: list[_Element]) -> Iterator[object]:
    stated = [script for script in scripts if "ld+json" in (script.get("type") or "").lower()]
    for script in stated[:_MAX_SCRIPTS]:
        text = (script.text or "").strip()
        if text and len(text) <= _MAX_SCRIPT:
            yield from parse(text)


def parse(text: str) -> Iterator[object]:
    """Yield the JSON values of a script, with its faults mended."""
    opened = _OPENING.sub("", text)
    closed = opened[:-_MAX_CLOSING] + _CLOSING.sub("", opened[-_MAX_CLOSING:])
    bare = closed.strip().rstrip(";").strip()
    for candidate in (bare, html.unescape(bare)):
        try:
            yield json.loads(candidate, strict=False)
        except (ValueError, RecursionError):
            continue
        return
    yield from mended(html.unescape(bare) if '"' not in bare else bare)


def _walk(value: object) -> Iterator[tuple[int, Node]]:
    """Yield the nodes of a value with their depth, the outermost first, in page order."""
    stack: list[tuple[object, int]] = [(value, 0)]
    count = 0
    while stack and count < _MAX_NODES:
        item, depth = stack.pop()
        if isinstance(item, list):
            stack.extend((inner, depth) for inner in reversed(item[:_MAX_NODES]))
        elif isinstance(item, dict):
            count += 1
            yield depth, item
            if depth < _MAX_DEPTH:
                stack.extend((item[name], depth + _step(name)) for name in reversed(_INSIDE) if name in item)
                stack.extend((item[name], depth + 1) for name in _REFERRED if name in item)


# Nodes that others refer to by @id are often written out where they are first used.
_REFERRED = ("author", "publisher", "creator", "isPartOf")


def _step(name: str) -> int:
    return 0 if name == "@graph" else 1
