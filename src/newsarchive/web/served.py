"""What every page is made from: the archive, how it is served, and who asks."""

from __future__ import annotations

from typing import cast

from starlette.requests import Request

from newsarchive.archive import Archive
from newsarchive.web.guards.login_limit import LoginLimit
from newsarchive.web.guards.sessions import Sessions
from newsarchive.web.page_cache import PageCache
from newsarchive.web.settings import Settings


class Served:
    """An archive as it is served; shared by all threads."""

    def __init__(self, archive: Archive, settings: Settings) -> None:
        self.archive = archive
        self.settings = settings
        # Cookies are of a host, not of a port: two servers of a machine must not end each other's.
        self.sessions = Sessions(f"newsarchive-{settings.port}")
        self.login_limit = LoginLimit()
        self.pages = PageCache()


def served(request: Request) -> Served:
    """What a request is answered from."""
    return cast("Served", request.app.state.served)
