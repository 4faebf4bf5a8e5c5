"""Fit oblivious trees with CatBoost, and take them out of it."""

from __future__ import annotations

import json
import tempfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
from catboost import CatBoostClassifier, Pool

from newsarchive.extraction.blocks.block_model import Model

SEED = 20240611
THREADS = 2


@dataclass(frozen=True, slots=True)
class Settings:
    """What the trees are grown by."""

    trees: int = 300
    depth: int = 6
    rate: float = 0.1
    regularization: float = 6.0
    borders: int = 64
    columns: float = 0.5


@dataclass(frozen=True, slots=True)
class Sample:
    """Labelled blocks: a feature a row, a block a column."""

    features: tuple[str, ...]
    matrix: npt.NDArray[np.float32]
    belongs: npt.NDArray[np.float64]
    weight: npt.NDArray[np.float64]


def fit(sample: Sample, *, keep: float, trust: float, settings: Settings | None = None) -> Model:
    """Grow the trees; the same sample gives the same model."""
    chosen = settings or Settings()
    grown = CatBoostClassifier(
        iterations=chosen.trees,
        depth=chosen.depth,
        learning_rate=chosen.rate,
        l2_leaf_reg=chosen.regularization,
        border_count=chosen.borders,
        rsm=chosen.columns,
        loss_function="CrossEntropy",
        random_seed=SEED,
        thread_count=THREADS,
        allow_writing_files=False,
        verbose=0,
    )
    grown.fit(Pool(sample.matrix.T, sample.belongs.clip(0, 1), weight=sample.weight))
    return _taken_out(grown, sample.features, keep=keep, trust=trust)


def _taken_out(grown: CatBoostClassifier, features: tuple[str, ...], *, keep: float, trust: float) -> Model:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "model.json"
        grown.save_model(str(path), format="json")
        saved = json.loads(path.read_text(encoding="utf-8"))
    trees = saved["oblivious_trees"]
    depth = max(len(tree["splits"]) for tree in trees)
    # A level that a tree lacks asks a question that nobody answers yes.
    questions = np.zeros((len(trees), depth), dtype=np.int16)
    borders = np.full((len(trees), depth), np.inf, dtype=np.float32)
    leaves = np.zeros((len(trees), 1 << depth), dtype=np.float32)
    for row, tree in enumerate(trees):
        for level, split in enumerate(tree["splits"]):
            questions[row, level] = split["float_feature_index"]
            borders[row, level] = split["border"]
        leaves[row, : len(tree["leaf_values"])] = tree["leaf_values"]
    scale, bias = saved["scale_and_bias"]
    return Model(
        features=features,
        questions=questions,
        borders=borders,
        leaves=leaves * np.float32(scale),
        bias=float(bias[0] if isinstance(bias, list) else bias),
        keep=keep,
        trust=trust,
    )
