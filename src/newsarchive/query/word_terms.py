"""What a word or phrase means where text is searched: exact, a beginning, a pattern, similar, near."""

from __future__ import annotations

import re
import unicodedata

from newsarchive.base.scripts import PAIRED
from newsarchive.errors import QuerySyntaxError
from newsarchive.query.ast import Fuzzy, Near, Phrase, Prefix, Text, TextField, Wildcard, Word
from newsarchive.query.characters import is_address, is_searchable, is_url_like, shown
from newsarchive.query.lexer import Kind, Token
from newsarchive.query.other_habits import check_habits

MAX_DISTANCE = 99
MAX_NEAR = 20
MAX_EDITS = 2

# Two dots at a digit, not an ellipsis.
_RANGE = re.compile(r"\d\.\.(?!\.)|(?<!\.)\.\.\d")
_FUZZY = re.compile(r"(.*)~([0-9.]*)", re.DOTALL)
_STARS = re.compile(r"\*{2,}")
# A wildcard without a letter or digit beside it: it would stand for any word.
_LONE_WILDCARD = re.compile(r"(?:^|(?<=[^\w*?]))[*?]+(?=[^\w*?]|$)")


def text_term(field: TextField, token: Token) -> Text:
    """Read a word or phrase. Raises QuerySyntaxError."""
    if token.kind is Kind.PHRASE:
        _check_searchable(token, token.text)
        return Phrase(token.text, field)
    check_habits(token)
    if not is_url_like(token.text) and (fuzzy := _FUZZY.fullmatch(token.text)) is not None:
        return _fuzzy(field, token, fuzzy[1], fuzzy[2])
    _check_range(token)
    return _word(field, token)


def near(field: TextField, phrase: Token, tilde: Token) -> Near:
    """Read a phrase and the ``~5`` that touches it. Raises QuerySyntaxError."""
    _check_searchable(phrase, phrase.text)
    distance = _number(tilde.text[1:])
    if distance is None or distance > MAX_DISTANCE:
        raise QuerySyntaxError(
            f"'~' after a phrase needs a number of words, up to {MAX_DISTANCE}",
            position=tilde.start,
            hint='"mutual pact"~5 finds both with at most five words between them',
        )
    if len(phrase.text.split()) > MAX_NEAR:
        raise QuerySyntaxError(
            f"more than {MAX_NEAR} words near each other", position=phrase.start, hint="leave some out"
        )
    return Near(phrase.text, distance, field)


def _word(field: TextField, token: Token) -> Word | Prefix | Wildcard:
    text = token.text
    if not text.endswith("*") and not is_address(text):
        # A question mark at the end is punctuation, as in a headline that was pasted.
        text = text.rstrip("?")
    pattern = _STARS.sub("*", text)
    _check_searchable(token, pattern)
    stem = pattern.removesuffix("*")
    if "*" not in stem and ("?" not in stem or is_address(stem)):
        return Prefix(stem, field) if stem != pattern else Word(token.text, field)
    _check_wildcard(token, pattern)
    return Wildcard(pattern, field)


def _fuzzy(field: TextField, token: Token, word: str, number: str) -> Fuzzy:
    if not is_searchable(word):
        raise QuerySyntaxError(
            f"{shown(token.text)} follows no word or phrase",
            position=token.start,
            hint="put it right after: zelensky~2",
        )
    if "*" in word or "?" in word.rstrip("?"):
        raise QuerySyntaxError(
            f"a word takes wildcards or '~', not both: {shown(token.text)}",
            position=token.start,
            hint="for several spellings, write OR between them",
        )
    edits = 1 if not number else _number(number)
    if edits is None or not 1 <= edits <= MAX_EDITS:
        raise QuerySyntaxError(
            f"'~' after a word takes 1 or {MAX_EDITS}: {shown(token.text)}",
            position=token.start,
            hint="zelensky~ finds spellings with one letter changed, zelensky~2 with two",
        )
    _check_spaced(token, "'~' after a word")
    return Fuzzy(word, edits, field)


def _number(digits: str) -> int | None:
    # No distance and no number of edits has more than two digits.
    return int(digits) if digits.isascii() and digits.isdecimal() and len(digits) <= 3 else None


def _check_searchable(token: Token, text: str) -> None:
    if is_searchable(text):
        return
    if not text.strip() and token.kind is Kind.PHRASE:
        raise QuerySyntaxError(
            "there is nothing between these quotation marks", position=token.start, hint="leave them out"
        )
    hint = "leave it out, or put it between quotation marks together with words"
    if token.text.startswith("*"):
        hint = "a word's beginning goes before '*': pentag*"
    raise QuerySyntaxError(
        f"there is no letter or digit to search for in {shown(token.text)}", position=token.start, hint=hint
    )


def _check_range(token: Token) -> None:
    if _RANGE.search(token.text) and not is_url_like(token.text):
        raise QuerySyntaxError(
            f"a range of dates needs a field: {shown(token.text)}",
            position=token.start,
            hint="write, without spaces, published:2024-10..2024-12",
        )


def _check_wildcard(token: Token, pattern: str) -> None:
    if is_url_like(pattern):
        raise QuerySyntaxError(
            f"a URL takes no '*' inside: {shown(token.text)}",
            position=token.start,
            hint="url:example.com/world finds all that is below",
        )
    if _LONE_WILDCARD.search(pattern):
        raise QuerySyntaxError(
            f"a wildcard needs a letter or digit beside it: {shown(token.text)}",
            position=token.start,
            hint='for any words between two, write "mutual pact"~5',
        )
    _check_spaced(token, "a wildcard inside or before a word")


def _check_spaced(token: Token, what: str) -> None:
    """Refuse what needs to know where words begin and end, in scripts that don't show it."""
    if re.search(f"[{PAIRED}]", unicodedata.normalize("NFKC", token.text)) is None:
        return
    raise QuerySyntaxError(
        f"{what} works in scripts that put spaces between words: {shown(token.text)}",
        position=token.start,
        hint='any part of a word is found as typed; for two parts near each other, write "東京 選挙"~5',
    )
