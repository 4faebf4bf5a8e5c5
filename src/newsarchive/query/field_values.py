"""What a value means in each field: tokens to leaves of the tree."""

from __future__ import annotations

import re
from datetime import date
from enum import StrEnum
from typing import TypeVar

from newsarchive.base import urls
from newsarchive.errors import QueryError, QuerySyntaxError, UnknownField
from newsarchive.model import Confidence
from newsarchive.query.ast import (
    Changed,
    DateConfidence,
    DateRange,
    Has,
    Is,
    Language,
    Marked,
    Named,
    NumberRange,
    Query,
    SavedQuery,
    Url,
)
from newsarchive.query.characters import is_url_like, shown
from newsarchive.query.fields import (
    FIELDS,
    Change,
    DateField,
    Field,
    Flag,
    MarkField,
    NameField,
    NumberField,
    OtherField,
    Presence,
    TextField,
    meant_by,
    slip_of,
)
from newsarchive.query.lexer import Kind, Token
from newsarchive.query.typed_dates import is_relative, parse_range
from newsarchive.query.typed_numbers import parse_numbers
from newsarchive.query.word_terms import near, text_term

_NAMED = frozenset(name.value for name in NameField)
_PRESENCES = frozenset(value.value for kind in (Presence, MarkField) for value in kind)
# BCP 47: a primary subtag of two or three letters, then subtags. Cut short, that is all a search needs.
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[a-z0-9]{1,8})*")
_Choice = TypeVar("_Choice", bound=StrEnum)


def field_named(token: Token) -> Field:
    """The field that a token names, in any case.

    Raises UnknownField for a slip of a field's name, and for what other tools call it.
    """
    name = token.text.lower()
    if name in FIELDS:
        return FIELDS[name]
    meant = slip_of(name) or meant_by(name)
    raise UnknownField(
        f"there is no field {shown(token.text)}",
        position=token.start,
        hint=f"did you mean {meant}? fields: {', '.join(FIELDS)}; text that holds a colon goes in quotes",
    )


def leaf(field: Field | None, token: Token, *, today: date) -> Query:
    """What a word or phrase means in a field, or outside all fields."""
    if field is not None and token.kind is Kind.WORD and token.text == "*":
        raise _bare_star(field, token)
    match field:
        case None:
            return text_term(TextField.ANY, token)
        case TextField():
            return text_term(field, token)
        case DateField():
            return _date_range(field, token, today=today)
        case NumberField():
            return _number_range(field, token)
        case MarkField():
            return _marked(field, token)
        case OtherField():
            return _other(field, token)


def takes_names(field: Field | None) -> bool:
    """Whether a field is found by whole names, too."""
    return field is not None and field.value in _NAMED


def named(field: Field, token: Token) -> Named:
    """What a whole name, after the equals sign, means in a field that takes names."""
    name = token.text.strip()
    if not name:
        raise QuerySyntaxError(
            f"'{field}:=' needs a name, right after the sign",
            position=token.start,
            hint=f'write the whole name: {field}:="…"',
        )
    return Named(NameField(field.value), name.lower() if field is OtherField.LANG else name)


def proximity(field: Field | None, phrase: Token, tilde: Token) -> Query:
    """What a phrase and the ``~5`` that touches it mean in a field."""
    if field is None or isinstance(field, TextField):
        return near(field or TextField.ANY, phrase, tilde)
    raise QuerySyntaxError(
        f"'~' has no meaning for '{field}:'", position=tilde.start, hint=f"write {field.about.hint}"
    )


def _other(field: OtherField, token: Token) -> Query:
    match field:
        case OtherField.LANG:
            return _language(token)
        case OtherField.URL:
            return _url(token)
        case OtherField.IS:
            return Is(_choose(Flag, field, token))
        case OtherField.HAS:
            return _has(token)
        case OtherField.CHANGED:
            return Changed(_choose(Change, field, token))
        case OtherField.CONFIDENCE:
            return DateConfidence(_choose(Confidence, field, token))
        case OtherField.QUERY:
            return _saved(token)


def _has(token: Token) -> Has | Marked:
    typed = token.text.strip().lower()
    mark = FIELDS.get(typed)
    if isinstance(mark, MarkField):
        return Marked(mark, None)
    return Has(_choose(Presence, OtherField.HAS, token))


def _marked(field: MarkField, token: Token) -> Marked:
    value = " ".join(token.text.split())
    if not value or (token.kind is Kind.WORD and "*" in value.removesuffix("*")):
        raise QuerySyntaxError(
            f"{shown(token.text)} is no value for '{field}:'",
            position=token.start,
            hint=f"write {field.about.hint}",
        )
    return Marked(field, value)


def _bare_star(field: Field, token: Token) -> QueryError:
    hint = f"to find articles with this field: has:{field}" if field.value in _PRESENCES else field.about.hint
    return QuerySyntaxError(f"'*' is no value for '{field}:'", position=token.start, hint=hint)


def _date_range(field: DateField, token: Token, *, today: date) -> DateRange:
    try:
        interval = parse_range(token.text, today=today)
    except QuerySyntaxError as exc:
        raise QuerySyntaxError(exc.message, position=token.start, hint=exc.hint) from exc
    return DateRange(field, interval, token.text.strip() if is_relative(token.text) else None)


def _number_range(field: NumberField, token: Token) -> NumberRange:
    try:
        low, high = parse_numbers(token.text, hint=f"write {field.about.hint}")
    except QuerySyntaxError as exc:
        raise QuerySyntaxError(exc.message, position=token.start, hint=exc.hint) from exc
    return NumberRange(field, low, high)


def _language(token: Token) -> Language:
    tag = token.text.strip().lower().replace("_", "-")
    if _LANGUAGE.fullmatch(tag) is None:
        raise QuerySyntaxError(
            f"{shown(token.text)} is not a language code",
            position=token.start,
            hint=f"write the code of the language: {OtherField.LANG.about.hint}",
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
            hint=OtherField.URL.about.hint,
        )
    return Url(text)


def _saved(token: Token) -> SavedQuery:
    name = token.text.strip()
    if not name:
        raise QuerySyntaxError(
            "'query:' needs the name of a saved search",
            position=token.start,
            hint=OtherField.QUERY.about.hint,
        )
    return SavedQuery(name)


def _choose(kind: type[_Choice], field: OtherField, token: Token) -> _Choice:
    try:
        return kind(token.text.strip().lower())
    except ValueError as exc:
        raise QuerySyntaxError(
            f"{shown(token.text)} is no value for '{field}:'",
            position=token.start,
            hint=f"values: {', '.join((*kind, *(MarkField if field is OtherField.HAS else ())))}",
        ) from exc
