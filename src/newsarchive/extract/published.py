"""Publication and modification dates: collected with their evidence, chosen by trust.

Structured data outranks the URL, the URL outranks what is visible, and a guess
is the last resort and marked as one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import TypeAlias
from urllib.parse import urlsplit

from lxml.etree import _Element

from newsarchive.dates import PartialDate
from newsarchive.extract.candidate import Candidate
from newsarchive.extract.datestamp import parse_machine
from newsarchive.extract.datetext import parse_text
from newsarchive.extract.page import Page
from newsarchive.extract.tree import text_of
from newsarchive.model import Confidence, EvidenceSource

DateCandidate: TypeAlias = Candidate[PartialDate]

PUBLISHED, MODIFIED = "date_published", "date_modified"
_PUBLISHED_META = (
    "article:published_time", "article:published", "og:published_time", "og:article:published_time",
    "datepublished", "date_published", "published_time", "publish_date",
    "publishdate", "publish-date", "published_at",
    "publication_date", "pubdate", "dc.date.issued", "dc.date.created", "dcterms.created",
    "dcterms.issued", "dcterms.date", "sailthru.date", "parsely-pub-date", "cxenseparse:recs:publishtime",
    "article.published", "cxenseparse:publishtime", "originalpublicationdate", "displaydate", "dc.date",
    "citation_publication_date", "citation_online_date", "article_date_original",
    "article:publicationdate", "bt:pubdate", "vr:published_time", "shareaholic:article_published_time",
    "rnews:datepublished", "datecreated", "article:post_date", "article:created", "date", "published",
    "release_date", "created", "pub_date",
)  # fmt: skip
_MODIFIED_META = (
    "article:modified_time", "article:modified", "og:updated_time", "og:modified_time", "datemodified",
    "date_modified", "modified_time", "last-modified", "lastmod", "dcterms.modified", "dc.date.modified",
    "article:updated", "article:updated_time", "updated_time",
)  # fmt: skip
_URL_DAY = re.compile(r"[/_-]((?:19|20)\d\d)[/_-]?(0[1-9]|1[0-2])[/_-]?(0[1-9]|[12]\d|3[01])(?!\d)")
_URL_MONTH = re.compile(r"/((?:19|20)\d\d)/(0[1-9]|1[0-2])/")
# Words of class and id names by which pages mark the time of publication.
_DATE_CLASS = re.compile(
    r"(?:^|[\s_-])(?:date|datum|fecha|data|pubdate|publish\w{0,5}|published|posted|time|timestamp|dateline|"
    r"byline|entry-date|post-date|article-date|meta|datetime|created|info)(?:$|[\s_-])",
    re.IGNORECASE,
)
_PUBLISHED_CLASS = re.compile(r"publish|entry-date|posted|pub-?date|created|first", re.IGNORECASE)
_MODIFIED_WORD = re.compile(
    r"updat|modif|aktualis|geänder|mis à jour|actualiz|atualiz|aggiorn|bijgewerkt|uppdater|oppdater|"
    r"opdater|обновл|оновлен|更新|수정|تحديث|अपडेट|güncelle",
    re.IGNORECASE,
)
_DATE_TAGS = ("span", "div", "p", "li", "small", "em", "abbr", "b", "strong", "address", "section")
# The day on which somebody printed or opened the page is not the article's.
_SHOWN_WORD = re.compile(
    r"\bprinted\b|gedruckt|imprim[ée]|impreso|stampato|today is|heute ist", re.IGNORECASE
)
_PUBLISHED_WORD = re.compile(
    r"publi|posted|veröffentlicht|erschienen|gepubliceerd|опублик|opublik|نشر|प्रकाशित|发布|發布|公開|입력",
    re.IGNORECASE,
)
_MAX_DATE_TEXT = 120
_MAX_VISIBLE = 40
_TOLERANCE = timedelta(days=1)
_DATES_AFTER = 3


@dataclass(frozen=True, slots=True)
class Dates:
    """What was chosen, and the candidates that were not, for evidence."""

    published: DateCandidate | None
    modified: DateCandidate | None
    refused: tuple[DateCandidate, ...] = ()


def collect(page: Page) -> Iterator[DateCandidate]:
    """Yield the dates that the page states for machines, published before modified, likeliest first."""
    for field, json_names, metas, items in (
        (PUBLISHED, ("datePublished", "dateCreated", "uploadDate"), _PUBLISHED_META, ("datepublished",)),
        (MODIFIED, ("dateModified",), _MODIFIED_META, ("datemodified",)),
    ):
        for name in json_names:
            for node in page.json_ld.articles[:_DATES_AFTER]:
                for value in page.json_ld.resolve(node.get(name))[:1]:
                    yield from _candidate(field, value, EvidenceSource.JSON_LD, Confidence.HIGH)
        for _, content in page.metas.all(*metas):
            yield from _candidate(field, content, EvidenceSource.META, Confidence.HIGH)
        for item in page.items.named(*items):
            value = item.machine_value or text_of(item.element)
            yield from _candidate(field, value, item.source, Confidence.HIGH)


def from_url(url: str | None) -> DateCandidate | None:
    """The day that an article's address states."""
    path = urlsplit(url).path if url else ""
    match = _URL_DAY.search(path)
    if match is None or url is None:
        return None
    day = parse_machine("-".join(match.groups()))
    return None if day is None else Candidate(PUBLISHED, day, EvidenceSource.URL, url, Confidence.MEDIUM)


