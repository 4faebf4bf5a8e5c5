"""The columns of tables, and what a cell says."""

from __future__ import annotations

from dataclasses import dataclass, field
from difflib import get_close_matches

from newsarchive.errors import ExportError
from newsarchive.export.export_format import said
from newsarchive.model import Article

COLUMNS = (
    "id",
    "url",
    "headline",
    "description",
    "authors",
    "date_published",
    "date_confidence",
    "date_modified",
    "publisher",
    "section",
    "keywords",
    "language",
    "image",
    "is_accessible_for_free",
    "word_count",
    "text",
)


def known_fields(names: tuple[str, ...], known: tuple[str, ...]) -> tuple[str, ...]:
    """The names, each once, or all that are known; raises ExportError for one that is not."""
    for name in names:
        if name not in known:
            near = get_close_matches(name, known, n=1)
            hint = f"did you mean {near[0]}?" if near else f"fields: {', '.join(known)}"
            raise ExportError(f"articles have no field {name!r}", hint=hint)
    return tuple(dict.fromkeys(names)) or known


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnOptions:
    """Options of tables."""

    fields: tuple[str, ...] = field(
        default=(), metadata=said("The fields to write, in their order: headline,publisher,url.")
    )

    def __post_init__(self) -> None:
        known_fields(self.fields, COLUMNS)

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns to write."""
        return known_fields(self.fields, COLUMNS)


def cell(article: Article, column: str) -> str | int | bool | None:
    """What a table says in one column of an article: lists are joined, dates are ISO 8601."""
    value = getattr(article, column)
    if value is None or isinstance(value, str | bool | int):
        return value
    return "; ".join(value) if isinstance(value, tuple) else str(value)
