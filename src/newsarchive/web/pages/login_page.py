"""Saying the password, and choosing the language of the interface."""

from __future__ import annotations

import hmac
import math
import time
from hashlib import sha256

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from newsarchive.web.pages.forms import field, genuine_form, own_page
from newsarchive.web.rendering import page, texts_for
from newsarchive.web.served import served
from newsarchive.web.texts import LANGUAGES

_YEAR = 365 * 24 * 60 * 60


def show(request: Request) -> Response:
    """The page that asks for the password."""
    return _ask(request, request.query_params.get("next", "/"))


async def log_in(request: Request) -> Response:
    """Let in who knows the password."""
    here, client = served(request), request.client.host if request.client else ""
    form = await genuine_form(request, writes=False)
    following = own_page(field(form, "next"))
    wait = here.login_limit.wait(client, now=time.monotonic())
    if wait:
        seconds = math.ceil(wait)
        response = _ask(request, following, "login_wait", status=429, seconds=seconds)
        response.headers["Retry-After"] = str(seconds)
        return response
    if not _is_password(field(form, "password"), here.settings.password):
        here.login_limit.failed(client, now=time.monotonic())
        return _ask(request, following, "login_wrong", status=403)
    here.login_limit.passed(client)
    answer = RedirectResponse(following, status_code=303)
    here.sessions.put(answer, here.sessions.new(is_admitted=True, now=time.time()))
    return answer


async def log_out(request: Request) -> Response:
    """End a session."""
    await genuine_form(request, writes=False)
    answer = RedirectResponse("/login", status_code=303)
    served(request).sessions.end(answer)
    return answer


async def choose_language(request: Request) -> Response:
    """Remember a language, and go back."""
    form = await genuine_form(request, writes=False)
    answer = RedirectResponse(own_page(field(form, "next")), status_code=303)
    if field(form, "language") in LANGUAGES:
        answer.set_cookie(
            "language", field(form, "language"), max_age=_YEAR, httponly=True, samesite="lax", path="/"
        )
    return answer


def _ask(
    request: Request, following: str, problem: str = "", *, status: int = 200, seconds: int = 0
) -> Response:
    told = texts_for(request)(problem, seconds=seconds) if problem else ""
    return page(request, "login.html", status=status, following=own_page(following), problem=told)


def _is_password(given: str, password: str | None) -> bool:
    # Digests are of one length, so that the time tells nothing.
    return password is not None and hmac.compare_digest(_digest(given), _digest(password))


def _digest(text: str) -> bytes:
    return sha256(text.encode("utf-8", "replace")).digest()
