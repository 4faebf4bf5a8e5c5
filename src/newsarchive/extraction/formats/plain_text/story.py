"""Pages saved as plain text: what people copy, print to text or get by e-mail.

Read as a person reads: a welcome line, the day in the masthead, the headline, a
standfirst, a byline, a date, then paragraphs. The masthead's day is the day the
page was shown, so it bounds the publication date and is no more than a guess.
"""

from __future__ import annotations

import re
from datetime import datetime

from newsarchive.base import urls
from newsarchive.errors import ExtractError
from newsarchive.extraction.candidate import Candidate
from newsarchive.extraction.fields import language
from newsarchive.extraction.formats.plain_text.forwarded_mail import Letter, unwrap
from newsarchive.extraction.formats.plain_text.opening_lines import (
    MAX_HEADLINE,
    Draft,
    name_authors,
    name_publisher,
    read_front,
    repeats,
    take_date,
)
from newsarchive.extraction.formats.plain_text.printed_furniture import is_page_edge
from newsarchive.extraction.words.boilerplate import is_related
from newsarchive.extraction.words.paragraphs import paragraphs
from newsarchive.extraction.words.person_names import is_person
from newsarchive.extraction.words.strings import key
from newsarchive.model import Article, Confidence, EvidenceSource

# How newswire ends: "(Reporting by Jane Doe; editing by John Roe)"; and how it begins.
_CREDIT = re.compile(
    r"^\((?:additional )?(?:reporting|writing) by (?P<names>[^;()]{3,120})[^()]{0,300}\)$", re.IGNORECASE
)
_DATELINE = re.compile(r"^[^\W\d_][^()\d]{1,40}(?:,\s[^()]{3,20})?\s\((?P<agency>[^()]{2,20})\)\s[-–—]\s")


def extract_text(
    text: str, *, url: str | None, captured_at: datetime | None, time_known: bool = True
) -> Article:
    """Extract the article of a plain text; raises ExtractError where it holds no words."""
    letter = unwrap(text)
    lines = paragraphs(letter.text if letter else text)
    if not any(key(line) for line in lines):
        raise ExtractError("the text holds no words", hint="check what was saved")
    draft = Draft(captured_at, time_known, url=urls.normalize(url) if url else None)
    if letter:
        _read_headers(letter, draft)
    body = _read_credit(read_front(lines, draft), draft)
    kept = [line for line in body if not _is_foreign(line, draft)]
    return _article(draft, "\n".join(kept))


def _is_foreign(line: str, draft: Draft) -> bool:
    return is_related(line) or repeats(line, draft) or is_page_edge(line, headline=draft.headline)


def _read_headers(letter: Letter, draft: Draft) -> None:
    """Take the headers of a message; who sends an article has not always written it."""
    draft.headline = letter.subject[:MAX_HEADLINE] if letter.subject else None
    if letter.date:
        take_date(letter.date, draft)
    if letter.sender and letter.is_desk:
        name_publisher(letter.sender, letter.sender, draft, Confidence.MEDIUM)
    elif letter.sender and is_person(letter.sender):
        draft.sender = Candidate(
            "authors", (letter.sender,), EvidenceSource.TEXT, letter.sender, Confidence.LOW
        )


def _read_credit(lines: list[str], draft: Draft) -> list[str]:
    """Take the authors of newswire: from the line that ends it, else the agency from its dateline."""
    credit = _CREDIT.match(lines[-1]) if lines else None
    if credit:
        if draft.authors is None:
            name_authors(credit["names"], lines[-1], draft)
        lines = lines[:-1]
    dateline = _DATELINE.match(lines[0][:120]) if lines else None
    if dateline and draft.authors is None:
        name_authors(dateline["agency"], lines[0][:120], draft)
    return lines


def _article(draft: Draft, text: str) -> Article:
    published, people = draft.published, draft.authors or draft.sender
    if not text and draft.description:
        text, draft.description = draft.description, None
    if not text and draft.headline:
        text = draft.headline
    tongue = language.choose((), text=text)
    modified = draft.modified
    refused = [one for one in draft.dates if one not in (published, modified)][:3]
    chosen = (_title(draft), draft.publisher, people, published, modified, tongue, *refused)
    return Article(
        headline=draft.headline,
        description=draft.description,
        authors=people.value if people else (),
        date_published=published.value if published else None,
        date_confidence=published.confidence if published else None,
        date_modified=modified.value if modified else None,
        publisher=draft.publisher.value if draft.publisher else None,
        section=draft.section,
        language=tongue.value if tongue else None,
        url=draft.url,
        text=text,
        evidence=tuple(one.evidence() for one in chosen if one is not None),
    )


def _title(draft: Draft) -> Candidate[str] | None:
    if draft.headline is None:
        return None
    return Candidate("headline", draft.headline, EvidenceSource.TEXT, draft.headline, Confidence.MEDIUM)
