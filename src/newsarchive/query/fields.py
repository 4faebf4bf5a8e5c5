"""The fields of the query language, and what a value means in each."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable
from datetime import date
from enum import StrEnum
from typing import TypeVar

from newsarchive.base import urls
from newsarchive.errors import QueryError, QuerySyntaxError, UnknownField
from newsarchive.model import Confidence
from newsarchive.query.ast import (
    DateConfidence,
    DateField,
    DateRange,
    Flag,
    Has,
    Is,
    Language,
    Presence,
    Query,
    SavedQuery,
    TextField,
    Url,
)
from newsarchive.query.characters import is_url_like, shown
from newsarchive.query.lexer import Kind, Token
from newsarchive.query.typed_dates import is_relative, parse_range
from newsarchive.query.word_terms import near, text_term

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
    "query": 'query:strikes or query:"harbor strikes"',
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
    "after": "published:2024-10..",
    "before": "published:..2024-10",
    "since": "published:2024-10..",
    "until": "published:..2024-10",
    "updated": "modified",
    "archived": "captured",
}
# Comparing takes the square of the length, and no field is so long.
_LONGEST_NAME = 30
_TEXT_FIELDS = frozenset(TextField) - {TextField.ANY}
DATE_FIELDS = frozenset(DateField)
_PRESENCES = frozenset(Presence)
# BCP 47: a primary subtag of two or three letters, then subtags. Cut short, that is all a search needs.
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[a-z0-9]{1,8})*")
_Choice = TypeVar("_Choice", bound=StrEnum)


def field_name(token: Token) -> str:
    """The field that a token names, in any case. Raises UnknownField."""
    name = token.text.lower()
    if name in EXAMPLES:
        return name
    meant = _nearest(name)
    meant = meant if not meant or ":" in meant else f"{meant}:"
    meant = f"did you mean {meant}? " if meant else ""
    raise UnknownField(
        f"there is no field {shown(token.text)}",
        position=token.start,
        hint=f"{meant}fields: {', '.join(EXAMPLES)}; text that holds a colon goes in quotes",
    )


def is_like_field(text: str) -> bool:
    """Whether text before a colon is a field, or was probably meant as one."""
    name = text.lower()
    return name in EXAMPLES or bool(_nearest(name))


def _nearest(name: str) -> str:
    """What is meant by a name that is no field: a field, or a field with a value; "" if nothing is near."""
    close = difflib.get_close_matches(name[:_LONGEST_NAME], EXAMPLES, n=1)
    return _MEANT.get(name) or "".join(close)


def term(name: str | None, token: Token, *, today: date) -> Query:
    """What a word or phrase means in a field; ``name`` is None outside all fields."""
    if name is None:
        return text_term(TextField.ANY, token)
    if token.kind is Kind.WORD and token.text == "*":
        raise _bare_star(name, token)
    if name in _TEXT_FIELDS:
        return text_term(TextField(name), token)
    if name in DATE_FIELDS:
        return _date_range(DateField(name), token, today=today)
    return _READERS[name](token)


def proximity(name: str | None, phrase: Token, tilde: Token) -> Query:
    """What a phrase and the ``~5`` that touches it mean in a field."""
    if name is not None and name not in _TEXT_FIELDS:
        raise QuerySyntaxError(
            f"'~' has no meaning for '{name}:'", position=tilde.start, hint=f"write {EXAMPLES[name]}"
        )
    return near(TextField.ANY if name is None else TextField(name), phrase, tilde)


def _bare_star(name: str, token: Token) -> QueryError:
    hint = f"to find articles with this field: has:{name}" if name in _PRESENCES else EXAMPLES[name]
    return QuerySyntaxError(f"'*' is no value for '{name}:'", position=token.start, hint=hint)


def _date_range(field: DateField, token: Token, *, today: date) -> DateRange:
    try:
        interval = parse_range(token.text, today=today)
    except QuerySyntaxError as exc:
        raise QuerySyntaxError(exc.message, position=token.start, hint=exc.hint) from exc
    return DateRange(field, interval, token.text.strip() if is_relative(token.text) else None)


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


def _saved(token: Token) -> SavedQuery:
    name = token.text.strip()
    if not name:
        raise QuerySyntaxError(
            "'query:' needs the name of a saved search", position=token.start, hint=EXAMPLES["query"]
        )
    return SavedQuery(name)


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
    "query": _saved,
    "confidence": lambda token: DateConfidence(_choose(Confidence, "confidence", token)),
}
