"""What people type by the habits of other tools: refused with what to type, never a silent nothing."""

from __future__ import annotations

import re

from newsarchive.errors import QuerySyntaxError
from newsarchive.query.characters import shown
from newsarchive.query.fields import FIELDS, DateField, NumberField, meant_by
from newsarchive.query.lexer import Token

_COMPARISON = re.compile(r"([A-Za-z_]{2,30})(>=|<=|=>|=<|==|>|<|=)(.*)", re.DOTALL)
_LONE = re.compile(r"[<>=]{1,2}|\|\|?|!")
_LONGEST_VALUE = 40


def check_habits(token: Token) -> None:
    """Raise QuerySyntaxError for ``!word``, ``published>2024`` and signs of other languages alone."""
    text = token.text
    if _LONE.fullmatch(text):
        raise QuerySyntaxError(
            f"there is no letter or digit to search for in {shown(text)}",
            position=token.start,
            hint=_lone_hint(text),
        )
    if text[0] == "!" and text[1:2].isalnum():
        raise QuerySyntaxError(
            f"'!' leaves nothing out: {shown(text)}",
            position=token.start,
            hint=f"to leave a word out, write -{text[1 : _LONGEST_VALUE + 1]}",
        )
    found = _COMPARISON.fullmatch(text)
    name = _field(found[1].lower()) if found is not None else ""
    if found is not None and name:
        raise QuerySyntaxError(
            f"a field is followed by a colon: {shown(text)}",
            position=token.start,
            hint=f"write {_with_colon(name, found[2], found[3][:_LONGEST_VALUE])}",
        )


def _lone_hint(text: str) -> str:
    if text in ("|", "||"):
        return "between alternatives, write OR"
    if text == "!":
        return "to leave a word out, put a minus right before it: -fake"
    return "from a day on is published:2024-10-30.., and more than 500 words is words:501.."


def _field(typed: str) -> str:
    """The field that is meant by a word, if it is one for sure."""
    meant = meant_by(typed).partition(":")[0]
    return typed if typed in FIELDS else meant


def _with_colon(name: str, sign: str, value: str) -> str:
    """The same as this language has it."""
    field = FIELDS[name]
    if isinstance(field, DateField):
        day = value or "2024-10-30"
        return {">": f"{name}:{day}..", "<": f"{name}:..{day}"}.get(sign.strip("="), f"{name}:{day}")
    if isinstance(field, NumberField):
        return f"{name}:{sign if sign.strip('=') else ''}{value}"
    return f"{name}:{value or '…'}"
