"""The headline: a vote over h1, og:title, JSON-LD and the title element without the site's suffix."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from newsarchive.extraction.candidate import Candidate
from newsarchive.extraction.fields.title_parts import (
    first_heading,
    is_no_title,
    shown_parts,
    without_sections,
)
from newsarchive.extraction.page.parsed_page import Page
from newsarchive.extraction.words.strings import MAX_FIELD, key, plain
from newsarchive.extraction.words.titles import Relation, likeness, names_site, relation, without_site
from newsarchive.model import Confidence, EvidenceSource

_META = ("og:title", "twitter:title", "dc.title", "sailthru.title", "parsely-title", "citation_title")
# What marks a candidate as a heading of the page, in its raw string.
_H1, _SHOWN_PART = "h1: ", "shown: "
_MAX_HEADLINE = 500
_MAX_HEADING = 300
_MIN_HEADING = 8
# A heading that is less like everything else the page calls itself is a section's name or a
# slogan. One that is as like is what readers see, and outweighs three statements that reword
# it for search engines: of 52 such dev pages it was right on 39.
_LIKE = 0.5
_SHOWN = 3.5
_ALONE = 1.5
_TEMPLATES = (EvidenceSource.JSON_LD, EvidenceSource.META, EvidenceSource.HTML)
# Marks that titles for search engines leave out, though they say something; and a letter that was lost.
_SAYING_MARKS = frozenset("'\"‘’“”„«»‹›「」『』?？")
_LOST = "\ufffd"
# By how many statements the longer wording may outnumber the shorter one that it votes for.
_MAX_BEHIND = {Relation.SAME: 0, Relation.BEFORE_SUFFIX: -1, Relation.AFTER_KICKER: 1}

Title = Candidate[str]


def collect(page: Page, *, sites: Iterable[str] = ()) -> Iterator[Title]:
    """Yield what the page calls itself; ``sites`` are names that its title may end with."""
    names = tuple(sites)
    short = (heading for heading in page.headings if len(heading) <= _MAX_HEADING)
    headings = [plain(heading) or heading for heading in short if not is_no_title(heading)]
    for heading in headings:
        yield _candidate(
            without_site(heading, names), f"{_H1}{heading}", EvidenceSource.HTML, Confidence.MEDIUM
        )
    stated = page.json_ld.first("headline") or page.json_ld.first("name")
    if not stated or key(stated) not in map(key, headings):
        yield from _shown(page, headings, names)
    for name, content in page.metas.all(*_META):
        text = plain(content)
        if text and not is_no_title(text):
            bare = without_sections(without_site(text, names), page)
            yield _candidate(bare, f"{name}: {content}", EvidenceSource.META, Confidence.HIGH)
            break
    if stated:
        yield _candidate(without_site(stated, names), stated, EvidenceSource.JSON_LD, Confidence.HIGH)
    for item in page.items.named("headline"):
        text = plain(item.text)
        if text:
            yield _candidate(without_site(text, names), text, item.source, Confidence.HIGH)
            break
    if page.title:
        # A title of megabytes would be parted at each of its separators.
        title = plain(page.title) or page.title[:MAX_FIELD]
        bare = without_sections(without_site(title, names), page)
        if not is_no_title(title):
            yield _candidate(bare, title, EvidenceSource.HTML, Confidence.MEDIUM)


def _shown(page: Page, headings: list[str], names: tuple[str, ...]) -> Iterator[Title]:
    """Yield the part of the title that the page shows, where no h1 is a part of it."""
    stated = [key(title) for title in (page.title, page.metas.first("og:title")) if title]
    keys = [key(heading) for heading in headings]
    if any(len(one) > _MIN_HEADING and one in title for one in keys for title in stated):
        return
    for part in shown_parts(page, {key(name) for name in names}):
        yield _candidate(part, f"{_SHOWN_PART}{part}", EvidenceSource.HTML, Confidence.MEDIUM)
    if not keys and (first := first_heading(page)) and all(map(is_no_title, (page.title or "title",))):
        yield _candidate(first, f"{_SHOWN_PART}{first}", EvidenceSource.HTML, Confidence.LOW)


def choose(candidates: Iterable[Title], *, sites: Iterable[str] = ()) -> Title | None:
    """Elect a headline: the heading that readers see, unless the others agree on less of it, or on more.

    Everything that holds a candidate whole votes for it, so that what the others
    call it without a kicker or a suffix wins.
    """
    listed = [candidate for candidate in candidates if key(candidate.value)]
    stated = [candidate for candidate in listed if not _is_heading(candidate)]
    headings = _headings(listed, stated, {key(site) for site in sites})
    heading = _own_heading(headings, stated)
    voters = ([heading] if heading else []) + stated
    if not voters:
        return next(iter(headings or listed), None)
    if len({key(voter.value) for voter in voters}) == 1:
        return _best_spelled(voters[0], voters)
    if heading is not None and (full := _with_kicker(heading, stated)) is not None:
        return full
    weight = _weight(heading, stated)
    best = max(voters, key=lambda candidate: _votes(candidate, voters, heading, weight))
    return _best_spelled(best, voters)


def _headings(listed: list[Title], stated: list[Title], sites: set[str]) -> list[Title]:
    """The headings that are not the site's logo."""
    return [
        one
        for one in listed
        if _is_heading(one)
        if key(one.value) not in sites
        if not (names_site(one.value, sites) and _most_like(one, stated) < _LIKE)
    ]


