"""From a query as typed to what matches: dates joined in, sort chosen, listings kept off the index."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime

from newsarchive.answers.results import FoundIds, Hit, MarkedArticle, Results
from newsarchive.base import arguments
from newsarchive.base.dates import DateInterval, PartialDate
from newsarchive.base.frozen import frozen
from newsarchive.base.progress import ProgressCallback
from newsarchive.errors import QueryError
from newsarchive.pipeline.index_sync import ArchiveIndex
from newsarchive.query import DateField, DateRange, Everything, Query, Resolver, all_of, parse
from newsarchive.query.any_word import any_word, close_words
from newsarchive.query.ast import Among, And, Boost, Or, Text, names_marks, negation
from newsarchive.search.engines import FacetField, MarkFacet, Match, Matches, SearchRequest, Sort
from newsarchive.search.text.snippets import Openings, Snippets
from newsarchive.store.reading.store_reader import StoreReader

# A day as typed, in any form that queries take, or as a value.
Day = str | date | PartialDate


@frozen(kw_only=True)
class Question:
    """What is asked for: a query, the days of publication it is limited to, and the order of the answer.

    ``any_word``: articles with any of the words answer it, not only those with all.
    ``collapse``: of the copies of a story, the first in that order answers it alone.
    """

    query: str
    after: Day | None = None
    before: Day | None = None
    sort: Sort | str | None = None
    any_word: bool = False
    collapse: bool = False

    @classmethod
    def of(cls, asked: str | Question) -> Question:
        """The question itself, or the one of a query alone."""
        return asked if isinstance(asked, Question) else cls(query=asked)

    def tree(self, saved: Resolver) -> Query:
        """The query with its days and what saved searches stand for. Raises QueryError."""
        tree = parse_today(arguments.text("query", self.query), saved=saved)
        if self.any_word:
            tree = any_word(tree) or tree
        if self.after is None and self.before is None:
            return tree
        days = days_between(self.after, self.before, today=date.today())
        return all_of((tree, DateRange(DateField.PUBLISHED, days)))

    def explained(self, saved: Resolver) -> str:
        """How the query was understood, in words. Raises QueryError."""
        # explain is imported here, since a search has no use for it.
        from newsarchive.query.explain import explain

        return explain(self.tree(saved), today=date.today())

    def order(self, tree: Query) -> Sort:
        """The order: as asked for, else by relevance where there are words to rank by."""
        if self.sort is None:
            return Sort.RELEVANCE if _has_words(tree) else Sort.NEWEST
        try:
            return Sort(self.sort)
        except ValueError:
            raise QueryError(f"can't sort by {self.sort}", hint=f"known: {', '.join(Sort)}") from None


def parse_today(query: str, *, saved: Resolver | None = None) -> Query:
    """Parse a query by the clock: its days are those of where the process runs, of captures those of UTC."""
    return parse(query, today=date.today(), today_utc=datetime.now(UTC).date(), saved=saved)


def days_between(after: Day | None, before: Day | None, *, today: date) -> DateInterval:
    """The days that two dates as typed leave open between them, both included. Raises QueryError."""
    interval = DateInterval(
        None if after is None else _days_of("after", after, today=today).earliest,
        None if before is None else _days_of("before", before, today=today).latest,
    )
    if interval.earliest and interval.latest and interval.earliest > interval.latest:
        raise QueryError(f"nothing lies after {after} and before {before}", hint="swap the two dates")
    return interval


def _days_of(name: str, day: Day, *, today: date) -> DateInterval:
    match day:
        case PartialDate():
            return day.interval
        case datetime():
            return DateInterval(day.date(), day.date())
        case date():
            return DateInterval(day, day)
        case _:
            # Imported here: python-dateutil takes its time, and few searches name days this way.
            from newsarchive.query.typed_dates import parse_date

            return parse_date(arguments.text(name, day), today=today)


# The family of each of some articles, by its smallest id.
FamiliesOf = Callable[[Sequence[int], ProgressCallback | None], Mapping[int, int]]


class Searcher:
    """Answers questions from the index, or from SQLite alone where that is enough."""

    def __init__(
        self,
        reader: StoreReader,
        index: ArchiveIndex,
        saved: Resolver,
        connection: sqlite3.Connection,
        families: FamiliesOf,
    ) -> None:
        self._reader = reader
        self._index = index
        self._saved = saved
        self._db = connection
        self._families = families

    def results(
        self,
        question: Question,
        *,
        limit: int | None,
        offset: int,
        facets: Sequence[FacetField | MarkFacet | str],
        progress: ProgressCallback | None,
    ) -> Results:
        """One page of hits with snippets. Raises QueryError."""
        _check_page(limit, offset)
        tree = question.tree(self._saved)
        wanted = list(map(_facet, facets))
        order = question.order(tree)
        if question.collapse:
            return self._collapsed(
                question, tree, limit=limit, offset=offset, wanted=wanted, progress=progress
            )
        matches = self._match(tree, order, limit, offset, _of_engines(wanted), progress)
        hits = list(self.hits(tree, matches.matches))
        if order in (Sort.RELEVANCE, Sort.RECENT) and limit is not None and len(matches.matches) < limit:
            room = limit - len(matches.matches)
            partial = self.partial_matches(tree, order, limit=room, offset=max(0, offset - matches.total))
            hits += self.hits(tree, partial, partial=True)
        counts = self._counts(tree, matches, wanted)
        return Results(question.query, matches.total, hits, counts)

    def _collapsed(
        self,
        question: Question,
        tree: Query,
        *,
        limit: int | None,
        offset: int,
        wanted: Sequence[FacetField | MarkFacet],
        progress: ProgressCallback | None,
    ) -> Results:
        """One hit a story: total and facets count stories, each as its first copy in the order."""
        from newsarchive.answers.copies.collapsing import also_in

        order = question.order(tree)
        stories = self._stories(tree, order, progress)
        chosen = all_of((tree, Among(frozenset(stories))))
        matches = self._match(chosen, order, limit, offset, _of_engines(wanted), progress)
        hits = [
            replace(hit, also=also_in(stories.get(hit.id or 0, ()), self._reader.articles))
            for hit in self.hits(tree, matches.matches)
        ]
        return Results(question.query, matches.total, hits, self._counts(chosen, matches, wanted))

    def _stories(self, tree: Query, order: Sort, progress: ProgressCallback | None) -> dict[int, list[int]]:
        from newsarchive.answers.copies.collapsing import stories_of

        ids = [match.article_id for match in self.all_matches(tree, order, progress=progress).matches]
        return stories_of(ids, self._families(ids, progress))

    def _counts(
        self, tree: Query, matches: Matches, wanted: Sequence[FacetField | MarkFacet]
    ) -> dict[str, Mapping[str, int]]:
        marked = self._mark_counts(tree, wanted)
        return {
            field.value: dict(marked[field] if isinstance(field, MarkFacet) else matches.facets[field])
            for field in wanted
        }

    def _mark_counts(
        self, tree: Query, wanted: Sequence[FacetField | MarkFacet]
    ) -> dict[MarkFacet, Mapping[str, int]]:
        asked = [field for field in wanted if isinstance(field, MarkFacet)]
        if not asked:
            return {}
        from newsarchive.answers.marks.mark_lookup import mark_counts

        found = self.all_matches(tree, Sort.NEWEST, progress=None).matches
        return {field: mark_counts(self._db, field, [each.article_id for each in found]) for field in asked}

    def ids(self, question: Question, *, limit: int | None, offset: int = 0) -> FoundIds:
        """One page of matches as ids: no article is read, and none that holds only some of the words."""
        _check_page(limit, offset)
        tree = self._asked(question, None)
        matches = self._match(tree, question.order(tree), limit, offset, (), None)
        return FoundIds(question.query, matches.total, [match.article_id for match in matches.matches])

    def page(self, question: Question, *, limit: int, facets: tuple[FacetField, ...]) -> Matches:
        """The first matches and the facets of all. Raises QueryError."""
        tree = question.tree(self._saved)
        return self._match(tree, question.order(tree), limit, 0, facets, None)

    def partial_matches(self, tree: Query, order: Sort, *, limit: int, offset: int = 0) -> Sequence[Match]:
        """The best articles that hold some of the words but not all."""
        some = any_word(tree)
        if some is None:
            return ()
        others = all_of((some, negation(tree)))
        hints = (*self._feedback(some), *close_words(tree))
        return self._match(others, order, limit, offset, (), None, hints=hints).matches

    def _feedback(self, tree: Query) -> tuple[Query, ...]:
        """Terms of the best articles beside those of the query; none where the engine can't count."""
        if not self._index.counts_terms:
            return ()
        from newsarchive.answers.likeness.relevance_feedback import DOCUMENTS, feedback_terms

        return feedback_terms(tree, self.best(tree, DOCUMENTS), self._reader, self._index)

    def explanation(self, question: Question) -> str:
        """How a question is understood, in words. Raises QueryError."""
        return question.explained(self._saved)

    def hits(self, tree: Query, matches: Sequence[Match], *, partial: bool = False) -> Iterator[Hit]:
        """The articles of matches, in their order, with snippets; those that are gone are left out."""
        snippets = _snippets(tree)
        scores = {match.article_id: match.score for match in matches}
        for article in self._reader.articles.stream(scores):
            if article.id is not None:
                snippet, headline = snippets.snippet(article), snippets.headline(article)
                yield Hit(article, scores[article.id], snippet, headline, partial)

    def marked(self, article_id: int, query: str) -> MarkedArticle:
        """One article with all that a query finds in it marked. Raises ArticleNotFound, QueryError."""
        # Imported here: the analyzer is of no use to the other commands.
        from newsarchive.search.text.analysis import shared_analyzer
        from newsarchive.search.text.highlight import Highlighter

        article = self._reader.articles.article(article_id)
        highlighter = Highlighter(self.tree(Question(query=query)), shared_analyzer())
        description = highlighter.whole(article.description or "", article.language)
        text = highlighter.whole(article.text, article.language)
        return MarkedArticle(article, highlighter.headline(article), description, text)

    def matches(self, question: Question, *, progress: ProgressCallback | None) -> Matches:
        """All matches, as ids in order. Raises QueryError."""
        tree = self._asked(question, progress)
        return self.all_matches(tree, question.order(tree), progress=progress)

    def _asked(self, question: Question, progress: ProgressCallback | None) -> Query:
        """The tree of a question, narrowed to one article a story where it asks for stories."""
        tree = question.tree(self._saved)
        if not question.collapse:
            return tree
        return all_of((tree, Among(frozenset(self._stories(tree, question.order(tree), progress)))))

    def all_matches(self, tree: Query, sort: Sort, *, progress: ProgressCallback | None) -> Matches:
        """All matches of a query that is parsed already."""
        return self._match(tree, sort, None, 0, (), progress)

    def tree(self, question: Question) -> Query:
        """What a question asks for. Raises QueryError."""
        return question.tree(self._saved)

    def count(self, tree: Query) -> int:
        """How many articles match."""
        return self._match(tree, Sort.NEWEST, 0, 0, (), None).total

    def best(self, tree: Query, limit: int) -> Sequence[Match]:
        """The matches that rank first."""
        return self._match(tree, Sort.RELEVANCE, limit, 0, (), None).matches

    def searched_to(self) -> int:
        """The newest change that answers take in; less than the archive's last while another process adds."""
        indexed = self._index.last_change()
        last = self._reader.changes.last_change()
        return last if indexed is None else min(indexed, last)

    def _match(
        self,
        tree: Query,
        sort: Sort,
        limit: int | None,
        offset: int,
        facets: tuple[FacetField, ...],
        progress: ProgressCallback | None,
        *,
        hints: Sequence[Query] = (),
    ) -> Matches:
        if not facets and sort in (Sort.NEWEST, Sort.OLDEST) and isinstance(tree, Everything | DateRange):
            # A listing by date is one walk along an index of SQLite: no search index is opened.
            listed = self._list_by_date(tree, sort, limit, offset)
            if listed is not None:
                return listed
        request = SearchRequest(
            query=self._with_marks(tree),
            sort=sort,
            limit=limit,
            offset=offset,
            facets=facets,
            hints=(*close_words(tree), *hints),
            languages=self._reader.counts.languages(),
        )
        return self._index.search(request, progress=progress)

    def _with_marks(self, tree: Query) -> Query:
        if not names_marks(tree):
            return tree
        # Imported here: few searches ask for what people put on articles.
        from newsarchive.answers.marks.mark_lookup import with_ids

        return with_ids(tree, self._db)

    def _list_by_date(
        self, tree: Everything | DateRange, sort: Sort, limit: int | None, offset: int
    ) -> Matches | None:
        if isinstance(tree, DateRange) and tree.field is not DateField.PUBLISHED:
            return None
        interval = None if isinstance(tree, Everything) else tree.interval
        newest = sort is Sort.NEWEST
        total, ids = self._reader.articles.list_by_date(interval, newest=newest, limit=limit, offset=offset)
        return Matches(total, [Match(article_id, 0.0) for article_id in ids])


