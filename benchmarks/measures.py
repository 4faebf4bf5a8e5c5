"""How well an article that was extracted agrees with its label: one page at a time, then over many. Pure.

Body: overlap of shingles of four words (of characters where words are not spaced),
as counted by the article-extraction-benchmark of Zyte; F1 is the harmonic mean of the
mean precision and the mean recall. Segments: sentences that a body must hold or must
not, counted over all pages. Authors: F1 of the two sets of names. Day: the label's
calendar day, in UTC or by the clock of the label.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import fmean
from typing import Any

from newsarchive.base.scripts import UNSPACED

_TOKEN = re.compile(f"[{UNSPACED}]|[^\\W{UNSPACED}]+")
_SHINGLE = 4
_QUOTES = {"'": "\u2018\u2019\u201a\u201b\u2032`\u00b4", '"': "\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb"}
_DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212"
_INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\ufeff\u200e\u200f"
_FOLDED = str.maketrans(
    {
        **{odd: plain for plain, group in _QUOTES.items() for odd in group},
        **dict.fromkeys(_DASHES, "-"),
        **dict.fromkeys(_INVISIBLE, ""),
        "\u2026": "...",
    }
)
_BY = re.compile(r"^(by|von|par|por|di|da)\s+")
_MOMENT = re.compile(
    r"(\d{4})-(\d\d?)-(\d\d?)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,]\d+)?)?\s*(Z|[+-]\d\d:?(?:\d\d)?)?)?",
    re.IGNORECASE,
)
# Precision or recall below this is an error that a reader sees.
_POOR = 0.8


@dataclass(frozen=True, slots=True)
class Extracted:
    """What an extractor says of a page; ``refused``: it says why it has nothing, ``failed``: it crashed."""

    body: str = ""
    title: str | None = None
    authors: tuple[str, ...] = ()
    date: str | None = None
    failed: bool = False
    refused: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PageScore:
    """One page; None where its label says nothing of a field, or nothing can be said."""

    source: str
    script: str
    has_body_label: bool
    precision: float | None
    recall: float | None
    segments: tuple[int, int, int] | None  # found, found though undesired, not found
    title: bool | None
    authors: float | None
    day: bool | None
    empty: bool
    failed: bool
    refused: bool
    errors: tuple[str, ...]


def score(label: Mapping[str, Any], found: Extracted) -> PageScore:
    """Compare a page with its label."""
    has_body = "body" in label
    precision, recall = (
        overlap(label["body"], found.body, optional=label.get("body_optional")) if has_body else (None, None)
    )
    title = same_title(label["title"], found.title) if label.get("title") else None
    authors = names_f1(label["authors"], found.authors) if "authors" in label else None
    day = same_day(label["date_published"], found.date) if label.get("date_published") else None
    return PageScore(
        source=label["source_set"],
        script=script_of(_sample(label)),
        has_body_label=has_body,
        precision=precision,
        recall=recall,
        segments=segments(label, found.body) if "expect" in label or "reject" in label else None,
        title=title,
        authors=authors,
        day=day,
        empty=not found.body.strip(),
        failed=found.failed,
        refused=found.refused,
        errors=tuple(
            error
            for error in (
                _body_error(precision, recall) if has_body else None,
                None if title is not False else "title: other wording" if found.title else "title: none",
                _authors_error(label.get("authors"), found.authors) if authors not in (None, 1.0) else None,
                None if day is not False else _day_error(label["date_published"], found.date),
            )
            if error
        ),
    )


def overlap(gold: str, body: str, *, optional: str | None = None) -> tuple[float | None, float | None]:
    """Precision and recall of a body; what is optional is neither missing nor too much.

    Precision is undefined where nothing was found, recall where nothing was to be found.
    """
    wanted, given = shingles(gold), shingles(body)
    if not wanted or not given:
        return (1.0, 1.0) if not wanted and not given else (0.0, None) if given else (None, 0.0)
    common = (wanted & given).total()
    surplus = given - wanted
    if optional:
        surplus -= shingles(optional)
    return common / ((common + surplus.total()) or 1), common / wanted.total()


def shingles(text: str) -> Counter[tuple[str, ...]]:
    """Runs of four words with their counts; of a shorter text, all of it."""
    words = _TOKEN.findall(text)
    if len(words) < _SHINGLE:
        return Counter([tuple(words)] if words else [])
    return Counter(zip(*(words[start:] for start in range(_SHINGLE)), strict=False))


def segments(label: Mapping[str, Any], body: str) -> tuple[int, int, int]:
    """Segments found, found though undesired, and not found."""
    text = " ".join(body.split())
    expected, refused = label.get("expect") or (), label.get("reject") or ()
    found = sum(" ".join(each.split()) in text for each in expected)
    return found, sum(" ".join(each.split()) in text for each in refused), len(expected) - found


def fold(text: object) -> str:
    """A text without the differences that typography makes."""
    plain = html.unescape("" if text is None else str(text)).translate(_FOLDED)
    return " ".join(unicodedata.normalize("NFKC", plain).translate(_FOLDED).split()).casefold()


def same_title(gold: str, title: str | None) -> bool:
    """Whether two headlines are one, typography aside."""
    return fold(gold) == fold(title)


def names_f1(gold: str | Sequence[str] | None, authors: Iterable[str]) -> float:
    """F1 of two sets of names; nobody where nobody is named is right."""
    wanted, given = _names(gold), _names(tuple(authors))
    if not wanted and not given:
        return 1.0
    return 2 * len(wanted & given) / (len(wanted) + len(given))


def _names(value: str | Sequence[str] | None) -> set[str]:
    listed = re.split(r"\s*[;|]\s*", value) if isinstance(value, str) else value or ()
    return {name for each in listed if (name := _BY.sub("", fold(each)).strip(" .,;:"))}


def same_day(gold: str, date: str | None) -> bool:
    """Whether two dates are of one day: in UTC, by the label's clock, or as they are written."""
    one, other = _moment(gold), _moment(date)
    if one is None or other is None:
        return False
    (label, offset), (moment, own) = one, other
    local = moment if own is None or offset is None else moment - own + offset
    days = (local.date(), moment.date())
    return (
        label.date() in days
        or (label - (offset or timedelta())).date() == (moment - (own or timedelta())).date()
    )


