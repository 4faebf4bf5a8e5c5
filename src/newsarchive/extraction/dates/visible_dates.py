"""The dates that a page shows its readers, found in one walk, each with the traits of its place."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from lxml.etree import _Element

from newsarchive.extraction.dates import surroundings
from newsarchive.extraction.dates.date_places import MAX_AROUND, UNREAD, Place, around_headline, places_of
from newsarchive.extraction.dates.machine_dates import find_machine
from newsarchive.extraction.dates.relative_dates import NOTE, resolve
from newsarchive.extraction.dates.surroundings import Trait
from newsarchive.extraction.dates.written_dates import MAX_TEXT, Found, find_dates
from newsarchive.extraction.page.element_text import line_of
from newsarchive.extraction.page.parsed_page import Page
from newsarchive.extraction.words.strings import squeeze
from newsarchive.model import Confidence, EvidenceSource


@dataclass(frozen=True, slots=True)
class Sighting:
    """A date as a reader of the page or of its source sees it."""

    found: Found
    raw: str
    source: EvidenceSource
    traits: frozenset[Trait]
    confidence: Confidence = Confidence.MEDIUM
    note: str | None = None

    @property
    def day(self) -> date:
        """The first day that the date may mean."""
        return self.found.date.earliest


# Every text with a digit is looked at, so this is made to fail fast.
_YEAR = "[12\u0661\u0662\u06f1\u06f2\u0967\u0968\u09e7\u09e8\u0e51\u0e52]\\d{3}(?!\\d)"
_WHOLE = re.compile(rf"{_YEAR}|[\d元六〇]\s?[年년]|\d[./]\s?\d{{1,2}}[./]|[\u0e00-\u0e7f.]\s\d\d(?!\d)")
_YEAR_ALONE = re.compile(rf"\D{{0,12}}{_YEAR}\D{{0,12}}")
# A date inside a longer text than this is of what the text speaks of; at its beginning it may be a dateline.
_DATELINE = 40
_MAX_PART = 60
_MAX_LINE = 120
_MAX_SIGHTINGS = 100
_LABEL = 40
_OTHER_DAYS = 3
_BESIDE_MONTH = 12
_MAX_BOXES, _MAX_CHILDREN = 3, 12
_MAX_WRAPPERS = 2
# Applications keep the article's data in scripts: "publishedAt": "2024-10-30T14:05:00Z".
_IN_SCRIPT = re.compile(
    r"""ub(?:lish|licat|[dD]ate)\w{0,14}\\?["']?\s{0,3}[:=]\s{0,3}\\?["']?(\d[\dT:.Z+ -]{7,30})\\?["',}&]"""
)
_MAX_IN_SCRIPT = 20


def sightings(page: Page, *, month_first: bool = False) -> list[Sighting]:
    """Find the dates that a page shows in its text, its title and its scripts, in this order."""
    in_text = _in_text(page, page.root.iter(), month_first=month_first)
    return [*in_text, *_in_titles(page, month_first=month_first), *_in_scripts(page.source)]


def near_headline(page: Page, *, month_first: bool = False) -> list[Sighting]:
    """Find the dates around the headline alone, at a fraction of the cost of the whole page."""
    return _in_text(page, around_headline(page), month_first=month_first)


def _in_text(page: Page, elements: Iterable[_Element], *, month_first: bool) -> list[Sighting]:
    places, headline = places_of(page, elements)
    seen: list[tuple[tuple[object, ...], Sighting]] = []
    read: set[_Element] = set()
    for place in places:
        for element, sighting in _read(place, page, read, month_first=month_first):
            traits = sighting.traits | surroundings.of_position(place.position, headline)
            seen.append((_kind(element), replace(sighting, traits=traits)))
        if len(seen) >= _MAX_SIGHTINGS:
            break
    return _compared(seen)


def _read(
    place: Place, page: Page, read: set[_Element], *, month_first: bool
) -> Iterator[tuple[_Element, Sighting]]:
    """Read the dates of a place: of its time element, of its own text, or of the small box around it."""
    element = place.element
    if element.tag != "time" and (parent := element.getparent()) is not None and parent.tag == "time":
        element = parent
    if element.tag == "time" or element.tag == "abbr" or _is_titled(element):
        if element not in read:
            read.add(element)
            yield from ((element, one) for one in _in_element(element, page, month_first=month_first))
        return
    line = place.text.strip()
    if _WHOLE.search(line, 0, len(line) if len(line) <= MAX_AROUND else _DATELINE):
        line = squeeze(line[: 2 * MAX_TEXT])
        found = _days(line, month_first=month_first)
        if found:
            yield from ((element, one) for one in _in_line(element, line, found))
        elif _YEAR_ALONE.fullmatch(line):
            yield from _in_parts(element, read, month_first=month_first)
    elif len(line) <= _MAX_PART and page.shown_at is not None and element not in read:
        read.add(element)
        yield from ((element, one) for one in _relative(element, line_of(element, limit=_MAX_PART), page))


def _is_titled(element: _Element) -> bool:
    """Whether an element that is marked as a date states it where a reader points at it."""
    title = element.get("title")
    if not title or not _WHOLE.search(title, 0, MAX_AROUND):
        return False
    return Trait.MARKED in surroundings.of_boxes(element)


def _in_parts(
    year: _Element, read: set[_Element], *, month_first: bool
) -> Iterator[tuple[_Element, Sighting]]:
    """Read a date whose day, month and year stand in elements of their own."""
    node: _Element | None = year
    for _ in range(_MAX_BOXES):
        node = None if node is None else node.getparent()
        if node is None or node in read or len(node) > _MAX_CHILDREN:
            return
        read.add(node)
        line = line_of(node, limit=_MAX_LINE)
        if line is None:
            return
        found = _days(line, month_first=month_first)
        if found:
            yield from ((node, one) for one in _in_line(node, line, found))
            return


def _days(line: str, *, month_first: bool) -> list[Found]:
    """The days of a line, or else the month that is all of it."""
    found = list(find_dates(line, month_first=month_first))
    days = [one for one in found if one.date.day is not None]
    return days or [one for one in found[:1] if len(line) - (one.end - one.start) <= _BESIDE_MONTH]


def _in_element(element: _Element, page: Page, *, month_first: bool) -> list[Sighting]:
    """Read a time element, or an abbr with a title: what it states for machines, or else its text."""
    stated = element.get("datetime") or element.get("title") or ""
    line = line_of(element, limit=_MAX_LINE)
    found = find_machine(stated) if any(char.isdecimal() for char in stated[:MAX_TEXT]) else None
    days = _days(line, month_first=month_first) if line else []
    if found is not None and len(days) > 1 and Trait.MODIFIED in surroundings.of_boxes(element):
        found = None
    if found is None:
        if line is None:
            return []
        return _in_line(element, line, days) or _relative(element, line, page)
    label = f"{_before(element)} {line or ''}"
    if surroundings.is_other_day(label):
        return []
    traits = surroundings.of_boxes(element) | surroundings.of_label(label) | {Trait.MACHINE, Trait.ALONE}
    source = EvidenceSource.TIME_TAG if element.tag == "time" else EvidenceSource.TEXT
    return [Sighting(found, stated, source, _tagged(traits, element, found), Confidence.HIGH)]


def _relative(element: _Element, line: str | None, page: Page) -> list[Sighting]:
    """Read "2 hours ago" where an element is marked as a date; elsewhere it is anybody's."""
    if not line or page.shown_at is None:
        return []
    resolved = resolve(line, captured_at=page.shown_at)
    if resolved is None:
        return []
    traits = surroundings.of_boxes(element)
    if element.tag != "time" and Trait.MARKED not in traits:
        return []
    found = Found(resolved.date, 0, len(line))
    traits |= surroundings.of_label(f"{_before(element)} {line}") | {Trait.ALONE}
    source = EvidenceSource.TIME_TAG if element.tag == "time" else EvidenceSource.TEXT
    tagged = _tagged(traits, element, found)
    return [Sighting(found, line, source, tagged, resolved.confidence, NOTE)]