def _check_page(limit: int | None, offset: int) -> None:
    for name, number in (("offset", offset), ("limit", 0 if limit is None else limit)):
        if arguments.whole_number(name, number) < 0:
            raise QueryError(f"{name} can't be negative", hint="leave it out for the first 20")


def _snippets(tree: Query) -> Snippets:
    if isinstance(tree, Everything | DateRange):
        return Openings()
    # Imported here: a listing has no word to mark, and needs no analyzer.
    from newsarchive.search.text.analysis import shared_analyzer
    from newsarchive.search.text.highlight import Highlighter

    return Highlighter(tree, shared_analyzer())


def _has_words(tree: Query) -> bool:
    match tree:
        case And(parts) | Or(parts):
            return any(_has_words(part) for part in parts)
        case Boost(part):
            return _has_words(part)
        case _:
            return isinstance(tree, Text)


def _facet(name: FacetField | MarkFacet | str) -> FacetField | MarkFacet:
    try:
        return MarkFacet(name) if name in list(MarkFacet) else FacetField(name)
    except ValueError:
        known = ", ".join((*FacetField, *MarkFacet))
        raise QueryError(f"can't count by {name}", hint=f"known: {known}") from None


def _of_engines(facets: Sequence[FacetField | MarkFacet]) -> tuple[FacetField, ...]:
    return tuple(facet for facet in facets if isinstance(facet, FacetField))
