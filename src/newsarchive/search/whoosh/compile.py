"""Query tree to plan: words become terms. Pure; reads no index."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from newsarchive.errors import QueryError
from newsarchive.query import ast
from newsarchive.query.ast import DateField, Query
from newsarchive.search.analysis import Analyzer, is_paired
from newsarchive.search.stemming import stem, stemmer
from newsarchive.search.whoosh import plan
from newsarchive.search.whoosh.plan import Plan, StemForm, Step
from newsarchive.search.whoosh.schema import (
    CONFIDENCE_BIT,
    FLAG_BIT,
    PRESENCE_BIT,
    STEM_FIELD,
    TERM_FIELD,
    Bit,
    ColumnName,
    url_key,
)

_DAYS = {
    DateField.PUBLISHED: (ColumnName.PUBLISHED_EARLIEST, ColumnName.PUBLISHED_LATEST),
    DateField.MODIFIED: (ColumnName.MODIFIED_EARLIEST, ColumnName.MODIFIED_LATEST),
    DateField.CAPTURED: (ColumnName.CAPTURED_FIRST, ColumnName.CAPTURED_LAST),
}


@dataclass(frozen=True, slots=True)
class Compiler:
    """Compiles queries for an archive that holds these languages (primary subtags)."""

    analyzer: Analyzer
    languages: Collection[str]

    def compile(self, query: Query, boost: float = 1.0) -> Plan:
        """Give the plan of a query. Raises QueryError where nothing in it can be searched."""
        match query:
            case ast.Word():
                return self._word(query, boost)
            case ast.Phrase():
                return plan.InOrder(TERM_FIELD[query.field], _steps(self._terms(query.text)), boost)
            case ast.Prefix():
                return self._prefix(query, boost)
            case ast.Boost():
                return self.compile(query.part, boost * query.factor)
            case ast.And():
                return self._all_of(query.parts, boost)
            case ast.Or():
                return plan.AnyOf(tuple(self.compile(part, boost) for part in query.parts))
            case ast.Not():
                return plan.AllOf((), (self.compile(query.part),))
            case _:
                return _filter(query)

    def _all_of(self, parts: tuple[Query, ...], boost: float) -> Plan:
        wanted = tuple(self.compile(part, boost) for part in parts if not isinstance(part, ast.Not))
        unwanted = tuple(self.compile(part.part) for part in parts if isinstance(part, ast.Not))
        return plan.AllOf(wanted, unwanted)

    def _word(self, query: ast.Word, boost: float) -> Plan:
        terms = self._terms(query.text)
        field = TERM_FIELD[query.field]
        if len(terms) > 1 or is_paired(terms[0]):
            return plan.InOrder(field, _steps(terms), boost)
        stems = self._stems(terms[0]) if field in STEM_FIELD else ()
        return plan.AnyForm(field, terms[0].encode(), stems, boost)

    def _prefix(self, query: ast.Prefix, boost: float) -> Plan:
        *steps, last = _steps(self._terms(query.text))
        if isinstance(last, bytes) and not is_paired(last.decode()):
            last = plan.Beginning(last)
        return plan.InOrder(TERM_FIELD[query.field], (*steps, last), boost)

    def _terms(self, text: str) -> list[str]:
        terms = self.analyzer.tokens(text)
        if not terms:
            raise QueryError(
                f"nothing searchable in {text[:40]!r}",
                hint="search for words: letters and digits are indexed",
            )
        return terms

    def _stems(self, word: str) -> tuple[StemForm, ...]:
        with_stemmer = [language for language in sorted(self.languages) if stemmer(language)]
        return tuple(_stem_form(word, language) for language in with_stemmer)


def _stem_form(word: str, language: str) -> StemForm:
    root = stem(word, language)
    # Snowball is not idempotent: a stem that is itself a word may have another stem.
    is_own_stem = root != word and stem(root, language) == root
    return StemForm(
        language, f"{language}:{root}".encode(), root.encode() if is_own_stem else None, root == word
    )


def _steps(terms: list[str]) -> tuple[Step, ...]:
    """The steps of a phrase, ended as it may stand within a longer run of paired script.

    The text adds the last character of a run alone; a query's run need not end there.
    """
    *before, last = terms
    encoded = tuple(term.encode() for term in before)
    if len(last) > 1 or not is_paired(last):
        return (*encoded, last.encode())
    ends_pair = bool(before) and len(before[-1]) == 2 and is_paired(before[-1]) and before[-1][1] == last
    return encoded if ends_pair else (*encoded, plan.Beginning(last.encode()))


def _filter(query: Query) -> Plan:
    match query:
        case ast.DateRange():
            return plan.Days(*_DAYS[query.field], _day(query.interval.earliest), _day(query.interval.latest))
        case ast.Language():
            return plan.InLanguage(query.tag.lower().replace("_", "-"))
        case ast.Url():
            return _url(query.text)
        case ast.Is():
            return plan.HasBit(FLAG_BIT[query.flag])
        case ast.Has():
            return plan.HasBit(PRESENCE_BIT[query.presence])
        case ast.DateConfidence():
            return plan.HasBit(_confidence(query.level))
        case _:
            return plan.All()


def _url(text: str) -> Plan:
    key = url_key(text)
    if key is None:
        raise QueryError(
            f"not a host or URL: {text[:80]!r}", hint="url:example.com or url:example.com/world/"
        )
    return plan.UrlBegins(key.encode())


def _day(day: date | None) -> int | None:
    return None if day is None else day.toordinal()


def _confidence(level: str) -> Bit:
    if level not in CONFIDENCE_BIT:
        raise QueryError(f"no such confidence: {level!r}", hint="confidence:high, medium or low")
    return CONFIDENCE_BIT[level]
