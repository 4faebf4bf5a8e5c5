"""The states of articles over time, as ``archive.versions`` gives them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime

from newsarchive.answers.holdings import ThreadHoldings
from newsarchive.answers.search import Day, days_between
from newsarchive.answers.versions.article_diff import ArticleDiff, diff_history
from newsarchive.answers.versions.edits import Edit, find_edits


class Versions:
    """What became of the articles of an archive."""

    def __init__(self, holdings: ThreadHoldings) -> None:
        self._holdings = holdings

    def diff(
        self, article_id: int, before: int | None = None, after: int | None = None
    ) -> ArticleDiff | None:
        """What changed between two revisions, by their numbers; by default between the newest two states.

        None where the article has one state only. Raises ArticleNotFound, QueryError.
        """
        reader = self._holdings.here.reader
        reader.articles.article(article_id)
        return diff_history(article_id, reader.revisions.revisions(article_id), before, after)

    def edits(self, *, since: Day | None = None, until: Day | None = None) -> Iterator[Edit]:
        """What was edited after its first capture: each edit with what changed, the newest captures first.

        ``since`` and ``until`` are dates as in queries, both included; days are those of UTC.
        Raises QueryError.
        """
        return find_edits(days_between(since, until, today=_today()), self._holdings.here)


def _today() -> date:
    return datetime.now(UTC).date()
