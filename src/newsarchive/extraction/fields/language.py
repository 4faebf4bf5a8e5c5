"""The language: what the page says, where its script allows; else what its words say."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from newsarchive.extraction.candidate import Candidate
from newsarchive.extraction.page.parsed_page import Page
from newsarchive.extraction.words.language_detection import detect, fits, script_of
from newsarchive.extraction.words.language_tags import normalize
from newsarchive.model import Confidence, EvidenceSource

_META = ("inlanguage", "og:locale", "content-language", "dc.language", "dcterms.language", "language")


def collect(page: Page) -> Iterator[Candidate[str]]:
    """Yield what the page states as its language, the likeliest first."""
    attribute = page.language_attribute
    if attribute:
        yield from _candidate(attribute, EvidenceSource.HTML)
    for text in page.json_ld.texts(page.json_ld.article.get("inLanguage")):
        yield from _candidate(text, EvidenceSource.JSON_LD)
    for _, content in page.metas.all(*_META):
        yield from _candidate(content, EvidenceSource.META)


def choose(candidates: Iterable[Candidate[str]], *, text: str) -> Candidate[str] | None:
    """Take the first stated language that the text's script allows; else what the text itself shows."""
    script = script_of(text)
    listed = [candidate for candidate in candidates if fits(candidate.value, script)]
    if listed:
        return max(listed, key=lambda candidate: _agreement(candidate, listed))
    detected = detect(text)
    if detected is None:
        return None
    return Candidate("language", detected, EvidenceSource.TEXT, text[:80], Confidence.MEDIUM)


def _agreement(candidate: Candidate[str], others: list[Candidate[str]]) -> int:
    """How many statements agree on a language: templates leave "en" in one place, seldom in two."""
    language = candidate.value.partition("-")[0]
    return sum(other.value.partition("-")[0] == language for other in others)


def _candidate(tag: str, source: EvidenceSource) -> Iterator[Candidate[str]]:
    value = normalize(tag)
    if value:
        yield Candidate("language", value, source, tag, Confidence.HIGH)
