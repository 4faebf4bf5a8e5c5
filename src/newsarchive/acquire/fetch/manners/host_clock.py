"""When each host may be asked again: one clock for all that fetch."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from urllib.parse import urlsplit

# A host that asks for more is asked again after this, in seconds.
LONGEST_HOLD = 600.0
_USUAL_PORTS = {"http": 80, "https": 443}


def host_of(url: str) -> str:
    """What is asked one after the other: the host of a URL, with its port where that is another than usual.

    Raises nothing: what is no URL has a queue of its own, where it fails.
    """
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return ""
    return host if port is None or port == _USUAL_PORTS.get(parts.scheme) else f"{host}:{port}"


class HostClock:
    """Hands out turns, ``interval`` seconds apart at each host. Safe to share between threads."""

    def __init__(self, interval: float, now: Callable[[], float] = time.monotonic) -> None:
        self._interval = interval
        self._now = now
        self._lock = threading.Lock()
        self._next: dict[str, float] = {}
        self._intervals: dict[str, float] = {}

    def reserve(self, host: str) -> float:
        """Take the next turn at a host; the seconds until it comes."""
        with self._lock:
            now = self._now()
            turn = max(now, self._next.get(host, now))
            self._next[host] = turn + self._intervals.get(host, self._interval)
            return turn - now

    def over(self, host: str) -> None:
        """A request has ended: the pause is counted from here, so that no delay on the way shortens it."""
        with self._lock:
            moment = self._now() + self._intervals.get(host, self._interval)
            self._next[host] = max(moment, self._next.get(host, 0.0))

    def wait(self, host: str) -> float:
        """The seconds until a host may be asked; none are taken."""
        with self._lock:
            return max(0.0, self._next.get(host, 0.0) - self._now())

    def turn(self, host: str) -> float:
        """The moment of a host's next turn, by this clock: what orders hosts."""
        with self._lock:
            return self._next.get(host, 0.0)

    def hold(self, host: str, seconds: float) -> None:
        """Leave a host alone for a time, as it asked for."""
        with self._lock:
            held = self._now() + min(seconds, LONGEST_HOLD)
            self._next[host] = max(held, self._next.get(host, 0.0))

    def slow_down(self, host: str, interval: float) -> None:
        """Ask a host less often than others, as its robots.txt says; never more often."""
        with self._lock:
            self._intervals[host] = max(self._interval, min(interval, LONGEST_HOLD))
