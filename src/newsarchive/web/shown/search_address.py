"""A search as an address: everything that a view shows stands in it, so that it can be kept and sent."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from starlette.datastructures import QueryParams

from newsarchive.search.engines import Sort
from newsarchive.web.shown.ticks import can_be_ticked, limit

PAGE_SIZE = 20
# What is counted beside the matches, in this order, and can be ticked.
TICKED = ("publisher", "section", "author", "keyword", "language")
GROUPS = ("publisher", "day")
# As deep as anybody turns pages.
_LAST_PAGE = 50_000
_MOST_TICKS = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchAddress:
    """``ticks`` are (facet, value) in order; ``after`` and ``before`` are dates as typed."""

    query: str = ""
    ticks: tuple[tuple[str, str], ...] = ()
    after: str = ""
    before: str = ""
    sort: str = ""
    group: str = ""
    page: int = 1

    @classmethod
    def of(cls, parameters: QueryParams) -> SearchAddress:
        """What the parameters of an address ask for; what can't be meant is left out."""
        ticks = tuple(
            dict.fromkeys(
                (name, value)
                for name, value in parameters.multi_items()
                if name in TICKED and can_be_ticked(name, value)
            )
        )
        return cls(
            query=parameters.get("q", "").strip(),
            ticks=ticks[:_MOST_TICKS],
            after=parameters.get("after", "").strip(),
            before=parameters.get("before", "").strip(),
            sort=_known(parameters.get("sort"), Sort),
            group=_known(parameters.get("group"), GROUPS),
            page=_page(parameters.get("page", "1")),
        )

    @property
    def is_narrowed(self) -> bool:
        """Whether anything beside the query limits the matches."""
        return bool(self.ticks or self.after or self.before)

    @property
    def offset(self) -> int:
        """How many matches stand on the pages before."""
        return (self.page - 1) * PAGE_SIZE

    @property
    def full_query(self) -> str:
        """The query with what is ticked, in the query language."""
        return self.query_without("")

    def query_without(self, facet: str) -> str:
        """The query with what is ticked of the other facets."""
        limits = list(self._limits(facet))
        if not limits:
            return self.query
        return " ".join([*([f"({self.query})"] if self.query else []), *limits])

    def _limits(self, but: str) -> Iterator[str]:
        for facet in TICKED:
            wanted = [limit(name, value) for name, value in self.ticks if name == facet != but]
            if wanted:
                yield wanted[0] if len(wanted) == 1 else f"({' OR '.join(wanted)})"

    def values(self, facet: str) -> tuple[str, ...]:
        """What is ticked of a facet."""
        return tuple(value for name, value in self.ticks if name == facet)

    def ticked(self, facet: str, value: str) -> SearchAddress:
        """The same with a value ticked."""
        return replace(self, ticks=(*self.ticks, (facet, value)), page=1)

    def unticked(self, facet: str, value: str) -> SearchAddress:
        """The same with a tick less."""
        return replace(self, ticks=tuple(tick for tick in self.ticks if tick != (facet, value)), page=1)

    def between(self, after: str, before: str) -> SearchAddress:
        """The same for other days."""
        return replace(self, after=after, before=before, page=1)

    def on_page(self, number: int) -> SearchAddress:
        """Another page of the same."""
        return replace(self, page=number)

    def asking(self, query: str) -> SearchAddress:
        """Another query with nothing ticked."""
        return SearchAddress(query=query, sort=self.sort)

    def parameters(self) -> list[tuple[str, str]]:
        """What the address is made of; what stays as it is left out."""
        page = "" if self.page == 1 else str(self.page)
        pairs: Iterable[tuple[str, str]] = (
            ("q", self.query),
            ("after", self.after),
            ("before", self.before),
            ("sort", self.sort),
            ("group", self.group),
            ("page", page),
        )
        return [*(pair for pair in pairs if pair[1]), *self.ticks]

    def href(self, path: str = "/") -> str:
        """The address, below a path."""
        return f"{path}?{urlencode(self.parameters(), errors='replace')}" if self.parameters() else path

    def __str__(self) -> str:
        return self.href()


def _known(value: str | None, known: Iterable[str]) -> str:
    return value if value is not None and value in list(known) else ""


def _page(text: str) -> int:
    is_number = text.isascii() and text.isdecimal() and len(text) < 9
    return min(_LAST_PAGE, max(1, int(text))) if is_number else 1
