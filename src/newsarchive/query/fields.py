"""The fields of the query language, and what a value means in each."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable
from datetime import date
from enum import StrEnum
from typing import TypeVar

from newsarchive import urls
from newsarchive.errors import QueryError, QuerySyntaxError, UnknownField, UnsupportedQuery
from newsarchive.model import Confidence
from newsarchive.query.ast import (
    DateConfidence,
    DateField,
    DateRange,
    Flag,
    Has,
    Is,
    Language,
    Phrase,
    Prefix,
    Presence,
    Query,
    TextField,
    Url,
    Word,
)
from newsarchive.query.dates import parse_range
from newsarchive.query.lexer import Kind, Token
from newsarchive.query.words import is_searchable, is_url_like, shown

EXAMPLES = {
    "headline": 'headline:troops or headline:"peace talks"',
    "author": 'author:sybiha or author:"Andrii Sybiha"',
    "publisher": 'publisher:reuters or publisher:"Global Village Space"',
    "section": "section:world",
    "keyword": 'keyword:ukraine or keyword:"climate change"',
    "lang": "lang:en or lang:pt-BR",
    "url": "url:example.com or url:example.com/world",
    "published": "published:2024-10, published:2024-10..2024-12 or published:yesterday",
    "modified": "modified:2024-10, modified:2024-10..2024-12 or modified:yesterday",
    "captured": "captured:2024-10, captured:2024-10..2024-12 or captured:yesterday",
    "is": "is:paywalled or is:revised",
    "has": "has:author or -has:published",
    "confidence": "confidence:high, confidence:medium or confidence:low",
}
# What other tools and everyday speech call a field; no spelling correction would find these.
_MEANT = {
    "title": "headline",
    "by": "author",
    "byline": "author",
    "outlet": "publisher",
    "source": "publisher",
    "category": "section",
    "tag": "keyword",
    "tags": "keyword",
    "topic": "keyword",
    "language": "lang",
    "site": "url",
    "domain": "url",
    "host": "url",
    "date": "published",
    "after": "published",
    "before": "published",
    "since": "published",
    "until": "published",
    "updated": "modified",
    "archived": "captured",
}
_TEXT_FIELDS = frozenset(TextField) - {TextField.ANY}
DATE_FIELDS = frozenset(DateField)
_PRESENCES = frozenset(Presence)
# BCP 47: a primary subtag of two or three letters, then subtags. Cut short, that is all a search needs.
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[a-z0-9]{1,8})*")
# Two dots at a digit, not an ellipsis.
_RANGE = re.compile(r"\d\.\.(?!\.)|(?<!\.)\.\.\d")
_Choice = TypeVar("_Choice", bound=StrEnum)


def field_name(token: Token) -> str:
    """The field that a token names, in any case. Raises UnknownField."""
    name = token.text.lower()
    if name in EXAMPLES:
        return name
    close = [_MEANT[name]] if name in _MEANT else difflib.get_close_matches(name, EXAMPLES, n=1)
    meant = f"did you mean {close[0]}:? " if close else ""
    raise UnknownField(
        f"there is no field {shown(token.text)}",
        position=token.start,
        hint=f"{meant}fields: {', '.join(EXAMPLES)}; text that holds a colon goes in quotes",
    )


def term(name: str | None, token: Token, *, today: date) -> Query:
    """What a word or phrase means in a field; ``name`` is None outside all fields."""
    if name is None:
        return _text(TextField.ANY, token)
    if token.kind is Kind.WORD and token.text == "*":
        raise _bare_star(name, token)
    if name in _TEXT_FIELDS:
        return _text(TextField(name), token)
    if name in DATE_FIELDS:
        return _date_range(DateField(name), token, today=today)
    return _READERS[name](token)


def _bare_star(name: str, token: Token) -> QueryError:
    hint = f"to find articles with this field: has:{name}" if name in _PRESENCES else EXAMPLES[name]
    return QuerySyntaxError(f"'*' is no value for '{name}:'", position=token.start, hint=hint)


def _text(field: TextField, token: Token) -> Word | Prefix | Phrase:
    if token.kind is Kind.PHRASE:
        _check_searchable(token, token.text)
        return Phrase(token.text, field)
    _check_fuzzy(token)
    _check_range(token)
    stem = token.text.removesuffix("*")
    _check_searchable(token, stem)
    is_prefix = stem != token.text
    _check_wildcards(token, stem, is_prefix=is_prefix)
    return Prefix(stem, field) if is_prefix else Word(stem, field)


def _check_searchable(token: Token, text: str) -> None:
    if is_searchable(text):
        return
    if not text.strip() and token.kind is Kind.PHRASE:
        raise QuerySyntaxError(
            "there is nothing between these quotation marks", position=token.start, hint="leave them out"
        )
    hint = "leave it out, or put it between quotation marks together with words"
    if token.text in ("||", "|"):
        hint = "between alternatives, write OR"
    elif token.text.startswith("*"):
        hint = "a word's beginning goes before '*': pentag*"
    raise QuerySyntaxError(
        f"there is no letter or digit to search for in {shown(token.text)}", position=token.start, hint=hint
    )


def _check_fuzzy(token: Token) -> None:
    stem, tilde, edits = token.text.rpartition("~")
    if not tilde or is_url_like(token.text) or edits.strip("0123456789."):
        return
    if not stem:
        raise QuerySyntaxError(
            f"{shown(token.text)} follows no word or phrase", position=token.start, hint="leave out the '~'"
        )
    raise UnsupportedQuery(
        f"fuzzy search is not supported yet: {shown(token.text)}",
        position=token.start,
        hint="name the spellings, zelensky OR zelenskyy, or use a prefix, zelensk*",
    )


def _check_range(token: Token) -> None:
    if _RANGE.search(token.text) and not is_url_like(token.text):
        raise QuerySyntaxError(
            f"a range of dates needs a field: {shown(token.text)}",
            position=token.start,
            hint=f"write, without spaces, {EXAMPLES['published']}",
        )


def _check_wildcards(token: Token, stem: str, *, is_prefix: bool) -> None:
    # A question mark at the end is punctuation, as in a headline that was pasted; in a URL it is a part.
    inner = stem if is_prefix else stem.rstrip("?")
    if "*" in inner or ("?" in inner and not is_url_like(inner)):
        raise UnsupportedQuery(
            f"wildcards inside or before a word are not supported yet: {shown(token.text)}",
            position=token.start,
            hint="name the forms, woman OR women, or use a prefix, wom*",
        )


def proximity(token: Token) -> QueryError:
    """The error for ``~`` after a phrase."""
    return UnsupportedQuery(
        "words near each other are not supported yet: '~' after a phrase",
        position=token.start,
        hint="search for all the words: (mutual pact), or for the exact phrase without '~'",
    )


def _date_range(field: DateField, token: Token, *, today: date) -> DateRange:
    try:
        return DateRange(field, parse_range(token.text, today=today))
    except QuerySyntaxError as exc:
        raise QuerySyntaxError(exc.message, position=token.start, hint=exc.hint) from exc


def _language(token: Token) -> Language:
    tag = token.text.strip().lower().replace("_", "-")
    if _LANGUAGE.fullmatch(tag) is None:
        raise QuerySyntaxError(
            f"{shown(token.text)} is not a language code",
            position=token.start,
            hint=f"write the code of the language: {EXAMPLES['lang']}",
        )
    return Language(tag)


def _url(token: Token) -> Url:
    text = token.text.strip()
    if token.kind is Kind.WORD and "*" in text:
        raise QuerySyntaxError(
            "'url:' takes no '*'", position=token.start, hint="url:example.com/world finds all that is below"
        )
    absolute = text if is_url_like(text) else f"https://{text}"
    if any(char.isspace() for char in text) or urls.normalize(absolute) is None:
        raise QuerySyntaxError(
            f"{shown(token.text)} is no host and no http or https URL",
            position=token.start,
            hint=EXAMPLES["url"],
        )
    return Url(text)


def _choose(kind: type[_Choice], field: str, token: Token) -> _Choice:
    try:
        return kind(token.text.strip().lower())
    except ValueError as exc:
        raise QuerySyntaxError(
            f"{shown(token.text)} is no value for '{field}:'",
            position=token.start,
            hint=f"values: {', '.join(kind)}",
        ) from exc


_READERS: dict[str, Callable[[Token], Query]] = {
    "lang": _language,
    "url": _url,
    "is": lambda token: Is(_choose(Flag, "is", token)),
    "has": lambda token: Has(_choose(Presence, "has", token)),
    "confidence": lambda token: DateConfidence(_choose(Confidence, "confidence", token)),
}
