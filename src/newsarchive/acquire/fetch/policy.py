"""How to treat the hosts that are asked, and what a fetch may cost in all."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from newsarchive.acquire.fetch.addresses import Address, is_public, resolve
from newsarchive.acquire.fetch.manners.credentials import NO_CREDENTIALS, Credentials
from newsarchive.acquire.reader import Limits
from newsarchive.errors import AcquireError


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchPolicy:
    """Manners and safety of fetching. Times in seconds.

    ``interval`` lies between two requests to one host; ``retries`` follow a
    failed request, after ``backoff``, twice that, and so on, or what the
    server asks for, up to ``longest_wait``. ``is_allowed`` judges every
    address that ``resolve`` gives for a host. ``ca_bundle`` is a PEM file to
    trust instead of the usual authorities. ``jobs`` hosts are asked at once.
    ``credentials`` go to the sites that are named, ``obeys_robots`` asks robots.txt first, and
    ``follows`` goes on where a page sends its readers by a refresh, or has its full version.
    """

    interval: float = 1.0
    jobs: int = 8
    credentials: Credentials = NO_CREDENTIALS
    obeys_robots: bool = False
    follows: bool = False
    retries: int = 3
    backoff: float = 1.0
    longest_wait: float = 30.0
    is_allowed: Callable[[Address], bool] = is_public
    resolve: Callable[[str, int], Sequence[str]] = resolve
    sleep: Callable[[float], None] = time.sleep
    ca_bundle: Path | None = None


class TemporaryError(AcquireError):
    """A failure that may pass; ``wait`` is what the server asks for, in seconds.

    Never leaves this package: what remains of it after the last attempt is an AcquireError.
    """

    def __init__(
        self, message: str, *, hint: str | None = None, status: int | None = None, wait: float | None = None
    ) -> None:
        super().__init__(message, hint=hint, status=status)
        self.wait = wait


# Status lines, headers and the framing of chunks come on top of the payload.
_HEADROOM = 1_000_000


class Budget:
    """The time and the bytes that one source may cost, over all its redirects and retries."""

    def __init__(self, url: str, limits: Limits) -> None:
        self._url = url
        self._limits = limits
        self._deadline = time.monotonic() + limits.fetch_seconds
        self._bytes = limits.payload + _HEADROOM

    def seconds(self, *, at_most: float | None = None) -> float:
        """The time left; raises AcquireError if there is none."""
        left = self._deadline - time.monotonic()
        if left <= 0:
            raise self.overdue()
        return left if at_most is None else min(left, at_most)

    def spend(self, size: int) -> None:
        """Count bytes received; raises AcquireError when they are too many."""
        self._bytes -= size
        if self._bytes < 0:
            raise AcquireError(
                f"{self._url} sends more than {self._limits.payload:,} bytes",
                hint="a news page is smaller; give the page itself",
            )

    def overdue(self) -> AcquireError:
        """The error of a fetch that has taken too long."""
        return AcquireError(
            f"{self._url} took longer than {self._limits.fetch_seconds:g} seconds", hint="try again later"
        )
