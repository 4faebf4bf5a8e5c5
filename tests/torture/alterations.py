"""Alter one stored thing as another program or a bad disk would; verify has to find it.

What can be altered is read off the schema: a table that a later version brings is altered, too.
"""

from __future__ import annotations

import json
import random
import shutil
import sqlite3
from collections import Counter
from contextlib import closing
from pathlib import Path

from newsarchive import Archive, NewsArchiveError
from newsarchive.store.database import DATABASE_NAME

# What each manner makes of a column; None where only another row of the table can tell.
MANNERS: dict[str, str] = {
    "another text": "'altered'",
    "another number": "coalesce({0}, 0) + 1",
    "nothing": "NULL",
    "empty": "''",
    "a letter more": "{0} || 'x'",
    "a blank more": "{0} || ' '",
    "a letter less": "substr({0}, 2)",
    "other case": "upper({0})",
    "bytes for text": "CAST({0} AS BLOB)",
    "text for a number": "'0' || {0} || 'x'",
    "a fraction": "coalesce({0}, 0) + 0.5",
    "no UTF-8": "CAST(x'ff' || {0} AS TEXT)",
    "a NUL inside": "{0} || char(0) || 'x'",
    "another row's": "(SELECT o.{0} FROM {1} o WHERE o.{0} IS NOT {1}.{0} ORDER BY random() LIMIT 1)",
}
# When a migration was applied, and as which, is told by nothing else, and nothing follows from it.
UNTOLD = {"_sqlite_migrations": ("id", "applied_at")}
ROWS = ("row removed", "row put in", "all rows removed")
FILES = ("byte of a file", "file cut", "file removed", "file emptied", "byte of the database")


def write_pristine(folder: Path) -> None:
    """An archive that has rows in every table, and two snapshot files."""
    base = folder.parent
    rows = [_row(number) for number in range(8)]
    with Archive.open(folder, create=True) as archive:
        archive.add(_write(base / "rows.jsonl", rows), workers=1).finish()
        rows[0]["text"] = "Another text of the ferry."
        rows[1] |= {"authors": ["Ines Corvane"], "keywords": ["ferry", "quay"]}
        rows[2]["publisher"] = "Almar Courier"
        archive.add(_write(base / "rows.jsonl", rows), workers=1).finish()
        _add_pages(archive, base)
        archive.corrections.set(1, {"headline": "Ferry stays"}, because="read on paper")
        archive.corrections.alias("Almar Notices", ["The Almar Notices"], because="its masthead")
        archive.saved.add("ferries", "ferry")
        archive.saved.add("quays", "quay")
        archive.saved.run("ferries")
        archive.saved.run("quays")


def _row(number: int) -> dict[str, object]:
    return {
        "id": number,
        "headline": f"Harbour notice {number}",
        "text": f"The ferry word{number} left the quay. " * 5,
        "description": f"Of ferry {number}",
        "authors": [f"Ann Quayle {number}", "Bo Strand"],
        "keywords": ["ferry", f"notice {number}"],
        "date": f"2024-{number % 12 + 1:02}-{number % 28 + 1:02}",
        "publisher": "Almar Notices",
        "section": "Harbour",
        "language": "en",
    }


def _write(path: Path, rows: list[dict[str, object]]) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return path


def _add_pages(archive: Archive, base: Path) -> None:
    """A page, an error page in its place, and a page that holds nothing."""
    head = '<link rel="canonical" href="https://post.example/2024/ferry"><title>Ferry stays</title>'
    story = "".join(
        f"<p>The council of Port Almar keeps the old ferry, member {n} said.</p>" for n in range(9)
    )
    bodies = {
        "first": f"<h1>Ferry stays</h1><article>{story}</article>",
        "later": "<h1>Page not found</h1><p>The page that you asked for does not exist.</p>",
        "empty": "<script>x()</script>",
    }
    for name, body in bodies.items():
        path = base / f"{name}.html"
        path.write_text(f"<html><head>{head}</head><body>{body}</body></html>")
        archive.add(path, workers=1).finish()


class Alterations:
    """Alterations at random: verify finds each, whatever it is."""

    def __init__(self, base: Path) -> None:
        self._pristine, self._work = base / "pristine", base / "altered"
        write_pristine(self._pristine)
        assert not is_found(self._pristine), "an untouched archive has a fault"

    def attempt(self, rng: random.Random) -> Counter[str]:
        """One."""
        shutil.rmtree(self._work, ignore_errors=True)
        shutil.copytree(self._pristine, self._work)
        name = alter(rng, self._work)
        assert is_found(self._work), f"{name} was not found"
        return Counter({name.partition(":")[0]: 1})

    def close(self) -> None:
        """Nothing was started."""


def is_found(folder: Path) -> bool:
    """Whether verify has a fault, or the archive is refused."""
    try:
        with Archive.open(folder) as archive:
            return bool(list(archive.verify()))
    except NewsArchiveError:
        return True


