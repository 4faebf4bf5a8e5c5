"""How much a request may hold."""

from __future__ import annotations

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LONGEST_ADDRESS = 20_000
LARGEST_FORM = 1_000_000
LARGEST_UPLOAD = 500_000_000
_UPLOADS = ("/add",)


class TooLarge(Exception):
    """A body went on beyond what its kind may hold."""


class Sizes:
    """Middleware that refuses what is too large before it is read."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or refuse."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        limit = LARGEST_UPLOAD if scope["path"] in _UPLOADS else LARGEST_FORM
        if len(scope["raw_path"]) + len(scope["query_string"]) > LONGEST_ADDRESS:
            refusal = PlainTextResponse("the address is too long\n", status_code=414)
        elif _stated(Headers(scope=scope)) > limit:
            refusal = PlainTextResponse("that is too large\n", status_code=413)
        else:
            await self._app(scope, _counted(receive, limit), send)
            return
        await refusal(scope, receive, send)


def _stated(headers: Headers) -> int:
    length = headers.get("content-length", "0")
    return int(length) if length.isascii() and length.isdecimal() else 0


def _counted(receive: Receive, limit: int) -> Receive:
    read = 0

    async def counted() -> Message:
        nonlocal read
        message = await receive()
        read += len(message.get("body", b""))
        if read > limit:
            raise TooLarge
        return message

    return counted
