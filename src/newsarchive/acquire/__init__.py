"""Turn sources into captures.

``sources`` finds files, ``containers`` takes apart what holds several articles.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import groupby

from newsarchive.acquire.fetch import Fetching, FetchPolicy, FetchReader, HostStep
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
    "Fetching",
    "HostStep",
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
    "with_links",
]


def readers(
    limits: Limits = DEFAULT_LIMITS,
    *,
    fetching: Fetching | FetchPolicy | None = None,
    said: Said = NOTHING_SAID,
    told: Callable[[HostStep], None] | None = None,
) -> Sequence[Reader]:
    """Give a reader for each kind of source; the first that accepts a source reads it.

    ``fetching`` says how addresses are fetched, and ``said`` what a user says of the files;
    ``told`` hears of each address that is done. Raises AcquireError for cookies that can't be read.
    """
    policy = fetching if isinstance(fetching, FetchPolicy) else (fetching or Fetching()).policy
    return (
        StdinReader(limits, said),
        FetchReader(limits, policy, told),
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

    Addresses that follow each other are fetched together, and come as they come. Errors that are
    not of a source go through: a full disk, an interrupt.
    """
    for reader, group in groupby(sources, key=lambda source: _reader(source, readers)):
        if reader is None:
            yield from map(_unread, group)
        elif isinstance(reader, FetchReader):
            yield from reader.read_all(group)
        else:
            for source in group:
                yield from reader.read(source, now=now)


def with_links(items: Iterable[Item], readers: Sequence[Reader]) -> Iterator[Item]:
    """The same items, and the pages of the addresses among them in the place of these, in the end.

    Feeds are no pages; they are followed another way.
    """
    urls: dict[str, None] = {}
    reader = next(reader for reader in readers if isinstance(reader, FetchReader))
    for item in items:
        if isinstance(item, Link) and not item.is_feed and reader.accepts(item.url):
            urls[item.url] = None
        else:
            yield item
    yield from reader.read_all(urls)


def _unread(source: str) -> Failure:
    error = AcquireError(f"no reader for {printable(source)}", hint="give a file, a folder or a URL")
    return Failure(printable(source), error)


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
