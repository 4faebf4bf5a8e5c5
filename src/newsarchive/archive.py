"""Archive: the one object that users of the library hold."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, BinaryIO, Self

from newsarchive.answers.holdings import Holdings
from newsarchive.answers.results import Results, Stats
from newsarchive.answers.search import Question, Searcher, days_between
from newsarchive.base.periods import Period
from newsarchive.base.processors import processors
from newsarchive.base.progress import ProgressCallback, counted, tell
from newsarchive.errors import StoreError
from newsarchive.keeping.archive_folder import create_archive, holds_archive, open_archive
from newsarchive.model import Article
from newsarchive.pipeline.index_sync import INDEX, ArchiveIndex
from newsarchive.search.engines import FacetField, Sort
from newsarchive.store.database import DATABASE_NAME, connect
from newsarchive.store.manifest import Manifest
from newsarchive.store.reading.captures import StoredCapture
from newsarchive.store.reading.revisions import Revision
from newsarchive.store.reading.store_reader import StoreReader
from newsarchive.store.snapshots import SNAPSHOTS

if TYPE_CHECKING:
    from newsarchive.answers.coverage import Coverage
    from newsarchive.answers.related import RelatedTerms
    from newsarchive.answers.saved_searches import SavedSearches
    from newsarchive.answers.similar import SimilarArticles
    from newsarchive.answers.timeline import Timeline
    from newsarchive.export.references.citing import CitedArticle
    from newsarchive.keeping.upkeep import Upkeep
    from newsarchive.keeping.verify import Fault
    from newsarchive.pipeline.outcomes import Outcome, Reextracted
    from newsarchive.store.writing.store_writer import StoreWriter


class Archive:
    """An archive on disk: add, search, read, export.

    Made by ``open`` or ``create``; a context manager. Reading never blocks and
    is never blocked; one process at a time may write (ArchiveLocked). What
    callers should know and need not act on is told to ``notice``, one line each.
    """

    def __init__(self, folder: Path, manifest: Manifest) -> None:
        self.folder = folder
        self.name = manifest.name
        self.uuid = manifest.uuid
        self.notice: Callable[[str], None] | None = None
        self._manifest = manifest
        self._connection = connect(folder)
        self._reader = StoreReader.of(self._connection)
        self._index = ArchiveIndex(folder, manifest, self._reader, notify=self._notify)
        self._searcher = Searcher(self._reader, self._index, lambda name: self.saved.query_of(name))
        self._holdings = Holdings(folder, self._reader, self._index, self._searcher)

    @classmethod
    def create(cls, folder: str | Path, *, name: str | None = None) -> Archive:
        """Make an archive in a folder that is new, empty, or left over from an interrupted ``create``.

        Raises NotAnArchive for a folder that holds something else; an archive that is there is opened.
        """
        path = Path(folder)
        if not holds_archive(path):
            create_archive(path, name=name)
        return cls.open(path)

    @classmethod
    def open(cls, folder: str | Path, *, create: bool = False) -> Archive:
        """Open an archive, bringing its tables to the current format where an older version made them.

        Raises NotAnArchive, and SchemaTooNew where a newer version made it.
        """
        path = Path(folder)
        if create and not holds_archive(path):
            create_archive(path)
        return cls(path, open_archive(path))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Release files; closing twice is harmless."""
        self._index.close()
        self._connection.close()

    def add(
        self,
        sources: Iterable[str | Path],
        *,
        workers: int | None = None,
        allow_private: bool = False,
        progress: ProgressCallback | None = None,
    ) -> Iterator[Outcome]:
        """Archive files, folders, datasets, URLs or ``-``; yield what became of each, in order.

        An outcome is yielded when it is durable. What can't be read is a Failed
        outcome, never an exception. At the end the index catches up; if the
        iteration is left early, the next search does. ``workers`` is the number
        of extraction processes (default: the processors at hand), ``allow_private``
        lets URLs lead to addresses that are not public. Raises ArchiveLocked.
        """
        from newsarchive.acquire import acquire, count, readers
        from newsarchive.extraction.workers.worker_pool import WorkerPool
        from newsarchive.pipeline.add import add

        named = [str(source) for source in sources]
        kinds = readers(allow_private=allow_private)
        number = max(1, workers or processors())
        with self._writer() as writer, WorkerPool(number) as pool:
            total = count(named, kinds) if progress is not None else None
            items = acquire(named, kinds, now=datetime.now(UTC))
            for done, outcome in enumerate(add(items, writer, pool, workers=number), start=1):
                tell(progress, "archiving", done, total)
                yield outcome
            pool.close()
            self._index.catch_up(progress)

    def reextract(
        self,
        which: Iterable[int] | str = "outdated",
        *,
        workers: int | None = None,
        progress: ProgressCallback | None = None,
    ) -> Iterator[Reextracted]:
        """Run extraction again over stored captures; yield what became of each article.

        ``which`` is ``outdated`` (what another version of extraction has read), ``failed``
        (captures that gave no article), ``all``, or the ids of articles. An outcome is
        yielded when it is durable. Where headline or text differ there is a new revision;
        the old one is kept, and so is each value that is replaced. Nothing that a user
        said is replaced. Raises ArchiveLocked, ArticleNotFound.
        """
        from newsarchive.extraction import EXTRACTOR_VERSION
        from newsarchive.extraction.workers.worker_pool import WorkerPool
        from newsarchive.pipeline.reextract import reextract
        from newsarchive.store.writing.reextraction import Job, Reextraction, Which

        number = max(1, workers or processors())
        with self._writer() as writer, WorkerPool(number) as pool:
            store = Reextraction(writer, extractor=EXTRACTOR_VERSION)
            if not isinstance(which, str):
                jobs = [Job(article_id=self.article(article_id).id) for article_id in dict.fromkeys(which)]
            elif which in list(Which):
                jobs = store.jobs(Which(which))
            else:
                raise StoreError(f"no captures are called {which}", hint=f"known: {', '.join(Which)}")
            outcomes = reextract(jobs, store, pool, self._payload, workers=number)
            yield from counted(outcomes, progress, "extracting", len(jobs))
            pool.close()
            self._index.catch_up(progress)

    def search(
        self,
        query: str = "",
        *,
        sort: Sort | str | None = None,
        limit: int | None = 20,
        offset: int = 0,
        facets: Sequence[FacetField | str] = (),
        after: str | None = None,
        before: str | None = None,
        any_word: bool = False,
        progress: ProgressCallback | None = None,
    ) -> Results:
        """Find articles. An empty query means all of them.

        ``after`` and ``before`` are dates as in queries, both included. Without
        ``sort``, a query with words is ranked and any other runs from the newest.
        Where fewer than ``limit`` articles hold all the words, the best partial
        matches follow, marked as such and not counted; with ``any_word`` an
        article with any of the words is a match.
        Raises QueryError. An index that is behind, missing or damaged is brought
        up to date first; ``progress`` is told. Where nothing matches, ``suggestions``
        may name other spellings that do.
        """
        question = Question(query=query, after=after, before=before, sort=sort, any_word=any_word)
        results = self._searcher.results(
            question, limit=limit, offset=offset, facets=facets, progress=progress
        )
        if results.total or not query:
            return results
        from newsarchive.answers.did_you_mean import suggest

        return replace(results, suggestions=suggest(question, self._holdings))

    def similar(self, article_id: int, *, limit: int = 10) -> SimilarArticles:
        """Articles like one, by its most telling words; those of the same text are marked.

        Raises ArticleNotFound.
        """
        from newsarchive.answers.similar import find_similar

        return find_similar(article_id, self._holdings, limit=max(0, limit))

    def related(
        self, query: str, *, limit: int = 20, after: str | None = None, before: str | None = None
    ) -> RelatedTerms:
        """Words that the best matches have more often than the archive does. Raises QueryError."""
        from newsarchive.answers.related import find_related

        question = Question(query=query, after=after, before=before)
        return find_related(question, self._holdings, limit=max(0, limit))

    def explain(
        self, query: str, *, after: str | None = None, before: str | None = None, any_word: bool = False
    ) -> str:
        """Say in words, line by line, how ``search`` understands a query. Raises QueryError."""
        question = Question(query=query, after=after, before=before, any_word=any_word)
        return self._searcher.explanation(question)

    def export(
        self,
        query: str = "",
        *,
        to: str | Path | BinaryIO,
        format: str | None = None,  # noqa: A002  the word that users of exporters know
        sort: Sort | str | None = None,
        after: str | None = None,
        before: str | None = None,
        any_word: bool = False,
        progress: ProgressCallback | None = None,
        **options: object,
    ) -> int:
        """Write all articles that match, without a cap; return how many.

        ``to`` is a file, a binary stream, or a folder for formats that are one; files and
        folders appear whole or not at all. Without ``format`` the name of the file tells it,
        else it is jsonl. ``options`` are those of the format. Raises QueryError, ExportError.
        """
        from newsarchive.answers.exporting import Destination, described, write_matches
        from newsarchive.answers.matched_articles import MatchedArticles

        destination = Destination.of(to, format, options, archive=self.folder)
        question = Question(query=query, after=after, before=before, sort=sort, any_word=any_word)
        ids = [match.article_id for match in self._searcher.matches(question, progress=progress).matches]
        search = described(query, self._manifest, total=len(ids), last_change=self._searcher.searched_to())
        return write_matches(
            MatchedArticles(search, ids, self._reader, self._payload, self._record, progress), destination
        )

    def cite(
        self, ids: int | Iterable[int], *, style: str = "apa", locale: str = "en-US"
    ) -> list[CitedArticle]:
        """Cite articles in a style of citationstyles.org, with where and when each was archived.

        Needs the extra ``cite``. Raises ArticleNotFound, ExportError.
        """
        from newsarchive.answers.exporting import described
        from newsarchive.answers.matched_articles import MatchedArticles
        from newsarchive.export.references.citing import cite

        named = [self.article(each).id or 0 for each in ([ids] if isinstance(ids, int) else ids)]
        last_change = self._reader.changes.last_change()
        search = described("", self._manifest, total=len(named), last_change=last_change)
        source = MatchedArticles(search, named, self._reader, self._payload, self._record, None)
        return cite(source, style=style, locale=locale)

    def timeline(
        self,
        query: str = "",
        *,
        by: Period | str = Period.MONTH,
        facet: FacetField | str | None = None,
        after: str | None = None,
        before: str | None = None,
        progress: ProgressCallback | None = None,
    ) -> Timeline:
        """Count matches by ``day``, ``week`` (of ISO 8601), ``month`` or ``year`` of publication.

        ``facet``, one of publisher, language and section, counts for each of its
        values too. Raises QueryError.
        """
        from newsarchive.answers.timeline import dated_facet, make_timeline, period
        from newsarchive.store.reading.date_counts import date_counts

        length, split = period(by), dated_facet(facet)
        question = Question(query=query, after=after, before=before, sort=Sort.NEWEST)
        ids = [match.article_id for match in self._searcher.matches(question, progress=progress).matches]
        return make_timeline(query, length, split, date_counts(self._connection, ids, column=split))

    def coverage(
        self, *, publisher: str | None = None, after: str | None = None, before: str | None = None
    ) -> Coverage:
        """Which days of each publisher were collected, and how well: tells no hits from not collected.

        ``publisher`` is part of a name or host, in any case; ``after`` and ``before``
        are dates as in queries, both included. Raises QueryError.
        """
        from newsarchive.answers.coverage import measure
        from newsarchive.store.reading.coverage_counts import CollectedReader

        days = days_between(after, before, today=date.today())
        return measure(CollectedReader(self._connection), days, publisher=publisher)

    @property
    def saved(self) -> SavedSearches:
        """Searches kept under a name: to run again, compare, watch and cite."""
        from newsarchive.answers.saved_searches import SavedSearches
        from newsarchive.store.search_runs import SearchStore

        store = SearchStore(self.folder, self._connection)
        return SavedSearches(store, self._holdings, name=self.name, uuid=self.uuid)

    def article(self, article_id: int) -> Article:
        """One article; raises ArticleNotFound."""
        return self._reader.articles.article(article_id)

    def revisions(self, article_id: int) -> list[Revision]:
        """The states of an article's text, oldest first; raises ArticleNotFound."""
        self._reader.articles.article(article_id)
        return self._reader.revisions.revisions(article_id)

    def captures(self, article_id: int) -> list[StoredCapture]:
        """The captures of an article, oldest first; raises ArticleNotFound."""
        self._reader.articles.article(article_id)
        return self._reader.captures.captures(article_id)

    def raw(self, article_id: int) -> tuple[StoredCapture, bytes]:
        """The newest capture of an article, as received; raises ArticleNotFound, SnapshotDamaged."""
        capture = self.captures(article_id)[-1]
        return capture, self._payload(capture)

    def stats(self) -> Stats:
        """Count what the archive holds."""
        counts = self._reader.counts.counts()
        span = self._reader.counts.published_span()
        return Stats(
            name=self.name,
            uuid=self.uuid,
            **counts,
            first_published=span.earliest,
            last_published=span.latest,
            publishers=self._reader.counts.count_by("publisher"),
            languages=self._reader.counts.count_by("language"),
            snapshots_bytes=_size(self.folder / SNAPSHOTS),
            database_bytes=_size(self.folder / DATABASE_NAME),
            index_bytes=_size(self.folder / INDEX),
            engine=self._manifest.engine,
            pending=self._index.pending(),
        )

    def reindex(self, *, progress: ProgressCallback | None = None) -> int:
        """Drop the index and build it anew; return the number of articles. Raises ArchiveLocked."""
        self._index.rebuild(progress=progress)
        return self._reader.counts.counts()["articles"]

    def verify(self, *, quick: bool = False, progress: ProgressCallback | None = None) -> Iterator[Fault]:
        """Check every stored thing against the log of what was written, and the index; yield faults.

        ``quick`` leaves out what takes time: the digest of each row and byte, and the index.
        """
        yield from self.keeping.faults(quick=quick, progress=progress)

    @property
    def keeping(self) -> Upkeep:
        """What is done with the folder as a whole."""
        from newsarchive.keeping.upkeep import Upkeep

        return Upkeep(self.folder, self._connection, self._index, self._payload, self._writer, self._notify)

    def _writer(self) -> StoreWriter:
        from newsarchive.extraction import EXTRACTOR_VERSION
        from newsarchive.store.writing.store_writer import StoreWriter

        return StoreWriter(self.folder, extractor=EXTRACTOR_VERSION, notify=self._notify)

    def _payload(self, capture: StoredCapture) -> bytes:
        # Imported here: warcio is of no use to a search.
        from newsarchive.store.snapshots.snapshot_files import RecordPlace, read_payload

        place = RecordPlace(capture.snapshot, capture.record_offset, capture.record_length)
        return read_payload(self.folder / SNAPSHOTS, place, sha256=capture.sha256)

    def _record(self, capture: StoredCapture) -> bytes:
        from newsarchive.store.snapshots.snapshot_files import RecordPlace, read_record

        place = RecordPlace(capture.snapshot, capture.record_offset, capture.record_length)
        return read_record(self.folder / SNAPSHOTS, place, sha256=capture.sha256)

    def _notify(self, message: str) -> None:
        if self.notice is not None:
            self.notice(message)


def _size(path: Path) -> int:
    if path.is_dir():
        return sum(entry.stat().st_size for entry in path.rglob("*") if entry.is_file())
    return path.stat().st_size if path.exists() else 0
