"""The nouns of the archive: Capture, Article, Evidence. Frozen values, no I/O."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING, Any

from newsarchive.base.dates import PartialDate
from newsarchive.base.frozen import frozen
from newsarchive.base.scripts import count_words

if TYPE_CHECKING:
    # The table of formats is of no use to a search.
    from newsarchive.formats import PageFormat


class Confidence(StrEnum):
    """How far a value may be trusted.

    HIGH: stated for machines (structured data, meta tags) or by the user.
    MEDIUM: read off the page or its URL. LOW: a guess, marked wherever shown.
    """

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class EvidenceSource(StrEnum):
    """Where on a page, or beside it, a value was found."""

    JSON_LD = "json-ld"
    META = "meta"
    MICRODATA = "microdata"
    RDFA = "rdfa"
    TIME_TAG = "time-tag"
    HTML = "html"
    URL = "url"
    TEXT = "text"
    MASTHEAD = "masthead"
    DATASET = "dataset"
    MAIL = "mail"
    HTTP = "http"
    USER = "user"
    LIMIT = "limit"


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where the value of one field came from, with the raw string it was read from."""

    field: str
    value: str
    source: EvidenceSource
    raw: str
    confidence: Confidence

    def to_dict(self) -> dict[str, str]:
        """The JSON form."""
        return {
            "field": self.field,
            "value": self.value,
            "source": self.source.value,
            "raw": self.raw,
            "confidence": self.confidence.value,
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, str]) -> Evidence:
        """The inverse of ``to_dict``."""
        return cls(
            field=data["field"],
            value=data["value"],
            source=EvidenceSource(data["source"]),
            raw=data["raw"],
            confidence=Confidence(data["confidence"]),
        )


@dataclass(frozen=True, kw_only=True)
class Capture:
    """Bytes as received from a source, with their format and provenance.

    ``source`` is what the user named (a path, a URL, ``-``), with a line number
    for a row of a dataset. ``url`` is where the bytes were fetched from, if
    they were. ``dataset`` and ``identifier`` name a row of a dataset.
    ``exchange`` holds requests and responses as gzipped WARC records, the final
    response last; None where there were none. ``fetched`` tells that they are of now.
    ``time_known`` tells whether ``captured_at`` is when the bytes were captured,
    or only when they came here.
    """

    payload: bytes
    source: str
    captured_at: datetime
    format: PageFormat
    content_type: str | None = None
    url: str | None = None
    dataset: str | None = None
    identifier: str | None = None
    exchange: bytes | None = None
    time_known: bool = False
    fetched: bool = False

    @cached_property
    def sha256(self) -> str:
        """The SHA-256 of the payload, in hexadecimal."""
        return hashlib.sha256(self.payload).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """What was extracted from a capture; the fields are those of schema.org's NewsArticle.

    None and the empty tuple mean "not stated". ``text`` holds paragraphs
    separated by one newline. ``language`` is a BCP 47 tag, ``url`` the
    canonical URL, ``id`` the number of the article in its archive.
    """

    headline: str | None = None
    description: str | None = None
    authors: tuple[str, ...] = ()
    date_published: PartialDate | None = None
    date_confidence: Confidence | None = None
    date_modified: PartialDate | None = None
    publisher: str | None = None
    section: str | None = None
    keywords: tuple[str, ...] = ()
    language: str | None = None
    url: str | None = None
    image: str | None = None
    is_accessible_for_free: bool | None = None
    text: str = ""
    evidence: tuple[Evidence, ...] = ()
    id: int | None = None

    @property
    def word_count(self) -> int:
        """Words of the text; in scripts without spaces, characters."""
        return count_words(self.text)

    @property
    def date_is_guess(self) -> bool:
        """Whether the publication date must be marked as a guess wherever it is shown."""
        return self.date_confidence is Confidence.LOW

    def to_dict(self) -> dict[str, Any]:
        """The JSON form, as documented in docs/reference/json.md."""
        return {
            "id": self.id,
            "url": self.url,
            "headline": self.headline,
            "description": self.description,
            "authors": list(self.authors),
            "date_published": _iso(self.date_published),
            "date_confidence": None if self.date_confidence is None else self.date_confidence.value,
            "date_modified": _iso(self.date_modified),
            "publisher": self.publisher,
            "section": self.section,
            "keywords": list(self.keywords),
            "language": self.language,
            "image": self.image,
            "is_accessible_for_free": self.is_accessible_for_free,
            "text": self.text,
            "word_count": self.word_count,
            "evidence": [evidence.to_dict() for evidence in self.evidence],
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Article:
        """The inverse of ``to_dict``."""
        return cls(
            id=data["id"],
            url=data["url"],
            headline=data["headline"],
            description=data["description"],
            authors=tuple(data["authors"]),
            date_published=_partial_date(data["date_published"]),
            date_confidence=None if data["date_confidence"] is None else Confidence(data["date_confidence"]),
            date_modified=_partial_date(data["date_modified"]),
            publisher=data["publisher"],
            section=data["section"],
            keywords=tuple(data["keywords"]),
            language=data["language"],
            image=data["image"],
            is_accessible_for_free=data["is_accessible_for_free"],
            text=data["text"],
            evidence=tuple(Evidence.from_dict(item) for item in data["evidence"]),
        )


@frozen
class ArticleState:
    """One state of an article that had several; ``day`` (UTC) is when it was first captured."""

    day: date
    headline: str | None
    description: str | None
    date_published: str | None
    date_modified: str | None
    text: str


@frozen
class IndexedArticle:
    """An article as engines see it: its fields, and what only the store knows of it.

    ``article.id`` is set. ``captured`` holds the days (UTC) of its first and last capture,
    ``spellings`` other names of its publisher, ``states`` those it had, the oldest
    first, where it had several.
    """

    article: Article
    revisions: int
    captured: tuple[date, date]
    spellings: tuple[str, ...] = ()
    states: tuple[ArticleState, ...] = ()


@frozen
class IndexChange:
    """One step of the store's change counter; ``document`` is None where the article is gone."""

    change: int
    article_id: int
    document: IndexedArticle | None


def _iso(value: PartialDate | None) -> str | None:
    return None if value is None else value.isoformat()


def _partial_date(text: str | None) -> PartialDate | None:
    return None if text is None else PartialDate.fromisoformat(text)
