"""The description: the standfirst, as the page states it for others."""

from __future__ import annotations

from collections.abc import Iterator

from newsarchive.extraction.candidate import Candidate
from newsarchive.extraction.fields.standfirst import standfirsts
from newsarchive.extraction.page.parsed_page import Page
from newsarchive.extraction.words.strings import plain
from newsarchive.model import Confidence, EvidenceSource

_META = ("og:description", "description", "twitter:description", "dc.description", "sailthru.description")


def collect(page: Page) -> Iterator[Candidate[str]]:
    """Yield the descriptions of the page, the likeliest first."""
    for name, content in page.metas.all(*_META):
        text = plain(content)
        if text:
            yield Candidate("description", text, EvidenceSource.META, f"{name}: {content}", Confidence.HIGH)
    stated = page.json_ld.first("description")
    if stated:
        yield Candidate("description", stated, EvidenceSource.JSON_LD, stated, Confidence.HIGH)
    for item in page.items.named("description", "alternativeheadline"):
        text = plain(item.text)
        if text:
            yield Candidate("description", text, item.source, text, Confidence.HIGH)
    for text in standfirsts(page):
        yield Candidate("description", text, EvidenceSource.HTML, text, Confidence.MEDIUM)


def choose(candidates: Iterator[Candidate[str]], *, headline: str | None) -> Candidate[str] | None:
    """Take the first that is more than the headline again."""
    return next((candidate for candidate in candidates if candidate.value != headline), None)
