"""A tree to query text: the inverse of ``parse``."""

from __future__ import annotations

from newsarchive.base.dates import DateInterval
from newsarchive.query.ast import (
    Among,
    And,
    Boost,
    Changed,
    DateConfidence,
    DateRange,
    Everything,
    Fuzzy,
    Has,
    Is,
    Language,
    Leaf,
    Marked,
    Named,
    NameField,
    Near,
    Not,
    NumberRange,
    Or,
    Phrase,
    Prefix,
    Query,
    SavedQuery,
    Text,
    TextField,
    Url,
    Wildcard,
    Word,
)
from newsarchive.query.characters import QUOTE_FAMILIES, shown
from newsarchive.query.lexer import is_bare_value

_Choice = Language | Is | Has | Changed | DateConfidence | Everything


def format_query(query: Query) -> str:
    """Write a tree as text that parses to the same tree.

    Exact for trees that ``parse``, ``all_of`` and ``any_of`` make. Raises
    ValueError for a phrase that holds every kind of quotation mark.
    """
    match query:
        case Or(parts):
            return " OR ".join(_grouped(part) for part in parts)
        case And(parts):
            return " ".join(_grouped(part) for part in parts)
        case Not(part):
            return f"-{_grouped(part)}"
        case Boost(part, factor):
            inner = _grouped(part)
            # Decimal, since a float's own text may be 1e-05; imported here, since most searches
            # format no query.
            from decimal import Decimal

            number = format(Decimal(repr(factor)).normalize(), "f")
            return f"({inner})^{number}" if isinstance(part, Not | Boost) else f"{inner}^{number}"
        case _:
            return _leaf(query)


def _grouped(query: Query) -> str:
    text = format_query(query)
    return f"({text})" if isinstance(query, And | Or) else text


def _leaf(query: Leaf) -> str:
    match query:
        case Word() | Prefix() | Phrase() | Near() | Wildcard() | Fuzzy():
            return ("" if query.field is TextField.ANY else f"{query.field}:") + _text(query)
        case DateRange(field, interval):
            return f"{field}:{_range(interval)}"
        case NumberRange(field, low, high):
            return f"{field}:{_numbers(low, high)}"
        case Named(field, name):
            return named_text(field, name)
        case Url(text):
            return f"url:{text if is_bare_value(text) and '*' not in text else _quoted(text)}"
        case SavedQuery(name):
            return f"query:{name if is_bare_value(name) else _quoted(name)}"
        case Marked():
            return _marked(query)
        case Among():
            raise ValueError("no text stands for the ids of articles")
        case _:
            return _choice(query)


def _marked(query: Marked) -> str:
    if query.value is None:
        return f"has:{query.field}"
    return f"{query.field}:{query.value if _is_bare_mark(query.value) else _quoted(query.value)}"


def _is_bare_mark(value: str) -> bool:
    return is_bare_value(value) and value != "*" and "*" not in value.removesuffix("*")


def _text(query: Text) -> str:
    match query:
        case Word(text):
            return text
        case Prefix(text):
            return f"{text}*"
        case Phrase(text):
            return _quoted(text)
        case Near(text, distance):
            return f"{_quoted(text)}~{distance}"
        case Wildcard(pattern):
            return pattern
        case Fuzzy(text, edits):
            return f"{text}~" if edits == 1 else f"{text}~{edits}"


def _choice(query: _Choice) -> str:
    match query:
        case Language(tag):
            return f"lang:{tag}"
        case Is(flag):
            return f"is:{flag}"
        case Has(presence):
            return f"has:{presence}"
        case Changed(change):
            return f"changed:{change}"
        case DateConfidence(level):
            return f"confidence:{level}"
        case Everything():
            return ""


def named_text(field: NameField, name: str) -> str:
    """What finds exactly this name; raises ValueError for one that holds every kind of quotation mark."""
    return f"{field}:={_quoted(name)}"


def _range(interval: DateInterval) -> str:
    if interval.earliest == interval.latest and interval.earliest is not None:
        return interval.earliest.isoformat()
    return "..".join("" if day is None else day.isoformat() for day in (interval.earliest, interval.latest))


def _numbers(low: int | None, high: int | None) -> str:
    if low == high and low is not None:
        return str(low)
    return "..".join("" if number is None else str(number) for number in (low, high))


def _quoted(text: str) -> str:
    for family in QUOTE_FAMILIES:
        if not any(mark in text for mark in family):
            opening, closing = family[0], family[1] if len(family) == 2 else family[0]
            return f"{opening}{text}{closing}"
    raise ValueError(f"a phrase that holds every kind of quotation mark: {shown(text)}")
