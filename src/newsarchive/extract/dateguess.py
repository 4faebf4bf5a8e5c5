"""The last resort for a date: htmldate's search of the whole page, on the tree that is there already."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import date, datetime
from functools import cache
from typing import cast

from newsarchive.dates import PartialDate
from newsarchive.extract.candidate import Candidate
from newsarchive.extract.datetext import find_date, parse_text
from newsarchive.extract.months import MONTHS
from newsarchive.extract.page import Page
from newsarchive.model import Confidence, EvidenceSource

# Without a bound of ours htmldate reads the clock, and its answer changes with the day.
_LATEST = "2099-12-31"
_MAX_SEGMENT = 200
_BESIDE = 40
logging.getLogger("htmldate").addHandler(logging.NullHandler())


def guess(page: Page, *, url: str | None, latest: date | None) -> Candidate[PartialDate] | None:
    """Ask htmldate for the original date: a guess, unless a line of the page is that date.

    The first of a month is believed only where the page says so.
    """
    if page.is_huge:
        # 200,000 paragraphs take htmldate four minutes.
        return None
    search = _htmldate()
    until = latest.isoformat() if latest else _LATEST
    try:
        found = search(page.root, original_date=True, url=url or "", max_date=until)
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 -- a guess that fails is no guess: its library meets hostile pages
        return None
    if found is None:
        return None
    value = PartialDate.fromisoformat(found)
    raw = _text_stating(page, value)
    if raw is None and value.day == 1:
        # It writes "March 2024" as 1 March, and a copyright year as 1 January.
        if value.month == 1:
            return None
        value = PartialDate(value.year, value.month)
    confidence = Confidence.MEDIUM if raw is not None and _is_date_line(raw) else Confidence.LOW
    return Candidate("date_published", value, EvidenceSource.TEXT, raw or found, confidence)


@cache
def _htmldate() -> Callable[..., str | None]:
    from htmldate import extractors
    from htmldate import find_date as search

    # For texts that it can't read itself it asks dateparser, which takes 1.5 s to load and
    # reads the clock; the reader of this package lost 1 of 1,085 dev pages to that.
    setattr(extractors, "_external_date", _read_text)  # noqa: B010 -- its name is not ours to assign
    setattr(extractors, "month_words", _month_words)  # noqa: B010
    return cast("Callable[..., str | None]", search)


@cache
def _month_words() -> frozenset[str]:
    return frozenset(MONTHS)


def _read_text(text: str) -> datetime | None:
    day = parse_text(text)
    return None if day is None or day.day is None else datetime(day.year, day.month or 1, day.day)


def _is_date_line(text: str) -> bool:
    """Whether a text is a date and hardly anything else: then it dates what it stands by."""
    found = find_date(text)
    return found is not None and len(text) - (found.end - found.start) <= _BESIDE


def _text_stating(page: Page, value: PartialDate) -> str | None:
    """The first text of the page that states this very day."""
    year = str(value.year)
    for node in page.root.itertext():
        text = str(node)
        if year in text and len(text) <= _MAX_SEGMENT:
            day = parse_text(text)
            if day is not None and day.day and day.earliest == value.earliest:
                return " ".join(text.split())
    return None