def month_from_url(url: str | None) -> DateCandidate | None:
    """The month that an article's address states, where it states no day."""
    match = _URL_MONTH.search(urlsplit(url).path) if url else None
    if match is None or url is None:
        return None
    month = PartialDate(int(match[1]), int(match[2]))
    return Candidate(PUBLISHED, month, EvidenceSource.URL, url, Confidence.MEDIUM)


def visible(page: Page, *, month_first: bool = False) -> Iterator[DateCandidate]:
    """Yield the dates that readers see in time elements and in elements that are marked as dates.

    A date above the headline is the masthead's, the day the page was shown.
    """
    headed = page.root.find(".//h1") is None
    count = 0
    for element in page.root.iter("h1", "time", *_DATE_TAGS):
        headed = headed or element.tag == "h1"
        if element.tag != "time" and not _is_marked(element):
            continue
        candidate = _seen(element, month_first, headed)
        if candidate is not None:
            yield candidate
            count += 1
            if count >= _MAX_VISIBLE:
                return


def _is_marked(element: _Element) -> bool:
    marks = f"{element.get('class') or ''} {element.get('id') or ''}"
    return 1 < len(marks) < 200 and _marks_date(marks)


@lru_cache(maxsize=20_000)
def _marks_date(marks: str) -> bool:
    return _DATE_CLASS.search(marks) is not None


def _seen(element: _Element, month_first: bool, headed: bool) -> DateCandidate | None:
    """Read the date of one element: as it states it for machines, or as its text says."""
    stated = element.get("datetime") or (element.get("title") or "" if element.tag != "time" else "")
    day = parse_machine(stated) if stated[:4].isdigit() else None
    raw, confidence = stated, Confidence.HIGH
    if day is None:
        raw, confidence = text_of(element), Confidence.MEDIUM
        day = parse_text(raw, month_first=month_first) if len(raw) <= _MAX_DATE_TEXT else None
    if day is None or _SHOWN_WORD.search(raw):
        return None
    source = EvidenceSource.TIME_TAG if element.tag == "time" else EvidenceSource.TEXT
    if not headed and source is EvidenceSource.TEXT and confidence is Confidence.MEDIUM:
        source, confidence = EvidenceSource.MASTHEAD, Confidence.LOW
    return Candidate(_field(element), day, source, raw, confidence)


def choose(page: Page, *, url: str | None, month_first: bool = False) -> Dates:
    """Choose the publication and the modification date of a page."""
    stated = list(collect(page))
    latest = None if page.captured_at is None else page.captured_at.date() + _TOLERANCE
    usable = [candidate for candidate in stated if _possible(candidate, latest)]
    published = next((candidate for candidate in usable if candidate.field == PUBLISHED), None)
    modified = next((candidate for candidate in usable if candidate.field == MODIFIED), None)
    if published is None:
        published = _unstated(page, url, latest, month_first)
    else:
        published = _local_day(published, page, usable, url, month_first)
    if modified is not None and published is not None and modified.value.latest < published.value.earliest:
        modified = None
    refused = tuple(candidate for candidate in stated if candidate is not published)
    return Dates(published, modified, _alternatives(refused, published, modified))


