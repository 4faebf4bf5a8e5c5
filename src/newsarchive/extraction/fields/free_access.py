"""Whether the article is free to read, where the page says so."""

from __future__ import annotations

from newsarchive.extraction.page.parsed_page import Page

_WORDS = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}
_TIERS = {"free": True, "metered": False, "locked": False, "paid": False, "subscription": False}


def choose(page: Page) -> bool | None:
    """Read isAccessibleForFree of the article, of its parts, then the content tier; None is not stated."""
    article = page.json_ld.article
    stated = _flag(article.get("isAccessibleForFree"))
    if stated is not None:
        return stated
    parts = [_part(part) for part in page.json_ld.resolve(article.get("hasPart"))]
    if False in parts:
        return False
    for item in page.items.named("isaccessibleforfree"):
        stated = _flag(item.machine_value or item.element.text)
        if stated is not None:
            return stated
    tier = page.metas.first("article:content_tier", "og:article:content_tier")
    return _TIERS.get(tier.lower()) if tier else None


def _part(node: object) -> bool | None:
    return _flag(node.get("isAccessibleForFree")) if isinstance(node, dict) else None


def _flag(value: object) -> bool | None:
    if isinstance(value, list):
        value = value[0] if value else None
    if isinstance(value, bool):
        return value
    if not isinstance(value, str):
        return None
    # Some pages write the vocabulary's address: http://schema.org/False.
    return _WORDS.get(value.strip().rsplit("/", 1)[-1].lower())
