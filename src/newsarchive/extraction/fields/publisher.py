"""The publisher: what the site calls itself, before the company behind it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from newsarchive.base import urls
from newsarchive.base.sites import site_of
from newsarchive.extraction.candidate import Candidate
from newsarchive.extraction.page.element_text import text_of, texts_of
from newsarchive.extraction.page.parsed_page import Page
from newsarchive.extraction.words.strings import key, plain, squeeze
from newsarchive.model import Confidence, EvidenceSource

_META = ("og:site_name", "application-name", "dc.publisher", "dcterms.publisher", "citation_journal_title")
_NOT_A_NAME = re.compile(r"^(https?:|www\.|@)|^\W*$", re.IGNORECASE)
_MAX_NAME = 120
_MAX_LINKS = 60
_MAX_WORDS = 4
_ARTICLE = 4
# Shorter labels ("bbc") are parts of too many words.
_MIN_LABEL = 4
_TITLE_PARTS = re.compile(r"\s+[|–—·»•/-]\s+|\s*(?:::|--|｜|\|)\s*|(?<=\w):\s+|\s+_\s+|_(?=[^_]{1,20}$)")


def collect(page: Page) -> Iterator[Candidate[str]]:
    """Yield the names of the site, then that of its publisher, as stated for machines."""
    for name, content in page.metas.all(*_META):
        yield from _candidate(content, f"{name}: {content}", EvidenceSource.META, Confidence.HIGH)
    for name in page.json_ld.texts(page.json_ld.article.get("publisher")):
        yield from _candidate(name, name, EvidenceSource.JSON_LD, Confidence.HIGH)
    for item in page.items.named("publisher"):
        yield from _candidate(item.text, item.text, item.source, Confidence.HIGH)


def choose(stated: Iterable[Candidate[str]], page: Page) -> Candidate[str] | None:
    """Take the first stated name; where none is stated, the first that the page spells out."""
    return next(iter(stated), None) or next(spelled_on_page(page), None)


def from_host(url: str | None) -> Candidate[str] | None:
    """The host as a last resort: it says who, though not by which name."""
    host = urls.host(url)
    if host is None or url is None:
        return None
    return Candidate("publisher", host, EvidenceSource.URL, url, Confidence.LOW)


def spelled_on_page(page: Page) -> Iterator[Candidate[str]]:
    """Yield the site's name as the page spells it: in its title, on its home link, above its text."""
    label = _host_label(page.address or _commonest_link(page))
    home = _home_link(page)
    parts = [part.strip() for part in _TITLE_PARTS.split(page.title or "") if part.strip()]
    for part in parts[-1:] + parts[:1] if len(parts) > 1 else []:
        if (home and key(part) == key(home)) or _bears(part, label):
            yield from _candidate(part, page.title or part, EvidenceSource.HTML, Confidence.MEDIUM)
    if len(label) > _MIN_LABEL:
        for line in texts_of(page.root):
            if len(line) <= _MAX_NAME and key(line) == label:
                name = squeeze(line)
                spelled = name.title() if name.isupper() and " " in name else name
                yield from _candidate(spelled, name, EvidenceSource.TEXT, Confidence.MEDIUM)
                return


def _bears(part: str, label: str) -> bool:
    """Whether a part of a title is the host's name, or that name and a word or two."""
    name = key(part)
    if not label or label not in name:
        return False
    # "The" and "Online" come with a name; a headline that mentions the site is longer.
    return len(name) - len(label) <= _ARTICLE or (name.startswith(label) and len(part.split()) <= _MAX_WORDS)


def _host_label(url: str | None) -> str:
    """The part of a host that names the site: "theledger" of theledger.co.uk."""
    return key(site_of(url).split(".")[0]) if url else ""


def _commonest_link(page: Page) -> str | None:
    """The site that most of a page's first absolute links lead to, by one of them."""
    hrefs = [link.get("href") or "" for link in page.survey.tagged("a")[:_MAX_LINKS]]
    hosts = Counter(urls.host(href) for href in hrefs if href.startswith("http"))
    best = next((host for host, _ in hosts.most_common(1)), None)
    return next((href for href in hrefs if best and urls.host(href) == best), None)


def _home_link(page: Page) -> str | None:
    """What the first link to the site's front page says."""
    for link in page.survey.tagged("a")[:_MAX_LINKS]:
        href = (link.get("href") or "").strip()
        if href == "/" or (href.startswith("http") and urls.is_site_root(href)):
            image = next(link.iter("img"), None)
            said = text_of(link) or ("" if image is None else image.get("alt") or "")
            if said:
                return squeeze(said)
    return None


def _candidate(
    value: str, raw: str, source: EvidenceSource, confidence: Confidence
) -> Iterator[Candidate[str]]:
    name = plain(value)
    if name and len(name) <= _MAX_NAME and not _NOT_A_NAME.search(name):
        yield Candidate("publisher", name, source, raw, confidence)
