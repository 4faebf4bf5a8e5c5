"""A tree in words: how a query was understood."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from newsarchive.base.dates import DateInterval
from newsarchive.query.ast import (
    And,
    Boost,
    DateConfidence,
    DateField,
    DateRange,
    Everything,
    Flag,
    Fuzzy,
    Has,
    Is,
    Language,
    Near,
    Not,
    Or,
    Phrase,
    Prefix,
    Presence,
    Query,
    SavedQuery,
    Text,
    TextField,
    Url,
    Wildcard,
    Word,
)

_PLACES = {
    TextField.ANY: "",
    TextField.HEADLINE: " in the headline",
    TextField.AUTHOR: " in an author's name",
    TextField.PUBLISHER: " in the publisher's name",
    TextField.SECTION: " in the section",
    TextField.KEYWORD: " in a keyword",
}
_DATES = {
    DateField.PUBLISHED: "a publication date",
    DateField.MODIFIED: "a date of change",
    DateField.CAPTURED: "a capture",
}
_FLAGS = {
    Flag.PAYWALLED: "a paywall, as the page says",
    Flag.REVISED: "more than one text, captured at different times",
}
_PRESENCES = {
    Presence.AUTHOR: "an author",
    Presence.PUBLISHED: "a publication date",
    Presence.MODIFIED: "a date of change",
    Presence.PUBLISHER: "a publisher",
    Presence.SECTION: "a section",
    Presence.KEYWORD: "a keyword",
    Presence.URL: "a URL",
    Presence.IMAGE: "an image",
    Presence.LANG: "a language",
    Presence.DESCRIPTION: "a description",
    Presence.HEADLINE: "a headline",
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


def _leaf(query: Query) -> str:
    match query:
        case Word() | Prefix() | Phrase() | Near() | Wildcard() | Fuzzy():
            return _text(query) + _PLACES[query.field]
        case DateRange(field, interval, written):
            typed = "" if written is None else f" ({_quoted(written)})"
            return f"{_DATES[field]} {_days(interval)}{typed}"
        case Url(text):
            return f"an address at {_quoted(text)}"
        case Is(flag):
            return _FLAGS[flag]
        case Has(presence):
            return _PRESENCES[presence]
        case DateConfidence(level):
            return f"a publication date of {level} confidence"
        case Language(tag):
            return f"the language {_quoted(tag)}"
        case SavedQuery(name):
            return f"what the saved search {_quoted(name)} asks for"
        case _:
            return "anything"


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
