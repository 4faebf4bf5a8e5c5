"""Families: articles that are one story, under several addresses or publishers, and who ran it first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from newsarchive.answers.holdings import Holdings, ThreadHoldings
from newsarchive.answers.results import JSON_FORMAT
from newsarchive.base.progress import ProgressCallback, counted
from newsarchive.model import Article
from newsarchive.pipeline.index_sync import INDEX
from newsarchive.search.families.family_index import FamilyIndex
from newsarchive.search.families.fingerprints import fingerprint
from newsarchive.search.families.same_story import shared
from newsarchive.search.text.analysis import Analyzer
from newsarchive.store.reading.store_reader import StoreReader


@dataclass(frozen=True, slots=True)
class Copy:
    """One article of a family.

    ``shared_text``: how much of the shorter of it and the first copy stands in the other, 0 to 1.
    """

    article: Article
    shared_text: float

    def to_dict(self) -> dict[str, Any]:
        """The JSON form."""
        article = self.article
        published = article.date_published
        return {
            "id": article.id,
            "headline": article.headline,
            "publisher": article.publisher,
            "date_published": None if published is None else published.isoformat(),
            "date_confidence": None if article.date_confidence is None else article.date_confidence.value,
            "url": article.url,
            "word_count": article.word_count,
            "shared_text": round(self.shared_text, 4),
        }


@dataclass(frozen=True, slots=True)
class Family:
    """A story with all its copies, the earliest first; undated ones and guessed dates come last.

    ``id`` is the smallest id of its articles. An article that nobody else ran is a family of one.
    """

    id: int
    copies: tuple[Copy, ...]

    def __iter__(self) -> Iterator[Copy]:
        return iter(self.copies)

    def __len__(self) -> int:
        return len(self.copies)

    @property
    def first(self) -> Article:
        """Who ran it first, as far as dates are known."""
        return self.copies[0].article

    @property
    def publishers(self) -> tuple[str, ...]:
        """Who ran it, each once, in the order of their copies; those that name none are left out."""
        return tuple(dict.fromkeys(each.article.publisher for each in self if each.article.publisher))

    def to_dict(self) -> dict[str, Any]:
        """The JSON form."""
        return {
            "format": JSON_FORMAT,
            "id": self.id,
            "copies": [each.to_dict() for each in self],
            "publishers": list(self.publishers),
        }


class Families:
    """The families of an archive; brought up to date when asked, as the search index is.

    For any thread. Raises IndexUnavailable where their file can't be used.
    """

    def __init__(self, holdings: ThreadHoldings) -> None:
        self._holdings = holdings

    def of(self, article_id: int) -> Family:
        """The family of an article. Raises ArticleNotFound."""
        here = self._holdings.here
        here.reader.articles.article(article_id)
        with _index(here, self._holdings.progress) as index:
            family = index.family_of(article_id)
            return _family(family, index.members(family), here)

    def top(self, limit: int = 10) -> list[Family]:
        """The stories with the most copies."""
        here = self._holdings.here
        with _index(here, self._holdings.progress) as index:
            return [
                _family(family, index.members(family), here) for family, _ in index.largest(max(0, limit))
            ]


def stories_among(here: Holdings, ids: Iterable[int], progress: ProgressCallback | None) -> list[list[int]]:
    """Those of these articles that are one story, a list a story, the most copies first.

    Raises IndexUnavailable.
    """
    with _index(here, progress) as index:
        stories: dict[int, list[int]] = defaultdict(list)
        for article_id, family in index.families(ids).items():
            stories[family].append(article_id)
    return sorted((story for story in stories.values() if len(story) > 1), key=len, reverse=True)


def families_of(
    folder: Path, uuid: str, reader: StoreReader, ids: Iterable[int], progress: ProgressCallback | None
) -> dict[int, int]:
    """The family of each of these articles, by its smallest id. Raises IndexUnavailable."""
    with _opened(folder, uuid, reader, progress) as index:
        return index.families(ids)


def _index(here: Holdings, progress: ProgressCallback | None) -> AbstractContextManager[FamilyIndex]:
    return _opened(here.folder, here.manifest.uuid, here.reader, progress)


@contextmanager
def _opened(
    folder: Path, uuid: str, reader: StoreReader, progress: ProgressCallback | None
) -> Iterator[FamilyIndex]:
    index = FamilyIndex(folder / INDEX, archive=uuid, articles=reader.articles.articles)
    try:
        with index.errors_told():
            last = index.last_change()
            pending = reader.changes.count_changes_since(last)
            if pending:
                changes = reader.changes.changes_since(last)
                index.apply(counted(changes, progress, "comparing", pending))
            yield index
    finally:
        index.close()


def _family(family: int, members: Sequence[int], here: Holdings) -> Family:
    articles = sorted(here.reader.articles.stream(members or [family]), key=_by_date)
    analyzer = Analyzer()
    prints = [fingerprint(article.text, analyzer) for article in articles]
    copies = (Copy(article, shared(prints[0], each)) for article, each in zip(articles, prints, strict=True))
    return Family(family, tuple(copies))


def _by_date(article: Article) -> tuple[bool, str, int]:
    published = article.date_published
    is_unsure = published is None or article.date_is_guess
    return is_unsure, "" if published is None else published.sort_key, article.id or 0
