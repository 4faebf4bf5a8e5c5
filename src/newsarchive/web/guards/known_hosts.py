"""Only requests that call this server by one of its names are answered.

A page of a stranger can have its own name resolved to 127.0.0.1 (DNS rebinding): then a browser
sends the stranger's script here, with the stranger's name as ``Host``.
"""

from __future__ import annotations

from ipaddress import ip_address

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from newsarchive.web.settings import Settings, is_loopback


class KnownHosts:
    """Middleware that refuses other names."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self._app = app
        self._settings = settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or refuse."""
        if scope["type"] == "http" and not is_known(Headers(scope=scope).getlist("host"), self._settings):
            refusal = PlainTextResponse("this server is not known by that name\n", status_code=421)
            await refusal(scope, receive, send)
            return
        await self._app(scope, receive, send)


def is_known(hosts: list[str], settings: Settings) -> bool:
    """Whether the ``Host`` headers of a request are one, and a name of this server."""
    if len(hosts) != 1:
        return False
    name, port = _parted(hosts[0].lower())
    if name in (each.lower() for each in settings.names):
        # Behind a proxy of that name the port is the proxy's.
        return True
    if port != str(settings.port):
        return False
    return name in ("localhost", settings.host.lower()) or _is_own_address(name, settings)


def _is_own_address(name: str, settings: Settings) -> bool:
    """An address is no name that a stranger could resolve; it need only be one that is listened on."""
    try:
        address = ip_address(name)
    except ValueError:
        return False
    return address.is_loopback or not is_loopback(settings.host)


def _parted(host: str) -> tuple[str, str]:
    """Name and port; an address of IPv6 stands in brackets."""
    if host.startswith("["):
        name, _, rest = host[1:].partition("]")
        return name, rest.removeprefix(":") or "80"
    name, _, port = host.partition(":")
    return name, port or "80"
