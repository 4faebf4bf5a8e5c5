"""Features of blocks: one row a feature, one column a block; linear in the size of the page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from newsarchive.extraction.blocks import box_traits
from newsarchive.extraction.blocks.block_walk import Blocks
from newsarchive.extraction.blocks.box_sums import Boxes, Flags, Floats, Ints
from newsarchive.extraction.blocks.letter_counts import Wording, measure
from newsarchive.extraction.blocks.stated_text import Known
from newsarchive.extraction.words.boilerplate import is_boilerplate

_MAX_LINKED = 0.35
_PROSE = 60
# Boxes that can't hold the article, unless the headline is inside.
_OUTSIDE = (
    box_traits.BITS["comments"]
    | box_traits.BITS["in_nav"]
    | box_traits.BITS["in_footer"]
    | box_traits.BITS["in_dialog"]
)
# What a box says of its content holds for little only, if it holds half of the page's prose.
_OF_THE_MOST = (
    box_traits.BITS["body"]
    | box_traits.BITS["content"]
    | (
        box_traits.BY_MARKUP
        & ~(box_traits.BITS["in_form"] | box_traits.BITS["in_table"] | box_traits.BITS["in_aside"])
    )
)
_TAGS = {
    "p": "p", "li": "li", "h1": "h1", "h2": "h2", "h3": "h3", "h4": "h4", "h5": "h4", "h6": "h4",
    "div": "div", "tr": "row", "td": "row", "th": "row", "blockquote": "blockquote", "pre": "pre",
    "section": "section", "article": "section",
    "figcaption": "figcaption",
}  # fmt: skip
_TAG_NAMES = tuple(dict.fromkeys(_TAGS.values()))
_TAG_NUMBER = {tag: _TAG_NAMES.index(name) for tag, name in _TAGS.items()}
_NEIGHBOURS = (1, 2, -1, -2)
_REACH = 4

Columns = dict[str, npt.NDArray[Any]]


@dataclass(frozen=True, slots=True)
class Features:
    """The matrix for the model, and what the choice is weighed by."""

    names: tuple[str, ...]
    matrix: npt.NDArray[np.float32]
    size: Floats

    def row(self, name: str) -> npt.NDArray[np.float32]:
        """One feature of all blocks."""
        row: npt.NDArray[np.float32] = self.matrix[self.names.index(name)]
        return row


def features_of(blocks: Blocks, known: Known) -> Features:
    """Measure the blocks of a page, of which there is at least one."""
    page = _Measured.of(blocks, known)
    columns: Columns = {}
    for part in (
        _text(page),
        _position(page),
        _around(page),
        _signature(page),
        _beside(page),
        _cues(page),
    ):
        columns |= part
    matrix = np.empty((len(columns), len(blocks.texts)), dtype=np.float32)
    for row, column in enumerate(columns.values()):
        matrix[row] = column
    return Features(tuple(columns), matrix, page.wording.size)


@dataclass(frozen=True, slots=True)
class _Measured:
    """What several groups of features need."""

    blocks: Blocks
    boxes: Boxes
    wording: Wording
    linked: Floats
    prose: Floats
    total: float
    mass: Floats
    inherited: Flags
    kind: Ints
    title: Floats
    description: Floats
    stated: Floats
    boilerplate: Floats

    @classmethod
    def of(cls, blocks: Blocks, known: Known) -> _Measured:
        boxes, wording = Boxes.from_blocks(blocks), measure(blocks.texts)
        linked = np.array(blocks.linked, dtype=np.float64) / wording.length
        outside = boxes.covered(_outside_boxes(blocks, boxes)) | np.array(blocks.hidden)
        prose = np.where(outside, 0.0, _prose(wording, linked))
        total = float(prose.sum()) or 1.0
        mass = boxes.sums(prose)
        most = mass > 0.5 * total
        pairs = boxes.kinds[boxes.of] * (int(boxes.kinds.max()) + 1) + boxes.kinds[boxes.parents[boxes.of]]
        texts = blocks.texts
        return cls(
            blocks=blocks,
            boxes=boxes,
            wording=wording,
            linked=linked,
            prose=prose,
            total=total,
            mass=mass,
            inherited=boxes.handed_down(np.where(most, boxes.cues & _OF_THE_MOST, boxes.cues)),
            kind=np.unique(pairs, return_inverse=True)[1],
            title=known.are_titles(texts),
            description=known.are_descriptions(texts),
            stated=known.are_stated(texts),
            boilerplate=_boilerplate(texts, prose),
        )


def _boilerplate(texts: list[str], prose: Floats) -> Floats:
    """Which blocks have the words of boilerplate. Only blocks near prose are asked: asking is slow."""
    near = (_window(prose) > 0).tolist()
    return _flags(asked and is_boilerplate(text) for text, asked in zip(texts, near, strict=True))


def _window(values: Floats) -> Floats:
    """For each block the sum over it and those around it."""
    return np.convolve(values, np.ones(2 * _REACH + 1))[_REACH:-_REACH]


def _flags(values: Iterable[bool]) -> Floats:
    return np.array([1.0 if value else 0.0 for value in values])


def _prose(wording: Wording, linked: Floats) -> Floats:
    """How much of a block reads as prose: its size without its links, or 0."""
    sentences = (wording.sentences > 0) | (wording.commas > 1)
    is_prose = (linked < _MAX_LINKED) & (wording.size > _PROSE) & sentences
    return np.where(is_prose, wording.size * (1 - linked), 0.0)


def _outside_boxes(blocks: Blocks, boxes: Boxes) -> Flags:
    chosen: Flags = (boxes.cues & _OUTSIDE) != 0
    return chosen if blocks.heading is None else chosen & ~boxes.holding(blocks.heading)


def _text(page: _Measured) -> Columns:
    words, texts = page.wording, page.blocks.texts
    return {
        "size": np.log1p(words.size),
        "linked": page.linked,
        "bold": np.array(page.blocks.bold, dtype=np.float64) / words.length,
        "sentences": words.sentences,
        "commas": words.commas * 100 / (words.length + 20),
        "digits": words.digits / words.length,
        "ended": words.ended,
        "colon": _flags(text[-1] in ":：" for text in texts),
        "pictured": _flags(page.blocks.pictured),
        "title": page.title,
        "description": page.description,
        "stated": page.stated,
        "boilerplate": page.boilerplate,
        "repeated": _repeated(texts),
    }


def _repeated(texts: list[str]) -> Floats:
    """1 for a block that stood before, .5 for the first of several."""
    found, first = np.zeros(len(texts)), dict[str, int]()
    for index, text in enumerate(texts):
        before = first.setdefault(text, index)
        if before != index:
            found[index] = 1.0
            found[before] = max(found[before], 0.5)
    return found


def _position(page: _Measured) -> Columns:
    count = len(page.blocks.texts)
    index = np.arange(count, dtype=np.float64)
    heading = page.blocks.heading
    if heading is None:
        titles = np.flatnonzero(page.title)
        heading = int(titles[0]) if len(titles) else 0
    window = _window(page.prose)
    return {
        "place": index / count,
        "prose_before": np.cumsum(page.prose) / page.total,
        "after_heading": np.clip(index - heading, -30, 60),
        "count": np.full(count, np.log1p(count)),
        "total": np.full(count, np.log1p(page.total)),
        "prose_near": np.log1p(window),
        "share_near": window / page.total,
    }


def _around(page: _Measured) -> Columns:
    """What the box of a block, its parent and its grandparent hold."""
    boxes, total, mass = page.boxes, page.total, page.mass
    length = boxes.sums(page.wording.length)
    links = boxes.sums(np.array(page.blocks.linked, dtype=np.float64))
    direct = boxes.direct(page.prose)
    paragraphs = direct + boxes.over_children(direct)
    own = boxes.of
    parent = boxes.parents[own]
    grand = boxes.parents[parent]
    columns = {
        "depth": boxes.depths[own].astype(np.float64),
        "in_most": boxes.inside(_lowest(mass, 0.8 * total)) * 1.0,
        "in_half": boxes.inside(_lowest(mass, 0.5 * total)) * 1.0,
        "parent_share_of_text": length[parent] / (length[0] or 1.0),
    }
    for name, box in (("own", own), ("parent", parent), ("grand", grand)):
        columns[f"{name}_prose"] = mass[box] / total
        columns[f"{name}_paragraphs"] = paragraphs[box] / total
        columns[f"{name}_linked"] = links[box] / (length[box] + 1)
        columns[f"{name}_density"] = mass[box] / (length[box] + 1)
        columns[f"{name}_length"] = np.log1p(length[box])
    return columns


def _lowest(mass: Floats, least: float) -> int:
    """The lowest box that holds ``least`` of the mass, where that is over half of it.

    Two such boxes can only stand one inside the other, so the lowest has the highest number.
    """
    heavy = np.flatnonzero(mass >= least)
    return int(heavy[-1]) if len(heavy) else 0


def _signature(page: _Measured) -> Columns:
    """What all blocks in boxes of the same tag and class, in parents of the same, have in common."""
    kind, length = page.kind, page.wording.length
    count = np.bincount(kind)
    long, prose, links = (
        np.bincount(kind, weights=values) for values in (length, page.prose, page.linked * length)
    )
    return {
        "kind_count": np.log1p(count)[kind],
        "kind_prose": (prose / page.total)[kind],
        "kind_linked": (links / long)[kind],
        "kind_length": np.log1p(long / count)[kind],
        "kind_density": (prose / long)[kind],
    }


def _beside(page: _Measured) -> Columns:
    """The blocks before and after."""
    size: Floats = np.log1p(page.wording.size)
    columns: Columns = {}
    for by in _NEIGHBOURS:
        columns[f"size{by:+d}"] = shifted(size, by)
        columns[f"linked{by:+d}"] = shifted(page.linked, by)
        if abs(by) == 1:
            columns[f"alike{by:+d}"] = (shifted(page.kind + 1.0, by) == page.kind + 1.0) * 1.0
            columns[f"boilerplate{by:+d}"] = shifted(page.boilerplate, by)
    return columns


def shifted(values: npt.NDArray[Any], by: int) -> Floats:
    """The values moved by a number of places, so that a block has its neighbour's; 0 at the ends."""
    moved = np.zeros(len(values))
    if 0 < by < len(values):
        moved[by:] = values[:-by]
    elif 0 < -by < len(values):
        moved[:by] = values[-by:]
    return moved


def _cues(page: _Measured) -> Columns:
    columns: Columns = {f"within_{name}": page.inherited[row] for row, name in enumerate(box_traits.NAMES)}
    tags = np.array([_TAG_NUMBER.get(page.blocks.tags[box], -1) for box in page.blocks.box])
    columns |= {f"tag_{name}": tags == number for number, name in enumerate(_TAG_NAMES)}
    return columns