def _moment(text: str | None) -> tuple[datetime, timedelta | None] | None:
    match = _MOMENT.match(str(text or "").strip())
    if match is None:
        return None
    year, month, day, hour, minute, second, zone = match.groups()
    try:
        moment = datetime(
            int(year), int(month), int(day), int(hour or 0), int(minute or 0), min(int(second or 0), 59)
        )
    except ValueError:
        return None
    return moment, _offset(zone)


def _offset(zone: str | None) -> timedelta | None:
    if not zone or zone in "Zz":
        return timedelta() if zone else None
    digits = zone[1:].replace(":", "").ljust(4, "0")
    return timedelta(hours=int(digits[:2]), minutes=int(digits[2:])) * (-1 if zone[0] == "-" else 1)


def script_of(text: str) -> str:
    """The script of most letters of a text, as Unicode names it; Japanese counts as CJK."""
    counts = Counter(unicodedata.name(char, "").split(" ")[0] for char in text[:4_000] if char.isalpha())
    counts["CJK"] += counts.pop("HIRAGANA", 0) + counts.pop("KATAKANA", 0)
    (name, number), *_ = counts.most_common(1)
    return name.capitalize() if number and name != "CJK" else "CJK" if number else "unknown"


def _sample(label: Mapping[str, Any]) -> str:
    return " ".join((label.get("body") or "", *(label.get("expect") or ()), label.get("title") or ""))


def _body_error(precision: float | None, recall: float | None) -> str | None:
    if precision is None:
        return "body: none"
    if recall is None or (precision < _POOR and recall < _POOR):
        return "body: another text"
    if precision < _POOR:
        return "body: much too much"
    return "body: much missing" if recall < _POOR else None


def _authors_error(gold: str | Sequence[str] | None, authors: Sequence[str]) -> str:
    wanted, given = _names(gold), _names(authors)
    if not wanted or not given:
        return "authors: none found" if wanted else "authors: found, none labelled"
    return "authors: some of them" if wanted & given else "authors: others"


def _day_error(gold: str, date: str | None) -> str:
    one, other = _moment(gold), _moment(date)
    if one is None or other is None:
        return "date: none" if not date else "date: less precise"
    days = (other[0].date() - one[0].date()).days
    return "date: off by a day" if abs(days) == 1 else "date: earlier" if days < 0 else "date: later"


def summarize(pages: Sequence[PageScore]) -> dict[str, float]:
    """The measures over many pages: means over those whose label has the field."""
    measures: dict[str, float | None] = {"pages": len(pages)}
    if any(page.has_body_label for page in pages):
        precision, recall = _mean(page.precision for page in pages), _mean(page.recall for page in pages)
        measures["body_f1"] = _harmonic(precision or 0.0, recall or 0.0)
    counted = [page.segments for page in pages if page.segments is not None]
    if counted:
        found, wrong, missed = (sum(column) for column in zip(*counted, strict=True))
        measures["segment_f1"] = 2 * found / ((2 * found + wrong + missed) or 1)
    measures["title"] = _mean(page.title for page in pages)
    measures["author_f1"] = _mean(page.authors for page in pages)
    measures["day"] = _mean(page.day for page in pages)
    measures["empty"] = sum(page.empty for page in pages)
    measures["crashed"] = sum(page.failed for page in pages)
    return {name: value for name, value in measures.items() if value is not None}


def _mean(values: Iterable[float | None]) -> float | None:
    stated = [value for value in values if value is not None]
    return fmean(stated) if stated else None


def _harmonic(one: float, other: float) -> float:
    return 2 * one * other / ((one + other) or 1)
