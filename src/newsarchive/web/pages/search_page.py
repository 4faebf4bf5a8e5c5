"""The first page: one box, what matches, and how to narrow it."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from datetime import date

from starlette.requests import Request
from starlette.responses import Response

from newsarchive.answers.results import Results
from newsarchive.archive import Archive
from newsarchive.errors import QueryError
from newsarchive.export.registry import formats
from newsarchive.web.rendering import finish, page, render, texts_for
from newsarchive.web.served import served
from newsarchive.web.shown.facet_boxes import facet_boxes
from newsarchive.web.shown.hit_rows import grouped, row
from newsarchive.web.shown.page_turner import turner
from newsarchive.web.shown.search_address import GROUPS, PAGE_SIZE, TICKED, SearchAddress
from newsarchive.web.shown.time_bars import time_bars

_BY_DAY = "day"


def show(request: Request) -> Response:
    """What matches, or why the query can't be answered."""
    asked = SearchAddress.of(request.query_params)
    key, pages = _key(request, asked), served(request).pages
    body = pages.get(key) if key is not None else None
    if body is None:
        try:
            body = _page(request, asked)
        except QueryError as error:
            return _wrong(request, asked, error)
        if key is not None:
            pages.put(key, body)
    return finish(request, body)


def _key(request: Request, asked: SearchAddress) -> Hashable:
    """What a page is made from; None where more than the archive's changes make another."""
    if "query:" in asked.query:
        return None
    # Relative dates count from today.
    return (asked, texts_for(request).language, served(request).archive.last_change, date.today())


@dataclass(frozen=True, slots=True)
class _Found:
    """``counts`` of a facet are without its own ticks."""

    results: Results
    counts: Mapping[str, Mapping[str, int]]
    meaning: str


def _page(request: Request, asked: SearchAddress) -> str:
    found = _search(served(request).archive, asked)
    results = found.results
    return render(
        request,
        "search.html",
        asked=asked,
        total=results.total,
        groups=grouped([row(hit) for hit in results if not hit.partial], asked.group),
        partial=[row(hit) for hit in results if hit.partial],
        suggestions=[(asked.asking(each.query), each.total) for each in results.suggestions],
        turner=turner(asked, results.total),
        facets=facet_boxes(asked, found.counts),
        bars=time_bars(asked, found.counts[_BY_DAY]),
        meaning=found.meaning,
        group_names=GROUPS,
        formats=formats(),
        error=None,
    )


def _search(archive: Archive, asked: SearchAddress) -> _Found:
    # The query first alone, so that a fault is told by its place in what was typed.
    meaning = archive.explain(asked.query)
    after, before = asked.after or None, asked.before or None
    results = archive.search(
        asked.full_query,
        sort=asked.sort or None,
        limit=PAGE_SIZE,
        offset=asked.offset,
        facets=[*TICKED, _BY_DAY],
        after=after,
        before=before,
    )
    counts = dict(results.facets)
    for facet in dict.fromkeys(name for name, _ in asked.ticks):
        # A box offers what could be ticked beside its own ticks: these limit the other boxes alone.
        query = asked.query_without(facet)
        others = archive.search(query, sort="newest", limit=0, facets=[facet], after=after, before=before)
        counts[facet] = others.facets[facet]
    return _Found(results, counts, meaning)


def _wrong(request: Request, asked: SearchAddress, error: QueryError) -> Response:
    at = error.position
    parts = None if at is None else (asked.query[:at], asked.query[at:])
    return page(request, "search.html", status=400, asked=asked, error=error, parts=parts, group_names=GROUPS)
