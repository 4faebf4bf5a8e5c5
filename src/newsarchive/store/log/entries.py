"""An entry of the log, its lines, and the chain of hashes. Pure."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator

from newsarchive.base.frozen import frozen

# What the first entry follows.
NOTHING = "0" * 64
_GONE = "gone"
# How a thing was found that an entry writes to; its key is the name and key of the thing.
FOUND = "found"


@frozen
class Line:
    """One thing that was written, or is gone; ``digest`` is None of what is gone."""

    name: str
    key: str
    digest: str | None

    def __str__(self) -> str:
        return (
            f"{_GONE} {self.name} {self.key}"
            if self.digest is None
            else f"{self.name} {self.digest} {self.key}"
        )


@frozen
class Entry:
    """What one commit wrote.

    ``kind`` is the act; ``act`` its JSON where it is a person's and can't be had from
    captures, so that it can be done again; ``lines`` are the things with their digests,
    ``last_change`` is how far the change counter had come.
    """

    number: int
    kind: str
    made_at: str
    act: str | None
    lines: str
    last_change: int

    def hash_after(self, previous: str) -> str:
        """The hash of the chain up to here."""
        head = (
            f"{previous}\n{self.number}\n{self.kind}\n{self.made_at}\n{self.last_change}\n{self.act or ''}\n"
        )
        return hashlib.sha256((head + self.lines).encode("utf-8", "surrogatepass")).hexdigest()


@frozen
class Head:
    """The last entry, and the hash of all up to it."""

    number: int
    hash: str


def lines_of(lines: str) -> Iterator[Line]:
    """The lines of an entry; what is none is passed over, for the chain tells that it was altered."""
    for line in lines.splitlines():
        name, _, rest = line.partition(" ")
        first, _, key = rest.partition(" ")
        if not key:
            continue
        yield Line(first, key, None) if name == _GONE else Line(name, key, first)


def as_text(lines: Iterable[Line]) -> str:
    """Lines as an entry holds them."""
    return "".join(f"{line}\n" for line in lines)
