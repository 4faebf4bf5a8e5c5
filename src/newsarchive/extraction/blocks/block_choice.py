"""The choice of blocks, and how far it is to be trusted."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from newsarchive.extraction.blocks.block_features import Features, features_of
from newsarchive.extraction.blocks.block_model import Model
from newsarchive.extraction.blocks.block_walk import Blocks, walk
from newsarchive.extraction.blocks.missed_blocks import with_missed
from newsarchive.extraction.blocks.outside_boxes import in_beside_boxes, later_stories
from newsarchive.extraction.blocks.stated_text import Known
from newsarchive.extraction.page.parsed_page import Page

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

# A block counts as a link if no more than this stands beside it: a mark, a bullet, a word.
_BESIDE_LINK = 0.13
_BESIDE_LINK_LETTERS = 3
_MAX_LINK = 300
_MAX_LABEL = 40
_MAX_CAPTION = 150
_SAME = 0.01
_MOST = 0.5
# In small boxes of pictures, asides and authors, of what was kept below this a quarter was the
# article's: Fundus +.0017, Zyte +.0006, msv +.0046, WCXB +.0000, dragnet -.0014.
_SURE = 0.8


@dataclass(frozen=True, slots=True)
class Choice:
    """The kept blocks in page order, and the F1 to be expected of them (0 to 1).

    ``left_out`` is what no other extractor may add: hidden text, and other stories.
    """

    lines: list[str]
    confidence: float
    left_out: frozenset[str] = frozenset()


def choose(page: Page, model: Model) -> Choice:
    """Choose the blocks of a page that are its article."""
    blocks = walk(page.root)
    if not blocks.texts:
        return Choice([], 0.0)
    features = features_of(blocks, Known.of(page))
    probabilities = model.probabilities(features)
    others = _unseen(blocks, probabilities > model.keep, features) | later_stories(blocks, features)
    kept = chosen(blocks, features, probabilities, keep=model.keep, others=others)
    lines = [text for text, keep in zip(blocks.texts, kept.tolist(), strict=True) if keep]
    left_out = frozenset(blocks.texts[at] for at in np.flatnonzero(others)) - frozenset(lines)
    return Choice(lines, expected_f1(probabilities, kept, features.size), left_out)


def chosen(blocks: Blocks, features: Features, probabilities: Floats, *, keep: float, others: Flags) -> Flags:
    """Which blocks are kept, by their probabilities and by what stands around them; none of ``others``."""
    kept: Flags = probabilities > keep
    foreign = _foreign(blocks.texts, features) | others
    unsure = kept & (probabilities < _SURE)
    if unsure.any():
        foreign |= in_beside_boxes(blocks, kept, features.size) & unsure
    if not (kept & ~foreign).any():
        return kept
    return with_missed(kept & ~foreign, ~foreign, probabilities, (blocks, features))


def _unseen(blocks: Blocks, kept: Flags, features: Features) -> Flags:
    """What style hides, unless scripts show it: then it is most of what is kept.

    Of 1,100 labelled texts none had a hidden paragraph, and one was hidden as a whole.
    """
    hidden = np.array(blocks.hidden)
    is_shown_later = features.size[kept & hidden].sum() > _MOST * features.size[kept].sum()
    return np.zeros_like(hidden) if is_shown_later else hidden


def _foreign(texts: list[str], features: Features) -> Flags:
    """What is no part of an article wherever it stands: dialogs, boilerplate, captions, links to others.

    Labels differ in whether these belong; dropping them moved no score by more than .0015.
    """
    said = (features.row("boilerplate") > 0) | (features.row("within_in_dialog") > 0)
    foreign: Flags = said | _captions(features) | _pointers(texts, features)
    return foreign


def _captions(features: Features) -> Flags:
    """Captions by their tag; and in a table that holds a picture and a line, that line."""
    alone = np.abs(features.row("parent_length") - np.log1p(features.size)) < _SAME
    line = (features.row("ended") == 0) & (features.size < _MAX_CAPTION)
    in_table = alone & line & (features.row("pictured") > 0) & (features.row("tag_row") > 0)
    captions: Flags = in_table | (features.row("tag_figcaption") > 0)
    return captions


def _pointers(texts: list[str], features: Features) -> Flags:
    """Blocks that are a link to another story, with or without a label; headings may be links."""
    linked = features.row("linked")
    length = np.array([len(text) for text in texts])
    bare = linked * length >= (1 - _BESIDE_LINK) * length - _BESIDE_LINK_LETTERS
    labelled = [
        share > 0 and _is_labelled_link(text, share) for text, share in zip(texts, linked, strict=True)
    ]
    heading = sum(features.row(f"tag_h{level}") for level in range(2, 5)) > 0
    # All of 32 sentences that were a link as a whole, among paragraphs, were the article's.
    sentence = np.array([text.endswith((".", "。")) for text in texts])
    pointing = (bare & ~sentence) | np.array(labelled)
    pointers: Flags = pointing & (length < _MAX_LINK) & ~heading & (linked > 0)
    return pointers


def _is_labelled_link(text: str, linked: float) -> bool:
    """Whether a block is a label with a colon ("On the same shore: …") and a link."""
    label, colon, rest = text.replace("：", ":").partition(":")
    rest = rest.strip()
    return bool(colon and rest) and len(label) <= _MAX_LABEL and linked * len(text) >= len(rest) - 2


def expected_f1(probabilities: Floats, kept: Flags, size: Floats) -> float:
    """The F1 of the kept blocks, by size, if the probabilities are right."""
    if not kept.any():
        return 0.0
    expected = probabilities * size
    return float(2 * expected[kept].sum() / (size[kept].sum() + expected.sum()))
