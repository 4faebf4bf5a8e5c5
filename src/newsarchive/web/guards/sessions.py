"""Who a browser is: a random number in a cookie, signed by this run of the server."""

from __future__ import annotations

import hmac
import secrets
from dataclasses import dataclass
from hashlib import sha256

from starlette.requests import Request
from starlette.responses import Response

# A day's work.
LIFETIME = 12 * 60 * 60


@dataclass(frozen=True, slots=True)
class Session:
    """``token`` proves that a form came from a page of this session."""

    number: str
    is_admitted: bool
    token: str


class Sessions:
    """Makes sessions and knows its own; nothing is kept, so that nobody can fill the memory."""

    def __init__(self, cookie: str) -> None:
        self._cookie = cookie
        self._secret = secrets.token_bytes(32)

    def new(self, *, is_admitted: bool, now: float) -> str:
        """The value of a cookie."""
        text = f"{secrets.token_urlsafe(18)}.{int(now) + LIFETIME}.{int(is_admitted)}"
        return f"{text}.{self._sign('session', text)}"

    def read(self, value: str, *, now: float) -> Session | None:
        """The session of a cookie; None for one that is not ours, or over."""
        text, _, signature = value.rpartition(".")
        if not hmac.compare_digest(signature.encode(), self._sign("session", text).encode()):
            return None
        number, until, admitted = text.split(".")
        if int(until) < now:
            return None
        return Session(number, admitted == "1", self._sign("form", number))

    def of(self, request: Request, *, now: float) -> Session | None:
        """The session of a request."""
        return self.read(request.cookies.get(self._cookie, ""), now=now)

    def put(self, response: Response, value: str) -> None:
        """Hand a session to a browser."""
        response.set_cookie(self._cookie, value, max_age=LIFETIME, httponly=True, samesite="strict", path="/")

    def end(self, response: Response) -> None:
        """Take it back."""
        response.delete_cookie(self._cookie, httponly=True, samesite="strict", path="/")

    def _sign(self, purpose: str, text: str) -> str:
        return hmac.new(self._secret, f"{purpose}:{text}".encode(), sha256).hexdigest()
