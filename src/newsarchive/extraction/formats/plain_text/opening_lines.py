"""The lines of a plain text before its body: welcome, masthead, headline, byline, date, standfirst."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from newsarchive.base import urls
from newsarchive.base.dates import PartialDate
from newsarchive.extraction.candidate import Candidate
from newsarchive.extraction.dates.date_ranking import MODIFIED, PUBLISHED
from newsarchive.extraction.dates.datelines import read_dateline
from newsarchive.extraction.dates.written_dates import find_date
from newsarchive.extraction.formats.plain_text.printed_furniture import (
    host_of_line,
    is_printed_on,
    is_reading_time,
)
from newsarchive.extraction.words.boilerplate import is_boilerplate, is_related
from newsarchive.extraction.words.person_names import clean, is_person
from newsarchive.extraction.words.strings import key
from newsarchive.extraction.words.titles import Relation, relation, without_site
from newsarchive.model import Confidence, EvidenceSource

_WELCOME = re.compile(
    r"^\W*(?:welcome to|willkommen (?:bei|auf|zu[rm]?)|bienvenue (?:sur|à|au)|bienvenid[oa]s? a(?:l)?|"
    r"bem-vindo(?:s)? a(?:o)?|benvenut[oi] (?:su|a|in|al)|welkom (?:bij|op)|välkommen till|velkommen til|"
    r"tervetuloa|witamy (?:na|w)|vítejte na|добро пожаловать (?:на|в)|ласкаво просимо (?:до|на)|"
    r"καλώς ήρθατε στ[οη]|مرحبا(?:ً)? بكم في|أهلا(?:ً)? بكم في|به .{0,20} خوش آمدید|ברוכים הבאים ל|"
    r"में आपका स्वागत है|selamat datang di|chào mừng (?:bạn )?đến với|欢迎(?:来到|访问|光临)|"
    r"歡迎(?:來到|訪問|光臨)|ようこそ)\s*[:：]?\s*(?P<site>[^\n]{2,80})$",
    re.IGNORECASE,
)
_WELCOME_AFTER = re.compile(
    r"^(?P<site>.{2,60}?)(?:へようこそ|\s+में आपका स्वागत है|에 오신 것을 환영합니다)\W*$"
)
_SITE_LINE = re.compile(
    r"^\s*\|\s*(?P<site>[^|]{2,60}?)\s*\|?\s*$|^(?P<named>[^|]{2,60}?)\s*\|\s*[^|]{2,60}$"
)
_LABELLED = re.compile(
    r"^(?P<label>from|source|publisher|url|link|date|published|author|by|subject|title|headline|section|"
    r"quelle|von|datum|betreff|titel|rubrik|autor|fuente|fecha|título|titre|auteur|date de publication|"
    r"источник|дата|автор|заголовок)\s{0,3}[:：]\s{0,9}(?P<value>\S.*)$",
    re.IGNORECASE,
)
_LABELS = {
    "from": "authors", "by": "authors", "author": "authors", "von": "authors", "autor": "authors",
    "auteur": "authors", "автор": "authors",
    "source": "publisher", "publisher": "publisher", "quelle": "publisher", "fuente": "publisher",
    "источник": "publisher",
    "url": "url", "link": "url",
    "date": "date", "published": "date", "datum": "date", "fecha": "date", "дата": "date",
    "date de publication": "date",
    "subject": "headline", "title": "headline", "headline": "headline", "betreff": "headline",
    "titel": "headline", "título": "headline", "titre": "headline", "заголовок": "headline",
    "section": "section", "rubrik": "section",
}  # fmt: skip
_BYLINE = re.compile(
    r"^\W{0,3}(?:by|von|par|por|di|da|av|af|door|przez|od|автор|текст|بقلم|كتب|oleh|文|记者|記者|作者)"
    r"(?:\s*[:：/／]\s*|\s+)(?P<names>\S.{1,100})$",
    re.IGNORECASE,
)
_URL_LINE = re.compile(r"^<?(https?://\S{4,2000}?)>?$")
MAX_HEADLINE = 250
_MAX_STANDFIRST = 400
_MAX_FRONT = 14
_MAX_SITE = 80
_SENTENCE_END = tuple(".!?…。！？؟।\"'”’»")
# A standfirst is one sentence; the first paragraph of a body hardly ever is.
_SENTENCE_BREAK = re.compile(r"[.!?…][\"'”’»)]?\s+[^\W\d_a-z]|[。！？।](?=.)")


@dataclass(slots=True)
class Draft:
    """What has been read so far from the lines before the body."""

    captured_at: datetime | None
    time_known: bool = True
    headline: str | None = None
    description: str | None = None
    publisher: Candidate[str] | None = None
    section: str | None = None
    url: str | None = None
    authors: Candidate[tuple[str, ...]] | None = None
    sender: Candidate[tuple[str, ...]] | None = None
    dates: list[Candidate[PartialDate]] = field(default_factory=list)

    @property
    def published(self) -> Candidate[PartialDate] | None:
        """A stated date before the masthead's."""
        dates = [one for one in self.dates if one.field == PUBLISHED]
        return min(dates, key=lambda one: one.source is EvidenceSource.MASTHEAD, default=None)

    @property
    def modified(self) -> Candidate[PartialDate] | None:
        """The first date that stands behind a word for modification."""
        return next((one for one in self.dates if one.field == MODIFIED), None)