def _possible(candidate: DateCandidate, latest: date | None) -> bool:
    """Whether a date can be: nobody publishes after the page was saved."""
    return latest is None or candidate.value.earliest <= latest


def _alternatives(
    candidates: Iterable[DateCandidate], published: DateCandidate | None, modified: DateCandidate | None
) -> tuple[DateCandidate, ...]:
    """A few dates that say another day than what was chosen: a reader may judge differently."""
    chosen = {one.field: one.value.earliest for one in (published, modified) if one is not None}
    other: dict[tuple[str, date], DateCandidate] = {}
    for candidate in candidates:
        day = candidate.value.earliest
        if chosen.get(candidate.field) != day:
            other.setdefault((candidate.field, day), candidate)
    return tuple(other.values())[:_DATES_AFTER]


def _unstated(page: Page, url: str | None, latest: date | None, month_first: bool) -> DateCandidate | None:
    """Find the date of a page that states none for machines."""
    from newsarchive.extract.dateguess import guess

    in_url = from_url(url)
    if in_url is not None and _possible(in_url, latest):
        return in_url
    shown = [
        candidate
        for candidate in visible(page, month_first=month_first)
        if candidate.field == PUBLISHED and _possible(candidate, latest)
    ]
    ranked = sorted(shown, key=_trust)
    if ranked and ranked[0].source is not EvidenceSource.MASTHEAD:
        return ranked[0]
    guessed = guess(page, url=url, latest=latest)
    masthead = next(iter(ranked), None)
    if guessed and masthead and guessed.value.earliest == masthead.value.earliest:
        return masthead
    return guessed or month_from_url(url) or masthead


def _trust(candidate: DateCandidate) -> int:
    """Order visible dates: time elements, texts that say "published", other texts, the masthead."""
    if candidate.source is EvidenceSource.MASTHEAD:
        return 3
    if candidate.confidence is Confidence.HIGH:
        return 0
    return 1 if _PUBLISHED_WORD.search(candidate.raw) else 2


def _local_day(
    chosen: DateCandidate,
    page: Page,
    stated: list[DateCandidate],
    url: str | None,
    month_first: bool,
) -> DateCandidate:
    """Correct a UTC stamp near midnight where the page shows the day at its own place.

    A stamp of the same instant with an offset decides; else the neighbouring
    day that the URL or the page shows. The time of day is then unknown.
    """
    stamp = chosen.value
    if stamp.offset != 0 or stamp.hour is None or 7 <= stamp.hour <= 13:
        return chosen
    shown = list(visible(page, month_first=month_first))
    for other in [*stated, *shown]:
        if other.value.moment == stamp.moment and other.value.offset:
            return other if other.field == PUBLISHED else chosen
    in_url = from_url(url)
    near = [one for one in shown if one.field == PUBLISHED and one.source is not EvidenceSource.MASTHEAD]
    for other in ([in_url] if in_url else []) + near:
        distance = (other.value.earliest - stamp.earliest).days if other.value.day else None
        if distance == 0 and other.value.offset != 0:
            return chosen
        if distance == (1 if stamp.hour > 13 else -1) and other.value.offset != 0:
            return Candidate(
                PUBLISHED,
                PartialDate.from_date(other.value.earliest),
                chosen.source,
                f"{chosen.raw}; {other.raw}",
                chosen.confidence,
            )
    return chosen


def _field(element: _Element) -> str:
    """Whether a visible date is of publication or of modification, by its own words and marks."""
    parent = element.getparent()
    around = [element.get("class") or "", element.get("itemprop") or "", text_of(element)[:60]]
    if parent is not None:
        around += [parent.get("class") or "", (parent.text or "")[:60]]
    marks = " ".join(around)
    if _MODIFIED_WORD.search(marks) and not _PUBLISHED_CLASS.search(marks):
        return MODIFIED
    return PUBLISHED


def _candidate(
    field: str, value: object, source: EvidenceSource, confidence: Confidence
) -> Iterator[DateCandidate]:
    day = parse_machine(value)
    if day is not None:
        yield Candidate(field, day, source, str(value), confidence)
