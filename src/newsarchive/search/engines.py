"""What a search engine is to the archive, and the engines there are: ``ENGINES``, by name.

An engine holds nothing that can't be rebuilt from the store. It is told of
changes in the order of the store's change counter, remembers the last one it
has applied together with the archive's uuid, and answers queries with ids.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType
from typing import Protocol

from newsarchive.base.frozen import frozen
from newsarchive.errors import EngineError
from newsarchive.model import IndexChange
from newsarchive.query.ast import Query, TextField


class Sort(StrEnum):
    """The order of hits. Articles without a date, or a publisher, come last in every order by it.

    By publisher is alphabetical, by capture from the last day of capture on. RECENT
    is relevance that fades with age: of an article a year older than the newest of
    the archive half is left, of one two years older a third.
    """

    RELEVANCE = "relevance"
    NEWEST = "newest"
    OLDEST = "oldest"
    PUBLISHER = "publisher"
    CAPTURED = "captured"
    RECENT = "recent"


class FacetField(StrEnum):
    """What matches can be counted by."""

    PUBLISHER = "publisher"
    LANGUAGE = "language"
    SECTION = "section"
    AUTHOR = "author"
    KEYWORD = "keyword"
    YEAR = "year"
    MONTH = "month"
    DAY = "day"


class MarkFacet(StrEnum):
    """What matches can be counted by that people put on them: the archive counts these, and no engine."""

    TAG = "tag"
    COLLECTION = "collection"


@frozen(kw_only=True)
class SearchRequest:
    """What to search, and how much of the answer to give. ``limit`` None means all matches.

    ``hints`` raise the score of the best matches, where they hold for them, and change
    nothing about what matches. ``languages`` are the languages that the archive holds, as primary BCP 47
    subtags: a query word is looked up in the inflected forms of each.
    """

    query: Query
    sort: Sort = Sort.RELEVANCE
    limit: int | None = 20
    offset: int = 0
    facets: Sequence[FacetField] = ()
    hints: Sequence[Query] = ()
    languages: frozenset[str] = frozenset()


@frozen
class Match:
    """An article that matches, by its id; ``score`` is 0 where the sort is not by relevance."""

    article_id: int
    score: float


@frozen
class Matches:
    """The answer of an engine. ``total`` and facet counts are exact and cover all matches.

    A facet maps value to count, highest count first (year, month and day: in
    order of time). Articles that lack the field are counted under "", which comes last;
    a date less precise than the period under what it states. So the counts of a field
    with one value an article add up to ``total``.
    """

    total: int
    matches: Sequence[Match]
    facets: Mapping[FacetField, Mapping[str, int]] = MappingProxyType({})


class TermStatistics(Protocol):
    """What an engine that counts terms can tell of them."""

    def frequencies(self, terms: Iterable[str]) -> Mapping[str, int]:
        """How many articles have each term of the analysis in headline, description or text.

        Terms that none has are left out; articles that are gone may count for a while.
        """


class Speller(Protocol):
    """What an engine that lists its terms can tell of their spelling."""

    def spellings(
        self, terms: Collection[str], *, edits: int, field: TextField = TextField.ANY
    ) -> Mapping[str, Mapping[str, int]]:
        """The terms of a field at most ``edits`` edits away from each of these, with their frequencies."""


class Engine(Protocol):
    """Answers queries over the articles it has been told of.

    Every method may raise IndexUnavailable, whose hint names the command that
    repairs. Ties in an order are broken by id, so that pages never overlap.
    """

    @property
    def statistics(self) -> TermStatistics | None:
        """What counts terms; None where the engine can't: then nothing is similar or related."""

    @property
    def speller(self) -> Speller | None:
        """What finds spellings; None where the engine can't: then no other spelling is suggested."""

    def last_change(self) -> int | None:
        """The last change applied; None if there is no usable index of this archive.

        None (no index, another archive's, another version, damaged) means: rebuild
        with ``clear`` and ``apply`` from the first change.
        """

    def apply(self, changes: Iterable[IndexChange], *, bulk: bool = False) -> None:
        """Index changes in order and commit them together with the last one's number.

        May be called with many changes: commits in steps of bounded memory, so that
        a killed run goes on where its last step ended. ``bulk`` tells that very many come.
        """

    def search(self, request: SearchRequest) -> Matches:
        """Answer a request. Raises QueryError for a query that is too costly."""

    def clear(self) -> None:
        """Drop all that is indexed."""

    def check(self) -> Sequence[str]:
        """Read the whole index; describe each fault found."""

    def close(self) -> None:
        """Release files and memory; closing twice is harmless."""


@frozen
class EnginePlace:
    """Where an engine may keep files, and the uuid of the archive that it serves.

    ``settings`` is the table of newsarchive.toml that has the engine's name.
    """

    folder: Path
    archive: str
    settings: Mapping[str, object] = MappingProxyType({})


def _whoosh(place: EnginePlace) -> Engine:
    # Imported here, as every engine is: an archive needs no other than its own.
    from newsarchive.search.whoosh.engine import WhooshEngine

    refuse_settings("whoosh", place.settings)
    return WhooshEngine(place.folder / "whoosh", archive=place.archive)


ENGINES: dict[str, Callable[[EnginePlace], Engine]] = {"whoosh": _whoosh}


def check_engine(name: str) -> None:
    """Raise EngineError for an engine that is not known."""
    if name not in ENGINES:
        raise EngineError(
            f"there is no search engine {name[:40]!r}",
            hint=f"known engines: {', '.join(ENGINES)}; newsarchive.toml names the one of an archive",
        )


def open_engine(name: str, place: EnginePlace) -> Engine:
    """The engine of an archive. Raises EngineError for one that is not known, or settings it doesn't take."""
    check_engine(name)
    return ENGINES[name](place)


def refuse_settings(name: str, settings: Mapping[str, object], known: Collection[str] = ()) -> None:
    """Raise EngineError for settings that an engine doesn't know."""
    strange = sorted(settings.keys() - set(known))
    if strange:
        raise EngineError(
            f"the engine {name} has no setting {strange[0][:40]!r}",
            hint=f"known settings: {', '.join(known)}"
            if known
            else f"it takes none: remove the table [{name}]",
        )
