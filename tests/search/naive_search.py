"""Search without an index, written apart from the engine: reads every article for every query."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from urllib.parse import urlsplit

from newsarchive.dates import DateInterval
from newsarchive.model import IndexedArticle
from newsarchive.query import ast
from newsarchive.query.ast import DateField, Query, TextField
from newsarchive.search.analysis import Analyzer
from newsarchive.search.engine import FacetField
from newsarchive.search.stemming import stem

_ANALYZER = Analyzer()


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
        case ast.Word() | ast.Phrase() | ast.Prefix():
            return _has_words(query, document, languages)
        case _:
            return _passes(query, document)


def facet(field: FacetField, documents: Iterable[IndexedArticle]) -> Mapping[str, int]:
    """Counts of a facet's values."""
    return dict(Counter(value for document in documents for value in _facet_values(field, document)))


def _passes(query: Query, document: IndexedArticle) -> bool:
    article = document.article
    match query:
        case ast.DateRange():
            interval = _interval(query.field, document)
            return interval is not None and interval.overlaps(query.interval)
        case ast.Language():
            tag = (article.language or "").lower()
            return tag == query.tag or tag.startswith(query.tag + "-")
        case ast.Url():
            return article.url is not None and _bare(article.url).startswith(_bare(query.text))
        case ast.Is(flag=ast.Flag.PAYWALLED):
            return article.is_accessible_for_free is False
        case ast.Is():
            return document.revisions > 1
        case ast.Has():
            return bool(_stated(query.presence, document))
        case ast.DateConfidence():
            return article.date_confidence is query.level
        case _:
            return True


def _facet_values(field: FacetField, document: IndexedArticle) -> set[str]:
    article = document.article
    iso = article.date_published.isoformat()[:10] if article.date_published else ""
    length = {FacetField.YEAR: 4, FacetField.MONTH: 7, FacetField.DAY: 10}.get(field)
    if length is not None:
        return {iso[:length]} if len(iso) >= length else set()
    if field is FacetField.AUTHOR:
        return set(article.authors)
    if field is FacetField.KEYWORD:
        return set(article.keywords)
    if field is FacetField.LANGUAGE:
        return {article.language.lower()} if article.language else set()
    value = article.publisher if field is FacetField.PUBLISHER else article.section
    return {value} if value else set()


def _has_words(
    query: ast.Word | ast.Phrase | ast.Prefix, document: IndexedArticle, languages: frozenset[str]
) -> bool:
    article = document.article
    texts: Mapping[TextField, Sequence[str | None]] = {
        TextField.ANY: (article.headline, article.description, article.text),
        TextField.HEADLINE: (article.headline,),
        TextField.AUTHOR: article.authors,
        TextField.PUBLISHER: (article.publisher,),
        TextField.SECTION: (article.section,),
        TextField.KEYWORD: article.keywords,
    }
    inflected = query.field in (TextField.ANY, TextField.HEADLINE) and isinstance(query, ast.Word)
    language = (article.language or "").split("-")[0].lower()
    speaks = language if inflected and language in languages else None
    return any(_in_text(query, text or "", speaks) for text in texts[query.field])


def _in_text(query: ast.Word | ast.Phrase | ast.Prefix, text: str, language: str | None) -> bool:
    wanted = _ANALYZER.query_terms(query.text)
    if isinstance(query, ast.Prefix):
        wanted = wanted.opened()
    found = _ANALYZER.tokens(text)
    if len(wanted.terms) == 1 and not wanted.is_open:
        word = wanted.terms[0]
        return any(
            term == word or (language and stem(term, language) == stem(word, language)) for term in found
        )
    size = len(wanted.terms)
    windows = (found[at : at + size] for at in range(len(found) - size + 1))
    *before, last = wanted.terms
    return any(
        window[:-1] == before and (window[-1].startswith(last) if wanted.is_open else window[-1] == last)
        for window in windows
    )


def _interval(field: DateField, document: IndexedArticle) -> DateInterval | None:
    if field is DateField.CAPTURED:
        return DateInterval(*document.captured)
    article = document.article
    stated = article.date_published if field is DateField.PUBLISHED else article.date_modified
    return None if stated is None else stated.interval


def _bare(url: str) -> str:
    parts = urlsplit(url if "://" in url else f"http://{url}")
    return parts.netloc.removeprefix("www.") + (parts.path or "/")


def _stated(presence: ast.Presence, document: IndexedArticle) -> object:
    article = document.article
    return {
        ast.Presence.AUTHOR: article.authors,
        ast.Presence.PUBLISHED: article.date_published,
        ast.Presence.MODIFIED: article.date_modified,
        ast.Presence.PUBLISHER: article.publisher,
        ast.Presence.SECTION: article.section,
        ast.Presence.KEYWORD: article.keywords,
        ast.Presence.URL: article.url,
        ast.Presence.IMAGE: article.image,
        ast.Presence.LANG: article.language,
        ast.Presence.DESCRIPTION: article.description,
        ast.Presence.HEADLINE: article.headline,
    }[presence]
