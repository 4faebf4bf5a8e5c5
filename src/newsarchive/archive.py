"""Archive: the one object that users of the library hold."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, date, datetime
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, BinaryIO, Self, TypeVar

from newsarchive.dates import DateInterval
from newsarchive.errors import (
    ArchiveLocked,
    ExportError,
    IndexUnavailable,
    NotAnArchive,
    QueryError,
    StoreError,
)
from newsarchive.model import Article
from newsarchive.query import DateField, DateRange, Everything, Query, all_of, parse
from newsarchive.query.ast import And, Boost, Not, Or, Phrase, Prefix, Word
from newsarchive.results import Fault, Hit, Progress, Results, Stats
from newsarchive.search.engine import Engine, FacetField, Match, Matches, SearchRequest, Sort
from newsarchive.store.articles import ArticleReader, Revision, StoredCapture
from newsarchive.store.database import DATABASE_NAME, FORMAT, connect, needs_migration, store_errors
from newsarchive.store.lock import HOLDER_NAME, LOCK_NAME, writer_lock
from newsarchive.store.manifest import MANIFEST_NAME, Manifest, read_manifest

if TYPE_CHECKING:
    from newsarchive.ingest import Outcome

INDEX = "index"
SNAPSHOTS = "snapshots"
# So many changes and more are indexed in large steps.
_BULK = 1_000
_MEANT = {
    DATABASE_NAME,
    f"{DATABASE_NAME}-wal",
    f"{DATABASE_NAME}-shm",
    SNAPSHOTS,
    INDEX,
    LOCK_NAME,
    HOLDER_NAME,
}

_T = TypeVar("_T")
ProgressCallback = Callable[[Progress], None]


def find_archive(start: Path) -> Path | None:
    """The nearest folder from ``start`` upwards that holds an archive."""
    absolute = start.absolute()
    return next(
        (folder for folder in (absolute, *absolute.parents) if (folder / MANIFEST_NAME).is_file()), None
    )


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
        self._reader = ArticleReader(self._connection)
        self._engine_or_none: Engine | None = None

    @classmethod
    def create(cls, folder: str | Path, *, name: str | None = None) -> Archive:
        """Make an archive in a folder that is new, empty, or left over from an interrupted ``create``.

        Raises NotAnArchive for a folder that holds something else; an archive that is there is opened.
        """
        path = Path(folder)
        if (path / MANIFEST_NAME).exists():
            return cls.open(path)
        with store_errors(path):
            path.mkdir(parents=True, exist_ok=True)
            strange = sorted({entry.name for entry in path.iterdir()} - _MEANT - {f"{MANIFEST_NAME}.part"})
        if strange:
            raise NotAnArchive(
                path,
                reason=f"is not empty and no archive (it holds {strange[0]!r})",
                hint="choose an empty folder or a new one",
            )
        from newsarchive.store.writer import StoreWriter

        # The manifest comes last: a folder is an archive once all of it is there.
        with StoreWriter(path), store_errors(path):
            Manifest.new(name or path.absolute().name, format_version=FORMAT).write(path)
        return cls.open(path)

    @classmethod
    def open(cls, folder: str | Path, *, create: bool = False) -> Archive:
        """Open an archive, bringing its tables to the current format where an older version made them.

        Raises NotAnArchive, and SchemaTooNew where a newer version made it.
        """
        path = Path(folder)
        if create and not (path / MANIFEST_NAME).exists():
            return cls.create(path)
        manifest = read_manifest(path, supported=FORMAT)
        if (path / DATABASE_NAME).is_file() and needs_migration(path):
            from newsarchive.store.writer import StoreWriter

            with StoreWriter(path):
                pass
        return cls(path, manifest)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Release files; closing twice is harmless."""
        if self._engine_or_none is not None:
            self._engine_or_none.close()
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
        from newsarchive.extract.pool import WorkerPool
        from newsarchive.ingest import ingest
        from newsarchive.store.writer import StoreWriter

        named = [str(source) for source in sources]
        kinds = readers(allow_private=allow_private)
        number = max(1, workers or _processors())
        with StoreWriter(self.folder) as writer, WorkerPool(number) as pool:
            total = count(named, kinds) if progress is not None else None
            items = acquire(named, kinds, now=datetime.now(UTC))
            for done, outcome in enumerate(ingest(items, writer, pool, workers=number), start=1):
                _tell(progress, "archiving", done, total)
                yield outcome
            pool.close()
            self._catch_up(progress)

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
        progress: ProgressCallback | None = None,
    ) -> Results:
        """Find articles. An empty query means all of them.

        ``after`` and ``before`` are dates as in queries, both included. Without
        ``sort``, a query with words is ranked and any other runs from the newest.
        Raises QueryError. An index that is behind, missing or damaged is brought
        up to date first; ``progress`` is told.
        """
        # Imported here: the analyzer is of no use to the other commands.
        from newsarchive.search.analysis import Analyzer
        from newsarchive.search.highlight import Highlighter

        if offset < 0 or (limit is not None and limit < 0):
            raise QueryError("limit and offset can't be negative", hint="leave limit out for the first 20")
        tree = self._parse(query, after=after, before=before)
        wanted = tuple(_facet(name) for name in facets)
        matches = self._match(tree, _sort(sort, tree), limit, offset, wanted, progress)
        highlighter = Highlighter(tree, Analyzer())
        scores = {match.article_id: match.score for match in matches.matches}
        hits = [
            Hit(article, scores[article.id], highlighter.snippet(article))
            for article in self._reader.articles(list(scores))
            if article.id is not None
        ]
        counts = {field.value: dict(values) for field, values in matches.facets.items()}
        return Results(query, matches.total, hits, counts)

    def export(
        self,
        query: str = "",
        *,
        to: str | Path | BinaryIO,
        format: str = "jsonl",  # noqa: A002  the word that users of exporters know
        sort: Sort | str | None = None,
        after: str | None = None,
        before: str | None = None,
        progress: ProgressCallback | None = None,
    ) -> int:
        """Write all articles that match, without a cap, to a file or binary stream; return how many.

        A file appears whole or not at all. Raises QueryError, ExportError.
        """
        from newsarchive.export import EXPORTERS

        if format not in EXPORTERS:
            raise ExportError(f"no such format: {format}", hint=f"known formats: {', '.join(EXPORTERS)}")
        tree = self._parse(query, after=after, before=before)
        matches = self._match(tree, _sort(sort, tree), None, 0, (), progress)
        ids = (match.article_id for match in matches.matches)
        articles = _counted(self._reader.stream(ids), progress, "exporting", matches.total)
        with _output(to) as stream:
            return EXPORTERS[format](articles, stream)

    def timeline(
        self, query: str = "", *, by: str = "month", after: str | None = None, before: str | None = None
    ) -> dict[str, int]:
        """Count matches by ``day``, ``month`` or ``year`` of publication, in order of time.

        Periods without articles are left out, and so are articles whose date is less precise.
        """
        if by not in ("day", "month", "year"):
            raise QueryError(f"can't count by {by}", hint="known: day, month, year")
        results = self.search(query, limit=0, facets=[by], after=after, before=before)
        return dict(results.facets.get(by, {}))

    def article(self, article_id: int) -> Article:
        """One article; raises ArticleNotFound."""
        return self._reader.article(article_id)

    def revisions(self, article_id: int) -> list[Revision]:
        """The states of an article's text, oldest first; raises ArticleNotFound."""
        self._reader.article(article_id)
        return self._reader.revisions(article_id)

    def captures(self, article_id: int) -> list[StoredCapture]:
        """The captures of an article, oldest first; raises ArticleNotFound."""
        self._reader.article(article_id)
        return self._reader.captures(article_id)

    def raw(self, article_id: int) -> tuple[StoredCapture, bytes]:
        """The newest capture of an article, as received; raises ArticleNotFound, SnapshotDamaged."""
        capture = self.captures(article_id)[-1]
        return capture, self._payload(capture)

    def stats(self) -> Stats:
        """Count what the archive holds."""
        counts = self._reader.counts()
        span = self._reader.published_span()
        return Stats(
            name=self.name,
            uuid=self.uuid,
            **counts,
            first_published=span.earliest,
            last_published=span.latest,
            publishers=self._reader.count_by("publisher"),
            languages=self._reader.count_by("language"),
            snapshots_bytes=_size(self.folder / SNAPSHOTS),
            database_bytes=_size(self.folder / DATABASE_NAME),
            index_bytes=_size(self.folder / INDEX),
            engine=self._manifest.engine,
            pending=self._reader.count_changes_since(self._engine.last_change() or 0),
        )

    def reindex(self, *, progress: ProgressCallback | None = None) -> int:
        """Drop the index and build it anew; return the number of articles. Raises ArchiveLocked."""
        with writer_lock(self.folder):
            self._engine.clear()
            self._catch_up(progress)
        return self._reader.counts()["articles"]

    def verify(self, *, progress: ProgressCallback | None = None) -> Iterator[Fault]:
        """Check the database, every stored capture against its digest, and the index; yield faults."""
        for message in self._reader.damage():
            yield Fault("database", message, "restore archive.db from a backup")
        total = self._reader.counts()["captures"]
        for done, capture in enumerate(self._reader.all_captures(), start=1):
            try:
                self._payload(capture)
            except StoreError as error:
                yield Fault(
                    "snapshots", f"capture {capture.id} ({capture.source}): {error.message}", error.hint
                )
            _tell(progress, "verifying", done, total)
        yield from self._index_faults()

    def _index_faults(self) -> Iterator[Fault]:
        state, last = self._engine.last_change(), self._reader.last_change()
        if state is None and last:
            yield Fault("index", "there is no usable index", "newsarchive reindex")
        elif state is not None and state > last:
            yield Fault("index", "it is newer than the database", "newsarchive reindex")
        elif state is not None:
            for message in self._engine.check():
                yield Fault("index", message, "newsarchive reindex")

    def _payload(self, capture: StoredCapture) -> bytes:
        # Imported here: warcio is of no use to a search.
        from newsarchive.store.snapshots import RecordPlace, read_payload

        place = RecordPlace(capture.snapshot, capture.record_offset, capture.record_length)
        return read_payload(self.folder / SNAPSHOTS, place, sha256=capture.sha256)

    def _parse(self, query: str, *, after: str | None, before: str | None) -> Query:
        today = date.today()
        tree = parse(query, today=today)
        if after is None and before is None:
            return tree
        from newsarchive.query.dates import parse_date

        interval = DateInterval(
            None if after is None else parse_date(after, today=today).earliest,
            None if before is None else parse_date(before, today=today).latest,
        )
        if interval.earliest and interval.latest and interval.earliest > interval.latest:
            raise QueryError(f"nothing lies after {after} and before {before}", hint="swap the two dates")
        return all_of((tree, DateRange(DateField.PUBLISHED, interval)))

    def _match(
        self,
        tree: Query,
        sort: Sort,
        limit: int | None,
        offset: int,
        facets: tuple[FacetField, ...],
        progress: ProgressCallback | None,
    ) -> Matches:
        if not facets and sort is not Sort.RELEVANCE and isinstance(tree, Everything | DateRange):
            # A listing by date is one walk along an index of SQLite: no search index is opened.
            listed = self._list_by_date(tree, sort, limit, offset)
            if listed is not None:
                return listed
        request = SearchRequest(
            query=tree,
            sort=sort,
            limit=limit,
            offset=offset,
            facets=facets,
            languages=self._reader.languages(),
        )
        self._refresh(progress)
        try:
            return self._engine.search(request)
        except IndexUnavailable as error:
            self._notify(f"{error.message}; rebuilding it")
            self.reindex(progress=progress)
            return self._engine.search(request)

    def _list_by_date(
        self, tree: Everything | DateRange, sort: Sort, limit: int | None, offset: int
    ) -> Matches | None:
        if isinstance(tree, DateRange) and tree.field is not DateField.PUBLISHED:
            return None
        interval = None if isinstance(tree, Everything) else tree.interval
        newest = sort is Sort.NEWEST
        total, ids = self._reader.list_by_date(interval, newest=newest, limit=limit, offset=offset)
        return Matches(total, [Match(article_id, 0.0) for article_id in ids])

    @property
    def _engine(self) -> Engine:
        if self._engine_or_none is None:
            # Imported here: listings and reading need no engine.
            from newsarchive.search.whoosh.engine import WhooshEngine

            self._engine_or_none = WhooshEngine(self.folder / INDEX / "whoosh", archive=self.uuid)
        return self._engine_or_none

    def _refresh(self, progress: ProgressCallback | None) -> None:
        """Let the index catch up before a search, if nobody else is writing."""
        state = self._engine.last_change()
        if state == self._reader.last_change():
            return
        try:
            with writer_lock(self.folder):
                self._catch_up(progress)
        except ArchiveLocked as error:
            if state is None:
                raise
            self._notify(f"the newest articles are not searched yet: {error.message}")
        except StoreError as error:
            if state is None:
                raise
            self._notify(f"the newest articles are not searched: {error.message}")

    def _catch_up(self, progress: ProgressCallback | None) -> None:
        """Bring the index to the last change; the caller holds the writer lock."""
        state, last = self._engine.last_change(), self._reader.last_change()
        if state is None or state > last:
            # Missing, foreign, damaged, or ahead of an archive.db that was restored from a backup.
            if state is not None or (self.folder / INDEX).exists():
                self._notify("the search index does not fit the archive and is rebuilt")
            self._engine.clear()
            state = 0
        pending = self._reader.count_changes_since(state)
        changes = self._reader.changes_since(state)
        self._engine.apply(_counted(changes, progress, "indexing", pending), bulk=pending >= _BULK)

    def _notify(self, message: str) -> None:
        if self.notice is not None:
            self.notice(message)


