"""Which hosts are one site."""

from __future__ import annotations

from newsarchive.base import urls

# Two-part public suffixes are those of countries with a second level for companies.
_SECOND_LEVEL = frozenset("co com org net gov edu ac or ne go gob nom asso".split())


def site_of(url: str) -> str:
    """The registrable part of a URL's host, judged without a list of suffixes."""
    labels = (urls.host(url) or "").split(".")
    size = 3 if len(labels) > 2 and len(labels[-1]) == 2 and labels[-2] in _SECOND_LEVEL else 2
    return ".".join(labels[-size:])
