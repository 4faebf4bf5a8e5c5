"""The application: which address is which page, and what stands before them all."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import anyio.to_thread
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from newsarchive.archive import Archive
from newsarchive.web.api import program_routes
from newsarchive.web.guards.admission import Admission
from newsarchive.web.guards.forgery import SameOrigin
from newsarchive.web.guards.headers import PolicyHeaders
from newsarchive.web.guards.known_hosts import KnownHosts
from newsarchive.web.guards.sizes import Sizes
from newsarchive.web.pages import (
    article_page,
    capture_files,
    error_pages,
    export_files,
    login_page,
    overview_page,
    search_page,
)
from newsarchive.web.rendering import STATIC
from newsarchive.web.served import Served
from newsarchive.web.settings import Settings

# Python runs one thread at a time, and each has a connection of its own: more would only take memory.
_THREADS = 6


def make_site(archive: Archive, settings: Settings) -> Starlette:
    """The application that serves an archive."""
    served = Served(archive, settings)
    guards = [
        Middleware(PolicyHeaders),
        Middleware(KnownHosts, settings=settings),
        Middleware(Sizes),
        Middleware(SameOrigin),
        *([Middleware(Admission, sessions=served.sessions)] if settings.password is not None else []),
        Middleware(GZipMiddleware, minimum_size=2_000, compresslevel=4),
    ]
    site = Starlette(
        routes=_routes(),
        middleware=guards,
        exception_handlers=error_pages.HANDLERS,
        lifespan=_with_few_threads,
    )
    site.state.served = served
    return site


def _routes() -> list[BaseRoute]:
    return [
        Route("/", search_page.show),
        Route("/login", login_page.show),
        Route("/login", login_page.log_in, methods=["POST"]),
        Route("/logout", login_page.log_out, methods=["POST"]),
        Route("/language", login_page.choose_language, methods=["POST"]),
        Route("/article/{number}", article_page.show),
        Route("/article/{number}/related", article_page.related),
        Route("/article/{number}/history", article_page.history),
        Route("/article/{number}/cite", article_page.cite),
        Route("/article/{number}/looks", article_page.looks),
        Route("/article/{article}/capture/{number}/page", capture_files.look),
        Route("/article/{article}/capture/{number}/raw", capture_files.raw),
        Route("/overview", overview_page.show),
        Route("/export", export_files.export),
        *program_routes.routes(),
        Mount("/static", StaticFiles(directory=STATIC)),
    ]


@asynccontextmanager
async def _with_few_threads(_: Starlette) -> AsyncIterator[None]:
    anyio.to_thread.current_default_thread_limiter().total_tokens = _THREADS
    yield
