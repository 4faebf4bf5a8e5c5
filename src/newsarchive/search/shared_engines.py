"""One engine an index in a process, whoever uses it: handles of one archive share its memory.

An engine keeps what it has read of its index. Sixteen handles that each kept it would take
sixteen times the memory, and each would read it anew. So engines are lent: the first
borrower opens one, the last to give it back closes it.
"""

from __future__ import annotations

import os
from threading import RLock

from newsarchive.search.engines import Engine, EnginePlace, open_engine

_Key = tuple[str, str, str, str]


class SharedEngine:
    """An engine and how many have borrowed it."""

    def __init__(self, engine: Engine, *, borrowers: int = 0) -> None:
        self.engine = engine
        self.borrowers = borrowers


# Re-entrant: a handle that is collected as garbage gives its engine back whatever its thread is about to do.
_turn = RLock()
_lent: dict[_Key, SharedEngine] = {}


def borrow_engine(name: str, place: EnginePlace) -> SharedEngine:
    """The engine of an index, opened by its first borrower. Raises EngineError."""
    with _turn:
        shared = _lent.get(_key(name, place))
        if shared is None:
            shared = _lent[_key(name, place)] = SharedEngine(open_engine(name, place))
        shared.borrowers += 1
        return shared


def return_engine(shared: SharedEngine) -> None:
    """Give back what was borrowed; the engine is closed with its last borrower."""
    with _turn:
        shared.borrowers -= 1
        if shared.borrowers:
            return
        for key in [key for key, lent in _lent.items() if lent is shared]:
            del _lent[key]
        shared.engine.close()


def _key(name: str, place: EnginePlace) -> _Key:
    # The real folder: a link to an archive is the same archive.
    settings = repr(sorted(place.settings.items()))
    return name, os.path.realpath(place.folder), place.archive, settings


def _forget() -> None:
    """In a forked process: what another thread held at that moment would be held for ever."""
    global _turn, _lent
    _turn, _lent = RLock(), {}


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_forget)
