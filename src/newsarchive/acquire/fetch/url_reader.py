"""URLs as sources."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING

from newsarchive.acquire.fetch.policy import FetchPolicy
from newsarchive.acquire.reader import DEFAULT_LIMITS, Failure, Limits, printable
from newsarchive.errors import AcquireError
from newsarchive.model import Capture

if TYPE_CHECKING:
    from newsarchive.acquire.fetch.client import Fetcher

_URL = re.compile(r"[a-z][a-z0-9+.-]{1,30}://", re.IGNORECASE)
_POLICY = FetchPolicy()


class FetchReader:
    """Fetches the page of one URL.

    robots.txt is not asked: it is for robots that follow links, and this reader
    fetches what a person names. Proxies of the environment are not used, since
    the addresses behind them could not be checked. Cookies live as long as the
    redirects of one source.
    """

    def __init__(self, limits: Limits = DEFAULT_LIMITS, policy: FetchPolicy = _POLICY) -> None:
        self._limits = limits
        self._policy = policy

    def accepts(self, source: str) -> bool:
        """Whether the source is a URL, of whatever scheme."""
        return _URL.match(source.strip()) is not None

    def read(self, source: str, *, now: datetime) -> Iterator[Capture | Failure]:
        """Yield the page with the moment of its response, or the reason why there is none."""
        del now
        try:
            outcome: Capture | Failure = self._fetcher.fetch(source.strip())
        except AcquireError as error:
            outcome = Failure(printable(source), error)
        yield outcome

    def count(self, source: str) -> int:
        """One page a URL."""
        del source
        return 1

    @cached_property
    def _fetcher(self) -> Fetcher:
        # Imported here: requests takes 100 ms, and adding files needs none of it.
        from newsarchive.acquire.fetch.client import Fetcher

        return Fetcher(self._limits, self._policy)