def _in_line(element: _Element, line: str, days: list[Found]) -> list[Sighting]:
    """Make sightings of the dates of a line; the words before each tell what it is."""
    if not days or surroundings.is_other_day(line):
        return []
    boxes = surroundings.of_boxes(element)
    source = EvidenceSource.TIME_TAG if element.tag == "time" else EvidenceSource.TEXT
    labels = _labels(element, line, days)
    named = [surroundings.of_label(label) for label in labels]
    if any(Trait.MODIFIED in traits for traits in named) and len(days) > 1:
        # The line tells its days apart better than its element, which is named for one of them.
        boxes -= {Trait.MODIFIED}
    seen = []
    for found, label, traits in zip(days, labels, named, strict=True):
        if surroundings.is_of_something_else(label):
            continue
        traits |= boxes | surroundings.of_line(line, found.start, found.end)
        traits |= surroundings.of_words_behind(line[found.end :])
        seen.append(Sighting(found, line, source, _tagged(traits, element, found)))
    return seen


def _labels(element: _Element, line: str, days: list[Found]) -> list[str]:
    """The words before each of the dates of a line; before the first, those before its element as well."""
    ends = [0, *(found.end for found in days)]
    labels = [line[end : found.start] for end, found in zip(ends, days, strict=False)]
    before = _before(element) if len(labels[0]) < _LABEL else ""
    # Words with a day of their own speak of that one.
    labels[0] = labels[0] if _WHOLE.search(before) else f"{before} {labels[0]}"
    return labels


