"""Which hosts are one site: the public suffix list tells a company's name from a registry's."""

from __future__ import annotations

import re
from functools import lru_cache

from newsarchive.base import urls

# Hosts whose customers have a host each, and which the public suffix list lacks.
_SHARED = frozenset(
    "wordpress.com tumblr.com substack.com typepad.com livejournal.com medium.com over-blog.com "
    "canalblog.com blog.hu blogs.com hatenablog.com ghost.io webnode.com jimdo.com weebly.com "
    "wixsite.com".split()
)
_NUMERIC = re.compile(r"[\d.]+|\[.*\]")


def site_of(url: str) -> str:
    """The registrable part of a URL's host; on a host that many share, a customer's own part."""
    return _site_of_host(urls.host(url) or "")


@lru_cache(maxsize=5_000)
def _site_of_host(host: str) -> str:
    if _NUMERIC.fullmatch(host):
        return host
    labels = host.split(".")
    return ".".join(labels[-_size(host, labels) :])


def _size(host: str, labels: list[str]) -> int:
    """How many labels the registrable name of a host has: those of its public suffix, and one."""
    if any(host.endswith(f".{shared}") for shared in _SHARED):
        return 3
    # Imported here: reading the public suffix list takes longer than a search in a fresh process may.
    from tld import get_tld

    found = get_tld(f"https://{host}", as_object=True, search_private=True, fail_silently=True)
    name = None if found is None or isinstance(found, str) else found.fld
    return name.count(".") + 1 if name else min(2, len(labels))
