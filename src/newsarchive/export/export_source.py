"""What exports are written from: the articles that match, and what belongs to each, as they are asked for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any, Protocol

from newsarchive.base.dates import PartialDate
from newsarchive.model import Article

# The column of the query that found an article.
QUERY = "query"


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportedSearch:
    """What was exported, from what, and when: enough to tell a reader, and to do it again.

    ``last_change`` is the state of the archive (its change counter), ``log_head`` number and
    hash of the newest entry of its log, ``version`` that of newsarchive. ``beside`` are
    columns that stand before those of an article: its query, where several were asked.
    """

    query: str
    total: int
    archive: str
    uuid: str
    last_change: int
    version: str
    exported_at: datetime
    log_head: str = ""
    beside: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundArticle(Article):
    """An article beside the query that found it, where several were asked."""

    query: str = ""

    @classmethod
    def of(cls, article: Article, query: str) -> FoundArticle:
        """The article with its query."""
        return cls(**{each.name: getattr(article, each.name) for each in fields(article)}, query=query)

    def to_dict(self) -> dict[str, Any]:
        """The JSON form, the query first."""
        # Not by super(), which a class with slots is none of.
        return {QUERY: self.query, **Article.to_dict(self)}


class ExportedRevision(Protocol):
    """One state of an article's text; ``number`` counts from 1, the oldest."""

    @property
    def number(self) -> int: ...
    @property
    def captured_at(self) -> datetime: ...
    @property
    def headline(self) -> str | None: ...
    @property
    def description(self) -> str | None: ...
    @property
    def date_published(self) -> PartialDate | None: ...
    @property
    def date_modified(self) -> PartialDate | None: ...
    @property
    def text(self) -> str: ...
    @property
    def is_reextracted(self) -> bool: ...


class ExportedCapture(Protocol):
    """How the bytes of an article came, and their digest."""

    @property
    def id(self) -> int: ...
    @property
    def source(self) -> str: ...
    @property
    def url(self) -> str | None: ...
    @property
    def captured_at(self) -> datetime: ...
    @property
    def content_type(self) -> str | None: ...
    @property
    def sha256(self) -> str: ...
    @property
    def length(self) -> int: ...


class ExportedNote(Protocol):
    """What somebody wrote on an article, in Markdown."""

    @property
    def made_at(self) -> datetime: ...
    @property
    def text(self) -> str: ...


class ExportedHighlight(Protocol):
    """A passage that somebody marked."""

    @property
    def made_at(self) -> datetime: ...
    @property
    def quote(self) -> str: ...
    @property
    def comment(self) -> str | None: ...


class ExportedMarks(Protocol):
    """What people put on an article; false where that is nothing."""

    @property
    def tags(self) -> Sequence[str]: ...
    @property
    def collections(self) -> Sequence[str]: ...
    @property
    def notes(self) -> Sequence[ExportedNote]: ...
    @property
    def highlights(self) -> Sequence[ExportedHighlight]: ...
    def __bool__(self) -> bool: ...
    def to_dict(self) -> dict[str, Any]:
        """The JSON form."""


class ExportSource(Protocol):
    """The articles that match, in a stable order. Nothing is read before it is asked for."""

    @property
    def search(self) -> ExportedSearch:
        """What was asked, of which archive."""

    def articles(self) -> Iterator[Article]:
        """Each call starts anew; every article has an id."""

    def revisions(self, article_id: int) -> Sequence[ExportedRevision]:
        """Oldest first."""

    def captures(self, article_id: int) -> Sequence[ExportedCapture]:
        """Oldest first."""

    def marks(self, article_id: int) -> ExportedMarks:
        """What people put on an article."""

    def payload(self, capture: ExportedCapture) -> bytes:
        """The bytes as received, checked against their digest. Raises SnapshotDamaged."""

    def record(self, capture: ExportedCapture) -> bytes:
        """The WARC record that holds the payload, gzipped, as stored. Raises SnapshotDamaged."""

    def notify(self, message: str) -> None:
        """Tell whoever exports what an output lacks."""
