"""What an export is written from: all articles that match, and what the archive keeps of each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from importlib.metadata import version

from newsarchive.answers.holdings import Holdings
from newsarchive.base.progress import ProgressCallback, counted, notify
from newsarchive.export.export_source import QUERY, ExportedCapture, ExportedSearch, FoundArticle
from newsarchive.model import Article
from newsarchive.store.log.head_file import HeadDamaged, read_head
from newsarchive.store.marks.mark_reader import MarkReader
from newsarchive.store.marks.mark_values import MarksOfArticle
from newsarchive.store.reading.captures import StoredCapture
from newsarchive.store.reading.revisions import Revision


@dataclass(frozen=True, slots=True)
class MatchedArticles:
    """An ``ExportSource`` over the store; ``ids`` are the matches in their order."""

    search: ExportedSearch
    ids: Sequence[int]
    holdings: Holdings
    progress: ProgressCallback | None

    def articles(self) -> Iterator[Article]:
        """The matches; those that are gone meanwhile are left out."""
        return counted(
            self.holdings.reader.articles.stream(self.ids), self.progress, "exporting", len(self.ids)
        )

    def revisions(self, article_id: int) -> Sequence[Revision]:
        """Oldest first."""
        return self.holdings.reader.revisions.revisions(article_id)

    def captures(self, article_id: int) -> Sequence[StoredCapture]:
        """Oldest first."""
        return self.holdings.reader.captures.captures(article_id)

    def marks(self, article_id: int) -> MarksOfArticle:
        """What people put on an article."""
        return MarkReader(self.holdings.connection).of_article(article_id)

    def payload(self, capture: ExportedCapture) -> bytes:
        """The bytes as received. Raises SnapshotDamaged."""
        return self.holdings.payload(_stored(capture))

    def record(self, capture: ExportedCapture) -> bytes:
        """The record as stored. Raises SnapshotDamaged."""
        return self.holdings.record(_stored(capture))

    def notify(self, message: str) -> None:
        """To those who are told of the progress."""
        notify(self.progress, message)


@dataclass(frozen=True, slots=True)
class MatchedByQuery(MatchedArticles):
    """The matches of several queries, one query after another; ``found`` are their ids."""

    found: Mapping[str, Sequence[int]]

    def articles(self) -> Iterator[Article]:
        """Each match once for each query that it answers."""
        return counted(self._found(), self.progress, "exporting", self.search.total)

    def _found(self) -> Iterator[Article]:
        for query, ids in self.found.items():
            for article in self.holdings.reader.articles.stream(ids):
                yield FoundArticle.of(article, query)


def _stored(capture: ExportedCapture) -> StoredCapture:
    if not isinstance(capture, StoredCapture):
        raise TypeError(f"no capture of this archive: {capture!r}")
    return capture


def matched(
    query: str, ids: Sequence[int], holdings: Holdings, progress: ProgressCallback | None = None
) -> MatchedArticles:
    """The articles of these ids, which a query has found now."""
    return MatchedArticles(_searched(query, len(ids), holdings), ids, holdings, progress)


def matched_by_query(
    found: Mapping[str, Sequence[int]], holdings: Holdings, progress: ProgressCallback | None
) -> MatchedByQuery:
    """What each of several queries has found now."""
    search = _searched(f"{len(found):,} queries", sum(map(len, found.values())), holdings)
    return MatchedByQuery(replace(search, beside=(QUERY,)), (), holdings, progress, found)


def _searched(query: str, total: int, holdings: Holdings) -> ExportedSearch:
    return ExportedSearch(
        query=query,
        total=total,
        archive=holdings.manifest.name,
        uuid=holdings.manifest.uuid,
        last_change=holdings.searcher.searched_to(),
        version=version("newsarchive"),
        exported_at=datetime.now(UTC),
        log_head=_log_head(holdings),
    )


def _log_head(holdings: Holdings) -> str:
    """Number and hash; empty where the file of the head says nothing, of which ``verify`` tells."""
    try:
        head = read_head(holdings.folder)
    except (HeadDamaged, OSError):
        return ""
    return "" if head is None else f"{head.number} {head.hash}"
