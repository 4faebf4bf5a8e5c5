"""The socket that a server listens on."""

from __future__ import annotations

import errno
import socket

from newsarchive.errors import Hint, InvalidArgument, Remedy

_BACKLOG = 256
_REASONS = {
    errno.EADDRINUSE: "is in use",
    errno.EACCES: "is not for everybody",
    errno.EADDRNOTAVAIL: "belongs to no address of this machine",
}


def listen(host: str, port: int) -> socket.socket:
    """A socket at an address; port 0 is any that is free. Raises InvalidArgument where there is none."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    except OSError as error:
        raise InvalidArgument(
            f"there is no host {host[:80]!r}", hint="this machine alone is 127.0.0.1"
        ) from error
    listener = socket.socket(family, kind, protocol)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
        # At once: whoever is told the address may ask.
        listener.listen(_BACKLOG)
    except OSError as error:
        listener.close()
        reason = _REASONS.get(error.errno or 0, f"can't be taken ({error.strerror})")
        raise InvalidArgument(
            f"port {port} of {host} {reason}",
            hint=Hint("choose another, or any that is free", Remedy.CHOOSE_PORT),
        ) from error
    return listener


def port_of(listener: socket.socket) -> int:
    """The port that a socket was given."""
    return int(listener.getsockname()[1])
