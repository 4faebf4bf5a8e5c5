"""Between articles and rows of the tables. Pure."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any, Protocol

from newsarchive.base.dates import PartialDate, read_utc_text
from newsarchive.base.urls import is_site_root
from newsarchive.errors import Hint, Remedy, StoreError
from newsarchive.model import Article, Confidence, Evidence, EvidenceSource


class Origin(Protocol):
    """What a capture says of where it came from."""

    @property
    def dataset(self) -> str | None:
        """The dataset of which it is a row."""

    @property
    def identifier(self) -> str | None:
        """Its id there."""


def identity(article: Article, capture: Origin) -> str:
    """What makes two captures the same article.

    Its canonical URL, unless that is a front page's, which all pages of a site
    may name; else the identifier that its source gives it; else the digest of
    its text.
    """
    if article.url is not None and not is_site_root(article.url):
        return f"url:{article.url}"
    if capture.dataset is not None and capture.identifier is not None:
        return f"row:{capture.dataset}/{capture.identifier}"
    return f"sha256:{state_digest(article)}"


def state_digest(article: Article) -> str:
    """The digest of what makes a revision: the headline and the text."""
    state = f"{article.headline or ''}\n{article.text}"
    return hashlib.sha256(state.encode("utf-8", "surrogatepass")).hexdigest()


def article_columns(article: Article) -> dict[str, Any]:
    """The columns of ``articles`` that come from the page."""
    free = article.is_accessible_for_free
    return {
        "url": article.url,
        "headline": article.headline,
        "description": article.description,
        "publisher": article.publisher,
        "section": article.section,
        "language": article.language,
        "image": article.image,
        "is_accessible_for_free": None if free is None else int(free),
        **_published_columns(article),
        **_modified_columns(article.date_modified),
        "word_count": article.word_count,
    }


def _published_columns(article: Article) -> dict[str, Any]:
    published = article.date_published
    evidence = published_evidence(article)
    return {
        "date_published": None if published is None else published.isoformat(),
        "date_confidence": None if article.date_confidence is None else article.date_confidence.value,
        "published_source": None if evidence is None else evidence.source.value,
        "published_raw": None if evidence is None else evidence.raw,
        "published_precision": None if published is None else published.precision.value,
        "published_offset": None if published is None else published.offset,
        "published_earliest": None if published is None else published.earliest.isoformat(),
        "published_latest": None if published is None else published.latest.isoformat(),
        "published_sort": None if published is None else published.sort_key,
    }


def _modified_columns(modified: PartialDate | None) -> dict[str, Any]:
    return {
        "date_modified": None if modified is None else modified.isoformat(),
        "modified_earliest": None if modified is None else modified.earliest.isoformat(),
        "modified_latest": None if modified is None else modified.latest.isoformat(),
    }


def published_evidence(article: Article) -> Evidence | None:
    """The evidence that the publication date was taken from."""
    if article.date_published is None:
        return None
    value = article.date_published.isoformat()
    return next(
        (item for item in article.evidence if item.field == "date_published" and item.value == value), None
    )


def article_from_row(
    row: sqlite3.Row,
    *,
    authors: tuple[str, ...],
    keywords: tuple[str, ...],
    evidence: tuple[Evidence, ...],
) -> Article:
    """An article from a row of ``article_texts`` and its lists."""
    free = row["is_accessible_for_free"]
    confidence = row["date_confidence"]
    return Article(
        id=row["id"],
        url=row["url"],
        headline=row["headline"],
        description=row["description"],
        authors=authors,
        date_published=_partial_date(row["date_published"]),
        date_confidence=None if confidence is None else Confidence(confidence),
        date_modified=_partial_date(row["date_modified"]),
        publisher=row["publisher"],
        section=row["section"],
        keywords=keywords,
        language=row["language"],
        image=row["image"],
        is_accessible_for_free=None if free is None else bool(free),
        text=row["text"],
        evidence=evidence,
    )


def evidence_from_row(row: sqlite3.Row) -> Evidence:
    """An evidence from its row."""
    return Evidence(
        field=row["field"],
        value=row["value"],
        source=EvidenceSource(row["source"]),
        raw=row["raw"],
        confidence=Confidence(row["confidence"]),
    )


def storable(values: Iterable[Any]) -> tuple[Any, ...]:
    """Values as SQLite takes them: half a surrogate pair, which JSON can name, becomes ``?``."""
    return tuple(
        value.encode("utf-8", "replace").decode("utf-8")
        if isinstance(value, str) and not value.isascii()
        else value
        for value in values
    )


def damaged(what: str, exc: Exception) -> StoreError:
    """The error of a value that another program put there, or a disk."""
    return StoreError(
        f"{what} has a value that newsarchive did not write: {exc}",
        hint=Hint("verifying says what it can be restored from", Remedy.VERIFY),
    )


@contextmanager
def values_of(what: str) -> Iterator[None]:
    """Read values within it: what is none of its kind raises StoreError."""
    try:
        yield
    except (ValueError, TypeError, AttributeError, KeyError, OverflowError) as exc:
        raise damaged(what, exc) from exc


def moment_of(text: str, what: str) -> datetime:
    """A moment from its column. Raises StoreError: ``what`` has one that another program put there."""
    try:
        return read_utc_text(text)
    except (ValueError, TypeError, OverflowError) as exc:
        raise StoreError(
            f"{what} has a time that newsarchive did not write: {exc}",
            hint=Hint("verifying says what it can be restored from", Remedy.VERIFY),
        ) from exc


def day_of(text: str) -> date:
    """The day of a moment made by ``utc_text``, or of a day. Raises StoreError where it is none."""
    try:
        return date.fromisoformat(text[:10])
    except (ValueError, TypeError) as exc:
        raise damaged("a date", exc) from exc


def whole_number(value: object) -> int:
    """A number from its column: SQLite keeps whatever is put there. Raises ValueError."""
    if not isinstance(value, int):
        raise ValueError(f"{value!r:.60} is no number")
    return value


def _partial_date(text: str | None) -> PartialDate | None:
    return None if text is None else PartialDate.fromisoformat(text)
