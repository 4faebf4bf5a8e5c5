"""From labelled articles to labelled blocks, by shingles of four tokens.

A label is the text of an article, or a list of sentences that belong to it and
of others that don't. Blocks are matched with the text a shingle at a time, so
that labels may differ from the page in spaces, marks and paragraphs.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from measures import shingles
from newsarchive.base.scripts import UNSPACED
from newsarchive.extraction.words.strings import squeeze

Floats = npt.NDArray[np.float64]
Shingles = Counter[tuple[str, ...]]

_TOKEN = re.compile(f"[{UNSPACED}]|[^\\W{UNSPACED}]+")
_SHINGLE = 4
# Where only sentences are labelled, another extractor's text says what else is the
# article; it is right less often, and a labelled sentence outweighs it.
_TAUGHT = 0.35
_LABELLED = 0.12
_PARTLY = 0.5
_MIN_PART = 25
# The blocks beside an article are many; together they weigh no more than this to its 1.
_BESIDE = 1.5


@dataclass(frozen=True, slots=True)
class Labels:
    """For each block how much of it is the article's (0 to 1), and how much that matters."""

    belongs: Floats
    weight: Floats


def label(texts: list[str], *, row: dict[str, Any], taught: str, order: list[int]) -> Labels:
    """Label blocks by a row of truth.

    ``taught`` is what another extractor makes of the page, for rows that have
    no text; ``order`` says which block takes a repeated sentence first.
    """
    if "body" in row:
        return _balanced(_by_text(texts, row["body"], row.get("body_optional") or "", order))
    return _balanced(_by_sentences(texts, row, _by_text(texts, taught, "", order)))


def _by_text(texts: list[str], gold: str, optional: str, order: list[int]) -> Labels:
    left, lines = shingles(gold), Counter(" ".join(_TOKEN.findall(line)) for line in gold.splitlines())
    whole = f" {' '.join(_TOKEN.findall(gold))} "
    total = max(1, left.total())
    spare = shingles(optional)
    spare_lines = Counter(" ".join(_TOKEN.findall(line)) for line in optional.splitlines())
    belongs, weight = np.zeros(len(texts)), np.zeros(len(texts))
    for at in order:
        tokens = _TOKEN.findall(texts[at])
        belongs[at] = _share(tokens, left, lines)
        name = " ".join(tokens)
        if belongs[at] == 0 and 0 < len(tokens) < _SHINGLE and f" {name} " in whole:
            belongs[at] = _PARTLY
        weight[at] = (len(tokens) + 3) / (total + 30)
        if _share(tokens, spare.copy(), spare_lines.copy()) > _PARTLY:
            weight[at] = 0.0
    return Labels(belongs, weight)


def _share(tokens: list[str], left: Shingles, lines: Counter[str]) -> float:
    """How much of a block is found in what is left of a text, which it is then taken from."""
    if len(tokens) < _SHINGLE:
        name = " ".join(tokens)
        if not name or not lines[name]:
            return 0.0
        lines[name] -= 1
        return 1.0
    own: Shingles = Counter(zip(*(tokens[at:] for at in range(_SHINGLE)), strict=False))
    found = own & left
    share = found.total() / own.total()
    if share > _PARTLY:
        left.subtract(found)
    return share


def _by_sentences(texts: list[str], row: dict[str, Any], labels: Labels) -> Labels:
    belongs, weight = labels.belongs.clip(0, 1), labels.weight * _TAUGHT
    for value, sentences in ((1.0, row.get("expect") or ()), (0.0, row.get("reject") or ())):
        for sentence in map(squeeze, sentences):
            found = [at for at, text in enumerate(texts) if sentence in text]
            if not found and len(sentence) > _MIN_PART:
                found = [at for at, text in enumerate(texts) if len(text) > _MIN_PART and text in sentence]
            for at in _best(found, labels) if value else found:
                belongs[at], weight[at] = value, max(weight[at], _LABELLED)
    return Labels(belongs, weight)


def _best(found: list[int], labels: Labels) -> list[int]:
    """The one block that an expected sentence is, of several that hold it."""
    return sorted(found, key=lambda at: -labels.belongs[at])[:1]


def _balanced(labels: Labels) -> Labels:
    beside = labels.belongs < _PARTLY
    excess = float(labels.weight[beside].sum())
    if excess <= _BESIDE:
        return labels
    return Labels(labels.belongs, np.where(beside, labels.weight * _BESIDE / excess, labels.weight))
