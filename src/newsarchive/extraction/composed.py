"""One form for letters that Unicode lets one write in two ways."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from unicodedata import is_normalized, normalize

from newsarchive.model import Article, Evidence

_TEXTS = ("headline", "description", "publisher", "section", "language", "url", "image", "text")


def composed(article: Article) -> Article:
    """The article with every value in Unicode's composed form (NFC), so that one name is one name.

    What evidence quotes of the page stays as it was found.
    """
    changed: dict[str, Any] = {
        name: normalize("NFC", value)
        for name in _TEXTS
        if (value := getattr(article, name)) is not None and not _is_composed(value)
    }
    for name in ("authors", "keywords"):
        values = getattr(article, name)
        if not all(map(_is_composed, values)):
            changed[name] = tuple(normalize("NFC", value) for value in values)
    if not all(_is_composed(item.value) for item in article.evidence):
        changed["evidence"] = tuple(map(_composed_evidence, article.evidence))
    return replace(article, **changed) if changed else article


def _composed_evidence(item: Evidence) -> Evidence:
    return replace(item, value=normalize("NFC", item.value))


def _is_composed(value: str) -> bool:
    return value.isascii() or is_normalized("NFC", value)
