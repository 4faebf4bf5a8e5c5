"""Many addresses at several hosts at once: one queue a host, and no host is asked by two."""

from __future__ import annotations

import heapq
import threading
from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

from newsarchive.acquire.fetch.manners.host_clock import HostClock, host_of

# How many addresses are looked at ahead: a list that is sorted by host keeps several hosts busy.
_AHEAD = 20_000

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class HostStep:
    """One more address of a host is done; ``waiting`` are left for it, as far as was looked ahead."""

    host: str
    done: int
    waiting: int


class HostQueues(Generic[_T]):
    """Calls ``work`` with each address, in up to ``jobs`` threads, and yields what it gives as it comes.

    The addresses of one host are taken in their order, one at a time, when the clock allows.
    What ``work`` raises is raised to whoever iterates. Results that nobody took yet are at
    most as many as there are threads, so that memory stays flat.
    """

    def __init__(
        self,
        work: Callable[[str], _T],
        clock: HostClock,
        *,
        jobs: int,
        told: Callable[[HostStep], None] | None = None,
    ) -> None:
        self._work = work
        self._clock = clock
        self._jobs = jobs
        self._told = told
        self._board = threading.Condition()
        self._waiting: dict[str, deque[str]] = {}
        # Hosts that have addresses and are not being asked, by the moment of their next turn.
        self._ready: list[tuple[float, int, str]] = []
        self._tickets = 0
        self._done: deque[tuple[str, _T | BaseException]] = deque()
        self._given: dict[str, int] = defaultdict(int)
        self._taken: dict[str, int] = defaultdict(int)
        self._left = 0
        self._threads = 0
        self._is_over = False

    def run(self, urls: Iterable[str]) -> Iterator[_T]:
        """Yield what comes of each address; which of two hosts is first is chance."""
        source = iter(urls)
        try:
            while self._look_ahead(source):
                yield self._take()
        finally:
            with self._board:
                self._is_over = True
                self._board.notify_all()

    def _look_ahead(self, source: Iterator[str]) -> bool:
        """Queue addresses until there are enough, or something is done; whether anything is under way."""
        while self._left < _AHEAD and not self._done:
            url = next(source, None)
            if url is None:
                break
            self._put(url)
        return self._left > 0

    def _put(self, url: str) -> None:
        host = host_of(url)
        with self._board:
            self._left += 1
            self._given[host] += 1
            if host in self._waiting:
                self._waiting[host].append(url)
            else:
                self._waiting[host] = deque([url])
                self._make_ready(host)
            if self._threads < min(self._jobs, len(self._waiting)):
                self._threads += 1
                # Daemons: an interrupted run does not wait for a slow host.
                threading.Thread(target=self._serve, name="fetch", daemon=True).start()

    def _take(self) -> _T:
        with self._board:
            while not self._done:
                self._board.wait()
            host, result = self._done.popleft()
            self._left -= 1
            self._board.notify_all()
            self._taken[host] += 1
            step = HostStep(host, self._taken[host], self._given[host] - self._taken[host])
        if isinstance(result, BaseException):
            raise result
        if self._told is not None:
            self._told(step)
        return result

    def _serve(self) -> None:
        while (turn := self._next_turn()) is not None:
            host, url = turn
            try:
                result: _T | BaseException = self._work(url)
            except BaseException as error:  # noqa: BLE001  it is raised where the results are taken
                result = error
            self._give(host, result)

    def _next_turn(self) -> tuple[str, str] | None:
        """An address whose host may be asked now; None when the run is over."""
        with self._board:
            while not self._is_over:
                seconds = None
                if self._ready:
                    _, _, host = self._ready[0]
                    seconds = self._clock.wait(host)
                    if seconds <= 0:
                        heapq.heappop(self._ready)
                        return host, self._waiting[host].popleft()
                    seconds = self._put_off(host)
                self._board.wait(seconds)
            return None

    def _give(self, host: str, result: _T | BaseException) -> None:
        with self._board:
            while len(self._done) >= self._jobs and not self._is_over:
                self._board.wait()
            self._done.append((host, result))
            if self._waiting[host]:
                self._make_ready(host)
            else:
                del self._waiting[host]
            self._board.notify_all()

    def _make_ready(self, host: str) -> None:
        self._tickets += 1
        heapq.heappush(self._ready, (self._clock.turn(host), self._tickets, host))
        self._board.notify()

    def _put_off(self, host: str) -> float:
        """The seconds until the next turn; this host's has moved: it asked for rest, or was led to."""
        _, ticket, _ = self._ready[0]
        heapq.heapreplace(self._ready, (self._clock.turn(host), ticket, host))
        return self._clock.wait(self._ready[0][2])
