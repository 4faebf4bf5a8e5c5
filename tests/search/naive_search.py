"""Search without an index, written apart from the engine: reads every article for every query."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache, partial
from itertools import pairwise
from urllib.parse import urlsplit

from newsarchive.answers.versions.article_diff import diff_paragraphs
from newsarchive.base.dates import DateInterval
from newsarchive.model import Article, ArticleState, IndexedArticle
from newsarchive.query import ast
from newsarchive.query.ast import Query, Text
from newsarchive.query.fields import Change, DateField, Flag, NameField, NumberField, Presence, TextField
from newsarchive.search.engines import FacetField
from newsarchive.search.text.analysis import Analyzer, QueryTerms, is_paired
from newsarchive.search.text.stemming import stem
from newsarchive.search.text.word_diff import PieceKind, diff_words

_ANALYZER = Analyzer()
Test = Callable[[str], bool]


def matches(query: Query, document: IndexedArticle, languages: frozenset[str]) -> bool:
    """Whether one article matches."""
    match query:
        case ast.And():
            return all(matches(part, document, languages) for part in query.parts)
        case ast.Or():
            return any(matches(part, document, languages) for part in query.parts)
        case ast.Not():
            return not matches(query.part, document, languages)
        case ast.Boost():
            return matches(query.part, document, languages)
        case ast.Word() | ast.Phrase() | ast.Prefix() | ast.Near() | ast.Wildcard() | ast.Fuzzy():
            return _has_words(query, document, languages)
        case ast.SavedQuery() | ast.Marked():
            raise TypeError("engines don't know what only the archive keeps")
        case _:
            return _passes(query, document)


def facet(field: FacetField, documents: Iterable[IndexedArticle]) -> Mapping[str, int]:
    """Counts of a facet's values."""
    return dict(Counter(value for document in documents for value in _facet_values(field, document)))


def _passes(query: ast.Filter, document: IndexedArticle) -> bool:  # noqa: C901  a line a kind
    article = document.article
    match query:
        case ast.DateRange(DateField.EDITED, days):
            return any(DateInterval(after.day, after.day).overlaps(days) for _, after in _edits(document))
        case ast.DateRange():
            interval = _interval(query.field, document)
            return interval is not None and interval.overlaps(query.interval)
        case ast.NumberRange(field, low, high):
            number = _number(field, document)
            return (low is None or low <= number) and (high is None or number <= high)
        case ast.Language():
            tag = (article.language or "").lower()
            return tag == query.tag or tag.startswith(query.tag + "-")
        case ast.Named():
            return query.name in _names(query.field, article)
        case ast.Url():
            return article.url is not None and _is_below(_bare(article.url), _bare(query.text))
        case ast.Is():
            return _is_so(query.flag, document)
        case ast.Has():
            return bool(_stated(query.presence, document))
        case ast.Changed(change):
            return any(
                _of_change(change, one) != _of_change(change, other) for one, other in _edits(document)
            )
        case ast.DateConfidence():
            return article.date_confidence is query.level
        case ast.Everything():
            return True
        case ast.Among():
            return article.id in query.ids


def _is_below(url: str, address: str) -> bool:
    rest = url.removeprefix(address)
    if rest == url and address:
        return False
    return not rest or address.endswith("/") or rest[0] in ("&" if "?" in address else "/?")


def _names(field: NameField, article: Article) -> Sequence[str | None]:
    match field:
        case NameField.AUTHOR:
            return article.authors
        case NameField.PUBLISHER:
            return (article.publisher,)
        case NameField.SECTION:
            return (article.section,)
        case NameField.KEYWORD:
            return article.keywords
        case NameField.LANG:
            return ((article.language or "").lower(),)


def _number(field: NumberField, document: IndexedArticle) -> int:
    match field:
        case NumberField.WORDS:
            return document.article.word_count


def _is_so(flag: Flag, document: IndexedArticle) -> bool:
    match flag:
        case Flag.PAYWALLED:
            return document.article.is_accessible_for_free is False
        case Flag.REVISED:
            return document.revisions > 1


