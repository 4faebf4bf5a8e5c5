"""Signature repair: paragraphs that an extractor cut away though they stand like those it kept.

Bodies are cut at advertisements, embeds and paywall breaks. A paragraph whose
chain of (tag, class) over three levels is that of accepted paragraphs belongs
to the same text, and is put back where it stood.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

from lxml.etree import _Element

from newsarchive.extract.boilerplate import is_boilerplate
from newsarchive.extract.lines import Cleaner
from newsarchive.extract.page import Page
from newsarchive.extract.strings import key
from newsarchive.extract.tree import raw_text, text_of

_TAGS = ("p", "h2", "h3", "h4", "blockquote", "li")
_SUBHEADINGS = frozenset(("h2", "h3", "h4"))
# Measured on 1,085 pages: at least three accepted paragraphs of a signature, and three
# in ten of all that carry it; a restored paragraph has 80 characters or more.
_MIN_ACCEPTED = 3
_MIN_SHARE = 0.3
_COUNTED = 60
_MIN_LENGTH = 80
_SHORTEST = 40
_MAX_SUBHEADING = 150
_PREFIX = 50
_MAX_PARAGRAPHS = 20_000
_FOREIGN_TAGS = frozenset("aside footer nav form figure".split())
_FOREIGN_CLASS = re.compile(
    r"comment|footer|sidebar|related|recommend|newsletter|promo|teaser|share|social|outbrain|taboola|"
    r"disclaimer|cookie|consent|modal|popup|nav|menu|author-?bio|paywall|subscri|tracklist|most-?read|"
    r"read-?more|widget|card",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class _Block:
    element: _Element
    text: str
    key: str
    signature: tuple[str, str, str]
    accepted: bool


def restore(lines: list[str], page: Page, cleaner: Cleaner) -> list[str]:
    """Put back the paragraphs that belong among the lines, in page order."""
    if not lines:
        return lines
    blocks = _blocks(page.root, lines)
    good = _good_signatures(blocks)
    missing = {
        index
        for index, block in enumerate(blocks)
        if not block.accepted and block.signature in good and _belongs(block, cleaner)
    }
    return _merge(lines, blocks, missing) if missing else lines


def _blocks(root: _Element, lines: list[str]) -> list[_Block]:
    known = {key(line) for line in lines}
    whole = key(" ".join(lines))
    blocks: list[_Block] = []
    for element, _ in zip(root.iter(*_TAGS), range(_MAX_PARAGRAPHS), strict=False):
        text = " ".join(raw_text(element).split())
        if len(text) < (4 if element.tag in _SUBHEADINGS else _SHORTEST):
            continue
        name = key(text)
        accepted = name in known or (len(name) > _PREFIX and name[:_PREFIX] in whole)
        blocks.append(_Block(element, text, name, _signature(element), accepted))
    return blocks


def _signature(element: _Element) -> tuple[str, str, str]:
    parent = element.getparent()
    grandparent = None if parent is None else parent.getparent()
    return _mark(element), _mark(parent), _mark(grandparent)


def _mark(element: _Element | None) -> str:
    return "" if element is None else f"{element.tag}.{_class_mark(element.get('class') or '')}"


@lru_cache(maxsize=20_000)
def _class_mark(classes: str) -> str:
    return _DIGITS.sub("0", " ".join(sorted(classes.split())))


def _good_signatures(blocks: list[_Block]) -> set[tuple[str, str, str]]:
    long = [block for block in blocks if len(block.text) >= _COUNTED]
    total = Counter(block.signature for block in long)
    accepted = Counter(block.signature for block in long if block.accepted)
    return {
        signature
        for signature, count in accepted.items()
        if count >= _MIN_ACCEPTED and count >= _MIN_SHARE * total[signature]
    }


def _belongs(block: _Block, cleaner: Cleaner) -> bool:
    return (
        block.element.tag == "p"
        and len(block.text) >= _MIN_LENGTH
        and block.key not in cleaner.captions
        and not _is_one_link(block)
        and not is_boilerplate(block.text)
        and not _stands_apart(block.element)
    )


def _is_one_link(block: _Block) -> bool:
    """Whether a paragraph is a link and hardly anything else."""
    linked = sum(len(key(raw_text(link))) for link in block.element.iter("a"))
    return linked * 1.15 + 12 >= len(block.key)


def _stands_apart(element: _Element) -> bool:
    """Whether a paragraph is inside a box of comments, teasers or the like."""
    node: _Element | None = element
    for _ in range(6):
        if node is None:
            break
        if node.tag in _FOREIGN_TAGS or _FOREIGN_CLASS.search(
            f"{(node.get('class') or '')[:300]} {(node.get('id') or '')[:100]}"
        ):
            return True
        node = node.getparent()
    return False


def _merge(lines: list[str], blocks: list[_Block], missing: set[int]) -> list[str]:
    """Insert the missing paragraphs after the line that precedes them on the page, with their subheadings."""
    position: dict[str, int] = {}
    for index, line in enumerate(lines):
        position.setdefault(key(line)[:_PREFIX], index)
    inserted: dict[int, list[str]] = {}
    seen: set[str] = set()
    current = -1
    subheadings: list[str] = []
    for index, block in enumerate(blocks):
        if block.accepted:
            current = max(current, position.get(block.key[:_PREFIX], current))
            subheadings = []
        elif index in missing and block.key not in seen:
            seen.add(block.key)
            inserted.setdefault(current, []).extend([*subheadings, text_of(block.element)])
            subheadings = []
        elif block.element.tag in _SUBHEADINGS and len(block.text) < _MAX_SUBHEADING:
            subheadings.append(block.text)
    merged = list(inserted.get(-1, []))
    for index, line in enumerate(lines):
        merged += [line, *inserted.get(index, [])]
    return merged