def read_front(lines: list[str], draft: Draft) -> list[str]:
    """Read the lines before the body into the draft; give the body's lines."""
    index = 0
    while index < min(len(lines), _MAX_FRONT) and _take(lines[index], draft):
        index += 1
    if draft.headline is None and _is_headline(lines, index):
        draft.headline = lines[index]
        index += 1
    while index < min(len(lines), _MAX_FRONT) and _take_after_headline(lines, index, draft):
        index += 1
    return lines[index:]


def _take(line: str, draft: Draft) -> bool:
    """Take a line that stands before a headline; False where it is something else."""
    readers: tuple[Callable[[str, Draft], bool], ...] = (
        _take_welcome, _take_host, _take_url, _take_label, _take_masthead, _take_byline, _take_site,
    )  # fmt: skip
    return any(read(line, draft) for read in readers) or is_related(line)


def _take_after_headline(lines: list[str], index: int, draft: Draft) -> bool:
    line = lines[index]
    readers: tuple[Callable[[str, Draft], bool], ...] = (
        _take_url, _take_label, _take_byline, take_date,
    )  # fmt: skip
    if any(read(line, draft) for read in readers) or repeats(line, draft) or is_reading_time(line):
        return True
    if _take_part_of_title(line, draft) or _take_bare_name(lines, index, draft):
        return True
    if draft.description is None and _is_standfirst(lines, index, draft):
        draft.description = line
        return True
    return len(line) < 60 and is_boilerplate(line)


def _take_welcome(line: str, draft: Draft) -> bool:
    match = _WELCOME.match(line) or _WELCOME_AFTER.match(line)
    if match is None:
        return False
    name_publisher(match["site"], line, draft, Confidence.MEDIUM)
    return True


def _take_host(line: str, draft: Draft) -> bool:
    host = host_of_line(line)
    if host is None:
        return False
    name_publisher(host, line, draft, Confidence.LOW)
    return True


def _take_part_of_title(line: str, draft: Draft) -> bool:
    """Take a line that repeats a part of the first one: a printed title is headline and site in one."""
    part = relation(draft.headline, line) if draft.headline else None
    if draft.headline is None or part in (None, Relation.SAME):
        return False
    if part is Relation.BEFORE_SUFFIX:
        draft.headline = line
    else:
        name_publisher(line, draft.headline, draft, Confidence.MEDIUM)
        draft.headline = without_site(draft.headline, [line])
    return True


def _take_bare_name(lines: list[str], index: int, draft: Draft) -> bool:
    """Take a name without "By", as reader views show it: above a reading time or a date."""
    line, below = lines[index], lines[index + 1 : index + 2]
    if draft.authors or not below or not is_person(line):
        return False
    if (
        not is_reading_time(below[0])
        and read_dateline(below[0], captured_at=draft.captured_at, time_known=draft.time_known) is None
    ):
        return False
    return name_authors(line, line, draft)


