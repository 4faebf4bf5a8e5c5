"""The headline: a vote over h1, og:title, JSON-LD and the title element without the site's suffix."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from newsarchive.extract.candidate import Candidate
from newsarchive.extract.page import Page
from newsarchive.extract.strings import key, plain
from newsarchive.model import Confidence, EvidenceSource

_SEPARATORS = (
    " | ",
    " - ",
    " – ",
    " — ",
    " :: ",
    " · ",
    " » ",
    " • ",
    " / ",
    "｜",
    " ‹ ",
    " « ",
    " _ ",
    "_",
    "--",
)
_META = ("og:title", "twitter:title", "dc.title", "sailthru.title", "parsely-title", "citation_title")
# What marks a candidate as a heading of the page, in its raw string.
_H1 = "h1: "
_WORD = re.compile(r"\w+")
_MAX_HEADLINE = 500
_MAX_HEADING = 300
# A heading that shares less than this with everything else the page calls itself is a
# section name or a slogan.
_LIKE = 0.25


def collect(page: Page, *, sites: Iterable[str] = ()) -> Iterator[Candidate[str]]:
    """Yield what the page calls itself; ``sites`` are names that its title may end with."""
    names = tuple(sites)
    stated = page.json_ld.first("headline") or page.json_ld.first("name")
    for heading in page.headings:
        if len(heading) <= _MAX_HEADING:
            yield _candidate(heading, f"{_H1}{heading}", EvidenceSource.HTML, Confidence.MEDIUM)
    for name, content in page.metas.all(*_META):
        text = plain(content)
        if text:
            yield _candidate(
                without_site(text, names), f"{name}: {content}", EvidenceSource.META, Confidence.HIGH
            )
            break
    if stated:
        yield _candidate(without_site(stated, names), stated, EvidenceSource.JSON_LD, Confidence.HIGH)
    for item in page.items.named("headline"):
        text = plain(item.text)
        if text:
            yield _candidate(text, text, item.source, Confidence.HIGH)
            break
    if page.title:
        yield _candidate(without_site(page.title, names), page.title, EvidenceSource.HTML, Confidence.MEDIUM)


def choose(candidates: Iterable[Candidate[str]], *, sites: Iterable[str] = ()) -> Candidate[str] | None:
    """Elect a headline: what most of h1, meta tags, JSON-LD and title agree on, and the h1 in a tie."""
    site_keys = {key(site) for site in sites}
    listed = [candidate for candidate in candidates if key(candidate.value)]
    headings = [
        candidate for candidate in listed if _is_heading(candidate) and key(candidate.value) not in site_keys
    ]
    stated = [candidate for candidate in listed if not _is_heading(candidate)]
    heading = _closest(headings, stated)
    voters = ([heading] if heading else []) + stated
    if not voters:
        return headings[0] if headings else listed[0] if listed else None
    votes = Counter(key(candidate.value) for candidate in voters)
    best = max(voters, key=lambda candidate: votes[key(candidate.value)])
    if _is_heading(best):
        # Spans of a heading leave spaces where the same words elsewhere have none.
        same = [one for one in stated if key(one.value) == key(best.value)]
        best = min([best, *same], key=lambda candidate: len(candidate.value))
    # The vote of one: the page's name for sharing is cut less often than its title element.
    if votes[key(best.value)] == 1 and heading is None:
        return next((candidate for candidate in stated if candidate.source is EvidenceSource.META), best)
    return best


def without_site(title: str, sites: Iterable[str]) -> str:
    """Drop the site's name from the end of a title, with what follows it, and from its beginning."""
    keys = {key(site) for site in sites if key(site)}
    shortened = _drop_suffix(title, keys)
    while shortened is not None:
        title = shortened
        shortened = _drop_suffix(title, keys)
    return _drop_prefix(title, keys) or title


def _drop_suffix(title: str, sites: set[str]) -> str | None:
    for separator in _SEPARATORS:
        head, found, tail = title.rpartition(separator)
        if found and head.strip() and names_site(tail, sites):
            return head.strip()
    return None


def _drop_prefix(title: str, sites: set[str]) -> str | None:
    head, found, tail = title.partition(": ")
    return tail.strip() if found and tail.strip() and key(head) in sites else None


def names_site(text: str, sites: set[str]) -> bool:
    """Whether a text is a site's name, more of it or less."""
    name = key(text)
    return any(
        name == site or (len(name) > 3 and len(site) > 3 and (name in site or site in name)) for site in sites
    )


def _candidate(value: str, raw: str, source: EvidenceSource, confidence: Confidence) -> Candidate[str]:
    return Candidate("headline", value[:_MAX_HEADLINE], source, raw, confidence)


def _is_heading(candidate: Candidate[str]) -> bool:
    return candidate.raw.startswith(_H1)


def _closest(headings: list[Candidate[str]], stated: list[Candidate[str]]) -> Candidate[str] | None:
    """The heading most like what the page is called elsewhere; a lone long heading needs no likeness."""
    if not headings:
        return None
    likeness = [
        max((_likeness(heading.value, other.value) for other in stated), default=0.0) for heading in headings
    ]
    best = max(range(len(headings)), key=lambda index: likeness[index])
    if likeness[best] > _LIKE or (len(headings) == 1 and len(headings[0].value) > 8):
        return headings[best]
    return None


def _likeness(one: str, other: str) -> float:
    """The share of words that two texts have in common; 1.0 where they differ in punctuation only."""
    if key(one) == key(other):
        return 1.0
    first, second = set(_WORD.findall(one.casefold())), set(_WORD.findall(other.casefold()))
    return len(first & second) / (len(first | second) or 1)
