"""What stands outside the text by its box: small boxes beside it, and other stories under it."""

from __future__ import annotations

import re
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from newsarchive.extraction.blocks.block_features import Features
from newsarchive.extraction.blocks.block_walk import Blocks

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

_BESIDE = re.compile(
    r"^aside|caption|image-?wrap|img-?box|carousel|gallery|slide(?:show|r)|photo|"
    r"author-?(?:box|bio|card)|about-?author|wpautbox",
    re.IGNORECASE,
)
_STORY_TAGS = frozenset(("article", "div", "section", "li"))
# A heading is a link where this share of it is; prose is less linked, and longer.
_A_LINK, _LINKED_PROSE, _PARAGRAPH = 0.9, 0.2, 80
# Less than this is a headline with its standfirst, and the text stands in a box beside it.
_OWN = 600
# What has more parts with linked headings is a list, of books or of places, which is the article.
_MAX_FOLLOWING = 3
# A box with more of what is kept than this is the article's, whatever it is called.
_SMALL = 0.3


def in_beside_boxes(blocks: Blocks, kept: Flags, size: Floats) -> Flags:
    """Which blocks are in a small box whose tag or class says that it stands beside the text."""
    running = np.concatenate(([0.0], np.cumsum(size * kept)))
    beside = np.zeros(len(kept), dtype=bool)
    for box, signature in enumerate(blocks.signatures):
        first, last = blocks.first[box], blocks.last[box]
        if first < last and _is_beside(signature):
            beside[first:last] |= bool(running[last] - running[first] <= _SMALL * running[-1])
    return beside


@lru_cache(maxsize=20_000)
def _is_beside(signature: str) -> bool:
    return _BESIDE.search(signature) is not None


def later_stories(blocks: Blocks, features: Features) -> Flags:
    """The blocks of other stories below the page's own.

    These are article elements with an h1 of their own, and boxes that begin with a heading which
    is a link, beside the box that holds the headline and the text under it.
    """
    later = _linked_stories(blocks, features)
    stories = _headed(blocks)
    titles = features.row("title") > 0
    own = [story for story in stories if titles[story.start : story.stop].any()]
    if own:
        for story in stories:
            if story.start >= own[0].stop and not titles[story.start : story.stop].any():
                later[story.start : story.stop] = True
    return later


def _linked_stories(blocks: Blocks, features: Features) -> Flags:
    later = np.zeros(len(blocks.texts), dtype=bool)
    end = _end_of_own(blocks, features)
    if end is None:
        return later
    linked = features.row("linked")
    ranks = sum(features.row(f"tag_h{level}") for level in range(1, 4)) > 0
    heads = np.flatnonzero((linked > _A_LINK) & ranks & (features.row("title") == 0))
    heads = heads[heads >= end]
    stories = [
        slice(first, last)
        for first, last, tag in zip(blocks.first, blocks.last, blocks.tags, strict=True)
        if tag in _STORY_TAGS
        # With a second linked heading inside it is a list, or all that stands below.
        if first in heads and np.searchsorted(heads, last) - np.searchsorted(heads, first) == 1
        if _has_prose(linked[first:last], features.size[first:last])
    ]
    outermost = [one for at, one in enumerate(stories) if at == 0 or one.start >= stories[at - 1].stop]
    if len(outermost) <= _MAX_FOLLOWING:
        for story in outermost:
            later[story] = True
    return later


def _has_prose(linked: npt.NDArray[np.float32], size: Floats) -> bool:
    return bool(((linked < _LINKED_PROSE) & (size > _PARAGRAPH)).any())


def _end_of_own(blocks: Blocks, features: Features) -> int | None:
    """Where the innermost box ends that holds the headline and most of the prose down to its own end."""
    titled = np.flatnonzero((features.row("title") > 0) & (features.row("tag_h1") > 0))
    if not len(titled):
        return None
    heading = int(titled[0])
    for box in range(len(blocks.tags) - 1, 0, -1):
        first, last = blocks.first[box], blocks.last[box]
        inside = slice(heading + 1, last)
        if first <= heading < last and _has_prose(features.row("linked")[inside], features.size[inside]):
            return last if features.size[inside].sum() > _OWN else None
    return None


def _headed(blocks: Blocks) -> list[range]:
    """The outermost article elements that hold an h1."""
    stories: list[range] = []
    headings = [blocks.first[box] for box, tag in enumerate(blocks.tags) if tag == "h1"]
    for box, tag in enumerate(blocks.tags):
        inside = range(blocks.first[box], blocks.last[box])
        is_outermost = tag == "article" and not (stories and inside.start < stories[-1].stop)
        if is_outermost and any(heading in inside for heading in headings):
            stories.append(inside)
    return stories
