"""Checks that every row is what the log says was written, and none is missing or put in."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from datetime import datetime

from newsarchive.base.dates import utc_text
from newsarchive.errors import Hint
from newsarchive.keeping.verifying.fault import FROM_BACKUP, REBUILD, Fault
from newsarchive.keeping.verifying.written import FoundAltered, Written
from newsarchive.store.log.things import ARTICLE, CAPTURE, REVISION, THINGS, Thing, changes_digest

# A database that was emptied needs no line for each row.
_MOST = 100
WORDS = {
    ARTICLE.name: "the row, authors, keywords or evidence of article {key}",
    REVISION.name: "revision {key}, which holds the text,",
    CAPTURE.name: "the row of capture {key}",
    "replaced": "replaced value {key}",
    "remark": "the remark on capture {key}",
    "correction": "correction {key}",
    "alias": "the alias {key} of a publisher",
    "overruled": "what pages say of article {key}, where a user says otherwise,",
    "search": "the saved search {key}",
    "feed": "the feed {key}",
    "run": "run {key} of a saved search, or what it found,",
    "tag": "the tag {key}, or what has it,",
    "note": "note {key}",
    "highlight": "highlight {key}",
    "collection": "the collection {key}, or what is in it,",
    "search-tags": "the tags of the saved search {key}",
    "tombstone": "tombstone {key} of something removed",
}


def check_things(
    connection: sqlite3.Connection, written: Written, step: Callable[[], None], *, quick: bool
) -> Iterator[Fault]:
    """Every table that the log covers; ``step`` is called for each row."""
    for thing in THINGS:
        known = written.things.get(thing.name, {})
        found = _keys(connection, thing) if quick else _digests(connection, thing, step)
        faults = list(_compare(connection, thing, known, found))
        yield from faults[:_MOST]
        if len(faults) > _MOST:
            yield Fault("database", f"{len(faults) - _MOST:,} more rows of {thing.table}", REBUILD)
    yield from _check_altered(written.altered)
    yield from _check_changes(connection, written, quick=quick)


def _check_altered(altered: list[FoundAltered]) -> Iterator[Fault]:
    """What was written to after another program had altered it: its digest fits again."""
    for each in altered[:_MOST]:
        what = WORDS.get(each.name, f"{each.name} {{key}}").format(key=each.key)
        by = "" if each.found_at is None else f" before {utc_text(each.found_at)}"
        message = f"{what} was altered by another program{by}, and then written to"
        yield Fault("database", message, FROM_BACKUP, each.written_at)
    if len(altered) > _MOST:
        yield Fault("database", f"{len(altered) - _MOST:,} more such rows", FROM_BACKUP)


def _keys(connection: sqlite3.Connection, thing: Thing) -> dict[str, bytes | None]:
    return {str(key): None for key in thing.keys(connection)}


def _digests(
    connection: sqlite3.Connection, thing: Thing, step: Callable[[], None]
) -> dict[str, bytes | None]:
    blobs = thing.with_blobs(connection)
    # Of what can't be digested, nothing is as it was written.
    found: dict[str, bytes | None] = {str(key): b"" for key in blobs}
    others = [key for key in thing.keys(connection) if key not in blobs] if blobs else None
    for key, digest in thing.digests(connection, others):
        found[str(key)] = bytes.fromhex(digest)
        step()
    return found


def _compare(
    connection: sqlite3.Connection,
    thing: Thing,
    known: dict[str, tuple[bytes, datetime | None]],
    found: dict[str, bytes | None],
) -> Iterator[Fault]:
    for key, (digest, made_at) in known.items():
        what = WORDS[thing.name].format(key=key)
        if key not in found:
            yield Fault("database", f"{what} is gone", _remedy(connection, thing, key), made_at)
        elif found[key] not in (None, digest):
            hint = _remedy(connection, thing, key)
            yield Fault("database", f"{what} is not what was written", hint, made_at)
    for key in found.keys() - known.keys():
        what = WORDS[thing.name].format(key=key)
        yield Fault("database", f"{what} was put in by another program", FROM_BACKUP)


def _remedy(connection: sqlite3.Connection, thing: Thing, key: str) -> str:
    if thing is ARTICLE or thing is REVISION:
        column = "article_id" if thing is ARTICLE else "id"
        query = {
            "article_id": "SELECT max(id) FROM captures WHERE article_id = ?",
            "id": "SELECT capture_id FROM revisions WHERE id = ?",
        }[column]
        row = connection.execute(query, (key,)).fetchone()
        if row is not None and row[0] is not None:
            return Hint(f"capture {row[0]} has it: {REBUILD}", REBUILD.remedy)
    return REBUILD if thing in (ARTICLE, REVISION, CAPTURE) else FROM_BACKUP


def _check_changes(connection: sqlite3.Connection, written: Written, *, quick: bool) -> Iterator[Fault]:
    row = connection.execute("SELECT count(*), coalesce(max(change), 0) FROM changes").fetchone()
    covered = sum(each.last - each.first + 1 for each in written.changes)
    if row[1] != written.last_change or row[0] > covered:
        yield Fault("database", f"the change counter is at {row[1]}, not {written.last_change}", REBUILD)
    for each in () if quick else written.changes:
        if changes_digest(connection, each.first, each.last) != each.digest:
            message = f"changes {each.first} to {each.last} are not what was written"
            yield Fault("database", message, REBUILD, each.made_at)
