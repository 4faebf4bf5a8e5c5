"""Values as users say them, checked and brought to the JSON form of an article."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from typing import Any

from newsarchive.base.dates import DateInterval, PartialDate
from newsarchive.base.urls import normalize
from newsarchive.errors import InvalidArgument, QueryError
from newsarchive.query.typed_dates import parse_date
from newsarchive.store.writing.correction_acts import SaidValue

Said = str | bool | date | PartialDate | Iterable[str] | None

# Names in queries and everyday speech, beside those of the JSON form.
_OTHER_NAMES = {
    "title": "headline",
    "published": "date_published",
    "date": "date_published",
    "modified": "date_modified",
    "author": "authors",
    "keyword": "keywords",
    "lang": "language",
    "free": "is_accessible_for_free",
}
# A text that is no value of a field any more.
_LONGEST = 10_000
_MOST = 100
_NO_DATE = "write 2024, 2024-10, 2024-10-30, 2024-10-30T14:05+01:00 or 30 Oct 2024"


def field_named(name: str) -> str:
    """The field of the JSON form that a name means. Raises InvalidArgument."""
    field = _OTHER_NAMES.get(name.lower(), name.lower())
    if field in _READ:
        return field
    if field == "text":
        raise InvalidArgument("the text can't be corrected by hand", hint="capture the page again")
    raise InvalidArgument(f"articles have no field {name!r} to correct", hint=f"known: {', '.join(_READ)}")


def said_values(values: Mapping[str, Said], *, today: date) -> dict[str, SaidValue]:
    """What is said, by the fields of the JSON form. Raises InvalidArgument."""
    said: dict[str, SaidValue] = {}
    for name, value in values.items():
        field = field_named(name)
        if field in said:
            raise InvalidArgument(f"{field} is given twice", hint="give one value for each field")
        said[field] = _said(field, value, today)
    if not said:
        raise InvalidArgument("there is nothing to correct", hint="give a field and its value")
    return said


def _said(field: str, value: Said, today: date) -> SaidValue:
    typed = _typed(value)
    if len(typed) > _LONGEST:
        raise InvalidArgument(f"{field} is too long", hint=f"at most {_LONGEST:,} characters")
    empty: Any = [] if field in _LISTS else None
    return SaidValue(_READ[field](value, typed, today) if typed else empty, typed)


def _typed(value: Said) -> str:
    if value is None:
        return ""
    if isinstance(value, PartialDate | date):
        return value.isoformat()
    if isinstance(value, str | bool):
        text = str(value)
    elif isinstance(value, Iterable):
        text = "; ".join(map(str, value))
    else:
        raise InvalidArgument(f"{value!r} is no value of an article", hint="give a text")
    return " ".join(text.encode("utf-8", "replace").decode("utf-8").split())


def _text(value: Said, typed: str, today: date) -> str:
    del value, today
    return typed


def _names(value: Said, typed: str, today: date) -> list[str]:
    del value, today
    names = list(dict.fromkeys(name.strip() for name in typed.split(";") if name.strip()))
    if len(names) > _MOST:
        raise InvalidArgument(f"{len(names)} names are too many", hint=f"at most {_MOST}")
    return names


def _date(value: Said, typed: str, today: date) -> str:
    if isinstance(value, datetime):
        return PartialDate.from_datetime(value).isoformat()
    try:
        return PartialDate.fromisoformat(typed).isoformat()
    except ValueError:
        pass
    try:
        return _whole(parse_date(typed, today=today), typed).isoformat()
    except QueryError as error:
        raise InvalidArgument(error.message, hint=_NO_DATE) from error


def _whole(days: DateInterval, typed: str) -> PartialDate:
    """The day, month or year that an interval is."""
    first = days.earliest
    for date_ in () if first is None else _dates_from(first):
        if date_.interval == days:
            return date_
    raise InvalidArgument(f"{typed!r} is no day, month or year", hint=_NO_DATE)


def _dates_from(day: date) -> Iterable[PartialDate]:
    return (
        PartialDate(day.year, day.month, day.day),
        PartialDate(day.year, day.month),
        PartialDate(day.year),
    )


def _url(value: Said, typed: str, today: date) -> str:
    del value, today
    url = normalize(typed)
    if url is None or not re.match(r"https?://", url):
        raise InvalidArgument(f"{typed!r} is no address", hint="give it whole: https://example.com/story")
    return url


def _language(value: Said, typed: str, today: date) -> str:
    del value, today
    # Imported here: extraction is of no use to whoever corrects a name.
    from newsarchive.extraction.words import language_tags

    tag = language_tags.normalize(typed)
    if tag is None:
        raise InvalidArgument(f"{typed!r} is no code of a language", hint="write en, pt or zh-Hant")
    return tag


def _yes_or_no(value: Said, typed: str, today: date) -> bool:
    del value, today
    words = {"yes": True, "true": True, "1": True, "no": False, "false": False, "0": False}
    if typed.lower() not in words:
        raise InvalidArgument(f"{typed!r} is neither yes nor no", hint="write yes or no")
    return words[typed.lower()]


_LISTS = frozenset(("authors", "keywords"))
_READ: Mapping[str, Callable[[Said, str, date], Any]] = {
    "headline": _text,
    "description": _text,
    "authors": _names,
    "date_published": _date,
    "date_modified": _date,
    "publisher": _text,
    "section": _text,
    "keywords": _names,
    "language": _language,
    "url": _url,
    "image": _url,
    "is_accessible_for_free": _yes_or_no,
}
