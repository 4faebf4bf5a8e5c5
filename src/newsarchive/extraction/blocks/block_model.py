"""The learned model: oblivious trees over a block's features, evaluated by numpy.

Every level of an oblivious tree asks one question of all blocks, so a tree's
answer is a number of as many bits as it has levels, and the number is the leaf.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from functools import cache
from importlib import resources
from io import BytesIO
from typing import Any

import numpy as np
import numpy.typing as npt

from newsarchive.errors import ExtractError
from newsarchive.extraction.blocks.block_features import Features

FORMAT = 1
_FOLDER = resources.files(__package__)
_HINT = "the installation is damaged: install newsarchive again"
# Rows at a time, so that a page of 40,000 blocks takes no more memory than others.
_CHUNK = 2_000


@dataclass(frozen=True, slots=True)
class Model:
    """The trees of the model, and the thresholds for their answer; arrays have a row for each tree.

    ``questions`` are places in ``features``, a level a column; a block answers yes
    where it exceeds the border. A block is kept above ``keep``; a page whose
    confidence is below ``trust`` is one to ask another extractor about.
    """

    features: tuple[str, ...]
    questions: npt.NDArray[np.int16]
    borders: npt.NDArray[np.float32]
    leaves: npt.NDArray[np.float32]
    bias: float
    keep: float
    trust: float

    def probabilities(self, measured: Features) -> npt.NDArray[np.float64]:
        """How likely each block is part of the article; raises ExtractError for other features."""
        if measured.names != self.features:
            raise ExtractError("the model was trained on other features than the code measures", hint=_HINT)
        columns = measured.matrix.shape[1]
        parts = [self._raw(measured.matrix[:, at : at + _CHUNK]) for at in range(0, columns, _CHUNK)]
        probabilities: npt.NDArray[np.float64] = 1.0 / (1.0 + np.exp(-np.concatenate(parts)))
        return probabilities

    def _raw(self, matrix: npt.NDArray[np.float32]) -> npt.NDArray[np.float64]:
        trees, levels = self.questions.shape
        # The smaller the numbers, the faster: a leaf of eight levels fits into a byte.
        leaf = np.zeros((trees, matrix.shape[1]), dtype=np.uint8 if levels <= 8 else np.int32)
        for level in reversed(range(levels)):
            leaf += leaf
            leaf += matrix[self.questions[:, level]] > self.borders[:, level, None]
        first = np.arange(trees, dtype=np.intp) * self.leaves.shape[1]
        raw: npt.NDArray[np.float64] = (
            self.leaves.ravel().take(leaf + first[:, None]).sum(axis=0, dtype=np.float64) + self.bias
        )
        return raw


@cache
def load() -> Model:
    """The model that ships with the package; loaded once, verified by its digest."""
    try:
        card = json.loads(_FOLDER.joinpath("model.json").read_text(encoding="utf-8"))
        return read(_FOLDER.joinpath("model.npz").read_bytes(), card)
    except (OSError, ValueError, KeyError, TypeError) as exc:
        raise ExtractError(f"the model of article text can't be read: {exc}", hint=_HINT) from exc


def read(data: bytes, card: dict[str, Any]) -> Model:
    """Read a model from its file and its card; raises ExtractError where they don't fit."""
    if card["format"] != FORMAT:
        raise ExtractError(f"the model is of format {card['format']}, not {FORMAT}", hint=_HINT)
    if hashlib.sha256(data).hexdigest() != card["sha256"]:
        raise ExtractError("the model's file is not the one that its card describes", hint=_HINT)
    with np.load(BytesIO(data), allow_pickle=False) as arrays:
        return Model(
            features=tuple(card["features"]),
            questions=arrays["questions"],
            borders=arrays["borders"].astype(np.float32),
            leaves=arrays["leaves"].astype(np.float32),
            bias=float(card["bias"]),
            keep=float(card["keep"]),
            trust=float(card["trust"]),
        )


def write(model: Model) -> tuple[bytes, dict[str, Any]]:
    """Give the file of a model and its card."""
    buffer = BytesIO()
    np.savez_compressed(
        buffer,
        questions=model.questions.astype(np.int16),
        borders=model.borders.astype(np.float32),
        leaves=model.leaves.astype(np.float16),
    )
    data = buffer.getvalue()
    card = {
        "format": FORMAT,
        "sha256": hashlib.sha256(data).hexdigest(),
        "features": list(model.features),
        "bias": model.bias,
        "keep": model.keep,
        "trust": model.trust,
    }
    return data, card
