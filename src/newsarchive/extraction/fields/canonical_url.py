"""The canonical URL: which address names this article, and which only claims to.

A wrong canonical URL makes two articles one, and the archive loses a page. A
claim is therefore taken only where it can be the article's own address.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from urllib.parse import urlsplit

from newsarchive.base import urls
from newsarchive.base.sites import site_of
from newsarchive.extraction.candidate import Candidate
from newsarchive.extraction.page.parsed_page import Page
from newsarchive.extraction.page.structured.json_ld import addresses
from newsarchive.model import Confidence, EvidenceSource

# The first labels of hosts that carry the same articles as the site itself.
_SIBLINGS = frozenset("www m mobile amp touch wap print edition news web".split())


def collect(page: Page) -> Iterator[Candidate[str]]:
    """Yield the addresses that the page gives of itself, the most binding first."""
    base = page.url
    for link in page.survey.tagged("link"):
        if "canonical" in (link.get("rel") or "").lower().split():
            yield from _candidate(link.get("href"), base, EvidenceSource.HTML)
    for _, content in page.metas.all("og:url"):
        yield from _candidate(content, base, EvidenceSource.META)
    for address in addresses(page.json_ld.article):
        yield from _candidate(address, base, EvidenceSource.JSON_LD)
    for item in page.items.named("mainentityofpage", "url"):
        if item.element.tag in ("link", "meta") and item.link:
            yield from _candidate(item.link, base, item.source)
    for _, content in page.metas.all("twitter:url", "parsely-link", "citation_public_url"):
        yield from _candidate(content, base, EvidenceSource.META)


def choose(candidates: Iterable[Candidate[str]], *, fetched: str | None) -> Candidate[str] | None:
    """Take the first claim that can be true; the address that was fetched where none can."""
    own = urls.normalize(fetched) if fetched else None
    for candidate in candidates:
        if _plausible(candidate.value, own):
            return candidate
    if own is None:
        return None
    return Candidate("url", own, EvidenceSource.URL, fetched or own, Confidence.HIGH)


def _plausible(claim: str, fetched: str | None) -> bool:
    if fetched is None:
        return _names_an_article(claim)
    if claim == fetched:
        return True
    if site_of(claim) != site_of(fetched) or not _names_an_article(claim):
        return False
    # A page that calls its section its address would swallow the section's other pages.
    return not _is_above(claim, fetched)


def _names_an_article(url: str) -> bool:
    """Whether an address can be an article's: not a front page, and not a bare first-level folder.

    Article addresses have a digit, a hyphenated slug, an extension, a query or a deep path.
    """
    if urls.is_site_root(url):
        return False
    parts = urlsplit(url)
    segments = [segment for segment in parts.path.split("/") if segment]
    if parts.query or len(segments) >= 3:
        return True
    last = segments[-1] if segments else ""
    return last.count("-") >= 2 or any(char.isdigit() for char in last) or "." in last or len(last) > 25


def _is_above(claim: str, fetched: str) -> bool:
    above, below = urlsplit(claim), urlsplit(fetched)
    if above.query:
        return False
    path = above.path.rstrip("/")
    rest = below.path[len(path) :].strip("/")
    return below.path.startswith(path + "/") and bool(rest) and rest.lower() not in _SIBLINGS


def _candidate(address: str | None, base: str | None, source: EvidenceSource) -> Iterator[Candidate[str]]:
    url = urls.resolve(address, base=base) if address else None
    if url is not None and address is not None:
        yield Candidate("url", url, source, address, Confidence.HIGH)
