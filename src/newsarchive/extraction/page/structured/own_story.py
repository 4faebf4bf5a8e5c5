"""Which story on a page is its own: by the addresses that the page bears, and by what it calls itself."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum

from newsarchive.extraction.words.strings import key
from newsarchive.extraction.words.titles import likeness

# A headline written anew for search engines is still like the one that readers see; another
# story's shares a word with it by chance.
_SAME, _OTHER = 0.75, 0.45
_MIN_PART = 12


class Claim(IntEnum):
    """What a node says of whether it is the page's own story."""

    OWN = 0
    SILENT = 1
    OTHER = 2


@dataclass(frozen=True, slots=True)
class OwnStory:
    """What tells a page's own story from the others that it names."""

    addresses: frozenset[str] = frozenset()
    titles: tuple[str, ...] = ()

    def claim(self, addresses: Iterable[str], headline: str | None) -> Claim:
        """Judge a node by the addresses and the headline that it gives of itself."""
        listed = [_bare(address) for address in addresses]
        own = {_bare(address) for address in self.addresses}
        if any(address in own for address in listed):
            return Claim.OWN
        alike = max((_alike(headline, title) for title in self.titles), default=0.0) if headline else None
        if alike is not None and alike >= _SAME:
            return Claim.OWN
        if alike is not None and self.titles and alike < _OTHER:
            return Claim.OTHER
        return Claim.SILENT


def _alike(headline: str, title: str) -> float:
    part, whole = sorted((key(headline), key(title)), key=len)
    if len(part) >= _MIN_PART and part in whole:
        return 1.0
    return 1.0 if part == whole and part else likeness(headline, title)


def _bare(address: str) -> str:
    """An address without its scheme and a last slash, which sites write either way."""
    return address.partition("://")[2].removeprefix("www.").rstrip("/")
