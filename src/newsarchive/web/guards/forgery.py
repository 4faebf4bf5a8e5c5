"""Writing is for pages of this server: forms of other sites, and of no session, are refused."""

from __future__ import annotations

import hmac

from starlette.datastructures import FormData, Headers
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from newsarchive.web.guards.sessions import Session

_SAFE = ("GET", "HEAD", "OPTIONS")
_OWN_SITES = ("same-origin", "none")


class SameOrigin:
    """Middleware that refuses what other sites have browsers send."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or refuse."""
        if (
            scope["type"] == "http"
            and scope["method"] not in _SAFE
            and not is_same_origin(Headers(scope=scope))
        ):
            await PlainTextResponse("this form is of another site\n", status_code=403)(scope, receive, send)
            return
        await self._app(scope, receive, send)


def is_same_origin(headers: Headers) -> bool:
    """Whether a request comes from a page of the host that it is sent to, as far as the browser tells."""
    site, origin = headers.get("sec-fetch-site"), headers.get("origin")
    if site is not None and site not in _OWN_SITES:
        return False
    return origin is None or origin.partition("://")[2] == headers.get("host", "")


def is_genuine(request: Request, form: FormData, session: Session | None) -> bool:
    """Whether a form holds the token of its session; scripts may send it as a header instead."""
    token = form.get("token") or request.headers.get("x-token") or ""
    return (
        session is not None
        and isinstance(token, str)
        and hmac.compare_digest(token.encode(), session.token.encode())
    )