def _counted(items: Iterable[_T], progress: ProgressCallback | None, stage: str, total: int) -> Iterator[_T]:
    for done, item in enumerate(items, start=1):
        yield item
        _tell(progress, stage, done, total)


def _tell(progress: ProgressCallback | None, stage: str, done: int, total: int | None) -> None:
    if progress is not None:
        progress(Progress(stage, done, total))


def _sort(sort: Sort | str | None, tree: Query) -> Sort:
    if sort is None:
        return Sort.RELEVANCE if _has_words(tree) else Sort.NEWEST
    try:
        return Sort(sort)
    except ValueError:
        raise QueryError(f"can't sort by {sort}", hint=f"known: {', '.join(Sort)}") from None


def _has_words(tree: Query) -> bool:
    match tree:
        case Word() | Phrase() | Prefix():
            return True
        case And(parts) | Or(parts):
            return any(_has_words(part) for part in parts)
        case Boost(part):
            return _has_words(part)
        case Not():
            return False
        case _:
            return False


def _facet(name: FacetField | str) -> FacetField:
    try:
        return FacetField(name)
    except ValueError:
        raise QueryError(f"can't count by {name}", hint=f"known: {', '.join(FacetField)}") from None


@contextmanager
def _output(to: str | Path | BinaryIO) -> Iterator[BinaryIO]:
    """The stream to export to; a file gets its name only when it is complete."""
    if not isinstance(to, str | Path):
        yield to
        return
    path = Path(to)
    part = path.with_name(f"{path.name}.part")
    try:
        with part.open("wb") as stream:
            yield stream
        part.replace(path)
    except OSError as exc:
        raise ExportError(
            f"can't write {path}: {exc.strerror or exc}", hint="choose another file with -o"
        ) from exc
    finally:
        # Whatever ended it before the end: an error of the archive, Ctrl-C.
        with suppress(OSError):
            part.unlink(missing_ok=True)


def _size(path: Path) -> int:
    if path.is_dir():
        return sum(entry.stat().st_size for entry in path.rglob("*") if entry.is_file())
    return path.stat().st_size if path.exists() else 0


def _processors() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
