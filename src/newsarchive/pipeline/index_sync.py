"""The search index as the archive sees it: brought up to date with the store, rebuilt when it must be."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from pathlib import Path

from newsarchive.base.progress import ProgressCallback, counted
from newsarchive.errors import ArchiveLocked, EngineError, IndexUnavailable, StoreError
from newsarchive.query.ast import TextField
from newsarchive.search.engines import Engine, EnginePlace, Matches, SearchRequest, open_engine
from newsarchive.store.manifest import Manifest
from newsarchive.store.reading.store_reader import StoreReader
from newsarchive.store.writer_lock import writer_lock

INDEX = "index"
# So many changes and more are indexed in large steps.
_BULK = 1_000


class ArchiveIndex:
    """The index of one archive; opened when first asked for, because listings and reading need none.

    ``notify`` is told what callers should know and need not act on.
    """

    def __init__(
        self, folder: Path, manifest: Manifest, reader: StoreReader, *, notify: Callable[[str], None]
    ) -> None:
        self.folder = folder / INDEX
        self._archive = folder
        self._manifest = manifest
        self._changes = reader.changes
        self._notify = notify
        self._engine_or_none: Engine | None = None

    def search(self, request: SearchRequest, *, progress: ProgressCallback | None = None) -> Matches:
        """Answer from an index that holds every change, if nobody else is writing."""
        self._refresh(progress)
        try:
            return self._engine.search(request)
        except IndexUnavailable as error:
            self._notify(f"{error.message}; rebuilding it")
            self.rebuild(progress=progress)
            return self._engine.search(request)

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
        """Bring the index to the last change; the caller holds the writer lock."""
        state, last = self._engine.last_change(), self._changes.last_change()
        if state is None or state > last:
            # Missing, foreign, damaged, or ahead of an archive.db that was restored from a backup.
            if state is not None or self.folder.exists():
                self._notify("the search index does not fit the archive and is rebuilt")
            self._engine.clear()
            state = 0
        pending = self._changes.count_changes_since(state)
        changes = self._changes.changes_since(state)
        self._engine.apply(counted(changes, progress, "indexing", pending), bulk=pending >= _BULK)

    def rebuild(self, *, progress: ProgressCallback | None = None) -> None:
        """Drop the index and build it anew. Raises ArchiveLocked."""
        with writer_lock(self._archive):
            self._engine.clear()
            self.catch_up(progress)

    def last_change(self) -> int | None:
        """The last change it holds; None where nothing was asked of it yet."""
        return None if self._engine_or_none is None else self._engine.last_change()

    def pending(self) -> int:
        """How many changes the index lacks."""
        return self._changes.count_changes_since(self._engine.last_change() or 0)

    def faults(self) -> Iterator[str]:
        """Read the whole index and compare it with the store; tell what the next search will mend."""
        state, last = self._engine.last_change(), self._changes.last_change()
        if state is None and last:
            self._notify("there is no usable search index; the next search builds it")
        elif state is not None and state < last:
            self._notify("the search index is behind; the next search brings it up to date")
        if state is not None and state > last:
            yield "it is newer than the database"
        elif state is not None:
            yield from self._engine.check()

    def close(self) -> None:
        """Release files; closing twice is harmless."""
        if self._engine_or_none is not None:
            self._engine_or_none.close()

    @property
    def _engine(self) -> Engine:
        if self._engine_or_none is None:
            place = EnginePlace(self.folder, self._manifest.uuid, self._manifest.settings)
            self._engine_or_none = open_engine(self._manifest.engine, place)
        return self._engine_or_none

    def _refresh(self, progress: ProgressCallback | None) -> None:
        state = self._engine.last_change()
        if state == self._changes.last_change():
            return
        try:
            with writer_lock(self._archive):
                self.catch_up(progress)
        except ArchiveLocked as error:
            if state is None:
                raise
            self._notify(f"the newest articles are not searched yet: {error.message}")
        except StoreError as error:
            if state is None:
                raise
            self._notify(f"the newest articles are not searched: {error.message}")
