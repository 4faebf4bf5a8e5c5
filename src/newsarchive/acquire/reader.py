"""The one interface of all kinds of source.

A reader turns one thing that a user names into captures. It yields a Failure
for whatever it can't read and goes on: one bad input never stops a run.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from newsarchive.errors import AcquireError
from newsarchive.formats import Format
from newsarchive.model import Capture


@dataclass(frozen=True, slots=True)
class Failure:
    """A source, or a part of one, that could not be read."""

    source: str
    error: AcquireError


@dataclass(frozen=True, slots=True)
class NotRead:
    """What lies beside the pages of a folder or container and is none: ``kind`` is what it is instead."""

    source: str
    kind: str
    number: int = 1


@dataclass(frozen=True, slots=True)
class Link:
    """An address that a file names, with what it says of it; what lies there is not read yet.

    ``moment`` is when it was saved or published, as the file says.
    """

    source: str
    url: str
    title: str | None = None
    moment: datetime | None = None
    is_feed: bool = False


Item = Capture | Failure | NotRead | Link


@dataclass(frozen=True, slots=True)
class Limits:
    """Caps on what a stranger's input may cost. Sizes in bytes, times in seconds."""

    payload: int = 20_000_000
    line: int = 20_000_000
    redirects: int = 10
    connect_seconds: float = 10.0
    fetch_seconds: float = 60.0


DEFAULT_LIMITS = Limits()


# The fields that a user can name columns for.
FIELDS = (
    *("headline", "text", "url", "date", "authors", "publisher", "section", "description", "language"),
    *("keywords", "id", "image"),
)


@dataclass(frozen=True, slots=True)
class Said:
    """What a user says of the files: their format, and for fields of an article the columns of tables."""

    format: Format | None = None
    columns: Mapping[str, str] = field(default_factory=dict)


NOTHING_SAID = Said()


class Reader(Protocol):
    """Reads one kind of source."""

    def accepts(self, source: str) -> bool:
        """Whether this reader is the one for a source, judged by its name and kind only."""

    def read(self, source: str, *, now: datetime) -> Iterator[Item]:
        """Yield the captures of a source, lazily and in a stable order.

        ``now`` (aware, UTC) is the capture time of what is on disk; a fetch takes its own.
        """

    def count(self, source: str) -> int | None:
        """How many captures and failures ``read`` will yield, for progress; None where that costs much."""


def printable(text: str) -> str:
    """Give a stranger's text as one line that can be printed and encoded.

    File names of unknown encoding hold lone surrogates, and both they and
    servers may send control characters that would drive a terminal.
    """
    return _UNPRINTABLE.sub(lambda match: match[0].encode("unicode_escape").decode("ascii"), text)


_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
