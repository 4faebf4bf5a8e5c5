"""Where a password is set, nothing but the door is shown to those who have not said it."""

from __future__ import annotations

import time
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from newsarchive.web.guards.sessions import Sessions

_OPEN = ("/login", "/language", "/static/")


class Admission:
    """Middleware that sends others to the page where the password is asked for."""

    def __init__(self, app: ASGIApp, sessions: Sessions) -> None:
        self._app = app
        self._sessions = sessions

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or send to the door."""
        if scope["type"] == "http" and not scope["path"].startswith(_OPEN):
            request = Request(scope)
            session = self._sessions.of(request, now=time.time())
            if session is None or not session.is_admitted:
                await _door(request)(scope, receive, send)
                return
        await self._app(scope, receive, send)


def _door(request: Request) -> Response:
    if request.url.path.startswith("/api/"):
        return JSONResponse(
            {"error": {"message": "a password is needed", "hint": "log in with a browser"}}, status_code=401
        )
    asked = f"{request.url.path}?{request.url.query}" if request.url.query else request.url.path
    return RedirectResponse(f"/login?next={quote(asked, safe='')}", status_code=303)
