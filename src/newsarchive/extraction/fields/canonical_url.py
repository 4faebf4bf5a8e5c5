"""The canonical URL: which address names this article, and which only claims to.

A wrong canonical URL makes two articles one, and the archive loses a page. A
claim is therefore taken only where it can be the article's own address.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from urllib.parse import urlsplit

from newsarchive.base import urls
from newsarchive.base.sites import site_of
from newsarchive.extraction.candidate import Candidate
from newsarchive.extraction.page.parsed_page import Page, canonical_links
from newsarchive.extraction.page.structured.json_ld import addresses
from newsarchive.model import Confidence, EvidenceSource

# A scheme, a host or nothing, and right behind it another scheme.
_DOUBLED = re.compile(r"https?:?//[^/?#]{0,253}?/?(?P<scheme>https?):?//(?P<rest>[^/]+\..*)", re.IGNORECASE)
# The first labels of hosts that carry the same articles as the site itself.
_SIBLINGS = frozenset("www m mobile amp touch wap print edition news web".split())


def collect(page: Page) -> Iterator[Candidate[str]]:
    """Yield the addresses that the page gives of itself, the most binding first."""
    base = _base(page)
    for link in canonical_links(page):
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


def _base(page: Page) -> str | None:
    """What the page's addresses are relative to: its base element, else where it was fetched."""
    stated = page.survey.tagged("base")
    href = next((href for element in stated if (href := (element.get("href") or "").strip())), None)
    if href is None:
        return page.url
    return urls.resolve(href, base=page.url) or page.url


def choose(candidates: Iterable[Candidate[str]], *, fetched: str | None) -> Candidate[str] | None:
    """Take the first claim that can be true; the address that was fetched where none can."""
    own = urls.normalize(fetched) if fetched else None
    listed = list(candidates)
    agreed = Counter(candidate.value for candidate in listed)
    for candidate in listed:
        if _plausible(candidate.value, own, agreed=agreed[candidate.value] > 1):
            return candidate
    if own is None:
        return None
    return Candidate("url", own, EvidenceSource.URL, fetched or own, Confidence.HIGH)


def _plausible(claim: str, fetched: str | None, *, agreed: bool) -> bool:
    if fetched is None:
        # Two statements of one short address are no template's mistake.
        return _names_an_article(claim) or (agreed and _is_deep(claim))
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


def _is_deep(url: str) -> bool:
    return len([segment for segment in urlsplit(url).path.split("/") if segment]) > 1


def _is_above(claim: str, fetched: str) -> bool:
    above, below = urlsplit(claim), urlsplit(fetched)
    if above.query:
        return False
    path = above.path.rstrip("/")
    rest = below.path[len(path) :].strip("/")
    return below.path.startswith(path + "/") and bool(rest) and rest.lower() not in _SIBLINGS


def _candidate(address: str | None, base: str | None, source: EvidenceSource) -> Iterator[Candidate[str]]:
    url = urls.resolve(_mended(address), base=base) if address else None
    if url is not None and address is not None:
        yield Candidate("url", url, source, address, Confidence.HIGH)


def _mended(address: str) -> str:
    """An address without what a template put before it a second time: "https://https//news.example/…"."""
    bare = address.strip()
    doubled = _DOUBLED.match(bare)
    if doubled is not None:
        bare = f"{doubled['scheme']}://{doubled['rest']}"
    # Without a page to be relative to, a host alone is of today's web.
    return f"https:{bare}" if bare.startswith("//") else bare
