"""The publisher: what the site calls itself, before the company behind it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from newsarchive import urls
from newsarchive.extract.candidate import Candidate
from newsarchive.extract.page import Page
from newsarchive.extract.strings import plain
from newsarchive.extract.tree import raw_text
from newsarchive.model import Confidence, EvidenceSource

_META = ("og:site_name", "application-name", "dc.publisher", "dcterms.publisher", "citation_journal_title")
_NOT_A_NAME = re.compile(r"^(https?:|www\.|@)|^\W*$", re.IGNORECASE)
_MAX_NAME = 120


def collect(page: Page) -> Iterator[Candidate[str]]:
    """Yield the names of the site, then that of its publisher, then its host."""
    for name, content in page.metas.all(*_META):
        yield from _candidate(content, f"{name}: {content}", EvidenceSource.META, Confidence.HIGH)
    for name in page.json_ld.texts(page.json_ld.article.get("publisher")):
        yield from _candidate(name, name, EvidenceSource.JSON_LD, Confidence.HIGH)
    for item in page.items.named("publisher"):
        text = item.machine_value or raw_text(item.element)
        yield from _candidate(text, text, item.source, Confidence.HIGH)


def choose(candidates: Iterable[Candidate[str]]) -> Candidate[str] | None:
    """Take the first name: the collector's order is that of trust."""
    return next(iter(candidates), None)


def from_host(url: str | None) -> Candidate[str] | None:
    """The host as a last resort: it says who, though not by which name."""
    host = urls.host(url)
    if host is None or url is None:
        return None
    return Candidate("publisher", host, EvidenceSource.URL, url, Confidence.LOW)


def _candidate(
    value: str, raw: str, source: EvidenceSource, confidence: Confidence
) -> Iterator[Candidate[str]]:
    name = plain(value)
    if name and len(name) <= _MAX_NAME and not _NOT_A_NAME.search(name):
        yield Candidate("publisher", name, source, raw, confidence)
