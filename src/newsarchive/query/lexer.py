"""The first step of parsing: query text to tokens, each with its position."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum, auto

from newsarchive.base.frozen import frozen
from newsarchive.errors import QuerySyntaxError
from newsarchive.query.characters import GERSHAYIM, QUOTE_FAMILIES, is_url_like
from newsarchive.query.fields import names_field


class Kind(Enum):
    """What a token is to the grammar."""

    WORD = auto()
    PHRASE = auto()
    FIELD = auto()
    OPEN = auto()
    CLOSE = auto()
    AND = auto()
    OR = auto()
    NOT = auto()
    BOOST = auto()
    END = auto()


@frozen
class Token:
    """``text`` is the word, what stands between quotes, a field's name or a boost's number."""

    kind: Kind
    text: str
    start: int
    end: int


_QUOTES = "".join(QUOTE_FAMILIES)
_FAMILY = {mark: family for family in QUOTE_FAMILIES for mark in family}
# A word is matched character by character, by alternatives that exclude each other: linear on any text.
_WORD = re.compile(rf"(?:[^\s()^{_QUOTES}]|{GERSHAYIM})+")
_QUOTED = {family: re.compile(rf"(?:[^{family}]|{GERSHAYIM})*") for family in QUOTE_FAMILIES}
_SPACE = re.compile(r"\s*")
# Punctuation of pasted sentences. Not "*", "|" and "-": whoever types those means something by them.
_SENTENCE_MARKS = frozenset(".,;:!?&+/–—…·•。、，？！")
_INITIAL = re.compile(r"[^\W\d_]\.")
_INITIALS = re.compile(r"(?:[^\W\d_]\.){1,6}")
_NUMBER = re.compile(rf"[^\s()^{_QUOTES}]*")
_OPERATORS = {"AND": Kind.AND, "OR": Kind.OR, "NOT": Kind.NOT}
_PARENTHESES = {"(": Kind.OPEN, ")": Kind.CLOSE}


def tokenize(text: str) -> Iterator[Token]:
    """Yield the tokens of a query, the last of kind END.

    Raises QuerySyntaxError for a phrase that is never closed.
    """
    position = 0
    after_field = False
    while True:
        start = _end(_SPACE, text, position)
        if start == len(text):
            yield Token(Kind.END, "", start, start)
            return
        # What touches a field's colon is a value, whatever it looks like: section:OR, url:https://…
        token = _token(text, start, is_value=after_field and start == position)
        yield token
        position = token.end
        after_field = token.kind is Kind.FIELD


def without_loose_marks(tokens: list[Token]) -> list[Token]:
    """Leave out marks of a sentence between spaces ("tea , coffee ."), unless nothing else was typed."""
    before = [-1, *(token.end for token in tokens)]
    after = [*(token.start for token in tokens[1:]), 0]
    kept = [
        token
        for token, end, start in zip(tokens, before, after, strict=False)
        if not (_is_loose(token) and end < token.start and (start > token.end or token is tokens[-2]))
    ]
    return kept if len(kept) > 1 else tokens


def with_joined_initials(tokens: list[Token]) -> list[Token]:
    """Make one word of initials with spaces between them (J. R. R. Marlow), as the index has them."""
    joined: list[Token] = []
    for token in tokens:
        previous = joined[-1] if joined else None
        if previous is not None and _are_initials(previous, token):
            joined[-1] = Token(Kind.WORD, previous.text + token.text, previous.start, token.end)
        else:
            joined.append(token)
    return joined


def _are_initials(one: Token, other: Token) -> bool:
    return (
        one.kind is other.kind is Kind.WORD
        and other.start == one.end + 1
        and _INITIALS.fullmatch(one.text) is not None
        and _INITIAL.fullmatch(other.text) is not None
    )


def _is_loose(token: Token) -> bool:
    return token.kind is Kind.WORD and _SENTENCE_MARKS.issuperset(token.text)


def is_bare_value(text: str) -> bool:
    """Whether text can follow a field's colon without quotes."""
    return _WORD.fullmatch(text) is not None and not text.startswith("-")


def _token(text: str, start: int, *, is_value: bool) -> Token:
    char = text[start]
    if char in _PARENTHESES:
        return Token(_PARENTHESES[char], char, start, start + 1)
    if char == "^":
        end = _end(_NUMBER, text, start + 1)
        return Token(Kind.BOOST, text[start + 1 : end], start, end)
    # A minus is taken before the word is read: thousands in a row would each read the rest of the text.
    if char == "-" and not is_value:
        return Token(Kind.NOT, char, start, start + 1)
    end = _end(_WORD, text, start)
    if end == start:
        return _phrase(text, start)
    word = text[start:end]
    if is_value:
        return Token(Kind.WORD, word, start, end)
    return _operator_or_word(word, start, is_loose=end == len(text) or text[end].isspace())


def _phrase(text: str, start: int) -> Token:
    end = _end(_QUOTED[_FAMILY[text[start]]], text, start + 1)
    if end == len(text):
        raise QuerySyntaxError(
            f"the quotation mark {text[start]} is never closed",
            position=start,
            hint='write a phrase between two quotation marks: "mutual defense"',
        )
    return Token(Kind.PHRASE, text[start + 1 : end], start, end + 1)


def _operator_or_word(word: str, start: int, *, is_loose: bool) -> Token:
    end = start + len(word)
    if word in _OPERATORS:
        return Token(_OPERATORS[word], word, start, end)
    name, colon, value = word.partition(":")
    if not colon or is_url_like(word):
        return Token(Kind.WORD, word, start, end)
    if names_field(name, is_loose=is_loose and not value):
        return Token(Kind.FIELD, name, start, start + len(name) + 1)
    # A colon that follows a word is a colon, as in a headline that was pasted.
    return Token(Kind.WORD, word if value or not name else name, start, end)


def _end(pattern: re.Pattern[str], text: str, start: int) -> int:
    match = pattern.match(text, start)
    return start if match is None else match.end()
