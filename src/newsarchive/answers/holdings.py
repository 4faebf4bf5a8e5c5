"""What every answer is drawn from: the store's readers, the index, and the searcher over both."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from newsarchive.answers.search import Searcher
from newsarchive.pipeline.index_sync import ArchiveIndex
from newsarchive.store.reading.store_reader import StoreReader


@dataclass(frozen=True, slots=True)
class Holdings:
    """One open archive, as those who answer questions of it see it."""

    folder: Path
    reader: StoreReader
    index: ArchiveIndex
    searcher: Searcher
