"""Which headings of the first rank are of the page's own story, by where their links lead."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from lxml.etree import _Element

from newsarchive.base import urls
from newsarchive.extraction.page.element_text import text_of
from newsarchive.extraction.words.strings import key

_MAX_HEADINGS = 10


@dataclass(frozen=True, slots=True)
class Headings:
    """The texts of the first headings of the first rank, in page order.

    A heading that is a link as a whole leads to the site's front page or to a folder above the
    page where it is the masthead's, and to another address where it is another story's.
    """

    own: tuple[str, ...]
    mastheads: tuple[str, ...] = ()

    @classmethod
    def of(cls, elements: list[_Element], *, address: str | None) -> Headings:
        """Sort headings; another story's are the page's own only where it has no others."""
        texts = [(text_of(element), _link_of(element)) for element in elements[:_MAX_HEADINGS]]
        mastheads = tuple(text for text, link in texts if text and link and _is_above(link, address))
        named = [(text, link) for text, link in texts if text and not (link and _is_above(link, address))]
        own = [text for text, link in named if link is None or not _is_elsewhere(link, address)]
        return cls(tuple(own or (text for text, _ in named)), mastheads)


def _link_of(heading: _Element) -> str | None:
    """Where the link leads that holds all of a heading's text, or that the heading stands in."""
    inside = next(heading.iter("a"), None)
    if inside is not None:
        whole = key(text_of(inside)) == key(text_of(heading))
        if "home" in (inside.get("rel") or "").split():
            return "/" if whole else None
        return inside.get("href") if whole else None
    around = heading.getparent()
    return around.get("href") if around is not None and around.tag == "a" else None


def _is_above(link: str, address: str | None) -> bool:
    """Whether a link leads to the front page, or to a folder that the page stands in."""
    resolved = urls.resolve(link, base=address)
    if resolved is None or address is None:
        return link in ("/", "./") or (resolved is not None and urls.is_site_root(resolved))
    if urls.is_site_root(address) or resolved == urls.normalize(address):
        return False
    if urls.is_site_root(resolved):
        return True
    folder, page = urlsplit(resolved), urlsplit(address)
    same_host = urls.host(resolved) == urls.host(address)
    return same_host and folder.path.endswith("/") and page.path.startswith(folder.path)


def _is_elsewhere(link: str, address: str | None) -> bool:
    """Whether a link leads to another page, as far as is known which this one is."""
    if address is None or link.startswith(("#", "javascript:")):
        return False
    resolved, own = urls.resolve(link, base=address), urls.normalize(address)
    return resolved is not None and own is not None and _bare(resolved) != _bare(own)


def _bare(address: str) -> str:
    """An address without what sites write either way: scheme, www, parameters, a last slash."""
    return (urls.host(address) or "") + urlsplit(address).path.rstrip("/")
