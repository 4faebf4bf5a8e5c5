"""What an article is when several captures, readings or people speak of it. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from newsarchive.model import Article, Confidence, EvidenceSource

# Fields that are derived from others, or given by the database: no page states them.
_DERIVED = frozenset(("id", "word_count"))

# Fields of the article as a whole, whichever revision is the current one; then those of a revision.
_OF_THE_ARTICLE = (
    "url",
    "authors",
    "publisher",
    "section",
    "keywords",
    "language",
    "image",
    "is_accessible_for_free",
)
_OF_THE_STATE = ("description", "date_modified")

_RANK = {None: 0, Confidence.LOW: 1, Confidence.MEDIUM: 2, Confidence.HIGH: 3}


def with_better_date(article: Article, other: Article) -> Article:
    """The article, with the publication date of another capture of it where that is better known.

    Of two dates of the same confidence the first article's stays.
    """
    if _RANK[other.date_confidence] <= _RANK[article.date_confidence]:
        return article
    kept = tuple(item for item in article.evidence if item.field != "date_published")
    added = tuple(item for item in other.evidence if item.field == "date_published")
    return replace(
        article,
        date_published=other.date_published,
        date_confidence=other.date_confidence,
        evidence=kept + added,
    )


def combined(article: Article, other: Article, *, same_state: bool) -> Article:
    """The article, with what it leaves unsaid and another capture of it says, and the better date.

    Not to say is no statement: the byline that a copy for phones leaves out stays known.
    ``same_state``: both have the same headline and text, so that what is said of these holds, too.
    """
    fields = _OF_THE_ARTICLE + (_OF_THE_STATE if same_state else ())
    taken = {
        name for name in fields if _is_empty(getattr(article, name)) and not _is_empty(getattr(other, name))
    }
    if taken:
        added = tuple(item for item in other.evidence if item.field in taken)
        kept = tuple(item for item in article.evidence if item.field not in taken)
        values = {name: getattr(other, name) for name in taken}
        article = replace(article, **values, evidence=kept + added)
    return with_better_date(article, other)


def with_user_values(article: Article, known: Article) -> Article:
    """The article, with the values that a person gave it before: no reading knows better."""
    fields = {item.field for item in known.evidence if item.source is EvidenceSource.USER}
    if not fields:
        return article
    values = {name: getattr(known, name) for name in fields}
    if "date_published" in fields:
        values["date_confidence"] = known.date_confidence
    kept = tuple(item for item in article.evidence if item.field not in fields)
    given = tuple(item for item in known.evidence if item.field in fields)
    return replace(article, **values, evidence=kept + given)


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field that is read otherwise than before; the values are those of the JSON form."""

    field: str
    before: Any
    after: Any

    @property
    def kind(self) -> str:
        """``found`` where nothing was stated before, ``lost`` where nothing is now, else ``changed``."""
        if _is_empty(self.before):
            return "found"
        return "lost" if _is_empty(self.after) else "changed"


def changes(before: Article, after: Article) -> Iterator[FieldChange]:
    """The fields in which two readings differ, in the order of the JSON form."""
    old, new = before.to_dict(), after.to_dict()
    for field in old:
        if field not in _DERIVED and _storable(old[field]) != _storable(new[field]):
            yield FieldChange(field, old[field], new[field])


def _is_empty(value: Any) -> bool:
    return value is None or value in ("", [], ())


def _storable(value: Any) -> Any:
    """A value as the tables give it back: with ``?`` for half a surrogate pair."""
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode("utf-8")
    if isinstance(value, list):
        return [_storable(item) for item in value]
    if isinstance(value, dict):
        return {name: _storable(item) for name, item in value.items()}
    return value
