"""Connections that go to checked addresses only and keep every byte.

warcio's own capture of HTTP is not used: it replaces http.client's connection
class for the whole process, which works only if it is imported before requests,
and writes whole buffers to its record where fewer bytes were read.
"""

from __future__ import annotations

import http.client
import io
import socket
from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection

from newsarchive.acquire.fetch import addresses
from newsarchive.acquire.fetch.policy import Budget, FetchPolicy, TemporaryError
from newsarchive.acquire.reader import printable
from newsarchive.errors import AcquireError, Hint, Remedy

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

_Data = TypeVar("_Data", bytes, memoryview)


class Wire:
    """One request and its response, as sent and received; each byte counts against a budget."""

    def __init__(self, *, budget: Budget, policy: FetchPolicy, connect_seconds: float) -> None:
        self.budget = budget
        self.sent = bytearray()
        self.received = bytearray()
        self.peer: str | None = None
        self.response: http.client.HTTPResponse | None = None
        self._policy = policy
        self._connect_seconds = connect_seconds

    def connect(self, host: str, port: int) -> socket.socket:
        """Connect to the first address that answers. Raises AcquireError.

        The name is resolved once, here: what was checked is what is connected to.
        """
        reason: OSError | None = None
        for address in self._checked_addresses(host, port):
            timeout = self.budget.seconds(at_most=self._connect_seconds)
            try:
                connection = socket.create_connection((address, port), timeout)
            except OSError as exc:
                reason = exc
            else:
                self.peer = address
                return connection
        problem = "no answer" if isinstance(reason, TimeoutError) else reason and (reason.strerror or reason)
        raise TemporaryError(f"can't connect to {host} port {port}: {problem}", hint="try again later")

    def close(self) -> None:
        """Close what a response that can't be parsed leaves open."""
        if self.response is not None:
            self.response.close()

    def _checked_addresses(self, host: str, port: int) -> list[str]:
        try:
            found = list(self._policy.resolve(host, port))
        except (OSError, UnicodeError) as exc:
            raise _unresolved(printable(host), exc) from exc
        for address in found:
            if not self._policy.is_allowed(addresses.parse(address)):
                raise AcquireError(
                    f"{printable(host)} has the address {address}, which is not public",
                    hint=Hint("to fetch from your own network, allow it", Remedy.ALLOW_PRIVATE),
                )
        return found


def _unresolved(host: str, exc: OSError | UnicodeError) -> AcquireError:
    if isinstance(exc, socket.gaierror) and exc.errno == socket.EAI_AGAIN:
        return TemporaryError(f"the name {host} can't be looked up now", hint="check the network connection")
    return AcquireError(f"there is no host named {host}", hint="check the address")


class WireAdapter(HTTPAdapter):
    """Sends requests over a wire, without proxies."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire
        super().__init__()

    def get_connection_with_tls_context(
        self,
        request: Any,
        verify: Any,
        proxies: Mapping[str, str] | None = None,
        cert: Any = None,
    ) -> Any:
        """Give a pool whose connections are wires."""
        del proxies
        pool = super().get_connection_with_tls_context(request, verify, None, cert)
        kind = _SecureConnection if pool.scheme == "https" else _PlainConnection
        pool.ConnectionCls = partial(kind, wire=self._wire)  # type: ignore[attr-defined]
        return pool


class _WireConnection(HTTPConnection):
    def __init__(self, *args: Any, wire: Wire, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._wire = wire
        self.response_class = partial(_RecordedResponse, wire=wire)  # type: ignore[assignment]

    def _new_conn(self) -> socket.socket:
        return self._wire.connect(self._dns_host, self.port)

    def send(self, data: Any) -> None:
        # First kept, then sent: a server may answer and close before it has read all.
        self._wire.sent += data
        super().send(data)


class _PlainConnection(_WireConnection):
    pass


class _SecureConnection(_WireConnection, HTTPSConnection):
    pass


class _RecordedResponse(http.client.HTTPResponse):
    def __init__(self, sock: socket.socket, *args: Any, wire: Wire, **kwargs: Any) -> None:
        super().__init__(sock, *args, **kwargs)
        wire.response = self
        self.fp = _Recorder(_BudgetedReader(self.fp.detach(), sock, wire.budget), wire)


class _BudgetedReader(io.RawIOBase):
    """Reads a socket for as long and as much as the budget allows, however slowly bytes drip."""

    def __init__(self, raw: io.RawIOBase, sock: socket.socket, budget: Budget) -> None:
        self._raw = raw
        self._sock = sock
        self._budget = budget

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer, /) -> int | None:
        self._sock.settimeout(self._budget.seconds())
        try:
            size = self._raw.readinto(buffer)
        except TimeoutError as exc:
            raise self._budget.overdue() from exc
        self._budget.spend(size or 0)
        return size

    def close(self) -> None:
        self._raw.close()
        super().close()


class _Recorder(io.BufferedReader):
    """Keeps the bytes that the HTTP parser reads, which end with the response."""

    def __init__(self, raw: io.RawIOBase, wire: Wire) -> None:
        super().__init__(raw)
        self._wire = wire

    def read(self, size: int | None = -1, /) -> bytes:
        return self._keep(super().read(size))

    def read1(self, size: int = -1, /) -> bytes:
        return self._keep(super().read1(size))

    def readline(self, size: int | None = -1, /) -> bytes:
        return self._keep(super().readline(size))

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        size = super().readinto(buffer)
        self._keep(memoryview(buffer)[:size])
        return size

    def _keep(self, data: _Data) -> _Data:
        self._wire.received += data
        return data
