"""One walk over the tree into blocks: runs of text between the boundaries of block-level tags.

A box is a block-level element. Boxes are numbered in document order, and each
knows the range of blocks inside it, so that sums over a subtree are differences
of running sums.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree
from lxml.etree import _Element

from newsarchive.extraction.blocks.box_traits import cues_of

_SILENT, _INLINE, _LINK, _BREAK, _VOID, _CELL, _MENU, _BLOCK = range(8)
_RUNNING = (_INLINE, _LINK)
_KINDS = {
    _SILENT: "script style noscript template svg iframe button select option optgroup textarea video audio "
    "object canvas head map dialog progress meter datalist title math",
    _INLINE: "span em strong b i u s small sub sup mark abbr cite q code font time label bdi bdo ins del kbd "
    "var samp tt big wbr data acronym nobr dfn strike ruby rb rt rp",
    _LINK: "a",
    _BREAK: "br",
    # In broken pages these swallow text.
    _VOID: "input embed area source track param picture img meta link base hr",
    _CELL: "td th",
    # Of 32,121 article blocks on 827 pages, 97 stood in one without an h1, tables of contents
    # most of them; of all blocks, 38 in a hundred did.
    _MENU: "nav footer",
}
_KIND = {tag: kind for kind, tags in _KINDS.items() for tag in tags.split()}
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
    start = root if body is None else body
    blocks = _Walk(_KIND).run(start)
    if sum(map(len, blocks.texts)) < _LITTLE:
        # Some pages stand in a noscript element as a whole, or in a footer.
        blocks = _Walk(_KIND | dict.fromkeys(("noscript", "nav", "footer"), _BLOCK)).run(start)
    return blocks


class _Walk:
    __slots__ = ("_blocks", "_bold", "_kinds", "_linked", "_parts", "_pictured")

    def __init__(self, kinds: dict[str, int]) -> None:
        self._kinds = kinds
        self._blocks = Blocks()
        self._parts: list[str] = []
        self._linked = 0
        self._bold = 0
        self._pictured = False

    def run(self, root: _Element) -> Blocks:
        self._visit(root, 0, False, False, 0)
        if self._parts:
            self._flush(0)
        self._blocks.last[0] = len(self._blocks.texts)
        return self._blocks

    def _visit(self, element: _Element, box: int, linked: bool, bold: bool, depth: int) -> None:
        """Read what is inside an element; positional flags, for this runs for every element of a page."""
        parts, kinds = self._parts, self._kinds
        # Most texts are the line feeds between tags: they matter inside a block only.
        text = element.text
        if text and (parts or not text.isspace()):
            self._read(text, linked, bold)
        if depth > _MAX_DEPTH:
            self._read_flat(element, box)
            return
        for child in element:
            tag = child.tag
            kind = kinds.get(tag, _BLOCK)
            if kind == _BLOCK or (kind >= _CELL and self._is_box(child, kind)):
                if parts:
                    self._flush(box)
                if len(child) or child.text:
                    self._open(child, box, linked, bold, depth + 1)
            elif kind in _RUNNING:
                self._visit(child, box, linked or kind == _LINK, bold or tag in _BOLD, depth + 1)
            else:
                self._pass(child, kind, box, linked, bold, depth + 1)
            tail = child.tail
            if tail and (parts or not tail.isspace()):
                self._read(tail, linked, bold)

    def _pass(self, element: _Element, kind: int, box: int, linked: bool, bold: bool, depth: int) -> None:
        """A line break, a plain cell, a picture, or what isn't read."""
        if kind == _MENU:
            if self._parts:
                self._flush(box)
            return
        if self._parts:
            self._parts.append(_BROKEN_LINE if kind == _BREAK else " ")
        if element.tag in _PICTURES:
            self._pictured = True
        if kind in (_CELL, _VOID):
            self._visit(element, box, linked, bold, depth)

    def _is_box(self, element: _Element, kind: int) -> bool:
        """Whether a cell is layout and no part of its row, or a menu has the page's headline in it."""
        if kind == _CELL:
            return any(self._kinds.get(child.tag, _BLOCK) >= _CELL for child in element)
        return next(element.iter("h1"), None) is not None

    def _open(self, element: _Element, box: int, linked: bool, bold: bool, depth: int) -> None:
        tag = element.tag
        blocks = self._blocks
        if len(blocks.texts) >= MAX_BLOCKS:
            return
        number = len(blocks.parents)
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
        self._visit(element, number, linked, bold, depth)
        if self._parts:
            self._flush(number)
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
            kind = self._kinds.get(node.tag, _BLOCK)
            if kind >= _CELL and self._parts:
                self._flush(box)
            silent += (1 if event == "start" else -1) if kind in (_SILENT, _MENU) else 0
            text = node.text if event == "start" else node.tail
            if text and not silent:
                self._parts.append(text)

    def _flush(self, box: int) -> None:
        """End the run of text; what was read is a block, or more where blank lines part it."""
        text = "".join(self._parts)
        self._parts.clear()
        blocks = self._blocks
        broken = _BROKEN_LINE in text and blocks.tags[box] not in _HEADINGS
        for line in _lines(text) if broken else (" ".join(text.replace(_BROKEN_LINE, " ").split()),):
            if line and len(blocks.texts) < MAX_BLOCKS:
                blocks.texts.append(line)
                blocks.linked.append(min(self._linked, len(line)))
                blocks.bold.append(min(self._bold, len(line)))
                blocks.box.append(box)
                blocks.pictured.append(self._pictured)
                self._pictured = False
        self._linked = self._bold = 0


def _lines(text: str) -> Iterator[str]:
    """Part a run at blank lines, and at every line break where all its lines are short."""
    for part in _PARAGRAPH_BREAK.split(text):
        lines = [" ".join(line.split()) for line in part.split(_BROKEN_LINE)]
        if max(map(len, lines)) <= _SHORT_LINE:
            yield from lines
        else:
            yield " ".join(line for line in lines if line)
