"""Section and keywords: where the publisher filed the article."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from newsarchive.base.scripts import UNSPACED
from newsarchive.extraction.candidate import Candidate
from newsarchive.extraction.page.element_index import Role
from newsarchive.extraction.page.element_text import text_of
from newsarchive.extraction.page.parsed_page import Page
from newsarchive.extraction.words.strings import distinct, plain
from newsarchive.model import Confidence, EvidenceSource

_SECTION = ("article:section", "og:section", "parsely-section", "sailthru.section", "cxenseparse:section")
_TAGS = ("article:tag", "og:article:tag")
_KEYWORDS = ("news_keywords", "keywords", "parsely-tags", "sailthru.tags", "dc.subject", "citation_keywords")
_COMMA = re.compile(r"[,،、，;؛]")
_UNSPACED_WORDS = re.compile(f"[{UNSPACED}]")
_STEP = re.compile(r"\s*(?:[›»>→/|]|::)+\s*")
_MAX_PATH = 200
_MAX_KEYWORDS = 50
_MAX_LENGTH = 80


def collect_sections(page: Page) -> Iterator[Candidate[str]]:
    """Yield the sections that the page is filed under, the likeliest first."""
    for name in page.json_ld.texts(page.json_ld.article.get("articleSection")):
        yield Candidate("section", name, EvidenceSource.JSON_LD, name, Confidence.HIGH)
    for meta, content in page.metas.all(*_SECTION):
        text = plain(content)
        if text:
            yield Candidate("section", text, EvidenceSource.META, f"{meta}: {content}", Confidence.HIGH)
    for item in page.items.named("articlesection"):
        text = plain(item.text)
        if text:
            yield Candidate("section", text, item.source, text, Confidence.HIGH)
    yield from _from_breadcrumbs(page)


def _from_breadcrumbs(page: Page) -> Iterator[Candidate[str]]:
    """Yield the second step of the path that the page shows: the first is the front page."""
    for element in page.survey.marked(Role.BREADCRUMB)[:1]:
        path = text_of(element)
        steps = [step.strip() for step in _STEP.split(path) if step.strip()]
        if len(path) <= _MAX_PATH and len(steps) > 1:
            yield Candidate("section", steps[1], EvidenceSource.HTML, path, Confidence.MEDIUM)


def choose_section(candidates: Iterable[Candidate[str]]) -> Candidate[str] | None:
    """Take the first that is a name, not a path or a sentence."""
    return next(
        (
            candidate
            for candidate in candidates
            if len(candidate.value) <= _MAX_LENGTH and not candidate.value.startswith(("http", "/"))
        ),
        None,
    )


def collect_keywords(page: Page) -> Iterator[Candidate[tuple[str, ...]]]:
    """Yield the lists of keywords that the page gives, the likeliest first."""
    stated = page.json_ld.texts(page.json_ld.article.get("keywords"))
    yield from _keywords(stated, EvidenceSource.JSON_LD)
    yield from _keywords((content for _, content in page.metas.all(*_TAGS)), EvidenceSource.META)
    for name in _KEYWORDS:
        yield from _keywords((content for _, content in page.metas.all(name)), EvidenceSource.META)
    tags = (link for link in page.survey.tagged("a") if "tag" in (link.get("rel") or "").split())
    yield from _keywords((text_of(link) for link in tags), EvidenceSource.HTML)


def choose_keywords(
    candidates: Iterable[Candidate[tuple[str, ...]]],
) -> Candidate[tuple[str, ...]] | None:
    """Take the first list: lists of different sources repeat each other in other words."""
    return next(iter(candidates), None)


def split_keywords(values: Iterable[str]) -> tuple[str, ...]:
    """Make a list of keywords from lists written as text; prefixes such as ``topic:`` are machines' own."""
    words = (plain(part) for value in values for part in _parts(value))
    return distinct(
        word for word in words if word and len(word) <= _MAX_LENGTH and not word.startswith("http")
    )[:_MAX_KEYWORDS]


def _parts(value: str) -> list[str]:
    parts = _COMMA.split(value)
    # Where words have no spaces between them, a space separates keywords.
    return value.split() if len(parts) == 1 and _UNSPACED_WORDS.match(value) else parts


def _keywords(values: Iterable[str], source: EvidenceSource) -> Iterator[Candidate[tuple[str, ...]]]:
    listed = list(values)
    words = split_keywords(listed)
    if words:
        yield Candidate("keywords", words, source, ", ".join(listed), Confidence.HIGH)
