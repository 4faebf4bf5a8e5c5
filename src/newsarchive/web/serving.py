"""Run the server until it is told to end."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import uvicorn

from newsarchive.archive import Archive
from newsarchive.web.listening import listen, port_of
from newsarchive.web.settings import Settings
from newsarchive.web.site import make_site

# Those who are still reading get so many seconds when the server ends.
_GRACE = 3


def serve(archive: Archive, settings: Settings, *, ready: Callable[[str], None]) -> None:
    """Serve an archive until the process is interrupted; ``ready`` is told the address.

    Raises InvalidArgument where the address can't be taken.
    """
    listener = listen(settings.host, settings.port)
    with listener:
        bound = replace(settings, port=port_of(listener))
        config = uvicorn.Config(
            make_site(archive, bound),
            log_level="warning",
            access_log=False,
            server_header=False,
            # Nobody stands before it: what a client says of where it comes from is not believed.
            proxy_headers=False,
            timeout_graceful_shutdown=_GRACE,
            lifespan="on",
        )
        ready(address_of(bound))
        try:
            uvicorn.Server(config).run(sockets=[listener])
        except KeyboardInterrupt:
            # The end that everybody gives it.
            return


def address_of(settings: Settings) -> str:
    """What to type into a browser on this machine."""
    host = settings.host
    if host in ("0.0.0.0", "::"):  # noqa: S104  named here, not bound
        host = "127.0.0.1"
    return f"http://{f'[{host}]' if ':' in host else host}:{settings.port}/"