def alter(rng: random.Random, folder: Path) -> str:
    """Alter one thing; give the kind, a colon, and what it was."""
    while True:
        if rng.random() < 0.25:
            name = _alter_file(rng, folder)
        else:
            before = contents(folder / DATABASE_NAME)
            with closing(sqlite3.connect(folder / DATABASE_NAME)) as database:
                name = _alter_row(rng, database)
            name = name if contents(folder / DATABASE_NAME) != before else None
        if name is not None:
            return name


def _alter_row(rng: random.Random, database: sqlite3.Connection) -> str | None:
    table = rng.choice(_tables(database))
    every = [row[1] for row in database.execute(f"PRAGMA table_info({table})")]
    columns = [column for column in every if column not in UNTOLD.get(table, ())]
    manner, column = rng.choice((*MANNERS, *ROWS)), rng.choice(columns)
    try:
        _apply(rng, database, table, column, manner)
    except sqlite3.DatabaseError:
        # The table itself does not take it.
        database.rollback()
        return None
    database.commit()
    return f"{manner}: {table}.{column}"


def _apply(rng: random.Random, database: sqlite3.Connection, table: str, column: str, manner: str) -> None:
    keys = [row[1] for row in database.execute(f"PRAGMA table_info({table})") if row[5]] or ["rowid"]
    rows = database.execute(f"SELECT {', '.join(keys)} FROM {table}").fetchall()
    where = " AND ".join(f"{key} IS ?" for key in keys)
    row = rng.choice(rows) if rows else ()
    if manner == "all rows removed":
        database.execute(f"DELETE FROM {table}")
    elif manner == "row removed":
        database.execute(f"DELETE FROM {table} WHERE {where}", row)
    elif manner == "row put in":
        _put_in(database, table, keys, where, row)
    else:
        value = MANNERS[manner].format(column, table)
        database.execute(f"UPDATE {table} SET {column} = {value} WHERE {where}", row)


def _put_in(
    database: sqlite3.Connection, table: str, keys: list[str], where: str, row: tuple[object, ...]
) -> None:
    """A copy of a row under another key."""
    columns = [each[1] for each in database.execute(f"PRAGMA table_info({table})")]
    last = keys[-1]
    other = f"CASE typeof({last}) WHEN 'integer' THEN {last} + 1000 ELSE {last} || 'x' END"
    values = ", ".join(other if column == last else column for column in columns)
    database.execute(f"INSERT INTO {table} SELECT {values} FROM {table} WHERE {where}", row)


def _tables(database: sqlite3.Connection) -> list[str]:
    rows = database.execute("SELECT CAST(name AS BLOB) FROM sqlite_schema WHERE type = 'table' ORDER BY name")
    return [row[0].decode("utf-8", "replace") for row in rows]


def contents(path: Path) -> list[list[str]] | None:
    """All that the tables hold, and what they are; None where it can't be read any more."""
    try:
        with closing(sqlite3.connect(path)) as database:
            # Bytes, for text may be no UTF-8, beside what SQLite takes each value for.
            database.text_factory = bytes
            tables = ["sqlite_schema", *_tables(database)]
            return [_rows(database, table) for table in tables]
    except (sqlite3.DatabaseError, UnicodeDecodeError):
        return None


def _rows(database: sqlite3.Connection, table: str) -> list[str]:
    columns = [row[1].decode() for row in database.execute(f"PRAGMA table_info({table})")]
    kinds = ", ".join(f"typeof({column})" for column in columns)
    return sorted(repr(row) for row in database.execute(f"SELECT *, {kinds} FROM {table}"))


def _alter_file(rng: random.Random, folder: Path) -> str | None:
    manner = rng.choice(FILES)
    if manner == "byte of the database":
        return _flip_in_database(rng, folder / DATABASE_NAME)
    path = rng.choice(
        [folder / "log.head", folder / "newsarchive.toml", *(folder / "snapshots").glob("*.gz")]
    )
    data = bytearray(path.read_bytes())
    match manner:
        case "file removed":
            path.unlink()
        case "file emptied":
            path.write_bytes(b"")
        case "file cut":
            path.write_bytes(data[: rng.randrange(len(data))])
        case _:
            data[rng.randrange(len(data))] ^= 1 << rng.randrange(8)
            path.write_bytes(data)
    return f"{manner}: {path.name}"


def _flip_in_database(rng: random.Random, path: Path) -> str | None:
    """A byte that changes what the tables hold: pages have room that nothing is read from."""
    with closing(sqlite3.connect(path)) as database:
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    before, data = contents(path), bytearray(path.read_bytes())
    place = rng.randrange(100, len(data))
    data[place] ^= 1 << rng.randrange(8)
    path.write_bytes(data)
    return f"byte of the database: {place}" if contents(path) != before else None