def _own_heading(headings: list[Title], stated: list[Title]) -> Title | None:
    """The heading most like what the page is called elsewhere; a lone long heading needs no likeness.

    A part of the title that is shown is the headline before an h1 that is no part of it.
    """
    shown = [one for one in headings if one.raw.startswith(_SHOWN_PART)]
    if shown:
        return shown[0]
    if not headings:
        return None
    if len(headings) == 1 and len(headings[0].value) > _MIN_HEADING:
        return headings[0]
    likest = max(headings, key=lambda one: (round(_most_like(one, stated), 2), len(one.value)))
    if _most_like(likest, stated) >= _LIKE:
        return likest
    return None


def _most_like(heading: Title, stated: list[Title]) -> float:
    return max((likeness(heading.value, other.value) for other in stated), default=0.0)


def _with_kicker(heading: Title, stated: list[Title]) -> Title | None:
    """The statement that puts a kicker before the heading, or words behind, and isn't contradicted.

    JSON-LD and a meta tag have to agree on it: then the publisher means it so.
    """
    # Microdata only marks the heading itself.
    related = [(relation(one.value, heading.value), one) for one in stated if one.source in _TEMPLATES]
    if any(found is Relation.SAME for found, _ in related):
        return None
    longer = [one for found, one in related if found is not None]
    named = {key(one.value) for one in longer if one.source is EvidenceSource.JSON_LD}
    return next(
        (one for one in longer if one.source is EvidenceSource.META and key(one.value) in named), None
    )


def _votes(candidate: Title, voters: list[Title], heading: Title | None, weight: float) -> float:
    """How many voters say a candidate's words, or more than them; the heading's vote has a weight."""
    same = Counter(key(voter.value) for voter in voters)
    votes = 0.0
    for voter in voters:
        found = relation(voter.value, candidate.value, loose=voter is heading)
        behind = same[key(voter.value)] - same[key(candidate.value)]
        if found is None or (candidate is not heading and behind > _MAX_BEHIND[found]):
            continue
        votes += weight if voter is heading else 1
    return votes


def _weight(heading: Title | None, stated: list[Title]) -> float:
    return _SHOWN if heading is not None and _most_like(heading, stated) >= _LIKE else _ALONE


def _best_spelled(chosen: Title, voters: list[Title]) -> Title:
    """The commonest spelling of the chosen words; not one in capitals, nor one that lost its quotes.

    Spans of a heading leave spaces where the same words elsewhere have a colon, so a stated one
    is taken before the heading's.
    """
    same = [voter for voter in voters if key(voter.value) == key(chosen.value)]
    spellings = Counter(voter.value for voter in same)
    return max(
        same,
        key=lambda voter: (
            not voter.value.isupper(),
            _LOST not in voter.value,
            _marks(voter.value),
            spellings[voter.value],
            not _is_heading(voter),
        ),
    )


def _marks(text: str) -> int:
    return sum(char in _SAYING_MARKS for char in text)


def _candidate(value: str, raw: str, source: EvidenceSource, confidence: Confidence) -> Title:
    return Candidate("headline", value[:_MAX_HEADLINE], source, raw, confidence)


def _is_heading(candidate: Title) -> bool:
    return candidate.raw.startswith((_H1, _SHOWN_PART))
