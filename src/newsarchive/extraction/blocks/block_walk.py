"""One walk over the tree into blocks: runs of text between the boundaries of block-level tags.

A box is a block-level element. Boxes are numbered in document order, and each
knows the range of blocks inside it, so that sums over a subtree are differences
of running sums.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from lxml import etree
from lxml.etree import _Element

from newsarchive.extraction.blocks.box_traits import cues_of
from newsarchive.extraction.blocks.element_kinds import (
    ABSENT,
    BLOCK,
    BREAK,
    CELL,
    INLINE,
    INSIDE,
    KINDS,
    LINK,
    MENU,
    RUNNING,
    SILENT,
    UNKNOWN,
    VOID,
    Styles,
    has_blocks,
    is_layout,
    is_shadow_root,
    words_inside,
    words_pictured,
)
from newsarchive.extraction.words.paragraphs import paragraphs
from newsarchive.extraction.words.strings import one_line

_PICTURES = frozenset("img picture video".split())
_HEADINGS = frozenset("h1 h2 h3 h4 h5 h6".split())
_BOLD = frozenset(("b", "strong", "em", "i"))
_BROKEN_LINE = "\x01"
# Lines no longer than this are lines: of an address, of a heading with its byline.
_SHORT_LINE = 60
_PARAGRAPH_BREAK = re.compile(r"(?:\x01\s*){2,}")
# Unclosed tags nest: below this the walk goes on without telling boxes apart, so that
# no page exhausts Python's stack.
_MAX_DEPTH = 150
# Pages of news have 300 blocks on average and 8,000 at most; the article stands among the first.
MAX_BLOCKS = 40_000
_LITTLE = 200


@dataclass(slots=True)
class Blocks:
    """The blocks of a page and the boxes around them; parallel lists, in document order.

    ``linked`` and ``bold`` count characters. ``box`` is the number of the box
    that holds a block directly; box 0 is the page and its own parent. The
    blocks inside a box are those from ``first`` up to ``last``, exclusive.
    """

    texts: list[str] = field(default_factory=list)
    linked: list[int] = field(default_factory=list)
    bold: list[int] = field(default_factory=list)
    box: list[int] = field(default_factory=list)
    # Whether a picture stands in a block or right before it.
    pictured: list[bool] = field(default_factory=list)
    # Whether a box around a block is hidden by its style.
    hidden: list[bool] = field(default_factory=list)
    parents: list[int] = field(default_factory=lambda: [0])
    depths: list[int] = field(default_factory=lambda: [0])
    tags: list[str] = field(default_factory=lambda: ["body"])
    signatures: list[str] = field(default_factory=lambda: ["body"])
    cues: list[int] = field(default_factory=lambda: [0])
    first: list[int] = field(default_factory=lambda: [0])
    last: list[int] = field(default_factory=lambda: [0])
    # Where the first h1 begins, as the number of a block.
    heading: int | None = None


def walk(root: _Element) -> Blocks:
    """Read the blocks of a page; linear in its size."""
    body = root.find("body")
    start, styles = root if body is None else body, Styles(root)
    blocks = _Walk(KINDS, styles).run(start)
    if sum(map(len, blocks.texts)) < _LITTLE:
        # Some pages stand in a noscript element as a whole, or in a footer.
        blocks = _Walk(KINDS | dict.fromkeys(("noscript", "nav", "footer"), BLOCK), styles).run(start)
    return blocks


class _Walk:
    __slots__ = ("_blocks", "_bold", "_hidden", "_kinds", "_linked", "_parts", "_pictured", "_styles")

    def __init__(self, kinds: dict[str, int], styles: Styles) -> None:
        self._kinds = kinds
        self._styles = styles
        self._blocks = Blocks()
        self._parts: list[str] = []
        self._linked = 0
        self._bold = 0
        self._pictured = False
        self._hidden = False

    def run(self, root: _Element) -> Blocks:
        self._visit(root, 0, False, False, 0)
        if self._parts:
            self._flush(0)
        self._blocks.last[0] = len(self._blocks.texts)
        return self._blocks

    def _visit(self, element: _Element, box: int, linked: bool, bold: bool, depth: int) -> None:
        """Read what is inside an element; positional flags, for this runs for every element of a page."""
        parts, kinds, hidden = self._parts, self._kinds, self._styles.hidden
        # Most texts are the line feeds between tags: they matter inside a block only.
        text = element.text
        if text and (parts or not text.isspace()):
            self._read(text, linked, bold)
        if depth > _MAX_DEPTH:
            self._read_flat(element, box)
            return
        for child in element:
            tag = child.tag
            kind = kinds.get(tag, UNKNOWN)
            if kind == UNKNOWN or tag == "template" or (child in hidden and kind < CELL):
                kind = self._kind(child, kind)
            if kind == BLOCK or (kind >= CELL and self._is_box(child, kind)):
                if parts:
                    self._flush(box)
                if len(child) or child.text:
                    self._open(child, box, linked, bold, depth + 1)
            elif kind in RUNNING:
                # An anchor that leads nowhere is no link.
                leads = kind == LINK and child.get("href") is not None
                self._visit(child, box, linked or leads, bold or tag in _BOLD, depth + 1)
            else:
                self._pass(child, kind, box, linked, bold, depth + 1)
            tail = child.tail
            if tail and (parts or not tail.isspace()):
                self._read(tail, linked, bold)

    def _kind(self, element: _Element, kind: int) -> int:
        """What an element of no known tag is: inline by default, and a box where it stands for itself."""
        if element.tag == "template":
            return BLOCK if is_shadow_root(element) else ABSENT
        if kind != UNKNOWN:
            return ABSENT
        stands_alone = not self._parts and not (element.tail or "").strip()
        return BLOCK if stands_alone or has_blocks(element, self._kinds) else INLINE

    def _pass(self, element: _Element, kind: int, box: int, linked: bool, bold: bool, depth: int) -> None:
        """A line break, a plain cell, a picture, or what isn't read."""
        if kind == MENU:
            if self._parts:
                self._flush(box)
            return
        if kind == INSIDE:
            if words := words_inside(element, follows=bool(self._parts)):
                self._read(words, linked, bold)
            return
        if self._parts and kind != ABSENT:
            self._parts.append(_BROKEN_LINE if kind == BREAK else " ")
        if element.tag in _PICTURES:
            self._picture(element, linked, bold)
        if kind in (CELL, VOID):
            self._visit(element, box, linked, bold, depth)

    def _picture(self, element: _Element, linked: bool, bold: bool) -> None:
        words = words_pictured(element)
        if words:
            self._read(f"{words} ", linked, bold)
        else:
            self._pictured = True

    def _is_box(self, element: _Element, kind: int) -> bool:
        """Whether a cell is layout and no part of its row, or a menu has the page's headline in it."""
        if kind == CELL:
            return is_layout(element, self._kinds)
        return next(element.iter("h1"), None) is not None

    def _open(self, element: _Element, box: int, linked: bool, bold: bool, depth: int) -> None:
        tag = element.tag
        blocks = self._blocks
        if len(blocks.texts) >= MAX_BLOCKS:
            return
        number, was_hidden = len(blocks.parents), self._hidden
        cues, signature = cues_of(element, tag)
        blocks.parents.append(box)
        blocks.depths.append(blocks.depths[box] + 1)
        blocks.tags.append(tag)
        blocks.signatures.append(signature)
        blocks.cues.append(cues)
        blocks.first.append(len(blocks.texts))
        blocks.last.append(0)
        if tag == "h1" and blocks.heading is None:
            blocks.heading = len(blocks.texts)
        self._hidden = was_hidden or element in self._styles.hidden
        self._visit(element, number, linked, bold, depth)
        if self._parts:
            self._flush(number, keeps_lines=self._styles.keeps_lines(element))
        self._hidden = was_hidden
        blocks.last[number] = len(blocks.texts)

    def _read(self, text: str, linked: bool, bold: bool) -> None:
        self._parts.append(text)
        if linked:
            self._linked += len(text.strip())
        if bold:
            self._bold += len(text.strip())

    def _read_flat(self, element: _Element, box: int) -> None:
        """Read the blocks inside an element without the boxes between."""
        silent = 0
        for event, node in etree.iterwalk(element, events=("start", "end")):
            if node is element:
                continue
            kind = self._kinds.get(node.tag, INLINE)
            if kind >= CELL and self._parts:
                self._flush(box)
            silent += (1 if event == "start" else -1) if kind in (ABSENT, SILENT, MENU) else 0
            text = node.text if event == "start" else node.tail
            if text and not silent:
                self._parts.append(text)

    def _flush(self, box: int, *, keeps_lines: bool = False) -> None:
        """End the run of text; what was read is a block, or more where blank lines part it."""
        text = "".join(self._parts)
        self._parts.clear()
        blocks = self._blocks
        for line in self._lines(text, box, keeps_lines):
            if line and len(blocks.texts) < MAX_BLOCKS:
                blocks.texts.append(line)
                blocks.linked.append(min(self._linked, len(line)))
                blocks.bold.append(min(self._bold, len(line)))
                blocks.box.append(box)
                blocks.pictured.append(self._pictured)
                blocks.hidden.append(self._hidden)
                self._pictured = False
        self._linked = self._bold = 0

    def _lines(self, text: str, box: int, keeps_lines: bool) -> Iterable[str]:
        if keeps_lines:
            return paragraphs(text.replace(_BROKEN_LINE, "\n"))
        if _BROKEN_LINE in text and self._blocks.tags[box] not in _HEADINGS:
            return _lines(text)
        return (one_line(text.replace(_BROKEN_LINE, "\n")),)


def _lines(text: str) -> Iterator[str]:
    """Part a run at blank lines, and at every line break where all its lines are short."""
    for part in _PARAGRAPH_BREAK.split(text):
        lines = [one_line(line) for line in part.split(_BROKEN_LINE)]
        if max(map(len, lines)) <= _SHORT_LINE:
            yield from lines
        else:
            yield one_line("\n".join(line for line in lines if line))
