"""Saved searches and what their runs found.

They are no part of what is indexed, so writing them takes SQLite's own lock and
not the archive's: a watch runs while a long ``add`` does.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

from newsarchive.base.dates import utc_text
from newsarchive.errors import Hint, Remedy, SavedSearchNotFound, StoreError
from newsarchive.store.log.acts import act
from newsarchive.store.log.things import RUN, SEARCH, SEARCH_TAGS
from newsarchive.store.rows import moment_of, storable, values_of


class RunKind(StrEnum):
    """Why a search ran: to be kept and cited, or to tell what is new."""

    RUN = "run"
    WATCH = "watch"


@dataclass(frozen=True, slots=True)
class SavedSearch:
    """A query under a name; ``created_at`` is UTC."""

    name: str
    query: str
    created_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchRun:
    """One run of a saved search, and the state of the archive it searched.

    ``resolved`` is the query with its relative dates written out, ``last_change``
    the newest change that was searched, ``digest`` the SHA-256 of the result: of a
    line ``article_id sha256`` for each article that matched, in the order of ids.
    ``id`` is None until the run is recorded.
    """

    id: int | None
    name: str
    kind: RunKind
    query: str
    resolved: str
    run_at: datetime
    version: str
    archive: str
    last_change: int
    articles: int
    captures: int
    total: int
    digest: str


@dataclass(frozen=True, slots=True)
class ArticleState:
    """Which revision of an article matched; ``sha256`` is of its headline and text."""

    article_id: int
    revision: int
    sha256: str


def digest_of(states: Iterable[ArticleState]) -> str:
    """The digest of a result, whatever its order."""
    lines = sorted((state.article_id, state.sha256) for state in states)
    return hashlib.sha256("".join(f"{number} {sha256}\n" for number, sha256 in lines).encode()).hexdigest()


class SearchStore:
    """The tables of saved searches and their runs."""

    def __init__(self, folder: Path, connection: sqlite3.Connection) -> None:
        self._folder = folder
        self._db = connection

    def all(self) -> list[SavedSearch]:
        """Every saved search, by name."""
        rows = self._db.execute("SELECT name, query, created_at FROM saved_searches ORDER BY name")
        return [_search(row) for row in rows]

    def get(self, name: str) -> SavedSearch:
        """One saved search; raises SavedSearchNotFound."""
        row = self._db.execute(
            "SELECT name, query, created_at FROM saved_searches WHERE name = ?", storable([name])
        ).fetchone()
        if row is None:
            raise SavedSearchNotFound(name)
        return _search(row)

    def query_of(self, name: str) -> str | None:
        """The query of a saved search; None if there is none of this name."""
        row = self._db.execute("SELECT query FROM saved_searches WHERE name = ?", storable([name])).fetchone()
        return None if row is None else str(row[0])

    def put(self, search: SavedSearch, *, replace: bool) -> None:
        """Save a search; one of its name is an error, or with ``replace`` gets the new query."""
        said = {
            "saved": {"name": search.name, "query": search.query, "created_at": utc_text(search.created_at)}
        }
        row = storable([search.name, search.query, utc_text(search.created_at)])
        with act(self._folder, self._db, "search", said) as log:
            log.touch(SEARCH, row[0])
            if replace:
                self._db.execute(
                    "INSERT INTO saved_searches VALUES (?, ?, ?) "
                    "ON CONFLICT (name) DO UPDATE SET query = excluded.query",
                    row,
                )
                return
            added = self._db.execute(
                "INSERT INTO saved_searches VALUES (?, ?, ?) ON CONFLICT (name) DO NOTHING",
                row,
            )
            if not added.rowcount:
                raise StoreError(
                    f"there is a saved search {search.name} already",
                    hint=Hint("choose another name, or replace it", Remedy.REPLACE_SAVED, search.name),
                )

    def remove(self, name: str) -> None:
        """Forget a search and its runs; raises SavedSearchNotFound."""
        with act(self._folder, self._db, "search", {"removed": name}) as log:
            log.gone(RUN, (run.id for run in self.runs(name) if run.id is not None))
            log.gone(SEARCH, [name])
            tagging = self._db.execute("SELECT search FROM search_tags WHERE search = ?", storable([name]))
            log.gone(SEARCH_TAGS, (row[0] for row in tagging.fetchall()))
            removed = self._db.execute("DELETE FROM saved_searches WHERE name = ?", storable([name]))
            if not removed.rowcount:
                raise SavedSearchNotFound(name)

    def runs(self, name: str) -> list[SearchRun]:
        """The runs of a search, oldest first."""
        rows = self._db.execute("SELECT * FROM search_runs WHERE name = ? ORDER BY id", storable([name]))
        return [_run(row) for row in rows]

    def states_of_run(self, run_id: int) -> dict[int, ArticleState]:
        """What a run found, by article."""
        rows = self._db.execute(
            "SELECT article_id, revision, sha256 FROM run_articles WHERE run_id = ?", (run_id,)
        )
        return {row["article_id"]: ArticleState(*row) for row in rows}

    def states_now(self, ids: Sequence[int]) -> dict[int, ArticleState]:
        """The current revision of each of these articles; those that are gone are left out."""
        rows = self._db.execute(
            """
            SELECT current.article_id, count(earlier.id), current.sha256
            FROM articles
            JOIN revisions AS current ON current.id = articles.revision_id
            JOIN revisions AS earlier ON earlier.article_id = current.article_id
                AND (earlier.captured_at, earlier.id) <= (current.captured_at, current.id)
            WHERE articles.id IN (SELECT value FROM json_each(?))
            GROUP BY articles.id
            """,
            (json.dumps(list(ids)),),
        )
        return {row[0]: ArticleState(*row) for row in rows}

    def record(self, run: SearchRun, states: Iterable[ArticleState]) -> int:
        """Store a run with what it found; return its number. A watch takes the place of the last one."""
        columns = _columns(run)
        marks = ", ".join("?" * len(columns))
        with act(self._folder, self._db, "run") as log:
            if run.kind is RunKind.WATCH:
                replaced = self._db.execute(
                    "DELETE FROM search_runs WHERE name = ? AND kind = ? RETURNING id",
                    (run.name, RunKind.WATCH.value),
                ).fetchall()
                log.gone(RUN, (row[0] for row in replaced))
            cursor = self._db.execute(
                f"INSERT INTO search_runs ({', '.join(columns)}) VALUES ({marks})", storable(columns.values())
            )
            run_id = int(cursor.lastrowid or 0)
            self._db.executemany(
                "INSERT INTO run_articles VALUES (?, ?, ?, ?)",
                ((run_id, state.article_id, state.revision, state.sha256) for state in states),
            )
            log.touch(RUN, run_id)
        return run_id


def _search(row: sqlite3.Row) -> SavedSearch:
    moment = moment_of(row["created_at"], f"the saved search {row['name']}")
    return SavedSearch(row["name"], row["query"], moment)


def _run(row: sqlite3.Row) -> SearchRun:
    moment = moment_of(row["run_at"], f"run {row['id']} of a saved search")
    with values_of(f"run {row['id']} of a saved search"):
        return SearchRun(**{**dict(row), "kind": RunKind(row["kind"]), "run_at": moment})


def _columns(run: SearchRun) -> dict[str, Any]:
    columns = {each.name: getattr(run, each.name) for each in fields(SearchRun) if each.name != "id"}
    return {**columns, "run_at": utc_text(run.run_at)}
