"""Turn sources into captures.

``sources`` finds files, ``containers`` takes apart what holds several articles.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime

from newsarchive.acquire.fetch import FetchPolicy, FetchReader
from newsarchive.acquire.fetch.addresses import is_any
from newsarchive.acquire.reader import (
    DEFAULT_LIMITS,
    FIELDS,
    NOTHING_SAID,
    Failure,
    Item,
    Limits,
    Link,
    NotRead,
    Reader,
    Said,
    printable,
)
from newsarchive.acquire.sources.files import FileReader
from newsarchive.acquire.sources.folders import FolderReader
from newsarchive.acquire.sources.stdin import StdinReader
from newsarchive.errors import AcquireError
from newsarchive.formats import READABLE, format_named

__all__ = [
    "Failure",
    "FetchPolicy",
    "Item",
    "Limits",
    "Link",
    "NotRead",
    "Reader",
    "Said",
    "acquire",
    "count",
    "readers",
    "said_by_user",
]


def readers(
    limits: Limits = DEFAULT_LIMITS,
    *,
    allow_private: bool = False,
    policy: FetchPolicy | None = None,
    said: Said = NOTHING_SAID,
) -> Sequence[Reader]:
    """Give a reader for each kind of source; the first that accepts a source reads it.

    ``allow_private`` lets fetches connect to addresses that are not public;
    it is for the default policy and has no say in one that is given. ``said`` is what a
    user says of the files.
    """
    if policy is None:
        policy = FetchPolicy(is_allowed=is_any) if allow_private else FetchPolicy()
    return (
        StdinReader(limits, said),
        FetchReader(limits, policy),
        FolderReader(limits, said),
        FileReader(limits, said),
    )


def said_by_user(kind: str | None, columns: Mapping[str, str] | None = None) -> Said:
    """What a user says, checked: raises AcquireError for a kind or a field that is not known."""
    format_ = None if kind is None else format_named(kind)
    if kind is not None and format_ is None:
        known = ", ".join(one.word for one in READABLE)
        raise AcquireError(f"there is no kind of file called {printable(kind)}", hint=f"known: {known}")
    unknown = sorted(set(columns or {}) - set(FIELDS))
    if unknown:
        message = f"articles have no field {printable(unknown[0])}"
        raise AcquireError(message, hint=f"known: {', '.join(FIELDS)}")
    return Said(format_, dict(columns or {}))


def acquire(sources: Iterable[str], readers: Sequence[Reader], *, now: datetime) -> Iterator[Item]:
    """Read sources one after the other, lazily; what can't be read is a Failure.

    Errors that are not of a source go through: a full disk, an interrupt.
    """
    for source in sources:
        reader = _reader(source, readers)
        if reader is None:
            error = AcquireError(f"no reader for {printable(source)}", hint="give a file, a folder or a URL")
            yield Failure(printable(source), error)
        else:
            yield from reader.read(source, now=now)


def count(sources: Iterable[str], readers: Sequence[Reader]) -> int | None:
    """How many captures and failures ``acquire`` will yield; None where that isn't known cheaply."""
    total = 0
    for source in sources:
        reader = _reader(source, readers)
        number = 1 if reader is None else reader.count(source)
        if number is None:
            return None
        total += number
    return total


def _reader(source: str, readers: Sequence[Reader]) -> Reader | None:
    return next((reader for reader in readers if reader.accepts(source)), None)
