"""Dates as pages write them: ISO 8601 and its bad copies, and people's dates in many languages.

A date is as precise as its text: a month stays a month. Nothing here knows what
"today" is; a text that gives no year gives no date.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from newsarchive.dates import PartialDate
from newsarchive.extract.months import MONTHS

_MAX_TEXT = 300
_EARLIEST_YEAR, _LATEST_YEAR = 1600, 2199
_ISO = re.compile(
    r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})"
    r"(?:(?:[Tt]|,?\s{1,3})(\d{1,2}):(\d\d)(?::(\d\d?)(?:[.,]\d{1,9})?)?"
    r"\s?(Z|z|UTC|GMT|(?:UTC|GMT)?\s?[+-]\d\d?:?(?:\d\d)?)?)?"
)
_COMPACT = re.compile(r"(\d{4})(\d\d)(\d\d)(?:T?(\d\d)(\d\d)(\d\d)?(Z|[+-]\d\d:?\d\d)?)?")
_EPOCH = re.compile(r"\d{9,10}(?:\d{3})?")
_YEAR_ONLY = re.compile(r"\d{4}")
_MONTH_ONLY = re.compile(r"(\d{4})[-/.](\d{1,2})")
_EAST_ASIAN = re.compile(r"(\d{4})\s?[年년]\s?(\d{1,2})\s?[月월](?:\s?(\d{1,2})\s?[日일])?")
_VIETNAMESE = re.compile(r"(\d{1,2})\s{1,3}tháng\s{1,3}(\d{1,2})\s?,?\s{1,3}(?:năm\s{1,3})?(\d{4})")
_YEAR_FIRST = re.compile(r"(?<!\d)(\d{4})([-/.])\s?(\d{1,2})\2\s?(\d{1,2})(?!\d)")
_YEAR_LAST = re.compile(r"(?<!\d)(\d{1,2})([-/.])\s?(\d{1,2})\2\s?(\d{4})(?!\d)")
# A word runs to the next space or punctuation: vowel signs are no letters for Python's \w.
_TOKEN = re.compile(r"\d+|[^\W\d_](?:[^\s\d,/()|:;·•–—\-.]|\.(?=[^\W\d_]\.?[\s\d]))*")
_FILLERS = frozenset("de of do d del den di th st nd rd er e er. ta the a le la vom am on ngày".split())
_TIME = re.compile(
    r"(?<![\d:])(\d{1,2})[:.h](\d\d)(?!\d)(?::(\d\d))?\s?([ap])?(?:\.?\s?m\b\.?)?\s?"
    r"((?:UTC|GMT)?\s?[+-]\d\d?:?(?:\d\d)?(?!\d)|Z\b|[A-Z]{2,4}\b)?",
    re.IGNORECASE,
)
_TIME_REACH = 25
# Abbreviations that mean one offset in the press that uses them. IST is left out: it is
# India's, Ireland's and Israel's. Minutes east of UTC.
_ZONES = {
    "z": 0, "utc": 0, "gmt": 0, "wet": 0, "bst": 60, "west": 60, "cet": 60, "mez": 60, "cest": 120,
    "mesz": 120, "eet": 120, "sast": 120, "cat": 120, "eest": 180, "msk": 180, "eat": 180, "pkt": 300,
    "wib": 420, "hkt": 480, "sgt": 480, "awst": 480, "jst": 540, "kst": 540, "aest": 600, "aedt": 660,
    "nzst": 720, "nzdt": 780, "est": -300, "edt": -240, "et": -300, "cst": -360, "cdt": -300, "mst": -420,
    "mdt": -360, "pst": -480, "pdt": -420, "akst": -540, "hst": -600, "brt": -180, "art": -180,
}  # fmt: skip
_OFFSET = re.compile(r"([+-])(\d\d?):?(\d\d)?$")
_THAI = re.compile("[\u0e00-\u0e7f]")
_BUDDHIST = 543


@dataclass(frozen=True, slots=True)
class Found:
    """A date in a text, and where it stands."""

    date: PartialDate
    start: int
    end: int


def parse_machine(value: object) -> PartialDate | None:
    """Read a date that a page states for machines; None where it is none.

    Strict ISO 8601, its usual bad copies (one-digit parts, spaces, slashes),
    compact dates, seconds or milliseconds since 1970, RFC 2822, then people's dates.
    """
    if isinstance(value, dict):
        value = value.get("@value")
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        value = str(int(value)) if abs(value) < 1e15 else None
    if not isinstance(value, str):
        return None
    text = value.strip()[:_MAX_TEXT]
    for pattern, read in (
        (_ISO, _from_iso),
        (_EPOCH, _from_epoch),
        (_COMPACT, _from_compact),
        (_MONTH_ONLY, _from_month),
        (_YEAR_ONLY, _from_year),
    ):
        match = pattern.match(text) if pattern is _ISO else pattern.fullmatch(text)
        if match:
            return read(match)
    return parse_text(text)


def parse_text(text: str, *, month_first: bool = False) -> PartialDate | None:
    """Read the first date in a person's text; None where there is none."""
    found = find_date(text, month_first=month_first)
    return None if found is None else found.date


