"""What the archive answers: hits, results and stats. Frozen values, no I/O."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from newsarchive.base.dates import PartialDate
from newsarchive.base.frozen import frozen
from newsarchive.model import Article
from newsarchive.search.text.snippets import Snippet

if TYPE_CHECKING:
    import pandas
    import pyarrow

# The version of the JSON documents; fields may be added within a version, never renamed.
JSON_FORMAT = 1


@frozen
class AlsoIn:
    """Another copy of a story that a hit stands for."""

    id: int
    publisher: str | None
    date_published: PartialDate | None

    def to_dict(self) -> dict[str, Any]:
        """The JSON form."""
        published = self.date_published
        day = None if published is None else published.isoformat()
        return {"id": self.id, "publisher": self.publisher, "date_published": day}


@frozen
class Hit:
    """An article that matches. ``score`` is 0 where the order is not by relevance.

    ``snippet`` is of the description or text, ``headline`` whole, both with their matches.
    ``partial``: it holds some of the words only, and counts in no total. ``also``: other
    copies among the matches, where stories were asked for; else None.
    """

    article: Article
    score: float
    snippet: Snippet
    headline: Snippet
    partial: bool = False
    also: tuple[AlsoIn, ...] | None = None

    @property
    def id(self) -> int | None:
        """The number of the article in its archive."""
        return self.article.id

    def __repr__(self) -> str:
        # Quiet: a page of hits is looked at in a console, and its texts fill the screen.
        article = self.article
        where = article.publisher or "publisher not stated"
        return f"<Hit {self.id}: {article.headline!r}, {article.date_published or 'undated'}, {where}>"

    def to_dict(self) -> dict[str, Any]:
        """The JSON form."""
        article = self.article
        published, confidence = article.date_published, article.date_confidence
        return {
            "id": article.id,
            "score": round(self.score, 4),
            "partial": self.partial,
            "headline": article.headline,
            "publisher": article.publisher,
            "authors": list(article.authors),
            "date_published": None if published is None else published.isoformat(),
            "date_confidence": None if confidence is None else confidence.value,
            "url": article.url,
            "language": article.language,
            "snippet": str(self.snippet),
            **({} if self.also is None else {"also": [each.to_dict() for each in self.also]}),
        }


@frozen
class MarkedArticle:
    """An article with the matches of a query in it; ``text`` keeps its paragraphs."""

    article: Article
    headline: Snippet
    description: Snippet
    text: Snippet


@frozen
class Suggestion:
    """A query spelled otherwise, which ``total`` articles match."""

    query: str
    total: int


@frozen
class Results:
    """One page of hits, with the exact ``total`` and facets of all matches.

    Where fewer than a page hold all the words, the best partial ones follow.
    Where nothing matches, ``suggestions`` are queries that do, with words of the
    archive in the place of words that it lacks.
    """

    query: str
    total: int
    hits: Sequence[Hit]
    facets: Mapping[str, Mapping[str, int]]
    suggestions: Sequence[Suggestion] = ()

    def __iter__(self) -> Iterator[Hit]:
        return iter(self.hits)

    def __len__(self) -> int:
        return len(self.hits)

    def __getitem__(self, place: int) -> Hit:
        return self.hits[place]

    def __repr__(self) -> str:
        return f"<Results of {self.query!r}: {len(self.hits):,} of {self.total:,}>"

    def _repr_html_(self) -> str:
        """A table for notebooks; all that comes from articles is escaped."""
        # Imported here: a search needs none of it.
        from html import escape

        def row(hit: Hit) -> str:
            article = hit.article
            cells = (hit.id, article.headline, article.date_published, article.publisher, str(hit.snippet))
            return "".join(f"<td>{escape('' if cell is None else str(cell))}</td>" for cell in cells)

        head = "".join(f"<th>{name}</th>" for name in ("id", "headline", "date", "publisher", "snippet"))
        rows = "".join(f"<tr>{row(hit)}</tr>" for hit in self.hits)
        return f"<p>{escape(repr(self)[1:-1])}</p><table><tr>{head}</tr>{rows}</table>"

    def to_arrow(self) -> pyarrow.Table:
        """The articles of the hits as a table of Arrow, with ``score`` and ``snippet``; the extra ``data``.

        Dates are timestamps of the source's wall clock, with the date as stated beside.
        Raises ExportError where pyarrow is not installed.
        """
        from newsarchive.export.tables.arrow_tables import arrow_table

        scores, snippets = [hit.score for hit in self.hits], [str(hit.snippet) for hit in self.hits]
        return arrow_table([hit.article for hit in self.hits], score=scores, snippet=snippets)

    def to_pandas(self) -> pandas.DataFrame:
        """The same as a data frame. Raises ExportError."""
        return self.to_arrow().to_pandas()

    def to_dict(self) -> dict[str, Any]:
        """The JSON form."""
        return {
            "format": JSON_FORMAT,
            "query": self.query,
            "total": self.total,
            "hits": [hit.to_dict() for hit in self.hits],
            "facets": {name: dict(counts) for name, counts in self.facets.items()},
            "suggestions": [{"query": each.query, "total": each.total} for each in self.suggestions],
        }


@frozen
class FoundIds:
    """One page of the ids of matches, in order, with the exact ``total`` of all."""

    query: str
    total: int
    ids: Sequence[int]

    def __iter__(self) -> Iterator[int]:
        return iter(self.ids)

    def __len__(self) -> int:
        return len(self.ids)


@frozen(kw_only=True)
class Stats:
    """What an archive holds. Sizes in bytes; ``pending`` counts changes that the index lacks."""

    name: str
    uuid: str
    articles: int
    revisions: int
    captures: int
    failed_captures: int
    undated: int
    first_published: date | None
    last_published: date | None
    publishers: Mapping[str, int]
    languages: Mapping[str, int]
    snapshots_bytes: int
    database_bytes: int
    index_bytes: int
    engine: str
    pending: int

    @property
    def index_up_to_date(self) -> bool:
        """Whether the index holds every change."""
        return self.pending == 0

    def to_dict(self) -> dict[str, Any]:
        """The JSON form."""
        return {
            "format": JSON_FORMAT,
            "name": self.name,
            "uuid": self.uuid,
            "articles": self.articles,
            "revisions": self.revisions,
            "captures": self.captures,
            "failed_captures": self.failed_captures,
            "undated": self.undated,
            "first_published": None if self.first_published is None else self.first_published.isoformat(),
            "last_published": None if self.last_published is None else self.last_published.isoformat(),
            "publishers": dict(self.publishers),
            "languages": dict(self.languages),
            "snapshots_bytes": self.snapshots_bytes,
            "database_bytes": self.database_bytes,
            "index": {
                "engine": self.engine,
                "up_to_date": self.index_up_to_date,
                "pending": self.pending,
                "bytes": self.index_bytes,
            },
        }
