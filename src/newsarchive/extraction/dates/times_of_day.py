"""Times of day and zones beside a date: 14:05 Uhr, 3.04 p.m. EST, 下午3:05, 오후 3시 5분."""

from __future__ import annotations

import re
from dataclasses import dataclass

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
_TIME = re.compile(
    r"(?<![\d:])(\d{1,2})[:.h](\d\d)(?!\.?\d)(?::(\d\d))?\s?([ap])?(?:\.?\s?m\b\.?)?\s?"
    r"((?:UTC|GMT)?\s?[+-]\d\d?:?(?:\d\d)?(?!\d)|Z\b|[A-Z]{2,4}\b)?",
    re.IGNORECASE,
)
_EAST_ASIAN = re.compile(
    r"(上午|下午|午前|午後|오전|오후|凌晨|早上|晚上|中午)?\s?(\d{1,2})\s?[时時시点點:]\s?(\d{1,2})(?!\d)(?:\s?[分분])?"
)
_AFTERNOON = ("下午", "午後", "오후", "晚上", "中午")
_REACH = 25


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day in a text, and where it stands; the offset is in minutes east of UTC."""

    hour: int
    minute: int
    second: int | None
    offset: int | None
    start: int
    end: int


def offset_minutes(text: str | None) -> int | None:
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


def time_beside(text: str, start: int, end: int, *, since: int = 0) -> Clock | None:
    """Find the time right after the date at start:end, or right before it but not before ``since``."""
    # The pattern has to see what follows a time: 12.12 of 12.12.2024 is none.
    for first, last, seen in ((end, end + _REACH, len(text)), (max(since, start - _REACH), start, start)):
        clock = _east_asian(text, first, seen) or _western(text, first, seen)
        if clock is not None and clock.start < last:
            return clock
    return None


def _east_asian(text: str, first: int, last: int) -> Clock | None:
    match = _EAST_ASIAN.search(text, first, last)
    if match is None or not (match[1] or match[0].rstrip().endswith(("分", "분"))):
        return None
    hour, minute = int(match[2]), int(match[3])
    if match[1] in _AFTERNOON and hour < 12:
        hour += 12
    return Clock(hour, minute, None, None, *match.span()) if _exists(hour, minute) else None


def _western(text: str, first: int, last: int) -> Clock | None:
    match = _TIME.search(text, first, last)
    if match is None:
        return None
    hour, minute, half = int(match[1]), int(match[2]), (match[4] or "").lower()
    if half:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half == "p" else 0)
    second = None if match[3] is None else min(int(match[3]), 59)
    offset = offset_minutes(match[5])
    return Clock(hour, minute, second, offset, *match.span()) if _exists(hour, minute) else None


def _exists(hour: int, minute: int) -> bool:
    return hour < 24 and minute < 60
