"""The first page: one box, what matches, and how to narrow it."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from newsarchive.answers.results import Results
from newsarchive.errors import QueryError
from newsarchive.web.rendering import page
from newsarchive.web.served import served
from newsarchive.web.shown.hit_rows import grouped, row
from newsarchive.web.shown.page_turner import turner
from newsarchive.web.shown.search_address import GROUPS, PAGE_SIZE, SearchAddress


def show(request: Request) -> Response:
    """What matches, or why the query can't be answered."""
    asked = SearchAddress.of(request.query_params)
    try:
        results = _search(request, asked)
    except QueryError as error:
        return _wrong(request, asked, error)
    full = [row(hit) for hit in results if not hit.partial]
    return page(
        request,
        "search.html",
        asked=asked,
        total=results.total,
        groups=grouped(full, asked.group),
        partial=[row(hit) for hit in results if hit.partial],
        suggestions=[(asked.asking(each.query), each.total) for each in results.suggestions],
        turner=turner(asked, results.total),
        group_names=GROUPS,
        error=None,
    )


def _search(request: Request, asked: SearchAddress) -> Results:
    archive = served(request).archive
    # First alone, so that a fault is told by its place in what was typed.
    archive.explain(asked.query)
    return archive.search(
        asked.full_query,
        sort=asked.sort or None,
        limit=PAGE_SIZE,
        offset=asked.offset,
        after=asked.after or None,
        before=asked.before or None,
    )


def _wrong(request: Request, asked: SearchAddress, error: QueryError) -> Response:
    at = error.position
    parts = None if at is None else (asked.query[:at], asked.query[at:])
    return page(request, "search.html", status=400, asked=asked, error=error, parts=parts, group_names=GROUPS)
