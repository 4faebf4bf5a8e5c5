"""What the archive holds: how much, by whom, over time, and what could not be read."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from newsarchive.web.rendering import page
from newsarchive.web.served import served
from newsarchive.web.shown.publishers import publisher_rows
from newsarchive.web.shown.search_address import SearchAddress
from newsarchive.web.shown.time_bars import time_bars


def show(request: Request) -> Response:
    """The archive at a glance."""
    archive = served(request).archive
    everything = archive.search("", sort="newest", limit=0, facets=["day"])
    return page(
        request,
        "overview.html",
        stats=archive.stats(),
        bars=time_bars(SearchAddress(), everything.facets["day"]),
        publishers=publisher_rows(archive.coverage()),
        searches=list(archive.saved),
    )
