"""families.db: which articles are one story, kept up to date by the change counter. Disposable.

A sample of each text's runs of words leads to texts that may be the same; those are
compared in full. What is the same story is linked, and linked articles are a family,
named by its smallest id.
"""

from __future__ import annotations

import sqlite3
from array import array
from collections import Counter, OrderedDict, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from newsarchive.errors import IndexUnavailable
from newsarchive.model import Article, IndexChange
from newsarchive.search.families.fingerprints import SAMPLE, Fingerprint, fingerprint
from newsarchive.search.families.same_story import is_same_story, shared
from newsarchive.search.text.analysis import ANALYZER_VERSION, Analyzer

# Raised when fingerprints or the rule change; the file is then made anew.
_VERSION = 1
# A run of words that more articles have is a house's formula, and leads nowhere.
_COMMONEST = 100
# Of each family, so many articles are compared: those of which most seems to be shared.
_COMPARED = 8
_FEWEST_IN_COMMON = 2
# Changes that are committed together, and fingerprints that are remembered: bounds on memory.
_STEP = 1_000
_REMEMBERED = 2_000

_TABLES = """
CREATE TABLE IF NOT EXISTS state (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS members (
    article_id INTEGER PRIMARY KEY,
    family INTEGER NOT NULL,    -- the smallest id of those that are linked with it
    digest INTEGER,             -- of all terms in order
    runs INTEGER NOT NULL,      -- how many runs of words the text has
    sample BLOB NOT NULL,       -- 32-bit numbers, to find its rows of samples by
    day INTEGER                 -- of publication, days since year 1; NULL: not known to the day
);
CREATE INDEX IF NOT EXISTS members_family ON members (family);
CREATE INDEX IF NOT EXISTS members_digest ON members (digest);
CREATE TABLE IF NOT EXISTS samples (
    run INTEGER NOT NULL, article_id INTEGER NOT NULL, PRIMARY KEY (run, article_id)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS links (
    one INTEGER NOT NULL, other INTEGER NOT NULL, shared REAL NOT NULL, PRIMARY KEY (one, other)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS links_other ON links (other);
"""
Articles = Callable[[Sequence[int]], Iterable[Article]]


