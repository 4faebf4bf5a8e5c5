"""Labelled pages: a folder with ``truth.jsonl`` and ``pages/ID.html.gz``."""

from __future__ import annotations

import gzip
import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from newsarchive.extraction.page.decoding import decode


@dataclass(frozen=True, slots=True)
class LabelledPage:
    """A page and its row of truth: ``body`` or the sentences ``expect`` and ``reject``, source and site."""

    row: dict[str, Any]
    path: Path

    @property
    def source(self) -> str:
        """The label set that the page is from."""
        return str(self.row["source_set"])

    @property
    def is_trained(self) -> bool:
        """Whether a model may learn from it."""
        return self.source in TRAINED

    @property
    def site(self) -> str:
        """Pages of one site never stand on both sides of a test."""
        return str(self.row.get("site") or self.row["id"])

    def text(self) -> str:
        """The page, decoded."""
        return decode(gzip.decompress(self.path.read_bytes()))


# Label sets whose licences allow weights to be made of them; the others only measure.
TRAINED = frozenset(("zyte", "fundus", "wcxb", "trafilatura", "mercury"))


def read_corpus(*folders: Path) -> list[LabelledPage]:
    """Read the rows that say what a page's article is; stops the program where there are none."""
    return [page for folder in folders for page in _read(folder)]


def _read(folder: Path) -> list[LabelledPage]:
    truth = folder / "truth.jsonl"
    if not truth.is_file():
        raise SystemExit(
            f"no labelled pages in {folder}: it needs truth.jsonl and pages/ID.html.gz (docs/model-card.md); "
            'name other folders with make train PAGES="FOLDER …"'
        )
    rows = [json.loads(line) for line in truth.read_text(encoding="utf-8").splitlines()]
    return [
        LabelledPage(row, folder / "pages" / f"{row['id']}.html.gz")
        for row in rows
        if "body" in row or "expect" in row
    ]


def digest(*folders: Path) -> str:
    """What names this state of the labels."""
    whole = hashlib.sha256()
    for folder in folders:
        whole.update((folder / "truth.jsonl").read_bytes())
    return whole.hexdigest()
