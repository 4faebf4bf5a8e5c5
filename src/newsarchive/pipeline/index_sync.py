"""The search index as the archive sees it: brought up to date with the store, rebuilt when it must be."""

from __future__ import annotations

import time
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import closing, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from newsarchive.base.folder_renames import swap_folders
from newsarchive.base.progress import ProgressCallback, counted, notify
from newsarchive.errors import ArchiveLocked, EngineError, IndexUnavailable, StoreError
from newsarchive.query.ast import TextField
from newsarchive.search.engines import Engine, EnginePlace, Matches, SearchRequest, open_engine
from newsarchive.search.shared_engines import SharedEngine, borrow_engine, return_engine
from newsarchive.store.manifest import Manifest
from newsarchive.store.reading.store_reader import StoreReader
from newsarchive.store.writer_lock import index_lock

if TYPE_CHECKING:
    import tempfile

INDEX = "index"
_BESIDE = "index.next"
# How long a search waits for the first articles that another process indexes, and how often it looks.
_PATIENCE_SECONDS = 60.0
_POLL_SECONDS = 0.05
# From this number of changes on, the engine is told to index them in bulk.
_BULK = 1_000


class ArchiveIndex:
    """The index of one archive; opened when first asked for, because listings and reading need none.

    ``progress`` is told of what is done where a call names nobody to be told.
    """

    def __init__(
        self,
        folder: Path,
        manifest: Manifest,
        reader: StoreReader,
        *,
        progress: ProgressCallback | None,
        read_only: bool = False,
    ) -> None:
        self.folder = folder / INDEX
        self._archive = folder
        self._manifest = manifest
        self._changes = reader.changes
        self._progress = progress
        self._is_read_only = read_only
        self._shared: SharedEngine | None = None
        self._own: tempfile.TemporaryDirectory[str] | None = None

    def search(self, request: SearchRequest, *, progress: ProgressCallback | None = None) -> Matches:
        """Answer from an index that holds every change, if nobody else is writing."""
        self._refresh(progress)
        try:
            return self._engine.search(request)
        except IndexUnavailable as error:
            self._tell(progress, f"{error.message}; rebuilding it")
            self._replace(progress)
            return self._engine.search(request)

    def _replace(self, progress: ProgressCallback | None) -> None:
        """Get an index that answers, in the place of one that doesn't."""
        try:
            if self._is_read_only:
                raise StoreError("it is opened read-only")
            self.rebuild(progress=progress)
        except ArchiveLocked as error:
            self._wait_for_another(error, progress)
        except StoreError as error:
            self._build_for_this_run(error, progress)

    def frequencies(self, terms: Iterable[str]) -> Mapping[str, int]:
        """How many articles have each term; see TermStatistics. Raises EngineError for an engine without."""
        self._refresh(None)
        statistics = self._engine.statistics
        if statistics is None:
            raise EngineError(
                f"the engine {self._manifest.engine} counts no words", hint="search for the words themselves"
            )
        return statistics.frequencies(terms)

    @property
    def counts_terms(self) -> bool:
        """Whether the engine can tell frequencies."""
        return self._engine.statistics is not None

    def spellings(
        self, terms: Collection[str], *, edits: int, field: TextField = TextField.ANY
    ) -> Mapping[str, Mapping[str, int]]:
        """The terms that are spelled like each of these; see Speller. None where nobody can tell."""
        self._refresh(None)
        speller = self._engine.speller
        return {} if speller is None else speller.spellings(terms, edits=edits, field=field)

    def catch_up(self, progress: ProgressCallback | None) -> None:
        """Bring the index to the last change, unless another process is at it: then the next search does."""
        try:
            with index_lock(self._archive):
                self._apply_changes(progress)
        except ArchiveLocked as error:
            self._tell(progress, f"the newest articles are not searched yet: {error.message}")

    def rebuild(self, *, progress: ProgressCallback | None = None) -> None:
        """Build the index anew. Raises ArchiveLocked where another process is at it.

        An index that answers goes on answering: the new one is built beside it, and takes its
        place when it is whole. A build that was interrupted goes on where it was.
        """
        with index_lock(self._archive):
            if self._engine.last_change() is None or not self.folder.is_dir():
                self._engine.clear()
            else:
                self._build_beside(progress)
            self._apply_changes(progress)

    def _apply_changes(self, progress: ProgressCallback | None) -> None:
        """The caller holds the lock of the index."""
        state, last = self._engine.last_change(), self._changes.last_change()
        if state is None or state > last:
            # Missing, foreign, damaged, or ahead of an archive.db that was restored from a backup.
            if state is not None or self.folder.exists():
                self._tell(progress, "the search index does not fit the archive and is rebuilt")
            self._engine.clear()
            state = 0
        self._apply_since(self._engine, state, progress)

    def _build_beside(self, progress: ProgressCallback | None) -> None:
        beside = self._archive / _BESIDE
        with closing(self._open_engine(beside)) as engine:
            state = engine.last_change()
            if state is None or state > self._changes.last_change():
                engine.clear()
                state = 0
            elif state:
                self._tell(progress, "an interrupted build of the index goes on")
            self._apply_since(engine, state, progress)
        # Other handles may hold it, too: all read the new one next.
        self._engine.close()
        swap_folders(beside, self.folder)

    def _apply_since(self, engine: Engine, state: int, progress: ProgressCallback | None) -> None:
        pending = self._changes.count_changes_since(state)
        changes = self._changes.changes_since(state)
        engine.apply(counted(changes, progress or self._progress, "indexing", pending), bulk=pending >= _BULK)

    def _tell(self, progress: ProgressCallback | None, message: str) -> None:
        notify(progress or self._progress, message)

    def last_change(self) -> int | None:
        """The last change it holds; None where nothing was asked of it yet."""
        return None if self._shared is None else self._engine.last_change()

    def pending(self) -> int:
        """How many changes the index lacks."""
        return self._changes.count_changes_since(self._engine.last_change() or 0)

    def faults(self, progress: ProgressCallback | None) -> Iterator[str]:
        """Read the whole index and compare it with the store; tell what the next search will mend."""
        state, last = self._engine.last_change(), self._changes.last_change()
        if state is None and last:
            self._tell(progress, "there is no usable search index; the next search builds it")
        elif state is not None and state < last:
            self._tell(progress, "the search index is behind; the next search brings it up to date")
        if state is not None and state > last:
            yield "it is newer than the database"
        elif state is not None:
            yield from self._engine.check()

    def close(self) -> None:
        """Release files; closing twice is harmless."""
        shared, self._shared = self._shared, None
        if shared is not None:
            return_engine(shared)
        if self._own is not None:
            self._own.cleanup()
            self._own = None

    @property
    def _engine(self) -> Engine:
        if self._shared is None:
            self._shared = borrow_engine(self._manifest.engine, self._place(self.folder))
        return self._shared.engine

    def _open_engine(self, folder: Path) -> Engine:
        return open_engine(self._manifest.engine, self._place(folder))

    def _place(self, folder: Path) -> EnginePlace:
        return EnginePlace(folder, self._manifest.uuid, self._manifest.settings)

    def _refresh(self, progress: ProgressCallback | None) -> None:
        state = self._engine.last_change()
        if state == self._changes.last_change():
            return
        try:
            if self._is_read_only:
                raise StoreError("it is opened read-only")
            with index_lock(self._archive):
                self._apply_changes(progress)
        except ArchiveLocked as error:
            if state is None:
                self._wait_for_another(error, progress)
            else:
                self._tell(progress, f"the newest articles are not searched yet: {error.message}")
        except StoreError as error:
            if state is None:
                self._build_for_this_run(error, progress)
            else:
                self._tell(progress, f"the newest articles are not searched: {error.message}")

    def _wait_for_another(self, error: ArchiveLocked, progress: ProgressCallback | None) -> None:
        """Answer from what another process has indexed, as soon as it has indexed something."""
        self._tell(progress, f"{error.message}; the search waits for the first of it")
        until = time.monotonic() + _PATIENCE_SECONDS
        while time.monotonic() < until:
            time.sleep(_POLL_SECONDS)
            if self._engine.last_change() is not None:
                return None
            with suppress(ArchiveLocked), index_lock(self._archive):
                return self._apply_changes(progress)
        return self._build_for_this_run(error, progress)

    def _build_for_this_run(self, error: StoreError, progress: ProgressCallback | None) -> None:
        """Where nothing can be written, or nobody gets on: an index that goes when the archive is closed."""
        self._tell(progress, f"the search index is built for this run alone: {error.message}")
        # Imported here: nearly no search needs it, and the import costs all of them.
        import tempfile

        self.close()
        self._own = tempfile.TemporaryDirectory(prefix="newsarchive-index-")
        self._shared = SharedEngine(self._open_engine(Path(self._own.name)), borrowers=1)
        self._apply_since(self._engine, 0, progress)