def _tagged(traits: frozenset[Trait], element: _Element, found: Found) -> frozenset[Trait]:
    if element.tag == "time":
        traits |= {Trait.TIME_TAG}
    if found.date.day is None:
        traits |= {Trait.VAGUE}
    return traits if found.date.hour is None else traits | {Trait.TIMED}


def _before(element: _Element) -> str:
    """The words right before an element: its label often stands in a sibling, or in the box around it."""
    sibling = element.getprevious()
    for _ in range(_MAX_WRAPPERS):
        parent = element.getparent()
        if sibling is not None or parent is None or (parent.text or "").strip():
            break
        element, sibling = parent, parent.getprevious()
    if sibling is None:
        parent = element.getparent()
        return "" if parent is None else (parent.text or "")[-_LABEL:]
    if sibling.tag in UNREAD:
        return ""
    tail = sibling.tail or ""
    return tail[-_LABEL:] if len(tail) > _LABEL / 2 else f"{line_of(sibling, limit=_LABEL) or ''} {tail}"


def _kind(element: _Element) -> tuple[object, ...]:
    """What the boxes of one list have in common."""
    parent = element.getparent()
    around = None if parent is None else (parent.tag, parent.get("class"))
    return element.tag, element.get("class"), around


def _compared(seen: list[tuple[tuple[object, ...], Sighting]]) -> list[Sighting]:
    """Mark the dates of lists: boxes of one kind that show many days belong to many stories."""
    days: dict[tuple[object, ...], set[date]] = defaultdict(set)
    for kind, sighting in seen:
        days[kind].add(sighting.day)
    return [
        replace(one, traits=one.traits | {Trait.REPEATED}) if len(days[kind]) >= _OTHER_DAYS else one
        for kind, one in seen
    ]


def _in_titles(page: Page, *, month_first: bool) -> Iterator[Sighting]:
    """Read a date in the title or the description, where some sites put the article's."""
    for text in (page.title, page.metas.first("og:title"), page.metas.first("description")):
        line = (text or "")[:MAX_TEXT]
        for found in _days(line, month_first=month_first) if _WHOLE.search(line) else ():
            traits = {Trait.TITLE} | surroundings.of_line(line, found.start, found.end)
            yield Sighting(found, line, EvidenceSource.META, frozenset(traits))


def _in_scripts(source: str) -> list[Sighting]:
    """Read the dates that scripts name as publication's."""
    seen: dict[date, Sighting] = {}
    for _, match in zip(range(_MAX_IN_SCRIPT), _IN_SCRIPT.finditer(source), strict=False):
        found = find_machine(match[1].strip())
        if found is not None and found.date.day is not None:
            traits = frozenset((Trait.SCRIPT,))
            one = Sighting(found, match[0][:MAX_TEXT], EvidenceSource.HTML, traits)
            seen.setdefault(one.day, one)
    if len(seen) <= 1:
        return list(seen.values())
    return [replace(one, traits=one.traits | {Trait.SCRIPT_OTHERS}) for one in seen.values()]