def find_date(text: str, *, month_first: bool = False) -> Found | None:
    """Find the first date in a text with its time of day, if one stands beside it.

    ``month_first`` decides what 3/4/2024 means; 13/4/2024 means one thing only.
    """
    text = _ascii_digits(text[:_MAX_TEXT])
    day = _find_numeric(text, month_first) or _find_named(text)
    if day is None or day.date.day is None:
        return day
    timed = _with_time(day, text)
    return day if timed is None else Found(timed, day.start, day.end)


def _ascii_digits(text: str) -> str:
    if text.isascii():
        return text
    text = unicodedata.normalize("NFKC", text)
    return "".join(str(unicodedata.decimal(char)) if char.isdecimal() else char for char in text)


def _make(
    year: int, month: int | None, day: int | None = None, *clock: int | None, offset: int | None = None
) -> PartialDate | None:
    if not _EARLIEST_YEAR <= year <= _LATEST_YEAR:
        return None
    hour, minute, second = (*clock, None, None, None)[:3]
    try:
        return PartialDate(
            year, month, day, hour, minute, None if second is None else min(second, 59), offset
        )
    except ValueError:
        return None


def _from_iso(match: re.Match[str]) -> PartialDate | None:
    year, month, day = int(match[1]), int(match[3]), int(match[4])
    if match[5] is None:
        return _make(year, month, day)
    clock = (int(match[5]), int(match[6]), None if match[7] is None else int(match[7]))
    return _make(year, month, day, *clock, offset=_offset(match[8])) or _make(year, month, day)


def _from_compact(match: re.Match[str]) -> PartialDate | None:
    year, month, day = (int(match[group]) for group in (1, 2, 3))
    if match[4] is None:
        return _make(year, month, day)
    clock = (int(match[4]), int(match[5]), None if match[6] is None else int(match[6]))
    return _make(year, month, day, *clock, offset=_offset(match[7]))


def _from_epoch(match: re.Match[str]) -> PartialDate | None:
    seconds = int(match[0])
    moment = datetime.fromtimestamp(seconds / 1000 if seconds > 10**11 else seconds, UTC)
    return PartialDate.from_datetime(moment)


def _from_month(match: re.Match[str]) -> PartialDate | None:
    return _make(int(match[1]), int(match[2]))


def _from_year(match: re.Match[str]) -> PartialDate | None:
    return _make(int(match[0]), None)


def _offset(text: str | None) -> int | None:
    """Minutes east of UTC of a zone as written; None where it is none or means several."""
    if not text:
        return None
    bare = text.strip().lower()
    if bare in _ZONES:
        return _ZONES[bare]
    match = _OFFSET.search(bare)
    if match is None:
        return None
    minutes = int(match[2]) * 60 + int(match[3] or 0)
    return None if minutes >= 24 * 60 else -minutes if match[1] == "-" else minutes