def _take_site(line: str, draft: Draft) -> bool:
    match = _SITE_LINE.match(line)
    if match is None or draft.publisher is not None or line.endswith(_SENTENCE_END):
        return False
    name_publisher(match["site"] or match["named"], line, draft, Confidence.LOW)
    return True


def name_publisher(name: str, line: str, draft: Draft, confidence: Confidence) -> None:
    site = name.strip(" |!.。！·-–—")
    if site and len(site) <= _MAX_SITE and draft.publisher is None:
        draft.publisher = Candidate("publisher", site, EvidenceSource.TEXT, line, confidence)


def _take_url(line: str, draft: Draft) -> bool:
    match = _URL_LINE.match(line)
    if match is None:
        return False
    draft.url = draft.url or urls.normalize(match[1])
    return True


def _take_label(line: str, draft: Draft) -> bool:
    """Take a line such as ``Subject: …`` of an e-mailed article."""
    match = _LABELLED.match(line)
    if match is None:
        return False
    name, value = _LABELS[match["label"].lower()], match["value"]
    if name == "headline":
        draft.headline = draft.headline or value[:MAX_HEADLINE]
    elif name == "section":
        draft.section = draft.section or value[:_MAX_SITE]
    elif name == "publisher":
        name_publisher(value, line, draft, Confidence.MEDIUM)
    elif name == "url":
        draft.url = draft.url or urls.normalize(value.strip("<> "))
    elif name == "authors":
        return name_authors(value, line, draft)
    else:
        return take_date(value, draft)
    return True


def _take_byline(line: str, draft: Draft) -> bool:
    match = _BYLINE.match(line)
    if match is None or line.endswith(_SENTENCE_END) or draft.authors is not None:
        return False
    # A date often shares the byline's line.
    found = find_date(match["names"])
    names = match["names"][: found.start] if found else match["names"]
    if not name_authors(re.split(r"\s*[|•·–—]\s*", names)[0], line, draft):
        return False
    if found:
        take_date(match["names"][found.start :], draft)
    return True


def name_authors(names: str, line: str, draft: Draft) -> bool:
    people = clean([names])
    if not people or len(names.split()) > 14:
        return False
    draft.authors = Candidate("authors", people, EvidenceSource.TEXT, line, Confidence.MEDIUM)
    return True


def _take_masthead(line: str, draft: Draft) -> bool:
    """Take a line that is a date and nothing else, above the headline: the day the page was shown."""
    return _take_dates(
        read_dateline(line, captured_at=draft.captured_at, time_known=draft.time_known, above_headline=True),
        draft,
    )


def take_date(line: str, draft: Draft) -> bool:
    """Take a date line under the headline: there it is the article's own."""
    if is_printed_on(line):
        return _take_masthead(line, draft)
    return _take_dates(read_dateline(line, captured_at=draft.captured_at, time_known=draft.time_known), draft)


def _take_dates(dates: tuple[Candidate[PartialDate], ...] | None, draft: Draft) -> bool:
    draft.dates.extend(dates or ())
    return dates is not None


def _is_headline(lines: list[str], index: int) -> bool:
    """A headline is short, unlike a sentence, and something follows it."""
    if index >= len(lines):
        return False
    line = lines[index]
    if len(line) > MAX_HEADLINE or index + 1 >= len(lines):
        return False
    sentence = line.endswith((".", "。", "।", "۔")) and not line.endswith("...")
    return not sentence or len(line) < max(map(len, lines[index + 1 :])) / 4


def _is_standfirst(lines: list[str], index: int, draft: Draft) -> bool:
    """A standfirst is the one shorter paragraph between headline and body."""
    if draft.headline is None or index + 2 >= len(lines):
        return False
    line, following = lines[index], lines[index + 1 :]
    longest = max(map(len, following))
    body_follows = any(len(other) > len(line) * 1.3 for other in following[:4])
    return (
        len(draft.headline) * 0.8 < len(line) <= _MAX_STANDFIRST
        and body_follows
        and len(line) < 0.75 * longest
        and not _SENTENCE_BREAK.search(line)
        and not is_related(line)
    )


def repeats(line: str, draft: Draft) -> bool:
    return draft.headline is not None and key(line) == key(draft.headline)
