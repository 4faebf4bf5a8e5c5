"""Query tree to plan: words become terms. Pure; reads no index."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from newsarchive.base.frozen import frozen
from newsarchive.errors import QueryError
from newsarchive.query import ast
from newsarchive.query.ast import Query
from newsarchive.search.text.analysis import Analyzer, QueryTerms, is_paired
from newsarchive.search.text.compounds import inflects, is_compound
from newsarchive.search.text.proximity import members
from newsarchive.search.text.stemming import stem, stemmer
from newsarchive.search.text.term_tests import LONGEST_EXACT
from newsarchive.search.whoosh.answer.plan import nodes
from newsarchive.search.whoosh.answer.plan.nodes import Plan, StemForm, Step
from newsarchive.search.whoosh.index_keys import url_key
from newsarchive.search.whoosh.layout import (
    STEM_FIELD,
    Field,
    bit,
    day_columns,
    name_column,
    number_column,
    term_field,
)

# The weight of a function word in a question, where other words have 1 (benchmarks/ranking.py: 0 loses
# half-remembered sentences, 1 loses questions).
_WEAK = 0.3


@frozen
class Compiler:
    """Compiles queries for an archive that holds these languages (primary subtags).

    ``weak`` are terms that count little: the function words of a question.
    """

    analyzer: Analyzer
    languages: Collection[str]
    weak: Collection[str] = ()

    def compile(self, query: Query, boost: float = 1.0) -> Plan:
        """Give the plan of a query. Raises QueryError where nothing in it can be searched."""
        match query:
            case ast.Boost():
                return self.compile(query.part, boost * query.factor)
            case ast.And():
                return self._all_of(query.parts, boost)
            case ast.Or():
                return nodes.AnyOf(tuple(self.compile(part, boost) for part in query.parts))
            case ast.Not():
                return nodes.AllOf((), (self.compile(query.part),))
            case ast.Word() | ast.Phrase() | ast.Prefix() | ast.Near() | ast.Wildcard() | ast.Fuzzy():
                return self._text(query, boost)
            case ast.SavedQuery() | ast.Marked():
                raise TypeError("what only the archive knows is put in its place before an engine sees it")
            case _:
                return _filter(query)

    def _text(self, query: ast.Text, boost: float) -> Plan:
        match query:
            case ast.Word():
                return self._word(query, boost)
            case ast.Phrase():
                return _in_order(term_field(query.field), self._terms(query.text), boost)
            case ast.Prefix():
                return _in_order(term_field(query.field), self._terms(query.text).opened(), boost)
            case ast.Near():
                return self._near(query, boost)
            case ast.Wildcard():
                return self._wildcard(query, boost)
            case ast.Fuzzy():
                return self._fuzzy(query, boost)

    def _all_of(self, parts: tuple[Query, ...], boost: float) -> Plan:
        wanted = tuple(self.compile(part, boost) for part in parts if not isinstance(part, ast.Not))
        unwanted = tuple(self.compile(part.part) for part in parts if isinstance(part, ast.Not))
        return nodes.AllOf(wanted, unwanted)

    def _word(self, query: ast.Word, boost: float) -> Plan:
        found, field = self.analyzer.word_terms(query.text), term_field(query.field)
        if not found.terms:
            raise _nothing_searchable(query.text)
        word = found.terms[0]
        if len(found.terms) > 1 or is_paired(word):
            forms = self._compound_forms(query.text, found) if field in STEM_FIELD else ()
            return nodes.InOrder(field, _steps(found), boost, forms)
        if word in self.weak:
            boost *= _WEAK
        stems = self._stems(word) if field in STEM_FIELD else ()
        return nodes.AnyForm(field, word.encode(), stems, boost)

    def _compound_forms(self, text: str, found: QueryTerms) -> tuple[tuple[str, tuple[Step, ...]], ...]:
        """The steps of a compound in the languages that have forms of words."""
        if not is_compound(text, found):
            return ()
        return tuple(
            (language, tuple(_form(term, language) for term in found.terms))
            for language in sorted(self.languages)
            if stemmer(language)
        )

    def _near(self, query: ast.Near, boost: float) -> Plan:
        found = members(query.text, self.analyzer)
        runs = tuple(
            nodes.Run(_steps(member.wanted), member.width) for member in found for _ in range(member.count)
        )
        if not runs:
            raise _nothing_searchable(query.text)
        width = sum(run.width for run in runs) + query.distance
        return nodes.Near(term_field(query.field), runs, width, boost)

    def _wildcard(self, query: ast.Wildcard, boost: float) -> Plan:
        shapes = tuple(nodes.Shape(pattern) for pattern in self.analyzer.patterns(query.pattern))
        if not shapes:
            raise _nothing_searchable(query.pattern)
        return nodes.InOrder(term_field(query.field), shapes, boost)

    def _fuzzy(self, query: ast.Fuzzy, boost: float) -> Plan:
        terms = self._terms(query.text).terms
        steps = tuple(
            term.encode() if len(term) <= LONGEST_EXACT else nodes.Similar(term, query.edits)
            for term in terms
        )
        return nodes.InOrder(term_field(query.field), steps, boost)

    def _terms(self, text: str) -> QueryTerms:
        found = self.analyzer.query_terms(text)
        if not found.terms:
            raise _nothing_searchable(text)
        return found

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


def _form(term: str, language: str) -> Step:
    return nodes.Inflected(term, language) if inflects(term) else term.encode()


def _in_order(field: Field, found: QueryTerms, boost: float) -> Plan:
    return nodes.InOrder(field, _steps(found), boost)


def _steps(found: QueryTerms) -> tuple[Step, ...]:
    steps: list[Step] = [term.encode() for term in found.terms]
    if found.is_open:
        steps[-1] = nodes.Beginning(found.terms[-1].encode())
    return tuple(steps)


def _nothing_searchable(text: str) -> QueryError:
    return QueryError(
        f"nothing searchable in {text[:40]!r}",
        hint="search for words: letters and digits are indexed",
    )


def _filter(query: ast.Filter) -> Plan:  # noqa: C901  a line a kind
    match query:
        case ast.DateRange(ast.DateField.EDITED, interval):
            return nodes.EditedOn(interval.earliest, interval.latest)
        case ast.DateRange():
            return nodes.Days(
                *day_columns(query.field), _day(query.interval.earliest), _day(query.interval.latest)
            )
        case ast.NumberRange():
            return nodes.Between(number_column(query.field), query.low, query.high)
        case ast.Language():
            return nodes.InLanguage(query.tag.lower().replace("_", "-"))
        case ast.Named():
            return nodes.HasName(name_column(query.field), query.name)
        case ast.Url():
            return _url(query.text)
        case ast.Is():
            return nodes.HasBit(bit(query.flag))
        case ast.Has():
            return nodes.HasBit(bit(query.presence))
        case ast.Changed():
            return nodes.HasBit(bit(query.change))
        case ast.DateConfidence():
            return nodes.HasBit(bit(query.level))
        case ast.Everything():
            return nodes.All()
        case ast.Among():
            return nodes.OfIds(query.ids)


def _url(text: str) -> Plan:
    key = url_key(text)
    if key is None:
        raise QueryError(
            f"not a host or URL: {text[:80]!r}", hint="url:example.com or url:example.com/world/"
        )
    if key.endswith("/"):
        return nodes.UrlBelow((nodes.Beginning(key.encode()),))
    # Below an address is what goes on with another segment, a query or, in a query, another parameter.
    signs = "&" if "?" in key else "/?"
    below = (nodes.Beginning(f"{key}{sign}".encode()) for sign in signs)
    return nodes.UrlBelow((key.encode(), *below))


def _day(day: date | None) -> int | None:
    return None if day is None else day.toordinal()
