"""Saved searches: run again, compared with the run before, watched, and cited."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from newsarchive.answers.holdings import ThreadHoldings
from newsarchive.answers.results import JSON_FORMAT, Hit
from newsarchive.answers.search import parse_today
from newsarchive.base.dates import utc_text
from newsarchive.base.progress import ProgressCallback, counted
from newsarchive.errors import Hint, QueryError, Remedy, SavedSearchNotFound, StoreError
from newsarchive.query import Resolver, format_query
from newsarchive.search.engines import Match, Sort
from newsarchive.store.search_runs import (
    ArticleState,
    RunKind,
    SavedSearch,
    SearchRun,
    SearchStore,
    digest_of,
)

if TYPE_CHECKING:
    from newsarchive.answers.batch.asked_queries import Queries

# Names that can be typed after ``query:`` without quotes, and used as the name of a file.
_NAME = re.compile(r"[^\W_][\w.-]{0,63}")


@dataclass(frozen=True, slots=True, kw_only=True)
class RunReport:
    """What a saved search found, and how that differs from an earlier run of it.

    Ids are in the order of hits, the newest first; ``changed`` articles match as
    before with another headline or text. Without an earlier run (``since`` None)
    all that was found is ``added``.
    """

    archive_name: str
    run: SearchRun
    since: SearchRun | None
    found: Mapping[int, ArticleState]
    added: Sequence[int]
    removed: Sequence[int]
    changed: Sequence[int]

    @property
    def has_news(self) -> bool:
        """Whether there are articles that the earlier run had not."""
        return bool(self.added)

    @property
    def method(self) -> str:
        """A paragraph that says what was searched, when, with what, and what came of it."""
        return " ".join(_method(self))

    def to_dict(self) -> dict[str, Any]:
        """The JSON form."""
        return {
            "format": JSON_FORMAT,
            **run_dict(self.run),
            "since": None if self.since is None else run_dict(self.since),
            "added": list(self.added),
            "removed": list(self.removed),
            "changed": list(self.changed),
            "method": self.method,
        }


def run_dict(run: SearchRun) -> dict[str, Any]:
    """The JSON form of a run."""
    return {
        "name": run.name,
        "run": run.id,
        "kind": run.kind.value,
        "query": run.query,
        "resolved": run.resolved,
        "run_at": utc_text(run.run_at),
        "version": run.version,
        "archive": {
            "uuid": run.archive,
            "last_change": run.last_change,
            "articles": run.articles,
            "captures": run.captures,
        },
        "total": run.total,
        "digest": run.digest,
    }


class SavedSearches:
    """The searches saved in an archive. Raises SavedSearchNotFound for a name that is none."""

    def __init__(self, holdings: ThreadHoldings) -> None:
        self._holdings = holdings

    def __iter__(self) -> Iterator[SavedSearch]:
        return iter(self._store.all())

    def get(self, name: str) -> SavedSearch:
        """One saved search."""
        return self._store.get(name)

    def add(self, name: str, query: str, *, replace: bool = False) -> SavedSearch:
        """Save a query under a name. Raises QueryError, and StoreError for a name that is taken.

        Relative dates stay as typed, and count from the day of each run.
        """
        if _NAME.fullmatch(name) is None:
            raise _unusable(name)
        # As if it were saved already, so that one that leads back to itself is refused now.
        parse_today(query, saved=lambda other: query if other == name else self.query_of(other))
        search = SavedSearch(name, query, _now())
        self._store.put(search, replace=replace)
        return self._store.get(name)

    def add_set(self, name: str, queries: Queries) -> Sequence[SavedSearch]:
        """Save the queries of a batch as a set: ``NAME/0001`` and so on, in their order.

        Raises QueryError for the first that can't be understood, before any is saved.
        """
        from newsarchive.answers.batch.asked_queries import asked_queries

        asked = list(dict.fromkeys(each.query for each in asked_queries(queries)))
        if _NAME.fullmatch(name) is None:
            raise _unusable(name)
        if self.set_of(name):
            raise StoreError(f"there is a set {name} already", hint="remove it, or choose another name")
        for query in asked:
            _check(query, self.query_of)
        digits = max(4, len(str(len(asked))))
        searches = [
            SavedSearch(f"{name}/{number:0{digits}}", query, _now()) for number, query in enumerate(asked, 1)
        ]
        for search in searches:
            self._store.put(search, replace=False)
        return searches

    def set_of(self, name: str) -> Sequence[SavedSearch]:
        """The searches of a set, in their order; none where no set has this name."""
        return [each for each in self if each.name.startswith(f"{name}/")]

    def run_set(self, name: str, *, progress: ProgressCallback | None = None) -> Sequence[RunReport]:
        """Run all searches of a set, each compared with its last run. Raises SavedSearchNotFound."""
        searches = self.set_of(name)
        if not searches:
            raise SavedSearchNotFound(name)
        return [self.run(each.name) for each in counted(searches, progress, "searching", len(searches))]

    def query_of(self, name: str) -> str | None:
        """What ``query:NAME`` stands for; None if no search has this name."""
        return self._store.query_of(name)

    def users_of(self, name: str) -> list[str]:
        """The saved searches whose queries name this one."""
        return [each.name for each in self if name in _named_in(each.query)]

    def remove(self, name: str) -> None:
        """Forget a search and all of its runs."""
        self._store.remove(name)

    def runs(self, name: str) -> list[SearchRun]:
        """The runs of a search, oldest first; of watches only the last is kept."""
        self._store.get(name)
        return self._store.runs(name)

    def run(
        self, name: str, *, since: int | None = None, progress: ProgressCallback | None = None
    ) -> RunReport:
        """Run a search, keep what it found, and compare that with run ``since``, else with the last kept."""
        earlier = self._earlier(name, self.runs(name), since)
        return self._record(self._report(name, RunKind.RUN, earlier, progress))

    def cited(
        self, name: str, *, since: int | None = None, progress: ProgressCallback | None = None
    ) -> RunReport:
        """The report of the last run that was kept, as it was then; where none was, the search is run."""
        kept = [run for run in self.runs(name) if run.kind is RunKind.RUN]
        if not kept or kept[-1].id is None:
            return self.run(name, since=since, progress=progress)
        last = kept[-1]
        earlier = self._earlier(name, kept[:-1], since)
        return self._compared(last, earlier, self._store.states_of_run(kept[-1].id))

    @staticmethod
    def _earlier(name: str, runs: Sequence[SearchRun], since: int | None) -> SearchRun | None:
        """The run to compare with: ``since``, else the last one that was kept."""
        if since is None:
            return next((run for run in reversed(runs) if run.kind is RunKind.RUN), None)
        chosen = next((run for run in runs if run.id == since), None)
        if chosen is None:
            raise StoreError(f"{name} has no run {since}", hint=Hint("list its runs", Remedy.LIST_RUNS, name))
        return chosen

    def watch(self, name: str, *, progress: ProgressCallback | None = None) -> RunReport:
        """Run a search and compare it with its last run of either kind. Nothing is kept.

        Once the news has reached whom it is for, ``acknowledge`` the report: then the
        next watch begins where this one ended, and a watch that is cut off loses nothing.
        """
        earlier = self.runs(name)
        return self._report(name, RunKind.WATCH, earlier[-1] if earlier else None, progress)

    def acknowledge(self, report: RunReport) -> RunReport:
        """Keep what a watch found, in place of the search's last watch."""
        return self._record(report)

    def hits(self, report: RunReport, ids: Sequence[int]) -> Iterator[Hit]:
        """Articles of a report with snippets, lazily; those that are gone are left out."""
        tree = parse_today(report.run.resolved)
        return self._holdings.here.searcher.hits(tree, [Match(article_id, 0.0) for article_id in ids])

    @property
    def _store(self) -> SearchStore:
        here = self._holdings.here
        return SearchStore(here.folder, here.connection)

    def _report(
        self, name: str, kind: RunKind, since: SearchRun | None, progress: ProgressCallback | None
    ) -> RunReport:
        query = self._store.get(name).query
        tree = parse_today(query, saved=self.query_of)
        moment = _now()
        here = self._holdings.here
        matches = here.searcher.all_matches(tree, Sort.NEWEST, progress=progress)
        searched_to, counts = (
            here.searcher.searched_to(),
            here.reader.counts.counts(),
        )
        ids = [match.article_id for match in matches.matches]
        states = self._store.states_now(ids)
        found = {article_id: states[article_id] for article_id in ids if article_id in states}
        run = SearchRun(
            id=None,
            name=name,
            kind=kind,
            query=query,
            resolved=format_query(tree),
            run_at=moment,
            version=_version(),
            archive=self._holdings.manifest.uuid,
            last_change=searched_to,
            articles=counts["articles"],
            captures=counts["captures"],
            total=len(found),
            digest=digest_of(found.values()),
        )
        return self._compared(run, since, found)

    def _compared(
        self, run: SearchRun, since: SearchRun | None, found: Mapping[int, ArticleState]
    ) -> RunReport:
        before = {} if since is None or since.id is None else self._store.states_of_run(since.id)
        return RunReport(
            archive_name=self._holdings.manifest.name,
            run=run,
            since=since,
            found=found,
            added=[each for each in found if each not in before],
            removed=[each for each in before if each not in found],
            changed=[each for each in found if each in before and found[each].sha256 != before[each].sha256],
        )

    def _record(self, report: RunReport) -> RunReport:
        run_id = self._store.record(report.run, report.found.values())
        return replace(report, run=replace(report.run, id=run_id))


