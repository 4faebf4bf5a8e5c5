"""What robots.txt allows. Source: RFC 9309."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TYPE_CHECKING
from urllib.parse import urlsplit, urlunsplit

from newsarchive.acquire.fetch.manners.host_clock import HostClock, host_of
from newsarchive.errors import AcquireError

if TYPE_CHECKING:
    from protego import Protego

AGENT = "newsarchive"
_PATH = "/robots.txt"
# Source: RFC 9309, section 2.5: at least 500 kibibytes are read.
_READ = 512_000


def is_robots(url: str) -> bool:
    """Whether it is the address of such a file."""
    return urlsplit(url).path == _PATH


class Robots:
    """The rules of each host, asked once a run. Safe to share between threads.

    ``text`` fetches the file: None where there is none, which allows all. Where it can't be
    had, nothing is allowed, as the standard has it: a host in trouble is left alone.
    """

    def __init__(self, text: Callable[[str], bytes | None], clock: HostClock) -> None:
        self._text = text
        self._clock = clock
        self._lock = threading.Lock()
        self._rules: dict[str, Protego | AcquireError] = {}

    def check(self, url: str) -> None:
        """Raise AcquireError where a URL is not to be fetched."""
        if is_robots(url):
            return
        rules = self._rules_of(url)
        if isinstance(rules, AcquireError):
            raise AcquireError(
                f"{url} is not fetched, as the robots.txt of its host can't be had: {rules.message}",
                hint="try again later",
                status=rules.status,
            )
        if not rules.can_fetch(url, AGENT):
            raise AcquireError(
                f"robots.txt of {host_of(url)} forbids {url}",
                hint="what a person asks for one by one is fetched without asking robots.txt",
            )

    def _rules_of(self, url: str) -> Protego | AcquireError:
        parts = urlsplit(url)
        origin = f"{parts.scheme}://{parts.netloc}"
        with self._lock:
            known = self._rules.get(origin)
        if known is None:
            known = self._asked(urlunsplit((parts.scheme, parts.netloc, _PATH, "", "")))
            with self._lock:
                self._rules[origin] = known
        return known

    def _asked(self, url: str) -> Protego | AcquireError:
        from protego import Protego

        try:
            text = (self._text(url) or b"")[:_READ]
        except AcquireError as error:
            return error
        rules = Protego.parse(text.decode("utf-8", "replace"))
        delay = rules.crawl_delay(AGENT)
        if delay is not None and delay > 0:
            self._clock.slow_down(host_of(url), delay)
        return rules
