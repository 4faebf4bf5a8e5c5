"""URLs as sources."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING

from newsarchive.acquire.fetch.manners.host_clock import HostClock
from newsarchive.acquire.fetch.manners.host_queues import HostQueues, HostStep
from newsarchive.acquire.fetch.policy import FetchPolicy
from newsarchive.acquire.reader import DEFAULT_LIMITS, Failure, Limits, printable
from newsarchive.errors import AcquireError
from newsarchive.model import Capture

if TYPE_CHECKING:
    from newsarchive.acquire.fetch.client import Document, Fetcher

_URL = re.compile(r"[a-z][a-z0-9+.-]{1,30}://", re.IGNORECASE)
_POLICY = FetchPolicy()


class FetchReader:
    """Fetches the pages of URLs.

    robots.txt is not asked unless the policy says so: it is for robots that follow links, and
    this reader fetches what a person names. Proxies of the environment are not used, since
    the addresses behind them could not be checked. Cookies live as long as the redirects of
    one source. ``told`` hears of each address that is done, with its host.
    """

    def __init__(
        self,
        limits: Limits = DEFAULT_LIMITS,
        policy: FetchPolicy = _POLICY,
        told: Callable[[HostStep], None] | None = None,
    ) -> None:
        self._limits = limits
        self._policy = policy
        self._told = told
        self._clock = HostClock(policy.interval)

    def accepts(self, source: str) -> bool:
        """Whether the source is a URL, of whatever scheme."""
        return _URL.match(source.strip()) is not None

    def read(self, source: str, *, now: datetime) -> Iterator[Capture | Failure]:
        """Yield the page with the moment of its response, or the reason why there is none."""
        del now
        yield self._page(source)

    def read_all(self, sources: Iterable[str]) -> Iterator[Capture | Failure]:
        """Yield the pages of several URLs as they come: several hosts at once, each at its own pace."""
        _ = self._fetcher
        queues = HostQueues(self._page, self._clock, jobs=self._policy.jobs, told=self._told)
        yield from queues.run(source.strip() for source in sources)

    def documents(
        self, urls: Iterable[str], headers: Mapping[str, Mapping[str, str]]
    ) -> Iterator[tuple[str, Document | AcquireError]]:
        """Fetch what is no page, as it comes; ``headers`` are those of a conditional request, by address."""
        fetcher = self._fetcher

        def work(url: str) -> tuple[str, Document | AcquireError]:
            try:
                return url, fetcher.document(url, headers.get(url))
            except AcquireError as error:
                return url, error

        yield from HostQueues(work, self._clock, jobs=self._policy.jobs).run(urls)

    def sitemaps(self, url: str) -> list[str]:
        """The sitemaps that the robots.txt of a site names. Raises AcquireError."""
        return self._fetcher.sitemaps(url)

    def count(self, source: str) -> int:
        """One page a URL."""
        del source
        return 1

    def _page(self, source: str) -> Capture | Failure:
        try:
            return self._fetcher.fetch(source.strip())
        except AcquireError as error:
            return Failure(printable(source), error)

    @cached_property
    def _fetcher(self) -> Fetcher:
        # Imported here: requests takes 100 ms, and adding files needs none of it.
        from newsarchive.acquire.fetch.client import Fetcher

        return Fetcher(self._limits, self._policy, self._clock)