def _unusable(name: str) -> StoreError:
    return StoreError(
        f"{name!r} can't name a saved search",
        hint="use letters, digits, '-', '_' and '.', at most 64, the first a letter or digit",
    )


def _check(query: str, saved: Resolver) -> None:
    try:
        parse_today(query, saved=saved)
    except QueryError as error:
        raise QueryError(f"{query}: {error.message}", hint=error.hint) from error


def _named_in(query: str) -> set[str]:
    """The saved searches that a query names itself; none where it can't be read any more."""
    named: set[str] = set()

    def note(name: str) -> str:
        named.add(name)
        # Any query stands in: what the other one asks for is of no concern here.
        return "any"

    with suppress(QueryError):
        parse_today(query, saved=note)
    return named


def _now() -> datetime:
    # To the second, as it is stored: a run equals itself read back.
    return datetime.now(UTC).replace(microsecond=0)


def _version() -> str:
    # Imported here: it takes 30 ms, and only runs need it.
    from importlib.metadata import version

    return version("newsarchive")


def _method(report: RunReport) -> Iterator[str]:
    run = report.run
    understood = "" if run.resolved == run.query else f", read as [{run.resolved}]"
    yield (
        f"The archive “{report.archive_name}” ({run.archive}; {_count(run.articles, 'article')} from "
        f"{_count(run.captures, 'capture')}, state {run.last_change}) was searched on {_moment(run)} "
        f"with newsarchive {run.version} for [{run.query}]{understood}."
    )
    kept = "" if run.id is None else f"run {run.id} of "
    yield (
        f"{_count(run.total, 'article')} matched. The result is {kept}the saved search “{run.name}”; the "
        f"SHA-256 digest over the number and text digest of each article is {run.digest}."
    )
    if report.since is not None:
        yield _comparison(report, report.since)


def _comparison(report: RunReport, since: SearchRun) -> str:
    if since.digest == report.run.digest:
        return f"It equals the result of run {since.id} of {_moment(since)}."
    other = "" if since.query == report.run.query else f" (for [{since.query}])"
    return (
        f"Since run {since.id} of {_moment(since)}{other}, {len(report.added):,} were added, "
        f"{len(report.removed):,} removed and {len(report.changed):,} changed."
    )


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _moment(run: SearchRun) -> str:
    return f"{run.run_at:%Y-%m-%d at %H:%M} UTC"
