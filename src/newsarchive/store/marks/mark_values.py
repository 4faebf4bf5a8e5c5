"""What marks are: frozen values, and what may name one. Pure."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from newsarchive.base.dates import utc_text
from newsarchive.errors import InvalidArgument

# What can be typed after ``tag:`` and after a plus, in any script.
_TAG = re.compile(r"[^\W_][\w.:/&@#-]{0,63}")
_LONGEST_NAME = 100
_LONGEST_TEXT = 100_000


@dataclass(frozen=True, slots=True)
class Note:
    """What somebody wrote on an article, in Markdown; ``made_at`` is UTC."""

    id: int
    article_id: int
    made_at: datetime
    text: str

    def to_dict(self) -> dict[str, Any]:
        """The JSON form."""
        return {
            "id": self.id,
            "article_id": self.article_id,
            "made_at": utc_text(self.made_at),
            "text": self.text,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Highlight:
    """A passage that somebody marked, with a comment or none.

    ``sha256`` is of the state that it was made in, ``start`` where it began in the text of that
    state, in characters; ``before`` and ``after`` are what stood around it. ``place`` is where
    it stands in the text as it is now: None where that has it no more.
    """

    id: int
    article_id: int
    made_at: datetime
    sha256: str
    start: int
    quote: str
    before: str
    after: str
    comment: str | None
    place: int | None = None

    def to_dict(self) -> dict[str, Any]:
        """The JSON form."""
        return {
            "id": self.id,
            "article_id": self.article_id,
            "made_at": utc_text(self.made_at),
            "quote": self.quote,
            "comment": self.comment,
            "revision_sha256": self.sha256,
            "start": self.start,
            "place": self.place,
        }


@dataclass(frozen=True, slots=True)
class MarksOfArticle:
    """All that people put on one article."""

    tags: tuple[str, ...] = ()
    collections: tuple[str, ...] = ()
    notes: tuple[Note, ...] = ()
    highlights: tuple[Highlight, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.tags or self.collections or self.notes or self.highlights)

    def to_dict(self) -> dict[str, Any]:
        """The JSON form."""
        return {
            "tags": list(self.tags),
            "collections": list(self.collections),
            "notes": [{"made_at": utc_text(each.made_at), "text": each.text} for each in self.notes],
            "highlights": [
                {"made_at": utc_text(each.made_at), "quote": each.quote, "comment": each.comment}
                for each in self.highlights
            ],
        }


def folded(name: str) -> str:
    """A name as names are compared: of letters that look alike one, in lower case."""
    return unicodedata.normalize("NFC", " ".join(name.split()).casefold())


def tag_name(typed: str) -> str:
    """A tag as it is kept. Raises InvalidArgument for what can't be one."""
    name = folded(typed)
    if _TAG.fullmatch(name) is None:
        raise InvalidArgument(
            f"{typed[:40]!r} can't be a tag",
            hint="use letters, digits and - _ . : / & @ #, at most 64, the first a letter or digit",
        )
    return name


def collection_name(typed: str) -> str:
    """The name of a collection as it is kept. Raises InvalidArgument."""
    name = unicodedata.normalize("NFC", " ".join(typed.split()))
    if not name or len(name) > _LONGEST_NAME or not name.isprintable() or set(name) & set('*"\\'):
        raise InvalidArgument(
            f"{typed[:40]!r} can't name a collection",
            hint=f"use at most {_LONGEST_NAME} characters that can be read, without quotation marks and *",
        )
    return name


def written(typed: str) -> str:
    """The text of a note or comment. Raises InvalidArgument."""
    text = typed.replace("\r\n", "\n").strip()
    if not text or len(text) > _LONGEST_TEXT or "\0" in text:
        raise InvalidArgument(
            "there is nothing in it" if not text else "it is too long, or no text",
            hint=f"write 1 to {_LONGEST_TEXT:,} characters",
        )
    return text
