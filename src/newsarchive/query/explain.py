"""A tree in words: how a query was understood."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from newsarchive.base.dates import DateInterval
from newsarchive.query.ast import (
    Among,
    And,
    Boost,
    Changed,
    DateConfidence,
    DateRange,
    Everything,
    Filter,
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

_NAMES = {
    NameField.AUTHOR: "an author",
    NameField.PUBLISHER: "the publisher",
    NameField.SECTION: "the section",
    NameField.KEYWORD: "a keyword",
    NameField.LANG: "the language",
}


def explain(query: Query, *, today: date) -> str:
    """Say line by line what a query asks for; ``today`` is the day that it was parsed with."""
    if isinstance(query, Everything):
        return "all articles"
    first, *others = _outline(query, 0)
    lines = [f"articles {first}" if first.startswith("without") else f"articles with {first}", *others]
    if any(leaf.written is not None for leaf in _date_ranges(query)):
        lines.append(f"today is {today}")
    return "\n".join(lines)


def _outline(query: Query, depth: int) -> Iterator[str]:
    head, parts = _head(query)
    yield f"{'  ' * depth}· {head}" if depth else head
    for part in parts:
        yield from _outline(part, depth + 1)


def _head(query: Query) -> tuple[str, Sequence[Query]]:
    """A line on a query, and the parts that follow it."""
    match query:
        case And(parts):
            return "all of these:", parts
        case Or(parts):
            return "any of these:", parts
        case Not(And(parts)):
            return "without all of these together:", parts
        case Not(part):
            head, inner = _head(part)
            return f"without {head}", inner
        case Boost(part, factor):
            head, inner = _head(part)
            colon = ":" if inner else ""
            return f"{head.removesuffix(':')}, which counts {factor:g} times in the order{colon}", inner
        case _:
            return _leaf(query), ()


def _leaf(query: Leaf) -> str:
    match query:
        case Word() | Prefix() | Phrase() | Near() | Wildcard() | Fuzzy():
            return _text(query) + query.field.about.said
        case SavedQuery(name):
            return f"what the saved search {_quoted(name)} asks for"
        case Marked(field, value):
            return f"a {field}" if value is None else f"{field.about.said} {_quoted(value)}"
        case _:
            return _filter(query)


def _filter(query: Filter) -> str:  # noqa: C901  a line a kind
    match query:
        case DateRange(field, interval, written):
            typed = "" if written is None else f" ({_quoted(written)})"
            return f"{field.about.said} {_days(interval)}{typed}"
        case NumberRange(field, low, high):
            return f"{_numbers(low, high)} {field.about.said}"
        case Url(text):
            return f"an address at {_quoted(text)}"
        case Is(flag):
            return flag.said
        case Has(presence):
            return presence.said
        case Changed(change):
            return change.said
        case DateConfidence(level):
            return f"a publication date of {level} confidence"
        case Named(field, name):
            return f"{_quoted(name)} itself as {_NAMES[field]}"
        case Language(tag):
            return f"the language {_quoted(tag)}"
        case Everything():
            return "anything"
        case Among(ids):
            return f"one of {len(ids):,} ids"


def _text(query: Text) -> str:
    match query:
        case Word(text, TextField.ANY | TextField.HEADLINE):
            return f"the word {_quoted(text)} in any form"
        case Word(text):
            return f"the word {_quoted(text)}"
        case Prefix(text):
            return f"a word that begins with {_quoted(text)}"
        case Phrase(text):
            return f"exactly {_quoted(text)}"
        case Near(text, distance):
            return f"{_quoted(text)} in any order, at most {_words(distance)} between them"
        case Wildcard(pattern):
            return f"a word of the shape {_quoted(pattern)}"
        case Fuzzy(text, edits):
            return f"a word like {_quoted(text)}, up to {edits} letter{'s' if edits > 1 else ''} different"


def _words(count: int) -> str:
    return "1 other word" if count == 1 else f"{count} other words"


def _numbers(low: int | None, high: int | None) -> str:
    if high is None:
        return f"at least {low or 0:,}"
    if low is None:
        return f"at most {high:,}"
    return f"{low:,}" if low == high else f"{low:,} to {high:,}"


def _days(interval: DateInterval) -> str:
    if interval.earliest is None:
        return f"up to {interval.latest}"
    if interval.latest is None:
        return f"from {interval.earliest} on"
    if interval.earliest == interval.latest:
        return f"on {interval.earliest}"
    return f"from {interval.earliest} to {interval.latest}"


def _quoted(text: str) -> str:
    return f"“{' '.join(text.split())}”"


def _date_ranges(query: Query) -> Iterator[DateRange]:
    match query:
        case And(parts) | Or(parts):
            for part in parts:
                yield from _date_ranges(part)
        case Not(part) | Boost(part):
            yield from _date_ranges(part)
        case DateRange():
            yield query
        case _:
            return
