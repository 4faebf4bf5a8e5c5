"""Archive: the one object that users of the library hold."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING

from newsarchive.answers.marks.marked_archive import MarkedArchive
from newsarchive.answers.results import FoundIds, Results, Stats
from newsarchive.answers.search import Day, Question, days_between
from newsarchive.base import arguments
from newsarchive.base.periods import Period
from newsarchive.base.progress import ProgressCallback
from newsarchive.errors import InvalidArgument
from newsarchive.keeping.archive_folder import create_archive, holds_archive, open_archive
from newsarchive.model import Article
from newsarchive.search.engines import FacetField, MarkFacet, Sort
from newsarchive.store.reading.captures import StoredCapture
from newsarchive.store.reading.revisions import Revision

if TYPE_CHECKING:
    from newsarchive.acquire import Fetching, Said
    from newsarchive.answers.batch.asked_queries import Queries
    from newsarchive.answers.batch.batch import Batch
    from newsarchive.answers.copies.families import Families
    from newsarchive.answers.copies.quotations import Quotation
    from newsarchive.answers.coverage import Coverage
    from newsarchive.answers.likeness.related import RelatedTerms
    from newsarchive.answers.likeness.similar import SimilarArticles
    from newsarchive.answers.timeline import Timeline
    from newsarchive.answers.versions.correcting import Corrections
    from newsarchive.answers.versions.history import Versions
    from newsarchive.base.whole_files import Output
    from newsarchive.export.references.citing import CitedArticle
    from newsarchive.keeping.upkeep import Upkeep
    from newsarchive.keeping.verify import Fault
    from newsarchive.pipeline.outcomes import Outcome, Reextracted
    from newsarchive.pipeline.run import Run


class Archive(MarkedArchive):
    """An archive on disk: add, search, read, export.

    Made by ``open`` or ``create``; a context manager. Reading never blocks and is never
    blocked; one writer at a time may write (ArchiveLocked). Threads may share it: each gets
    a connection of its own, and all share one engine, as all handles of an archive in a
    process do. A forked process has to open its own (ArchiveClosed, as after ``close``).

    ``progress``, here and in each act that takes time, is called with ``Progress`` and ``Notice``;
    what is passed to an act takes the place of what was passed to ``open``.
    """

    @classmethod
    def create(
        cls, folder: str | Path, *, name: str | None = None, progress: ProgressCallback | None = None
    ) -> Archive:
        """Make an archive in a folder that is new, empty, or left over from an interrupted ``create``.

        Raises NotAnArchive for a folder that holds something else; an archive that is there is opened.
        """
        path = Path(folder)
        if not holds_archive(path):
            create_archive(path, name=name)
        return cls.open(path, progress=progress)

    @classmethod
    def open(
        cls, folder: str | Path, *, create: bool = False, progress: ProgressCallback | None = None
    ) -> Archive:
        """Open an archive, bringing its tables to the current format where an older version made them.

        Raises NotAnArchive, SchemaTooNew where a newer version made it, and EngineError
        where it names a search engine that is not known.
        """
        path = Path(folder)
        if create and not holds_archive(path):
            create_archive(path)
        return cls(path, open_archive(path), progress)

    def add(
        self,
        sources: str | PathLike[str] | Iterable[str | PathLike[str]],
        *,
        workers: int | None = None,
        allow_private: bool = False,
        said: Said | None = None,
        fetching: Fetching | None = None,
        again: bool = False,
        progress: ProgressCallback | None = None,
    ) -> Run[Outcome]:
        """Archive files, folders, datasets, URLs or ``-``, one or many; give a run, which does it.

        Iterate over the run for what becomes of each, told when it is durable, or ``finish()``
        it for a summary; outcomes are in order, but addresses of several hosts as they come.
        What can't be read is a Failed outcome, never an exception. In the end the index catches
        up, or before the next search. ``workers`` are processes that extract (default: one a
        processor), ``allow_private`` lets URLs lead to addresses that are not public, ``said`` is
        what files are, ``fetching`` how pages are fetched, ``again`` lets come back what was removed.
        Raises InvalidArgument; ArchiveLocked when the run starts.
        """
        named = arguments.sources(sources)
        number = None if workers is None else arguments.whole_number("workers", workers, least=1)

        def steps() -> Generator[Outcome]:
            from newsarchive.acquire import Fetching
            from newsarchive.pipeline.whole_runs import add_all

            web = fetching or Fetching()
            return add_all(
                self.folder,
                self._holdings.here.index,
                named,
                workers=number,
                fetching=replace(web, allow_private=allow_private or web.allow_private),
                said=said,
                again=again,
                progress=progress or self._progress,
                at_end=partial(self.tags.apply_new, progress=progress or self._progress),
            )

        return self._run(steps)

    def reextract(
        self,
        which: int | Iterable[int] | str = "outdated",
        *,
        workers: int | None = None,
        progress: ProgressCallback | None = None,
    ) -> Run[Reextracted]:
        """Run extraction again over stored captures; give a run, as ``add`` does.

        ``which`` is ``outdated`` (what another version of extraction has read), ``failed``
        (captures that gave no article), ``all``, or the ids of articles. Where headline or
        text differ there is a new revision; the old one is kept, and so is each value that is
        replaced. Nothing that a user said is replaced.
        Raises InvalidArgument, ArticleNotFound; ArchiveLocked when the run starts.
        """
        from newsarchive.store.writing.reextraction import Which

        if isinstance(which, str) and which not in list(Which):
            raise InvalidArgument(f"no captures are called {which}", hint=f"known: {', '.join(Which)}")
        chosen = Which(which) if isinstance(which, str) else self._known(arguments.ids("which", which))
        number = None if workers is None else arguments.whole_number("workers", workers, least=1)

        def steps() -> Generator[Reextracted]:
            from newsarchive.pipeline.whole_runs import reextract_all

            here = self._holdings.here
            told = progress or self._progress
            return reextract_all(here.folder, here.index, chosen, here.payload, workers=number, progress=told)

        return self._run(steps)

    def search(
        self,
        query: str = "",
        *,
        sort: Sort | str | None = None,
        limit: int | None = 20,
        offset: int = 0,
        facets: Sequence[FacetField | MarkFacet | str] = (),
        after: Day | None = None,
        before: Day | None = None,
        any_word: bool = False,
        collapse: bool = False,
        progress: ProgressCallback | None = None,
    ) -> Results:
        """Find articles. An empty query means all of them.

        ``after`` and ``before`` are dates as in queries, both included. Without ``sort``, a query
        with words is ranked and any other runs from the newest. Where fewer than ``limit``
        articles hold all the words, the best partial matches follow, marked as such and not
        counted; with ``any_word`` an article with any of the words is a match. With ``collapse``
        there is one hit a story, and stories are counted. Where nothing matches, ``suggestions``
        may name other spellings that do. Raises QueryError.
        """
        question = Question(
            query=query, after=after, before=before, sort=sort, any_word=any_word, collapse=collapse
        )
        results = self._holdings.here.searcher.results(
            question, limit=limit, offset=offset, facets=facets, progress=progress
        )
        if results.total or not query:
            return results
        from newsarchive.answers.did_you_mean import suggest

        return replace(results, suggestions=suggest(question, self._holdings.here))

    def ids(self, asked: str | Question = "", *, limit: int | None = None, offset: int = 0) -> FoundIds:
        """The ids of all matches, in the order of ``search``: no article is read. Raises QueryError."""
        return self._holdings.here.searcher.ids(Question.of(asked), limit=limit, offset=offset)

    def batch(
        self,
        queries: Queries,
        *,
        after: Day | None = None,
        before: Day | None = None,
        any_word: bool = False,
        progress: ProgressCallback | None = None,
    ) -> Batch:
        """Many queries at once: texts, or a file of one a line, or a table with a column ``query``.

        One that can't be understood is an error of its line. Raises QueryError for a file without queries.
        """
        from newsarchive.answers.batch.asked_queries import asked_queries
        from newsarchive.answers.batch.batch import Batch

        common = Question(query="", after=after, before=before, any_word=any_word)
        return Batch(self._holdings, asked_queries(queries), common, progress or self._progress)

    def similar(self, article_id: int, *, limit: int = 10) -> SimilarArticles:
        """Articles like one, by its most telling words; copies are marked. Raises ArticleNotFound."""
        from newsarchive.answers.likeness.similar import find_similar

        return find_similar(article_id, self._holdings.here, limit=max(0, limit))

    @property
    def families(self) -> Families:
        """Articles that are one story, under several addresses or publishers."""
        from newsarchive.answers.copies.families import Families

        return Families(self._holdings)

    @property
    def versions(self) -> Versions:
        """What became of articles over time: the differences between their states, and silent edits."""
        from newsarchive.answers.versions.history import Versions

        return Versions(self._holdings)

    @property
    def corrections(self) -> Corrections:
        """What users say of values by hand, and which names are one publisher's."""
        from newsarchive.answers.versions.correcting import Corrections

        return Corrections(self._holdings)

    def quote(self, quotation: str, *, exact: bool = False) -> Quotation:
        """Where a quotation stands, word for word or nearly, and who printed it first. Raises QueryError."""
        from newsarchive.answers.copies.quotations import find_quotation

        return find_quotation(quotation, self._holdings.here, exact=exact)

    def related(
        self, query: str, *, limit: int = 20, after: Day | None = None, before: Day | None = None
    ) -> RelatedTerms:
        """Words that the best matches have more often than the archive does. Raises QueryError."""
        from newsarchive.answers.likeness.related import find_related

        question = Question(query=query, after=after, before=before)
        return find_related(question, self._holdings.here, limit=max(0, limit))

    def explain(
        self, query: str, *, after: Day | None = None, before: Day | None = None, any_word: bool = False
    ) -> str:
        """Say in words, line by line, how ``search`` understands a query. Raises QueryError."""
        question = Question(query=query, after=after, before=before, any_word=any_word)
        return self._holdings.here.searcher.explanation(question)

    def export(
        self,
        query: str = "",
        *,
        to: Output,
        format: str | None = None,  # noqa: A002  the word that users of exporters know
        sort: Sort | str | None = None,
        after: Day | None = None,
        before: Day | None = None,
        any_word: bool = False,
        ids: Iterable[int] | None = None,
        progress: ProgressCallback | None = None,
        **options: object,
    ) -> int:
        """Write all that match to a file, folder or stream, whole or not at all; return how many.

        Without ``format`` the name tells, else it is jsonl. With ``ids``, these articles are
        written instead. Raises QueryError, ExportError, ArticleNotFound.
        """
        from newsarchive.answers.exports.exporting import Destination, export_articles, export_matches

        target = Destination.of(to, format, options, archive=self.folder)
        if ids is not None:
            chosen = self._known(arguments.ids("ids", ids))
            return export_articles(chosen, self._holdings.here, target, progress or self._progress)
        question = Question(query=query, after=after, before=before, sort=sort, any_word=any_word)
        return export_matches(question, self._holdings.here, target, progress or self._progress)

    def cite(
        self, ids: int | Iterable[int], *, style: str = "apa", locale: str = "en-US"
    ) -> list[CitedArticle]:
        """Cite articles in a style, and say when and where each was archived. Raises ExportError."""
        from newsarchive.answers.exports.exporting import cite_articles

        return cite_articles(self._known(arguments.ids("ids", ids)), self._holdings.here, style, locale)

    def report(
        self, query: str = "", *, to: Output, after: Day | None = None, before: Day | None = None
    ) -> int:
        """Write a page about a search, whole or not at all; return how many match. Raises ExportError."""
        from newsarchive.answers.exports.report.reporting import write_report

        asked = Question(query=query, after=after, before=before, sort=Sort.NEWEST)
        return write_report(asked, self._holdings.here, self._progress, to=to)

    def timeline(
        self,
        query: str = "",
        *,
        by: Period | str = Period.MONTH,
        facet: FacetField | str | None = None,
        after: Day | None = None,
        before: Day | None = None,
        collapse: bool = False,
        progress: ProgressCallback | None = None,
    ) -> Timeline:
        """Count matches by ``day``, ``week`` (of ISO 8601), ``month`` or ``year`` of publication.

        ``facet``, one of publisher, language and section, counts for each of its
        values too. Raises QueryError.
        """
        from newsarchive.answers.timeline import count_matches

        order = Sort.OLDEST if collapse else Sort.NEWEST  # of a story, the earliest copy counts
        question = Question(query=query, after=after, before=before, sort=order, collapse=collapse)
        return count_matches(question, self._holdings.here, by=by, facet=facet, progress=progress)

    def coverage(
        self, *, publisher: str | None = None, after: Day | None = None, before: Day | None = None
    ) -> Coverage:
        """Which days of each publisher were collected, and how well: tells no hits from not collected.

        ``publisher`` is part of a name or host, in any case; ``after`` and ``before``
        are dates as in queries, both included. Raises QueryError.
        """
        from newsarchive.answers.coverage import measure
        from newsarchive.store.reading.coverage_counts import CollectedReader

        days = days_between(after, before, today=date.today())
        return measure(CollectedReader(self._holdings.here.connection), days, publisher=publisher)

    def article(self, article_id: int) -> Article:
        """One article; raises ArticleNotFound."""
        return self._holdings.here.reader.articles.article(article_id)

    def revisions(self, article_id: int) -> list[Revision]:
        """The states of an article's text, oldest first; raises ArticleNotFound."""
        self._known([article_id])
        return self._holdings.here.reader.revisions.revisions(article_id)

    def captures(self, article_id: int) -> list[StoredCapture]:
        """The captures of an article, oldest first; raises ArticleNotFound."""
        self._known([article_id])
        return self._holdings.here.reader.captures.captures(article_id)

    def payload(self, capture: StoredCapture | int) -> bytes:
        """The bytes of a capture, or of its id, as received. Raises CaptureNotFound, SnapshotDamaged."""
        here = self._holdings.here
        return here.payload(here.reader.captures.capture(capture) if isinstance(capture, int) else capture)

    def raw(self, article_id: int) -> tuple[StoredCapture, bytes]:
        """The newest capture of an article, as received; raises ArticleNotFound, SnapshotDamaged."""
        capture = self.captures(article_id)[-1]
        return capture, self.payload(capture)

    def stats(self) -> Stats:
        """Count what the archive holds."""
        from newsarchive.answers.archive_stats import count_all

        return count_all(self._holdings.here)

    def reindex(self, *, progress: ProgressCallback | None = None) -> int:
        """Drop the index and build it anew; return the number of articles. Raises ArchiveLocked."""
        here = self._holdings.here
        here.index.rebuild(progress=progress)
        return here.reader.counts.counts()["articles"]

    def verify(self, *, quick: bool = False, progress: ProgressCallback | None = None) -> Iterator[Fault]:
        """Check every stored thing against the log of what was written, and the index; yield faults.

        ``quick`` leaves out what takes time: the digest of each row and byte, and the index.
        """
        # Not handed on: the archive lives as long as somebody reads from it.
        yield from self.keeping.faults(quick=quick, progress=progress or self._progress)

    @property
    def keeping(self) -> Upkeep:
        """What is done with the folder as a whole."""
        from newsarchive.keeping.upkeep import Upkeep

        here = self._holdings.here
        parts = (here.manifest.uuid, here.connection, here.index, here.payload)
        return Upkeep(self.folder, *parts, self._progress, lambda query: list(self.ids(query)))
