"""What all namespaces of marks share: which articles are meant, and writing what was done."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from newsarchive.answers.holdings import ThreadHoldings
from newsarchive.answers.search import Question
from newsarchive.base import arguments
from newsarchive.base.dates import utc_text
from newsarchive.errors import ArticleNotFound
from newsarchive.store.log.acts import act
from newsarchive.store.marks.mark_reader import MarkReader
from newsarchive.store.marks.mark_rows import MarkRows

# A query, a question, or the numbers of articles.
Which = str | Question | int | Iterable[int]


class Marking:
    """The marks of an archive, read and written by one thread at a time."""

    def __init__(self, holdings: ThreadHoldings) -> None:
        self._holdings = holdings

    @property
    def _reader(self) -> MarkReader:
        return MarkReader(self._holdings.here.connection)

    def _ids(self, which: Which) -> list[int]:
        """The articles meant, in the order of hits or as given. Raises QueryError, ArticleNotFound."""
        if isinstance(which, str | Question):
            return list(self._holdings.here.searcher.ids(Question.of(which), limit=None))
        return self._known(arguments.ids("which", which))

    def _known(self, ids: list[int]) -> list[int]:
        rows = self._holdings.here.connection.execute(
            "SELECT value FROM json_each(?) WHERE value NOT IN (SELECT id FROM articles)", (json.dumps(ids),)
        )
        missing = rows.fetchone()
        if missing is not None:
            raise ArticleNotFound(missing[0])
        return ids

    @contextmanager
    def _act(self, kind: str, said: Mapping[str, Any]) -> Iterator[MarkRows]:
        here = self._holdings.here
        with act(here.folder, here.connection, kind, dict(said)) as log:
            yield MarkRows(here.connection, log)


def now() -> datetime:
    """The moment, as it is stored: to the second."""
    return datetime.now(UTC).replace(microsecond=0)


def now_text() -> str:
    """The same as the tables hold it."""
    return utc_text(now())
