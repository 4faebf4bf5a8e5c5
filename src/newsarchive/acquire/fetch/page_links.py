"""Where a page sends its readers, and what it names of itself, read off its head without a parser. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from urllib.parse import urljoin

from newsarchive.base.text_openings import text_of

# Links of the head stand near the start; a page of 20 MB is not searched to its end.
_HEAD = 400_000
_TAG = re.compile(r"<(?P<name>html|link|meta|a)\b(?P<attributes>[^>]{0,5000})>", re.IGNORECASE)
_ATTRIBUTE = re.compile(
    r"""(?P<name>[^\s"'=<>/]+)(?:\s*=\s*(?:"(?P<quoted>[^"]*)"|'(?P<single>[^']*)'|(?P<bare>[^\s"'>]+)))?"""
)
_IGNORED = re.compile(r"<!--.*?-->|<(script|noscript|template)\b.*?</\1\s*>", re.IGNORECASE | re.DOTALL)
_REFRESH = re.compile(
    r"""\s*(?P<seconds>\d+)(?:\.\d*)?\s*[;,]\s*(?:url\s*=\s*)?["']?(?P<url>[^"']+)""", re.IGNORECASE
)
# A page that is shown for longer is a page; news sites reload theirs every few minutes.
_LONGEST_REFRESH = 10
_FEED_TYPES = frozenset({"application/rss+xml", "application/atom+xml", "application/feed+json"})


def followed(url: str, payload: bytes) -> str | None:
    """Where a page leads: by a refresh, or as the short form (AMP) of another; None where it stays."""
    tags = list(_tags(payload))
    target = _refresh(tags) or (_canonical(tags) if _is_amp(tags) else None)
    absolute = None if target is None else _absolute(url, target)
    return None if absolute == url else absolute


def feeds_of(url: str, payload: bytes) -> list[str]:
    """The feeds that a page names, in its order, each once."""
    found = (
        _absolute(url, attributes["href"])
        for name, attributes in _tags(payload)
        if name in ("link", "a")
        and "alternate" in attributes.get("rel", "").lower().split()
        and attributes.get("type", "").split(";")[0].strip().lower() in _FEED_TYPES
        and attributes.get("href")
    )
    return list(dict.fromkeys(each for each in found if each is not None))


def anchors_of(url: str, payload: bytes) -> list[str]:
    """The addresses that a page links to, in its order, each once, without fragments."""
    found = (
        _absolute(url, attributes["href"])
        for name, attributes in _tags(payload, whole=True)
        if name == "a" and attributes.get("href")
    )
    return list(dict.fromkeys(each.partition("#")[0] for each in found if each is not None))


def _tags(payload: bytes, *, whole: bool = False) -> Iterator[tuple[str, dict[str, str]]]:
    text = _IGNORED.sub("", text_of(payload if whole else payload[:_HEAD]))
    for match in _TAG.finditer(text):
        attributes = {
            one["name"].lower(): unescape(one["quoted"] or one["single"] or one["bare"] or "").strip()
            for one in _ATTRIBUTE.finditer(match["attributes"])
        }
        yield match["name"].lower(), attributes


def _refresh(tags: list[tuple[str, dict[str, str]]]) -> str | None:
    for name, attributes in tags:
        if name == "meta" and attributes.get("http-equiv", "").lower() == "refresh":
            match = _REFRESH.match(attributes.get("content", ""))
            if match and int(match["seconds"]) <= _LONGEST_REFRESH:
                return match["url"].strip()
    return None


def _is_amp(tags: list[tuple[str, dict[str, str]]]) -> bool:
    return any(name == "html" and ("amp" in attributes or "⚡" in attributes) for name, attributes in tags)


def _canonical(tags: list[tuple[str, dict[str, str]]]) -> str | None:
    for name, attributes in tags:
        if name == "link" and "canonical" in attributes.get("rel", "").lower().split():
            return attributes.get("href") or None
    return None


def _absolute(url: str, target: str) -> str | None:
    try:
        found = urljoin(url, target.strip())
    except ValueError:
        return None
    return found if found.startswith(("http://", "https://")) else None
