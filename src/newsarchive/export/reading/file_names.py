"""File names made of headlines, which strangers write."""

from __future__ import annotations

import re
import unicodedata

from newsarchive.export.clean_text import one_line
from newsarchive.model import Article

# Bytes of UTF-8; with day, id and suffix a name stays below the 255 that file systems hold.
_LONGEST = 100
# Windows takes none of these for a file, whatever the suffix.
_RESERVED = frozenset(
    [
        "con",
        "prn",
        "aux",
        "nul",
        *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10)),
    ]
)
_NOT_IN_NAMES = re.compile(r"[^\w\-]+")


def slug(text: str | None, *, default: str = "article") -> str:
    """Letters and digits of any script, the rest as hyphens; never a path, never a reserved name."""
    plain = unicodedata.normalize("NFC", one_line(text)).casefold()
    name = _NOT_IN_NAMES.sub("-", plain).strip("-_")
    name = name.encode("utf-8", "replace")[:_LONGEST].decode("utf-8", "ignore").strip("-_")
    return f"{name}-" if name in _RESERVED else name or default


def file_name(article: Article, suffix: str) -> str:
    """The day, the headline and the id, by which two of one headline differ on any file system."""
    day = str(article.date_published).split("T")[0] if article.date_published else "undated"
    return f"{day}-{slug(article.headline)}-{article.id}{suffix}"
