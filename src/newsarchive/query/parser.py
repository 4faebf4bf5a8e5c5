"""Query text to a tree: recursive descent over the grammar of docs/reference/query-language.md."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import cast

from newsarchive.errors import Hint, QueryError, QuerySyntaxError, Remedy
from newsarchive.query import field_values
from newsarchive.query.ast import (
    Boost,
    Everything,
    Fuzzy,
    Query,
    SavedQuery,
    Wildcard,
    all_of,
    any_of,
    negation,
)
from newsarchive.query.characters import shown
from newsarchive.query.fields import DateField, Field
from newsarchive.query.lexer import Kind, Token, tokenize, with_joined_initials, without_loose_marks

MAX_LENGTH = 10_000
MAX_NESTING = 50
MAX_TERMS = 500
MAX_BOOST = 100
MAX_SAVED = 10
# A pattern is compared with every word of the archive: with 60,000 words, that takes 30 ms.
MAX_PATTERNS = 20

# Gives the text of a saved search by its name; None if there is none.
Resolver = Callable[[str], str | None]
_OPERATORS = (Kind.AND, Kind.OR, Kind.NOT)
_TERMS = (Kind.WORD, Kind.PHRASE)


def parse(text: str, *, today: date, today_utc: date | None = None, saved: Resolver | None = None) -> Query:
    """Parse a query; relative dates count from ``today``. A blank query means Everything.

    Captures are dated in UTC, so ``captured:`` and ``edited:`` count from ``today_utc`` where it is given.
    With ``saved``, what ``query:NAME`` names is parsed in its place, which
    counts towards the caps; without, it is a SavedQuery. In the tree no And
    is a part of an And, no Or of an Or, no Not of a Not, and every And and Or
    has two parts or more. Raises QueryError, with the position of the fault,
    for any text that is no query; takes time in proportion to the length,
    which is capped as nesting and terms are.
    """
    return _Parser(_tokens(text), _Context(today, today_utc or today, saved, _Count())).query()


def _tokens(text: str) -> list[Token]:
    if len(text) > MAX_LENGTH:
        raise QuerySyntaxError(
            f"the query has {len(text):,} characters, more than {MAX_LENGTH:,}",
            position=MAX_LENGTH,
            hint="split it into several queries",
        )
    return with_joined_initials(without_loose_marks(list(tokenize(text))))


@dataclass(slots=True)
class _Count:
    """Terms so far, those of saved searches included; ``patterns`` are wildcards and similar spellings."""

    terms: int = 0
    patterns: int = 0


@dataclass(frozen=True, slots=True)
class _Context:
    """What a query and the saved searches in it are parsed with.

    ``within`` are the saved searches being parsed, outermost first, ``nesting``
    the parentheses around the innermost.
    """

    today: date
    today_utc: date
    saved: Resolver | None
    count: _Count
    within: tuple[str, ...] = ()
    nesting: int = 0


class _Parser:
    """One method a rule of the grammar; ``field`` is the field whose group is being read."""

    def __init__(self, tokens: list[Token], context: _Context) -> None:
        self._tokens = tokens
        self._context = context
        self._index = 0
        self._nesting = context.nesting

    def query(self) -> Query:
        if self._next.kind is Kind.END:
            return Everything()
        tree = self._disjunction(None)
        if self._next.kind is Kind.CLOSE:
            raise QuerySyntaxError(
                "this ) closes nothing", position=self._next.start, hint="remove it, or add the ( before it"
            )
        return tree

    @property
    def _next(self) -> Token:
        return self._tokens[self._index]

    @property
    def _previous(self) -> Token | None:
        return self._tokens[self._index - 1] if self._index else None

    def _take(self) -> Token:
        token = self._next
        self._index += 1
        return token

    def _touches(self, *kinds: Kind) -> bool:
        """Whether the next token is of one of these kinds, without space before it."""
        previous = self._previous
        return self._next.kind in kinds and previous is not None and previous.end == self._next.start

    def _disjunction(self, field: Field | None) -> Query:
        parts = [self._conjunction(field)]
        while self._next.kind is Kind.OR:
            self._take()
            parts.append(self._conjunction(field))
        return any_of(parts)

    def _conjunction(self, field: Field | None) -> Query:
        parts = [self._operand(field)]
        while self._next.kind not in (Kind.OR, Kind.CLOSE, Kind.END):
            if self._next.kind is Kind.AND:
                self._take()
            parts.append(self._operand(field))
        return all_of(parts)

    def _operand(self, field: Field | None) -> Query:
        negated = False
        # A loop and no recursion: thousands of minus signs must not nest.
        while self._next.kind is Kind.NOT:
            self._take_negation()
            negated = not negated
        operand = self._boosted(field)
        return negation(operand) if negated else operand

    def _take_negation(self) -> None:
        sign = self._take()
        if sign.text == "-" and not self._touches(Kind.OPEN, Kind.FIELD, Kind.NOT, *_TERMS):
            raise QuerySyntaxError(
                "this - stands alone",
                position=sign.start,
                hint="to leave a word out, put it right after the minus: -fake; else leave out the minus",
            )

    def _boosted(self, field: Field | None) -> Query:
        operand = self._atom(field)
        return Boost(operand, _factor(self._take())) if self._touches(Kind.BOOST) else operand

    def _atom(self, field: Field | None) -> Query:
        kind = self._next.kind
        if kind is Kind.OPEN:
            return self._group(field)
        if kind is Kind.FIELD:
            return self._field(field)
        if kind in _TERMS:
            return self._term(field)
        raise self._missing_operand()

    def _group(self, field: Field | None) -> Query:
        opening = self._take()
        self._nesting += 1
        if self._nesting > MAX_NESTING:
            raise QuerySyntaxError(
                f"parentheses are nested deeper than {MAX_NESTING}",
                position=opening.start,
                hint="remove parentheses that change nothing",
            )
        tree = self._disjunction(field)
        if self._next.kind is not Kind.CLOSE:
            raise QuerySyntaxError(
                "this ( is never closed", position=opening.start, hint="add the ) that is missing"
            )
        self._take()
        self._nesting -= 1
        return tree

    def _field(self, outer: Field | None) -> Query:
        token = self._take()
        field = field_values.field_named(token)
        if outer is not None:
            raise QuerySyntaxError(
                f"'{field}:' stands inside the group of '{outer}:'",
                position=token.start,
                hint=f"close the group of '{outer}:' before it",
            )
        if not self._touches(Kind.OPEN, *_TERMS):
            raise QuerySyntaxError(
                f"'{field}:' needs a value, right after the colon",
                position=token.end,
                hint=field.about.hint,
            )
        if self._next.kind is Kind.OPEN:
            return self._group(field)
        if self._next.kind is Kind.WORD and self._next.text.startswith("-"):
            raise QuerySyntaxError(
                "a minus goes before the field", position=self._next.start, hint=f"write -{field}:…"
            )
        return self._term(field)

    def _term(self, field: Field | None) -> Query:
        return self._read(field, self._take())

    def _read(self, field: Field | None, token: Token) -> Query:
        self._context.count.terms += 1
        if self._context.count.terms > MAX_TERMS:
            raise QuerySyntaxError(
                f"the query has more than {MAX_TERMS} words, phrases and field values",
                position=token.start,
                hint="split it into several queries",
            )
        if isinstance(field, DateField):
            token = self._whole_range(token)
        elif token.kind is Kind.WORD and token.text.startswith("=") and field_values.takes_names(field):
            return field_values.named(cast("Field", field), self._whole_name(token))
        elif token.kind is Kind.PHRASE and self._touches(Kind.WORD) and self._next.text.startswith("~"):
            return field_values.proximity(field, token, self._take())
        is_utc = field in (DateField.CAPTURED, DateField.EDITED)
        today = self._context.today_utc if is_utc else self._context.today
        term = field_values.leaf(field, token, today=today)
        if isinstance(term, Wildcard | Fuzzy):
            self._count_pattern(token)
        return self._saved(term, token) if isinstance(term, SavedQuery) else term

    def _count_pattern(self, token: Token) -> None:
        self._context.count.patterns += 1
        if self._context.count.patterns > MAX_PATTERNS:
            raise QuerySyntaxError(
                f"the query has more than {MAX_PATTERNS} wildcards and similar spellings",
                position=token.start,
                hint="use beginnings, wom*, or split it into several queries",
            )

    def _saved(self, query: SavedQuery, token: Token) -> Query:
        """What a saved search asks for, if they are at hand."""
        if self._context.saved is None:
            return query
        text = self._context.saved(query.name)
        try:
            return _expanded(query.name, text, replace(self._context, nesting=self._nesting))
        except QueryError as exc:
            raise QueryError(exc.message, position=token.start, hint=exc.hint) from exc

    def _whole_name(self, sign: Token) -> Token:
        """The name after an equals sign: a word with it, or the phrase that touches it."""
        if sign.text == "=" and self._touches(Kind.PHRASE):
            return self._take()
        return Token(Kind.WORD, sign.text[1:], sign.start, sign.end)

    def _whole_range(self, token: Token) -> Token:
        """Join what quotation marks split: ``"30 Oct 2024".."5 Nov 2024"``."""
        while self._touches(*_TERMS) and (token.text.endswith("..") or self._next.text.startswith("..")):
            last = self._take()
            token = Token(Kind.PHRASE, token.text + last.text, token.start, last.end)
        return token

    def _missing_operand(self) -> QueryError:
        token, previous = self._next, self._previous
        if token.kind is Kind.BOOST:
            return QuerySyntaxError(
                "this ^ follows no word, phrase or group",
                position=token.start,
                hint="write the boost right after what it boosts: korea^3",
            )
        if previous is not None and previous.kind in _OPERATORS:
            return _lonely_operator(previous, "after")
        if token.kind in _OPERATORS:
            return _lonely_operator(token, "before")
        if previous is None:
            return QuerySyntaxError("this ) closes nothing", position=token.start, hint="remove it")
        if token.kind is Kind.END:
            return QuerySyntaxError(
                "this ( is never closed", position=previous.start, hint="add what it groups, and the )"
            )
        return QuerySyntaxError(
            "there is nothing between these parentheses", position=previous.start, hint="remove them"
        )


def _expanded(name: str, text: str | None, context: _Context) -> Query:
    if text is None:
        raise QueryError(
            f"there is no saved search {shown(name)}", hint=Hint("list what is saved", Remedy.LIST_SAVED)
        )
    if name in context.within:
        circle = " → ".join((*context.within[context.within.index(name) :], name))
        raise QueryError(f"a saved search leads back to itself: {circle}", hint="change one of them")
    if len(context.within) == MAX_SAVED:
        raise QueryError(
            f"more than {MAX_SAVED} saved searches, one within the other",
            hint="save the innermost words anew",
        )
    try:
        tree = _Parser(_tokens(text), replace(context, within=(*context.within, name))).query()
    except QuerySyntaxError as exc:
        raise QueryError(f"in the saved search {shown(name)}: {exc.message}", hint=exc.hint) from exc
    if isinstance(tree, Everything):
        raise QueryError(f"the saved search {shown(name)} asks for nothing", hint="leave it out")
    return tree


def _lonely_operator(operator: Token, side: str) -> QueryError:
    return QuerySyntaxError(
        f"there is nothing {side} {operator.text}",
        position=operator.start,
        hint=f'to search for the word itself, write it in lower case or quotes: "{operator.text}"',
    )


def _factor(token: Token) -> float:
    digits = token.text.replace(".", "", 1)
    # Plain decimals only: float() would also take "inf", "1e9" and "1_0".
    factor = float(token.text) if digits.isascii() and digits.isdecimal() else 0.0
    if not 0 < factor <= MAX_BOOST:
        raise QuerySyntaxError(
            f"a boost needs a number above 0, up to {MAX_BOOST}",
            position=token.start,
            hint="korea^3 counts three times, korea^0.5 half",
        )
    return factor
