"""Writing the log: what a transaction touched, digested and chained before it is committed."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime

from newsarchive.store.log.entries import FOUND, Entry, Head, Line, as_text
from newsarchive.store.log.log_reader import log_head
from newsarchive.store.log.segments import UNKNOWN, Segment
from newsarchive.store.log.things import THINGS, Key, Thing, changes_digest

# An entry is read whole; that of a million articles would be a quarter of a gigabyte.
_FOUNDED_AT_ONCE = 10_000
# The kind of entries that take in what was there before the log: nothing was written of it.
_FOUNDING = "founding"


@dataclass(slots=True)
class LogWriter:
    """Gathers what a transaction writes; ``append`` makes one entry of it.

    An entry says of a thing that was there before how it was found, too. Else whoever alters a
    row had only to wait for somebody to write to it: its new digest would vouch for the alteration.
    """

    connection: sqlite3.Connection
    _committed: sqlite3.Connection | None = None
    _touched: dict[str, dict[Key, None]] = field(default_factory=dict)
    _removed: dict[str, dict[Key, None]] = field(default_factory=dict)
    _others: list[Line] = field(default_factory=list)

    def touch(self, thing: Thing, key: Key) -> None:
        """Something was written or changed."""
        self._touched.setdefault(thing.name, {})[key] = None

    def gone(self, thing: Thing, keys: Iterable[Key]) -> None:
        """These are no more."""
        removed = list(keys)
        self._removed.setdefault(thing.name, {}).update(dict.fromkeys(removed))
        self._others += [Line(thing.name, str(key), None) for key in removed]

    def add_lines(self, lines: Iterable[Line]) -> None:
        """What is no row of a table: bytes of snapshots, the manifest."""
        self._others += lines

    def forget(self) -> None:
        """The transaction was taken back."""
        self._touched, self._removed, self._others = {}, {}, []

    def found(self) -> Head:
        """Begin the log of an archive with all that it holds."""
        for thing in THINGS:
            keys = thing.keys(self.connection)
            for start in range(0, len(keys), _FOUNDED_AT_ONCE):
                self._touched[thing.name] = dict.fromkeys(keys[start : start + _FOUNDED_AT_ONCE])
                self.append(_FOUNDING)
        rows = self.connection.execute("SELECT name, length FROM snapshots WHERE length > 0 ORDER BY name")
        self.add_lines([Segment(name, 0, length, UNKNOWN).line for name, length in rows])
        return self.append(_FOUNDING, act="{}")

    def append(self, kind: str, *, act: str | None = None) -> Head:
        """Write an entry of what was gathered, if anything was; return the head."""
        before = log_head(self.connection)
        lines = [] if kind == _FOUNDING else self._found()
        lines += [*self._others, *self._things(), *self._changes(before.number)]
        self.forget()
        if not lines and act is None:
            return before
        moment = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        last_change = self.connection.execute("SELECT coalesce(max(change), 0) FROM changes").fetchone()[0]
        entry = Entry(before.number + 1, kind, moment, act, as_text(lines), last_change)
        head = Head(entry.number, entry.hash_after(before.hash))
        self.connection.execute(
            "INSERT INTO log VALUES (?, ?, ?, ?, ?, ?, ?)",
            (entry.number, kind, moment, act, entry.lines, last_change, head.hash),
        )
        return head

    def _found(self) -> list[Line]:
        """What is written to or removed, as it stood before: another connection sees the last commit."""
        before = {
            thing: {**self._touched.get(thing.name, {}), **self._removed.get(thing.name, {})}
            for thing in THINGS
        }
        if not any(before.values()):
            return []
        if self._committed is None:
            path = self.connection.execute("PRAGMA database_list").fetchone()[2]
            self._committed = sqlite3.connect(path, isolation_level=None)
        return [
            Line(FOUND, f"{thing.name} {key}", digest)
            for thing, keys in before.items()
            if keys
            for key, digest in thing.digests(self._committed, keys)
        ]

    def close(self) -> None:
        """Release the other connection."""
        if self._committed is not None:
            self._committed.close()
            self._committed = None

    def _things(self) -> Iterator[Line]:
        for thing in THINGS:
            keys = self._touched.get(thing.name)
            if keys:
                for key, digest in thing.digests(self.connection, keys):
                    yield Line(thing.name, str(key), digest)

    def _changes(self, number: int) -> Iterator[Line]:
        """The steps of the change counter since the last entry."""
        row = self.connection.execute("SELECT last_change FROM log WHERE entry = ?", (number,)).fetchone()
        first = 1 if row is None else row[0] + 1
        last = self.connection.execute(
            "SELECT max(change) FROM changes WHERE change >= ?", (first,)
        ).fetchone()[0]
        if last is not None:
            yield Line("changes", f"{first}-{last}", changes_digest(self.connection, first, last))
