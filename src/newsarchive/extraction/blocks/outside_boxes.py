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
    """The blocks of article elements with an h1 of their own, below the one that has the page's headline."""
    later = np.zeros(len(blocks.texts), dtype=bool)
    stories = _headed(blocks)
    titles = features.row("title") > 0
    own = [story for story in stories if titles[story.start : story.stop].any()]
    if own:
        for story in stories:
            if story.start >= own[0].stop and not titles[story.start : story.stop].any():
                later[story.start : story.stop] = True
    return later


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
