"""What became of a source, or of an article that was reextracted: a value, never an exception."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, ClassVar

from newsarchive.base.dates import PartialDate
from newsarchive.errors import AcquireError, NewsArchiveError
from newsarchive.store.writing.combined_article import FieldChange

# Texts are too long to print; who wants them reads the revisions and the evidence.
_NAMED_ONLY = frozenset(("text", "evidence"))


@dataclass(frozen=True, slots=True)
class _OfArticle:
    """An outcome that has an article."""

    name: ClassVar[str]
    source: str
    article_id: int
    # What there was too much of, and is not kept: text, authors, keywords.
    left_out: tuple[str, ...] = field(default=(), kw_only=True, repr=False)

    def to_dict(self) -> dict[str, Any]:
        """The JSON form."""
        left_out = {"left_out": list(self.left_out)} if self.left_out else {}
        return {"source": self.source, "outcome": self.name, "id": self.article_id, **left_out}


@dataclass(frozen=True, slots=True)
class Added(_OfArticle):
    """A new article."""

    name: ClassVar[str] = "added"


@dataclass(frozen=True, slots=True)
class Revised(_OfArticle):
    """An article that was known, with another headline or text than before."""

    name: ClassVar[str] = "revised"


@dataclass(frozen=True, slots=True)
class Unchanged(_OfArticle):
    """An article that was known, and says what it said before.

    ``remark`` says what the capture shows where that is not the article: an error page, a
    paywall, a consent wall or another story. It is kept, and the article keeps its text.
    """

    name: ClassVar[str] = "unchanged"
    remark: str | None = None

    def to_dict(self) -> dict[str, Any]:
        """The JSON form."""
        found = _OfArticle.to_dict(self)
        return found if self.remark is None else {**found, "remark": self.remark}


@dataclass(frozen=True, slots=True)
class Recovered(_OfArticle):
    """A capture from which no article came before, and one does now."""

    name: ClassVar[str] = "recovered"


@dataclass(frozen=True, slots=True)
class _WithChanges(_OfArticle):
    """An outcome that says in which fields the article differs from before."""

    changes: tuple[FieldChange, ...]

    def to_dict(self) -> dict[str, Any]:
        """The JSON form."""
        return {
            **_OfArticle.to_dict(self),
            "fields": [change.field for change in self.changes],
            "changes": {
                change.field: {"before": change.before, "after": change.after}
                for change in self.changes
                if change.field not in _NAMED_ONLY
            },
        }


@dataclass(frozen=True, slots=True)
class Updated(_WithChanges):
    """An article that was known, with the same headline and text, and other values beside them."""

    name: ClassVar[str] = "updated"


@dataclass(frozen=True, slots=True)
class Changed(_WithChanges):
    """An article that extraction reads otherwise than before; ``is_revised``: its headline or text too."""

    name: ClassVar[str] = "changed"
    is_revised: bool

    def to_dict(self) -> dict[str, Any]:
        """The JSON form."""
        return {**_WithChanges.to_dict(self), "revised": self.is_revised}


@dataclass(frozen=True, slots=True)
class Failed:
    """A source from which no article came, and why. Bytes that were received are kept."""

    name: ClassVar[str] = "failed"
    source: str
    error: NewsArchiveError

    @property
    def status(self) -> int | None:
        """What a server answered, where that is why."""
        return self.error.status if isinstance(self.error, AcquireError) else None

    @property
    def is_dead_link(self) -> bool:
        """Whether it is an address from which nothing could be fetched."""
        return isinstance(self.error, AcquireError) and self.source.startswith(("http://", "https://"))

    def to_dict(self) -> dict[str, Any]:
        """The JSON form."""
        status = {} if self.status is None else {"status": self.status}
        return {
            "source": self.source,
            "outcome": self.name,
            "error": self.error.message,
            "hint": self.error.hint,
            **status,
        }


@dataclass(frozen=True, slots=True)
class NotRead:
    """What is no page in a folder or container, but ``kind``; there are ``number`` of it."""

    name: ClassVar[str] = "not_read"
    source: str
    kind: str
    number: int = 1

    def to_dict(self) -> dict[str, Any]:
        """The JSON form."""
        return {"source": self.source, "outcome": self.name, "kind": self.kind, "number": self.number}


@dataclass(frozen=True, slots=True)
class Listed:
    """An address that a file names, and that was not fetched."""

    name: ClassVar[str] = "listed"
    source: str
    url: str
    title: str | None = None

    def to_dict(self) -> dict[str, Any]:
        """The JSON form."""
        return {"source": self.source, "outcome": self.name, "url": self.url, "title": self.title}


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What would become an article, if it were added."""

    name: ClassVar[str] = "foreseen"
    source: str
    headline: str | None
    date_published: PartialDate | None
    words: int

    def to_dict(self) -> dict[str, Any]:
        """The JSON form."""
        return {
            "source": self.source,
            "outcome": self.name,
            "headline": self.headline,
            "date_published": None if self.date_published is None else self.date_published.isoformat(),
            "word_count": self.words,
        }


Outcome = Added | Revised | Updated | Unchanged | Failed | NotRead | Listed | Foreseen
Reextracted = Changed | Recovered | Unchanged | Failed
