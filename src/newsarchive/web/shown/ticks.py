"""What a ticked value of a facet asks for, in the query language."""

from __future__ import annotations

from newsarchive.query.fields import NameField
from newsarchive.query.to_text import named_text

_FIELDS = {
    "publisher": NameField.PUBLISHER,
    "section": NameField.SECTION,
    "author": NameField.AUTHOR,
    "keyword": NameField.KEYWORD,
    "language": NameField.LANG,
}


def limit(facet: str, value: str) -> str:
    """The articles that a facet counts under a value; raises ValueError for one that no query can name."""
    field = _FIELDS[facet]
    return named_text(field, value) if value.strip() else f"-has:{field}"


def can_be_ticked(facet: str, value: str) -> bool:
    """Whether a query can name a value."""
    try:
        limit(facet, value)
    except ValueError:
        return False
    return True