def _facet_values(field: FacetField, document: IndexedArticle) -> set[str]:
    article = document.article
    iso = article.date_published.isoformat()[:10] if article.date_published else ""
    length = {FacetField.YEAR: 4, FacetField.MONTH: 7, FacetField.DAY: 10}.get(field)
    if length is not None:
        return {iso[:length]}
    if field is FacetField.AUTHOR:
        return set(article.authors) or {""}
    if field is FacetField.KEYWORD:
        return set(article.keywords) or {""}
    if field is FacetField.LANGUAGE:
        return {(article.language or "").lower()}
    return {(article.publisher if field is FacetField.PUBLISHER else article.section) or ""}


def _has_words(query: Text, document: IndexedArticle, languages: frozenset[str]) -> bool:
    article = document.article
    inflected = query.field in (TextField.ANY, TextField.HEADLINE)
    language = (article.language or "").split("-")[0].lower()
    speaks = language if inflected and language in languages else None
    return any(_in_text(query, _tokens(text or ""), speaks) for text in _texts(query.field, document))


def _texts(field: TextField, document: IndexedArticle) -> Sequence[str | None]:
    article = document.article
    match field:
        case TextField.ANY:
            return (article.headline, article.description, article.text)
        case TextField.HEADLINE:
            return (article.headline,)
        case TextField.AUTHOR:
            return article.authors
        case TextField.PUBLISHER:
            return (article.publisher, *document.spellings)
        case TextField.SECTION:
            return (article.section,)
        case TextField.KEYWORD:
            return article.keywords
        case TextField.ADDED:
            return _changed_words(document, PieceKind.ADDED)
        case TextField.REMOVED:
            return _changed_words(document, PieceKind.REMOVED)


def _edits(document: IndexedArticle) -> Sequence[tuple[ArticleState, ArticleState]]:
    return list(pairwise(document.states))


def _changed_words(document: IndexedArticle, kind: PieceKind) -> list[str]:
    """What ``diff`` shows as added or removed."""
    found: list[str] = []
    for before, after in _edits(document):
        pieces = [
            *diff_words(before.headline or "", after.headline or ""),
            *diff_words(before.description or "", after.description or ""),
            *(piece for each in diff_paragraphs(before.text, after.text) for piece in each.pieces),
        ]
        found += [piece.text for piece in pieces if piece.kind is kind]
    return found


def _of_change(change: Change, state: ArticleState) -> str | None:
    names = {Change.PUBLISHED: "date_published", Change.MODIFIED: "date_modified"}
    value: str | None = getattr(state, names.get(change, change.value))
    return value


@cache
def _tokens(text: str) -> list[str]:
    return _ANALYZER.tokens(text)


def _in_text(query: Text, found: list[str], language: str | None) -> bool:
    match query:
        case ast.Near():
            return _near(query, found)
        case ast.Wildcard():
            return _in_a_row([_shape_test(part) for part in _ANALYZER.patterns(query.pattern)], found)
        case ast.Fuzzy():
            wanted = _ANALYZER.query_terms(query.text).terms
            return _in_a_row([_distance_test(term, query.edits) for term in wanted], found)
        case ast.Word():
            return _word(query, found, language)
        case _:
            terms = _ANALYZER.query_terms(query.text)
            return bool(_places(terms.opened() if isinstance(query, ast.Prefix) else terms, found))


def _word(query: ast.Word, found: list[str], language: str | None) -> bool:
    text = query.text
    wanted = _ANALYZER.query_terms(text[:-2] if text.endswith(("'s", "’s")) else text)
    if len(wanted.terms) > 1 and language is not None and _has_forms(text, wanted.terms):
        return _in_a_row([_form_test(term, language) for term in wanted.terms], found)
    if len(wanted.terms) > 1 or wanted.is_open:
        return bool(_places(wanted, found))
    (word,) = wanted.terms
    return word in found or (
        language is not None and any(stem(term, language) == stem(word, language) for term in found)
    )


def _has_forms(text: str, terms: Sequence[str]) -> bool:
    """Whether a word of several terms is parts with hyphens or apostrophes between them, and not too many."""
    parts = re.split("[-‐‑–'’ʼ＇]", text)
    return len(terms) <= 6 and not any(map(is_paired, terms)) and all(map(str.isalnum, parts))


def _form_test(term: str, language: str) -> Test:
    if len(term) < 3 or term.isdigit():
        return partial(str.__eq__, term)
    return lambda found: len(found) > 2 and stem(found, language) == stem(term, language)


