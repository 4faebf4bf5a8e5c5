"""Lines of plain text that are a date and hardly anything else: datelines, mastheads, "2 hours ago"."""

from __future__ import annotations

from datetime import datetime, timedelta

from newsarchive.base.dates import PartialDate
from newsarchive.extraction.candidate import Candidate
from newsarchive.extraction.dates import surroundings
from newsarchive.extraction.dates.date_ranking import MODIFIED, PUBLISHED
from newsarchive.extraction.dates.other_calendars import noted
from newsarchive.extraction.dates.relative_dates import NOTE, resolve
from newsarchive.extraction.dates.surroundings import Trait
from newsarchive.extraction.dates.written_dates import Found, find_dates
from newsarchive.extraction.words.strings import key
from newsarchive.model import Confidence, EvidenceSource

DateCandidate = Candidate[PartialDate]

_MAX_LINE = 90
_MAX_BESIDE = 40
_TOLERANCE = timedelta(days=1)


def read_dateline(
    line: str, *, captured_at: datetime | None, time_known: bool = True, above_headline: bool = False
) -> tuple[DateCandidate, ...] | None:
    """Read the dates of a line; None where it is no dateline, empty where none of its dates can be.

    Above the headline a date is the day on which the page was shown, unless
    the line says that it is of publication.
    """
    if len(line) > _MAX_LINE or line.endswith("。"):
        return None
    found = list(find_dates(line))
    if not found:
        return _relative(line, captured_at, time_known=time_known)
    beside = len(key(line)) - sum(len(key(line[one.start : one.end])) for one in found)
    if beside > _MAX_BESIDE:
        return None
    fields = _fields(line, found)
    masthead = above_headline and Trait.LABELLED not in surroundings.of_label(line)
    return tuple(
        _candidate(one, line, field, masthead=masthead)
        for one, field in zip(found, fields, strict=True)
        if _is_possible(one.date, captured_at)
    )


def _candidate(found: Found, line: str, field: str, *, masthead: bool) -> DateCandidate:
    source = EvidenceSource.MASTHEAD if masthead else EvidenceSource.TEXT
    confidence = Confidence.LOW if masthead else Confidence.MEDIUM
    return Candidate(field, found.date, source, noted(line, found.calendar), confidence)


def _fields(line: str, found: list[Found]) -> list[str]:
    """What the words before each date make of it."""
    fields, previous = [], 0
    for one in found:
        modified = Trait.MODIFIED in surroundings.of_label(line[previous : one.start])
        fields.append(MODIFIED if modified else PUBLISHED)
        previous = one.end
    return fields


def _relative(
    line: str, captured_at: datetime | None, *, time_known: bool
) -> tuple[DateCandidate, ...] | None:
    resolved = None if captured_at is None else resolve(line, captured_at=captured_at)
    if resolved is None:
        return None
    if not time_known:
        return ()
    field = MODIFIED if Trait.MODIFIED in surroundings.of_label(line) else PUBLISHED
    return (Candidate(field, resolved.date, EvidenceSource.TEXT, f"{line} [{NOTE}]", resolved.confidence),)


def _is_possible(value: PartialDate, captured_at: datetime | None) -> bool:
    """Whether a date is not after the capture."""
    return captured_at is None or value.earliest <= captured_at.date() + _TOLERANCE