def _find_numeric(text: str, month_first: bool) -> Found | None:
    for pattern, order in ((_EAST_ASIAN, (1, 2, 3)), (_YEAR_FIRST, (1, 3, 4)), (_VIETNAMESE, (3, 2, 1))):
        match = pattern.search(text)
        if match:
            year, month = int(match[order[0]]), int(match[order[1]])
            date = _make(year, month, None if match[order[2]] is None else int(match[order[2]]))
            if date:
                return Found(date, *match.span())
    match = _YEAR_LAST.search(text)
    if match is None:
        return None
    first, second, year = int(match[1]), int(match[3]), _year(match[4], text)
    american = second > 12 or (month_first and match[2] == "/" and first <= 12)
    date = _make(year, first, second) if american else _make(year, second, first)
    return None if date is None else Found(date, *match.span())


def _year(digits: str, text: str) -> int:
    year = int(digits)
    return year - _BUDDHIST if 2400 < year < 2700 and _THAI.search(text) else year


@dataclass(frozen=True, slots=True)
class _Token:
    text: str
    start: int
    end: int

    @property
    def month(self) -> int | None:
        name = self.text.casefold().rstrip(".")
        # Hebrew writes "in March" as one word.
        return MONTHS.get(name) or MONTHS.get(name.removeprefix("ב"))

    @property
    def day(self) -> int | None:
        return int(self.text) if self.text.isdigit() and len(self.text) <= 2 else None

    def year(self, text: str) -> int | None:
        return _year(self.text, text) if self.text.isdigit() and len(self.text) == 4 else None


def _tokens(text: str) -> list[_Token]:
    """Numbers and words; two words that are one month ("تشرين الأول") become one, fillers go."""
    raw = [_Token(match[0], *match.span()) for match in _TOKEN.finditer(text)]
    merged: list[_Token] = []
    for token in raw:
        before = merged[-1] if merged else None
        if before and f"{before.text} {token.text}" in MONTHS:
            merged[-1] = _Token(f"{before.text} {token.text}", before.start, token.end)
        elif before and before.month is not None and before.month == token.month:
            # Arabic papers write a month by both of its names: "نيسان / أبريل".
            merged[-1] = _Token(before.text, before.start, token.end)
        elif token.text.casefold() not in _FILLERS:
            merged.append(token)
    return merged


def _find_named(text: str) -> Found | None:
    """Find a date whose month is a word: day month year, month day year, year month day, month year."""
    tokens = _tokens(text)
    month_only: Found | None = None
    for index, token in enumerate(tokens):
        month = token.month
        if month is None:
            continue
        for date, start, end in _around(tokens, index, month, text):
            if date.day is not None:
                return Found(date, start.start, end.end)
            month_only = month_only or Found(date, start.start, end.end)
    return month_only


def _around(
    tokens: list[_Token], index: int, month: int, text: str
) -> Iterator[tuple[PartialDate, _Token, _Token]]:
    """Yield the readings of a month's word with its neighbours, the fullest first."""
    before = tokens[index - 1] if index else None
    earlier = tokens[index - 2] if index > 1 else None
    after = tokens[index + 1] if index + 1 < len(tokens) else None
    later = tokens[index + 2] if index + 2 < len(tokens) else None
    this = tokens[index]
    for day, year, start, end in (
        (before, after, before, after),
        (after, later, this, later),
        (after, before, before, after),
        (before, earlier, earlier, this),
        (None, after, this, after),
        (None, before, before, this),
    ):
        if year is None or (day is not None and day.day is None):
            continue
        number = year.year(text)
        date = _make(number, month, day.day if day else None) if number else None
        if date is not None and (day is not None or (start, end) != (before, after)):
            yield date, start or this, end or this


def _with_time(found: Found, text: str) -> PartialDate | None:
    """Add the time of day that stands right after a date, or right before it."""
    match = _TIME.search(text, found.end, found.end + _TIME_REACH)
    if match is None:
        match = _TIME.search(text, max(0, found.start - _TIME_REACH), found.start)
    if match is None:
        return None
    hour, half = int(match[1]), (match[4] or "").lower()
    if half:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half == "p" else 0)
    day = found.date
    second = None if match[3] is None else int(match[3])
    return _make(day.year, day.month, day.day, hour, int(match[2]), second, offset=_offset(match[5]))