def _places(wanted: QueryTerms, found: list[str]) -> list[int]:
    *before, last = wanted.terms
    tests: list[Test] = [partial(str.__eq__, term) for term in before]
    tests.append((lambda term: term.startswith(last)) if wanted.is_open else partial(str.__eq__, last))
    return [at for at in range(len(found)) if _stand_at(tests, found, at)]


def _in_a_row(tests: Sequence[Test], found: list[str]) -> bool:
    return any(_stand_at(tests, found, at) for at in range(len(found)))


def _stand_at(tests: Sequence[Test], found: list[str], at: int) -> bool:
    if not tests[0](found[at]):
        return False
    row = found[at : at + len(tests)]
    return len(row) == len(tests) and all(test(term) for test, term in zip(tests, row, strict=True))


def _near(query: ast.Near, found: list[str]) -> bool:
    """Whether some stretch, of as many positions as the words have and the distance more, holds them."""
    typed = [_ANALYZER.query_terms(word) for word in query.text.split()]
    wanted = [(terms, _positions(terms.terms)) for terms in typed if terms.terms]
    length = sum(width for _, width in wanted) + query.distance
    places = {terms: _places(terms, found) for terms, _ in wanted}
    if not all(places.values()):
        return False
    for start in range(len(found)):
        left = {terms: [at for at in at_all if at >= start] for terms, at_all in places.items()}
        for terms, width in wanted:
            if not left[terms] or left[terms].pop(0) + width > start + length:
                break
        else:
            return True
    return False


def _positions(terms: Sequence[str]) -> int:
    """In a script without spaces, the second character of the last pair is at a position of its own."""
    closes_a_pair = not terms[-1].isascii() and is_paired(terms[-1]) and len(terms[-1]) == 2
    return len(terms) + closes_a_pair


def _shape_test(pattern: str) -> Test:
    return lambda term: _fits(pattern, term)


def _fits(pattern: str, term: str) -> bool:
    if not pattern:
        return not term
    if pattern[0] == "*":
        return any(_fits(pattern[1:], term[at:]) for at in range(len(term) + 1))
    return bool(term) and pattern[0] in ("?", term[0]) and _fits(pattern[1:], term[1:])


def _distance_test(word: str, edits: int) -> Test:
    return lambda term: term == word if len(word) <= 2 else _distance(word, term) <= edits


@cache
def _distance(one: str, other: str) -> int:
    """Optimal string alignment by its definition."""
    if not one or not other:
        return len(one) + len(other)
    best = min(
        _distance(one[:-1], other) + 1,
        _distance(one, other[:-1]) + 1,
        _distance(one[:-1], other[:-1]) + (one[-1] != other[-1]),
    )
    if len(one) > 1 and len(other) > 1 and one[-2:] == other[-1] + other[-2]:
        best = min(best, _distance(one[:-2], other[:-2]) + 1)
    return best


def _interval(field: DateField, document: IndexedArticle) -> DateInterval | None:
    article = document.article
    match field:
        case DateField.PUBLISHED:
            stated = article.date_published
        case DateField.MODIFIED:
            stated = article.date_modified
        case DateField.CAPTURED:
            return DateInterval(*document.captured)
        case DateField.EDITED:
            raise TypeError("an article may be edited on many days")
    return None if stated is None else stated.interval


def _bare(url: str) -> str:
    parts = urlsplit(url if "://" in url else f"http://{url}")
    query = f"?{parts.query}" if parts.query else ""
    return parts.netloc.removeprefix("www.") + (parts.path or "/") + query


def _stated(presence: Presence, document: IndexedArticle) -> object:  # noqa: C901  a line a member
    article = document.article
    match presence:
        case Presence.AUTHOR:
            return article.authors
        case Presence.PUBLISHED:
            return article.date_published
        case Presence.MODIFIED:
            return article.date_modified
        case Presence.PUBLISHER:
            return article.publisher
        case Presence.SECTION:
            return article.section
        case Presence.KEYWORD:
            return article.keywords
        case Presence.URL:
            return article.url
        case Presence.IMAGE:
            return article.image
        case Presence.LANG:
            return article.language
        case Presence.DESCRIPTION:
            return article.description
        case Presence.HEADLINE:
            return article.headline