class FamilyIndex:
    """The families of one archive. ``articles`` gives texts to compare with. Raises IndexUnavailable."""

    def __init__(self, folder: Path, *, archive: str, articles: Articles) -> None:
        self._path = folder / "families.db"
        self._archive = archive
        self._articles = articles
        self._analyzer = Analyzer()
        self._remembered: OrderedDict[int, Fingerprint] = OrderedDict()
        self._db = self._open()

    def last_change(self) -> int:
        """The last change that is taken in; 0 where nothing is."""
        row = self._db.execute("SELECT value FROM state WHERE name = 'change'").fetchone()
        return 0 if row is None else int(row[0])

    def apply(self, changes: Iterable[IndexChange]) -> None:
        """Take in changes in order; what is committed stays where a run is cut off."""
        step: list[IndexChange] = []
        for change in changes:
            step.append(change)
            if len(step) == _STEP:
                self._apply(step)
                step = []
        if step:
            self._apply(step)

    def families(self, ids: Iterable[int]) -> dict[int, int]:
        """The family of each of these articles, by the id of its first; its own where it is alone."""
        wanted = list(ids)
        found = {article_id: article_id for article_id in wanted}
        for start in range(0, len(wanted), _STEP):
            part = wanted[start : start + _STEP]
            marks = ",".join("?" * len(part))
            statement = f"SELECT article_id, family FROM members WHERE article_id IN ({marks})"  # noqa: S608
            found.update(self._db.execute(statement, part))
        return found

    def all_families(self) -> dict[int, int]:
        """The family of every article that is not alone."""
        return dict(
            self._db.execute(
                "SELECT article_id, family FROM members WHERE family IN "
                "(SELECT family FROM members WHERE family <> article_id)"
            )
        )

    def members(self, family: int) -> list[int]:
        """The articles of a family, by id."""
        rows = self._db.execute("SELECT article_id FROM members WHERE family = ? ORDER BY 1", (family,))
        return [row[0] for row in rows]

    def family_of(self, article_id: int) -> int:
        """The family of an article: its own id where it is alone, or not known."""
        row = self._db.execute("SELECT family FROM members WHERE article_id = ?", (article_id,)).fetchone()
        return article_id if row is None else int(row[0])

    def largest(self, limit: int) -> list[tuple[int, int]]:
        """Families with how many articles each has, the largest first."""
        return list(
            self._db.execute(
                "SELECT family, count(*) AS n FROM members GROUP BY family HAVING n > 1 "
                "ORDER BY n DESC, family LIMIT ?",
                (limit,),
            )
        )

    @contextmanager
    def errors_told(self) -> Iterator[None]:
        """Raise what SQLite finds wrong, in the midst of reading too, as IndexUnavailable."""
        try:
            yield
        except sqlite3.Error as exc:
            raise self._unavailable(exc) from exc

    def close(self) -> None:
        """Release the file; closing twice is harmless."""
        self._db.close()

    def _open(self) -> sqlite3.Connection:
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            db = self._connect()
            if not self._is_ours(db):
                db.close()
                self._path.unlink()
                db = self._connect()
                self._sign(db)
            db.execute("PRAGMA journal_mode = WAL")
            db.execute("PRAGMA synchronous = NORMAL")
        except (OSError, sqlite3.Error) as exc:
            raise self._unavailable(exc) from exc
        return db

    def _unavailable(self, exc: Exception) -> IndexUnavailable:
        lacks_room = any(word in str(exc) for word in ("full", "I/O", "No space", "too large"))
        hint = "free some space, then try again" if lacks_room else "delete it: it is made anew"
        return IndexUnavailable(f"{self._path} can't be used: {exc}", hint=hint)

    def _connect(self) -> sqlite3.Connection:
        return sqlite3.connect(self._path, isolation_level=None, timeout=30)

    def _is_ours(self, db: sqlite3.Connection) -> bool:
        try:
            state = dict(db.execute("SELECT name, value FROM state"))
        except sqlite3.Error:
            return False
        return state.get("signature") == self._signature

    @property
    def _signature(self) -> str:
        return f"{self._archive} {_VERSION} {ANALYZER_VERSION}"

    def _sign(self, db: sqlite3.Connection) -> None:
        db.executescript(_TABLES)
        db.execute("INSERT OR REPLACE INTO state VALUES ('signature', ?)", (self._signature,))

    def _apply(self, step: Sequence[IndexChange]) -> None:
        with self._transaction():
            for change in step:
                self._take_out(change.article_id)
                if change.document is not None:
                    self._put_in(change.article_id, change.document.article)
            self._db.execute("INSERT OR REPLACE INTO state VALUES ('change', ?)", (str(step[-1].change),))

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        with self.errors_told():
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                # SQLite has done so itself after some errors, a full disk among them.
                if self._db.in_transaction:
                    self._db.execute("ROLLBACK")
                raise
            self._db.execute("COMMIT")

    def _put_in(self, article_id: int, article: Article) -> None:
        print_ = fingerprint(article.text, self._analyzer)
        self._remember(article_id, print_)
        day = _day(article)
        linked = dict(self._same_stories(article_id, print_, day))
        self._db.execute(
            "INSERT INTO members VALUES (?, ?, ?, ?, ?, ?)",
            (article_id, article_id, print_.digest, len(print_.runs), array("I", print_.sample), day),
        )
        self._db.executemany(
            "INSERT INTO samples VALUES (?, ?)", ((run, article_id) for run in print_.sample)
        )
        self._db.executemany(
            "INSERT INTO links VALUES (?, ?, ?)",
            ((min(article_id, other), max(article_id, other), part) for other, part in linked.items()),
        )
        self._join([article_id, *linked])

    def _same_stories(
        self, article_id: int, print_: Fingerprint, day: int | None
    ) -> Iterator[tuple[int, float]]:
        candidates = self._candidates(print_)
        for other, known in self._fingerprints(candidates).items():
            other_day = candidates[other]
            apart = None if day is None or other_day is None else abs(day - other_day)
            if other != article_id and is_same_story(print_, known, days_apart=apart):
                yield other, shared(print_, known)

    def _candidates(self, print_: Fingerprint) -> dict[int, int | None]:
        """Articles that may be the same story, with their days: the best few of each family."""
        common = Counter[int]()
        for run in print_.sample:
            having = self._ids("SELECT article_id FROM samples WHERE run = ? LIMIT ?", run, _COMMONEST + 1)
            if len(having) <= _COMMONEST:
                common.update(having)
        if print_.digest is not None:
            for same in self._ids("SELECT article_id FROM members WHERE digest = ? LIMIT 1", print_.digest):
                common[same] = SAMPLE + 1
        likely = {other: count for other, count in common.items() if count >= _FEWEST_IN_COMMON}
        return self._best_of_families(likely, len(print_.runs))

    def _best_of_families(self, likely: Mapping[int, int], runs: int) -> dict[int, int | None]:
        marks = ",".join("?" * len(likely))
        rows = self._db.execute(
            f"SELECT article_id, family, runs, day FROM members WHERE article_id IN ({marks})",  # noqa: S608  only marks are put in
            list(likely),
        )
        families: dict[int, list[tuple[float, int, int | None]]] = defaultdict(list)
        for article_id, family, other_runs, day in rows:
            # Of a short text the whole sample may stand in a long one, and is still a small part of its.
            share = likely[article_id] / max(1, min(runs, other_runs, SAMPLE))
            families[family].append((-share, article_id, day))
        return {
            article_id: day
            for members in families.values()
            for _, article_id, day in sorted(members, key=lambda member: member[:2])[:_COMPARED]
        }

    def _fingerprints(self, ids: Mapping[int, object]) -> dict[int, Fingerprint]:
        found = {each: self._remembered[each] for each in ids if each in self._remembered}
        missing = [each for each in ids if each not in found]
        for article in self._articles(missing) if missing else ():
            if article.id is not None:
                found[article.id] = fingerprint(article.text, self._analyzer)
                self._remember(article.id, found[article.id])
        return found

    def _remember(self, article_id: int, print_: Fingerprint) -> None:
        self._remembered[article_id] = print_
        self._remembered.move_to_end(article_id)
        if len(self._remembered) > _REMEMBERED:
            self._remembered.popitem(last=False)

    def _join(self, ids: Sequence[int]) -> None:
        """Make one family of those that these articles are in."""
        families = {self.family_of(each) for each in ids}
        first = min(families)
        for family in families - {first}:
            self._db.execute("UPDATE members SET family = ? WHERE family = ?", (first, family))

    def _take_out(self, article_id: int) -> None:
        """Forget an article; what only it held together falls apart."""
        self._remembered.pop(article_id, None)
        row = self._db.execute(
            "SELECT family, sample FROM members WHERE article_id = ?", (article_id,)
        ).fetchone()
        if row is None:
            return
        rest = [each for each in self.members(row[0]) if each != article_id]
        self._db.execute("DELETE FROM members WHERE article_id = ?", (article_id,))
        self._db.executemany(
            "DELETE FROM samples WHERE run = ? AND article_id = ?",
            ((run, article_id) for run in array("I", row[1])),
        )
        self._db.execute("DELETE FROM links WHERE one = ?", (article_id,))
        self._db.execute("DELETE FROM links WHERE other = ?", (article_id,))
        self._db.executemany("UPDATE members SET family = ?1 WHERE article_id = ?1", zip(rest, strict=True))
        for each in rest:
            for other in self._ids("SELECT other FROM links WHERE one = ?", each):
                self._join([each, other])

    def _ids(self, statement: str, *values: int) -> list[int]:
        return [row[0] for row in self._db.execute(statement, values)]


def _day(article: Article) -> int | None:
    published = article.date_published
    if published is None or published.earliest != published.latest:
        return None
    return published.earliest.toordinal()
