"""A batch: what each of many queries finds, as a table, and their matches as one export."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from newsarchive.answers.batch.asked_queries import AskedQuery
from newsarchive.answers.holdings import Holdings, ThreadHoldings
from newsarchive.answers.results import JSON_FORMAT
from newsarchive.answers.search import Question
from newsarchive.base import arguments
from newsarchive.base.progress import ProgressCallback, counted
from newsarchive.base.whole_files import Output
from newsarchive.errors import QueryError
from newsarchive.model import Article
from newsarchive.search.engines import FacetField

_STAGE = "searching"


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchLine:
    """What one query of a batch found: how many, the first and last day, as stated, and the best articles.

    ``error`` says why it could not be answered; then nothing else is known.
    """

    line: int
    query: str
    total: int = 0
    first: str | None = None
    last: str | None = None
    top: Sequence[Article] = field(default=(), repr=False)
    error: QueryError | None = None

    def to_dict(self) -> dict[str, Any]:
        """The JSON form."""
        error = self.error
        return {
            "line": self.line,
            "query": self.query,
            "total": self.total,
            "first": self.first,
            "last": self.last,
            "hits": [_hit(article) for article in self.top],
            "error": None if error is None else {"message": error.message, "hint": error.hint},
        }


@dataclass(frozen=True, slots=True)
class BatchResults:
    """What the queries of a batch found, in their order."""

    lines: Sequence[BatchLine]

    def __iter__(self) -> Iterator[BatchLine]:
        return iter(self.lines)

    def __len__(self) -> int:
        return len(self.lines)

    @property
    def found(self) -> int:
        """How many queries found something."""
        return sum(line.total > 0 for line in self.lines)

    @property
    def failed(self) -> Sequence[BatchLine]:
        """Those that could not be answered."""
        return [line for line in self.lines if line.error is not None]

    def to_dict(self) -> dict[str, Any]:
        """The JSON form."""
        return {"format": JSON_FORMAT, "queries": [line.to_dict() for line in self.lines]}


@dataclass(frozen=True, slots=True)
class BatchExport:
    """What was written of a batch: rows, one for each article that a query found, and what was left out."""

    rows: int
    failed: Sequence[BatchLine]


class Batch:
    """Many queries, each asked as ``search`` asks one; nothing is asked before an answer is wanted."""

    def __init__(
        self,
        holdings: ThreadHoldings,
        asked: Sequence[AskedQuery],
        common: Question,
        progress: ProgressCallback | None,
    ) -> None:
        self._holdings = holdings
        self._asked = asked
        self._common = common
        self._progress = progress

    def __len__(self) -> int:
        return len(self._asked)

    def results(self, *, top: int = 3) -> BatchResults:
        """How many articles each query finds, from when to when, and the best ``top`` of them."""
        number = arguments.whole_number("top", top, least=0)
        here = self._holdings.here
        asked = counted(self._asked, self._progress, _STAGE, len(self._asked))
        return BatchResults([self._line(each, here, number) for each in asked])

    def export(self, *, to: Output, format: str | None = None, **options: object) -> BatchExport:  # noqa: A002
        """Write all matches of all queries, each with its query beside it. Raises ExportError."""
        from newsarchive.answers.exports.exporting import Destination, export_found

        here = self._holdings.here
        target = Destination.of(to, format, options, archive=here.folder)
        found, failed = dict[str, Sequence[int]](), list[BatchLine]()
        for each in counted(self._asked, self._progress, _STAGE, len(self._asked)):
            question = replace(self._common, query=each.query)
            try:
                found[each.query] = here.searcher.ids(question, limit=None).ids
            except QueryError as error:
                failed.append(BatchLine(line=each.line, query=each.query, error=error))
        return BatchExport(export_found(found, here, target, self._progress), failed)

    def _line(self, asked: AskedQuery, here: Holdings, top: int) -> BatchLine:
        question = replace(self._common, query=asked.query)
        try:
            matches = here.searcher.page(question, limit=top, facets=(FacetField.DAY,))
        except QueryError as error:
            return BatchLine(line=asked.line, query=asked.query, error=error)
        days = [day for day in matches.facets[FacetField.DAY] if day]
        return BatchLine(
            line=asked.line,
            query=asked.query,
            total=matches.total,
            first=min(days, default=None),
            last=max(days, default=None),
            top=here.reader.articles.articles([match.article_id for match in matches.matches]),
        )


def _hit(article: Article) -> dict[str, Any]:
    published = article.date_published
    return {
        "id": article.id,
        "headline": article.headline,
        "publisher": article.publisher,
        "date_published": None if published is None else published.isoformat(),
        "url": article.url,
    }
