"""All that can be read of an archive, by what is read."""

from __future__ import annotations

import sqlite3
from typing import Self

from newsarchive.base.frozen import frozen
from newsarchive.store.reading.articles import ArticleReader
from newsarchive.store.reading.captures import CaptureReader
from newsarchive.store.reading.change_counter import ChangeReader
from newsarchive.store.reading.corrections import CorrectionReader
from newsarchive.store.reading.counts import CountReader
from newsarchive.store.reading.revisions import RevisionReader


@frozen
class StoreReader:
    """The readers of one connection; they see each commit of a writer, in whatever process."""

    articles: ArticleReader
    revisions: RevisionReader
    captures: CaptureReader
    changes: ChangeReader
    counts: CountReader
    corrections: CorrectionReader

    @classmethod
    def of(cls, connection: sqlite3.Connection) -> Self:
        """The readers of this connection."""
        return cls(
            ArticleReader(connection),
            RevisionReader(connection),
            CaptureReader(connection),
            ChangeReader(connection),
            CountReader(connection),
            CorrectionReader(connection),
        )
