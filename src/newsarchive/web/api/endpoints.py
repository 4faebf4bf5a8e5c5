"""What a program may ask: a table of addresses, each with its parameters and its answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from newsarchive.answers.results import JSON_FORMAT
from newsarchive.archive import Archive
from newsarchive.base.dates import utc_text
from newsarchive.base.periods import Period
from newsarchive.search.engines import FacetField, Sort
from newsarchive.web.api.parameters import Kind, Parameter

Values = Mapping[str, Any]
_DATED_FACETS = ("publisher", "language", "section")


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoint:
    """``path`` may hold one ``{id}``; ``fields`` are always in the answer; ``missing`` is what a 404 says."""

    path: str
    words: str
    fields: Sequence[str]
    answer: Callable[[Archive, Values], dict[str, Any]]
    parameters: Sequence[Parameter] = ()

    @property
    def has_id(self) -> bool:
        """Whether it is about one article."""
        return "{id}" in self.path


_Q = Parameter(name="q", words="a query in the query language; without it, all articles")
_AFTER = Parameter(name="after", words="published on this date or later, as in queries")
_BEFORE = Parameter(name="before", words="published on this date or earlier")
_ANY = Parameter(name="any", words="any of the words is enough", kind=Kind.SWITCH)
_LIMIT = Parameter(name="limit", words="how many hits; 20 without it", kind=Kind.NUMBER, most=500)
_OFFSET = Parameter(name="offset", words="how many hits to skip", kind=Kind.NUMBER, most=10**9)
_SORT = Parameter(name="sort", words="the order of hits", choices=tuple(Sort))
_FACET = Parameter(name="facet", words="count all matches by this", choices=tuple(FacetField), is_list=True)


def _search(archive: Archive, values: Values) -> dict[str, Any]:
    return archive.search(
        values["q"] or "",
        sort=values["sort"],
        limit=20 if values["limit"] is None else values["limit"],
        offset=values["offset"] or 0,
        facets=list(dict.fromkeys(values["facet"])),
        after=values["after"],
        before=values["before"],
        any_word=bool(values["any"]),
    ).to_dict()


def _ids(archive: Archive, values: Values) -> dict[str, Any]:
    from newsarchive.answers.search import Question

    asked = Question(
        query=values["q"] or "",
        sort=values["sort"],
        after=values["after"],
        before=values["before"],
        any_word=bool(values["any"]),
    )
    found = archive.ids(asked, limit=values["limit"], offset=values["offset"] or 0)
    return {"format": JSON_FORMAT, "query": found.query, "total": found.total, "ids": list(found.ids)}


def _explain(archive: Archive, values: Values) -> dict[str, Any]:
    words = archive.explain(
        values["q"] or "", after=values["after"], before=values["before"], any_word=bool(values["any"])
    )
    return {"format": JSON_FORMAT, "query": values["q"] or "", "explanation": words}


def _article(archive: Archive, values: Values) -> dict[str, Any]:
    captures = [each.to_dict() for each in archive.captures(values["id"])]
    return {**archive.article(values["id"]).to_dict(), "captures": captures}


def _revisions(archive: Archive, values: Values) -> dict[str, Any]:
    revisions = [each.to_dict() for each in archive.revisions(values["id"])]
    return {"format": JSON_FORMAT, "id": values["id"], "revisions": revisions}


def _diff(archive: Archive, values: Values) -> dict[str, Any]:
    diff = archive.versions.diff(values["id"], values["before"], values["after"])
    # One state differs from nothing.
    return {"format": JSON_FORMAT, "id": values["id"]} if diff is None else diff.to_dict()


def _similar(archive: Archive, values: Values) -> dict[str, Any]:
    return archive.similar(values["id"], limit=10 if values["limit"] is None else values["limit"]).to_dict()


def _related(archive: Archive, values: Values) -> dict[str, Any]:
    limit = 20 if values["limit"] is None else values["limit"]
    return archive.related(
        values["q"] or "", limit=limit, after=values["after"], before=values["before"]
    ).to_dict()


def _timeline(archive: Archive, values: Values) -> dict[str, Any]:
    return archive.timeline(
        values["q"] or "",
        by=values["by"] or Period.MONTH,
        facet=values["facet"],
        after=values["after"],
        before=values["before"],
    ).to_dict()


def _coverage(archive: Archive, values: Values) -> dict[str, Any]:
    return archive.coverage(
        publisher=values["publisher"], after=values["after"], before=values["before"]
    ).to_dict()


def _families(archive: Archive, values: Values) -> dict[str, Any]:
    limit = 10 if values["limit"] is None else values["limit"]
    return {"format": JSON_FORMAT, "families": [each.to_dict() for each in archive.families.top(limit)]}


def _saved(archive: Archive, _: Values) -> dict[str, Any]:
    searches = [
        {"name": each.name, "query": each.query, "created_at": utc_text(each.created_at)}
        for each in archive.saved
    ]
    return {"format": JSON_FORMAT, "searches": searches}


_REVISION = Parameter(
    name="before", words="the number of the earlier state", kind=Kind.NUMBER, least=1, most=10**9
)
ENDPOINTS: Sequence[Endpoint] = (
    Endpoint(
        path="/api/search",
        words="Find articles.",
        fields=("format", "query", "total", "hits", "facets", "suggestions"),
        answer=_search,
        parameters=(_Q, _AFTER, _BEFORE, _ANY, _SORT, _LIMIT, _OFFSET, _FACET),
    ),
    Endpoint(
        path="/api/ids",
        words="The ids of all that matches, in order.",
        fields=("format", "query", "total", "ids"),
        answer=_ids,
        parameters=(
            _Q,
            _AFTER,
            _BEFORE,
            _ANY,
            _SORT,
            Parameter(name="limit", words="how many ids; all without it", kind=Kind.NUMBER, most=10**9),
            _OFFSET,
        ),
    ),
    Endpoint(
        path="/api/explain",
        words="How a query is understood, in words.",
        fields=("format", "query", "explanation"),
        answer=_explain,
        parameters=(_Q, _AFTER, _BEFORE, _ANY),
    ),
    Endpoint(
        path="/api/articles/{id}",
        words="One article, with its evidence and captures.",
        fields=("id", "headline", "text", "evidence", "captures"),
        answer=_article,
    ),
    Endpoint(
        path="/api/articles/{id}/revisions",
        words="The states of an article over time, oldest first.",
        fields=("format", "id", "revisions"),
        answer=_revisions,
    ),
    Endpoint(
        path="/api/articles/{id}/diff",
        words="What changed between two states; by default between the newest two.",
        fields=("format", "id"),
        answer=_diff,
        parameters=(
            _REVISION,
            replace(_REVISION, name="after", words="the number of the later state"),
        ),
    ),
    Endpoint(
        path="/api/articles/{id}/similar",
        words="Articles like one.",
        fields=("format", "id", "terms", "hits"),
        answer=_similar,
        parameters=(_LIMIT,),
    ),
    Endpoint(
        path="/api/articles/{id}/family",
        words="Who else ran an article.",
        fields=("format", "id", "copies", "publishers"),
        answer=lambda archive, values: archive.families.of(values["id"]).to_dict(),
    ),
    Endpoint(
        path="/api/families",
        words="The stories with the most copies.",
        fields=("format", "families"),
        answer=_families,
        parameters=(_LIMIT,),
    ),
    Endpoint(
        path="/api/related",
        words="Words that the best matches have more often than the archive does.",
        fields=("format", "query", "sample", "terms"),
        answer=_related,
        parameters=(_Q, _AFTER, _BEFORE, _LIMIT),
    ),
    Endpoint(
        path="/api/timeline",
        words="Matches over time.",
        fields=("format", "query", "by", "total", "imprecise", "periods", "facets"),
        answer=_timeline,
        parameters=(
            _Q,
            _AFTER,
            _BEFORE,
            Parameter(name="by", words="the length of a period; month without it", choices=tuple(Period)),
            Parameter(name="facet", words="counts for each of its values", choices=_DATED_FACETS),
        ),
    ),
    Endpoint(
        path="/api/coverage",
        words="Which days of each publisher were collected.",
        fields=("format", "after", "before", "total", "publishers"),
        answer=_coverage,
        parameters=(
            Parameter(name="publisher", words="part of a name or host"),
            _AFTER,
            _BEFORE,
        ),
    ),
    Endpoint(
        path="/api/quote",
        words="Where a quotation stands, word for word or nearly.",
        fields=("format", "quotation", "first", "variants"),
        answer=lambda archive, values: archive.quote(
            values["quotation"], exact=bool(values["exact"])
        ).to_dict(),
        parameters=(
            Parameter(name="quotation", words="the words", is_required=True),
            Parameter(name="exact", words="word for word only", kind=Kind.SWITCH),
        ),
    ),
    Endpoint(path="/api/saved", words="The saved searches.", fields=("format", "searches"), answer=_saved),
    Endpoint(
        path="/api/stats",
        words="What the archive holds.",
        fields=("format", "name", "uuid", "articles", "index"),
        answer=lambda archive, _: archive.stats().to_dict(),
    ),
)
