"""How often a password may be guessed."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from threading import Lock

# Free guesses of a client, and of all together within a window: those who have many addresses.
FREE, FREE_FOR_ALL = 5, 50
_WINDOW = 60.0
_LONGEST_WAIT = 900.0
_MOST_CLIENTS = 10_000


@dataclass(slots=True)
class _Failures:
    count: int = 0
    until: float = 0.0


class LoginLimit:
    """Counts wrong passwords; after the free ones each doubles the wait. For any thread."""

    def __init__(self) -> None:
        self._clients: OrderedDict[str, _Failures] = OrderedDict()
        self._all = _Failures()
        self._lock = Lock()

    def wait(self, client: str, *, now: float) -> float:
        """How many seconds a client has to wait before its next guess is looked at; 0 for not at all."""
        with self._lock:
            of_client = self._clients.get(client, _Failures()).until
            of_all = self._all.until if self._all.count >= FREE_FOR_ALL else 0.0
            return max(0.0, of_client - now, of_all - now)

    def failed(self, client: str, *, now: float) -> None:
        """Count a wrong password."""
        with self._lock:
            failures = self._clients.setdefault(client, _Failures())
            self._clients.move_to_end(client)
            failures.count += 1
            if failures.count >= FREE:
                failures.until = now + min(_LONGEST_WAIT, 2.0 ** (failures.count - FREE))
            if len(self._clients) > _MOST_CLIENTS:
                self._clients.popitem(last=False)
            if now > self._all.until:
                self._all = _Failures(0, now + _WINDOW)
            self._all.count += 1

    def passed(self, client: str) -> None:
        """Forget the failures of a client who knew the password."""
        with self._lock:
            self._clients.pop(client, None)
