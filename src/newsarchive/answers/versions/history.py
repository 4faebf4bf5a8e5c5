"""The states of articles over time, as ``archive.versions`` gives them."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from datetime import UTC, date, datetime
from pathlib import Path

from newsarchive.answers.holdings import ThreadHoldings
from newsarchive.answers.search import Day, Question, days_between
from newsarchive.answers.versions.article_diff import ArticleDiff, diff_history
from newsarchive.answers.versions.edits import Edit, find_edits
from newsarchive.answers.versions.provenance import Provenance, provenance
from newsarchive.base.progress import ProgressCallback
from newsarchive.pipeline.outcomes import Outcome
from newsarchive.pipeline.run import Run


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

    def provenance(self, article_id: int) -> list[Provenance]:
        """Where each value of an article comes from: its evidence, capture or correction.

        Raises ArticleNotFound.
        """
        here = self._holdings.here
        article = here.reader.articles.article(article_id)
        captures = here.reader.captures.captures(article_id)
        corrections = here.reader.corrections.corrections(article_id)
        return provenance(article, captures, corrections, here.payload)

    def edits(self, *, since: Day | None = None, until: Day | None = None) -> Iterator[Edit]:
        """What was edited after its first capture: each edit with what changed, the newest captures first.

        ``since`` and ``until`` are dates as in queries, both included; days are those of UTC.
        Raises QueryError.
        """
        return find_edits(days_between(since, until, today=_today()), self._holdings.here)

    def refresh(
        self,
        query: str = "",
        *,
        limit: int | None = None,
        if_edited: str | Path | None = None,
        allow_private: bool = False,
        progress: ProgressCallback | None = None,
    ) -> Run[Outcome]:
        """Capture the pages of matching articles again; a run, as of ``add``, gives what became of each.

        The oldest last capture comes first, so that a run that is cut off is gone on with by
        the next; ``limit`` is how many at most. ``if_edited`` is the file of a feed or sitemap:
        only pages are asked for that it says were edited since. Requests to one host are a
        second apart. Raises QueryError, AcquireError; ArchiveLocked when the run starts.
        """
        here = self._holdings.here
        ids = here.searcher.ids(Question(query=query), limit=None).ids

        def steps() -> Generator[Outcome]:
            from newsarchive.acquire import Fetching
            from newsarchive.acquire.listings.edit_times import edit_times
            from newsarchive.pipeline.refresh import addresses_to_refresh
            from newsarchive.pipeline.whole_runs import add_all

            edited = None if if_edited is None else edit_times(Path(if_edited))
            urls = addresses_to_refresh(here.connection, ids, edited=edited, limit=limit)
            told = progress or self._holdings.progress
            fetching = Fetching(allow_private=allow_private)
            return add_all(here.folder, here.index, urls, workers=1, fetching=fetching, progress=told)

        return Run(steps)


def _today() -> date:
    return datetime.now(UTC).date()
