"""What the log says was written: the last word on each thing."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from newsarchive.base.dates import read_utc_text
from newsarchive.store.log.entries import Entry, Line, lines_of
from newsarchive.store.log.log_reader import entries
from newsarchive.store.log.segments import Segment
from newsarchive.store.log.things import THINGS

_NUMBERED = {thing.name for thing in THINGS if thing.key == "id"}


@dataclass(frozen=True, slots=True)
class ChangeRange:
    """Steps of the change counter that one entry wrote."""

    first: int
    last: int
    digest: str
    made_at: datetime | None


@dataclass(frozen=True, slots=True)
class FoundAltered:
    """A thing that was not what had been written when it was written to again, at ``found_at``."""

    name: str
    key: str
    written_at: datetime | None
    found_at: datetime | None


@dataclass(slots=True)
class Written:
    """``things`` has the digest and the time of each, by name and key.

    ``highest`` is the highest number that things of a name ever had; ``is_founded`` tells that
    some were there before the log, and others may have been.
    """

    things: dict[str, dict[str, tuple[bytes, datetime | None]]] = field(default_factory=dict)
    altered: list[FoundAltered] = field(default_factory=list)
    segments: list[tuple[Segment, datetime | None]] = field(default_factory=list)
    changes: list[ChangeRange] = field(default_factory=list)
    manifest: str | None = None
    last_change: int = 0
    highest: dict[str, int] = field(default_factory=dict)
    is_founded: bool = False


def read_written(connection: sqlite3.Connection) -> Written:
    """Replay the log."""
    written = Written()
    for entry, _ in entries(connection):
        written.last_change = entry.last_change
        moment = made_at(entry)
        for line in lines_of(entry.lines):
            _apply(written, line, moment)
            _count(written, line, entry.kind)
    return written


def made_at(entry: Entry) -> datetime | None:
    """When an entry says it was written; None where it states no time, which the chain tells."""
    try:
        return read_utc_text(entry.made_at)
    except (ValueError, TypeError, OverflowError):
        return None


def _count(written: Written, line: Line, kind: str) -> None:
    if line.name in _NUMBERED and line.key.isdecimal():
        written.highest[line.name] = max(written.highest.get(line.name, 0), int(line.key))
        written.is_founded = written.is_founded or kind == "founding"


def _apply(written: Written, line: Line, moment: datetime | None) -> None:
    match line:
        case Line("snapshot", key, str(digest)):
            written.segments += [(segment, moment) for segment in _segments(key, digest)]
        case Line("changes", key, str(digest)):
            first, _, last = key.partition("-")
            if first.isdigit() and last.isdigit():
                written.changes.append(ChangeRange(int(first), int(last), digest, moment))
        case Line("found", key, str(digest)):
            _compare(written, *key.partition(" ")[::2], digest, moment)
        case Line("manifest", _, digest):
            written.manifest = digest
        case Line(name, key, None):
            written.things.get(name, {}).pop(key, None)
        case Line(name, key, str(digest)):
            written.things.setdefault(name, {})[key] = (_bytes(digest), moment)


def _compare(written: Written, name: str, key: str, digest: str, moment: datetime | None) -> None:
    known, written_at = written.things.get(name, {}).get(key, (None, None))
    if known != _bytes(digest):
        written.altered.append(FoundAltered(name, key, written_at, moment))


def _segments(key: str, digest: str) -> Iterator[Segment]:
    span, _, name = key.partition(" ")
    start, _, end = span.partition("-")
    if start.isdigit() and end.isdigit():
        yield Segment(name, int(start), int(end), digest)


def _bytes(digest: str) -> bytes:
    # Half the memory of the text; an archive of a million articles has three million of them.
    try:
        return bytes.fromhex(digest)
    except ValueError:
        return b""
