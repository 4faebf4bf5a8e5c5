"""An engine without an index, for tests: it reads every article, and lacks all that an engine may lack."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import naive_search

from newsarchive.model import IndexChange, IndexedArticle
from newsarchive.search.engines import Match, Matches, SearchRequest


class ScanEngine:
    """Answers in the order of ids; forgets everything when it is closed."""

    statistics = None
    speller = None

    def __init__(self) -> None:
        self._articles: dict[int, IndexedArticle] = {}
        self._last: int | None = None

    def last_change(self) -> int | None:
        """The last change applied in this process."""
        return self._last

    def apply(self, changes: Iterable[IndexChange], *, bulk: bool = False) -> None:
        """Remember articles."""
        self._last = self._last or 0
        for change in changes:
            self._last = change.change
            self._articles.pop(change.article_id, None)
            if change.document is not None:
                self._articles[change.article_id] = change.document

    def search(self, request: SearchRequest) -> Matches:
        """Read every article."""
        found = [
            article_id
            for article_id, document in sorted(self._articles.items())
            if naive_search.matches(request.query, document, request.languages)
        ]
        end = None if request.limit is None else request.offset + request.limit
        return Matches(len(found), [Match(each, 0.0) for each in found[request.offset : end]])

    def clear(self) -> None:
        """Forget everything."""
        self.__init__()  # type: ignore[misc]

    def check(self) -> Sequence[str]:
        """Nothing on disk can be damaged."""
        return ()

    def close(self) -> None:
        """Forget everything."""
        self.clear()
