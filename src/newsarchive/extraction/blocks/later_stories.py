"""Other stories under the first one, as pages have them that scroll without end."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from newsarchive.extraction.blocks.block_features import Features
from newsarchive.extraction.blocks.block_walk import Blocks

Flags = npt.NDArray[np.bool_]


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
