"""The Whoosh engine: answers queries with ids, over an index that can always be rebuilt."""

from __future__ import annotations

import shutil
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import RLock

from newsarchive.errors import Hint, IndexUnavailable, NewsArchiveError, Remedy
from newsarchive.model import IndexChange
from newsarchive.query.ast import TextField, positive_terms
from newsarchive.search.engines import Matches, SearchRequest
from newsarchive.search.text.analysis import shared_analyzer
from newsarchive.search.whoosh.answer import index_words
from newsarchive.search.whoosh.answer.execute.execution import Segment
from newsarchive.search.whoosh.answer.plan.compile import Compiler
from newsarchive.search.whoosh.answer.searcher import Searcher
from newsarchive.search.whoosh.index_check import faults
from newsarchive.search.whoosh.index_marker import Marker
from newsarchive.search.whoosh.index_reader import IndexReader
from newsarchive.search.whoosh.layout import term_field

_REINDEX = Hint("build the index anew", Remedy.REINDEX)
# From so many words on, a query is a question, in which function words count little.
_QUESTION = 4


class WhooshEngine:
    """An ``Engine`` on a folder of its own. ``archive`` is the uuid of the archive it serves.

    ``limit_mb`` bounds the memory for the segment being built. Threads may share it: searches
    take turns, and go on while one thread writes, as they do in other processes.
    """

    def __init__(self, folder: Path, *, archive: str, limit_mb: int = 128) -> None:
        self._folder = folder
        self._marker = Marker(folder, archive)
        self._reader = IndexReader(folder, self._marker)
        self._searcher = Searcher()
        self._analyzer = shared_analyzer()
        self._limit = limit_mb * 1_000_000
        self._turn, self._writing = RLock(), RLock()
        # What a writer reads is its own: a search must not wait for the end of a long run.
        self._written = IndexReader(folder, self._marker)

    @property
    def statistics(self) -> WhooshEngine:
        """It counts terms itself."""
        return self

    @property
    def speller(self) -> WhooshEngine:
        """It finds spellings itself."""
        return self

    def last_change(self) -> int | None:
        """The last change applied; None if the index is missing, foreign, outdated or damaged."""
        try:
            with self._guard():
                state = self._reader.state()
        except IndexUnavailable:
            return None
        return None if state is None else state.last_change

    def apply(self, changes: Iterable[IndexChange], *, bulk: bool = False) -> None:
        """Index changes in order; see Engine. ``bulk`` commits in larger steps."""
        with self._guard(self._writing, self._written):
            state = self._written.state()
            if state is None and self._holds_something():
                raise IndexUnavailable(f"the index in {self._folder} is not usable", hint=_REINDEX)
            # Imported here: whoosh takes as long as a whole search, and searching doesn't need it.
            from newsarchive.search.whoosh.write.apply_changes import Updater

            updater = Updater(self._folder, self._marker, self._analyzer, self._limit, bulk=bulk)
            updater.apply(changes, self._written)

    def search(self, request: SearchRequest) -> Matches:
        """Answer a request. Raises QueryError, and IndexUnavailable where the index can't be read."""
        compiler = Compiler(self._analyzer, request.languages, _weak_words(request))
        plan = compiler.compile(request.query)
        hints = [compiler.compile(hint) for hint in request.hints]
        with self._guard():
            try:
                return self._searcher.search(self._segments(), plan, request, hints)
            except FileNotFoundError:
                # Another process has merged the segment away since it was opened.
                self._reader.close()
                return self._searcher.search(self._segments(), plan, request, hints)

    def frequencies(self, terms: Iterable[str]) -> Mapping[str, int]:
        """How many articles have each term; see TermStatistics."""
        with self._guard():
            return index_words.frequencies(self._segments(), terms)

    def spellings(
        self, terms: Collection[str], *, edits: int, field: TextField = TextField.ANY
    ) -> Mapping[str, Mapping[str, int]]:
        """The terms that are spelled like each of these; see Speller."""
        with self._guard():
            return index_words.spellings(self._segments(), terms, edits=edits, field=term_field(field))

    def clear(self) -> None:
        """Drop the index. The marker goes first, so that a half-dropped index is none."""
        with self._guard(self._writing, self._written), self._turn:
            self._reader.close()
            self._written.close()
            self._marker.path.unlink(missing_ok=True)
            if self._folder.exists():
                shutil.rmtree(self._folder)

    def check(self) -> Sequence[str]:
        """Compare every file with its digest and read every posting; describe each fault found."""
        try:
            with self._guard():
                segments = self._segments()
                return faults(self._folder, self._reader.state(), segments)
        except IndexUnavailable as error:
            return [error.message]

    def close(self) -> None:
        """Release files and memory; closing twice is harmless."""
        with self._turn:
            self._reader.close()
        with self._writing:
            self._written.close()

    def _segments(self) -> Sequence[Segment]:
        if self._reader.state() is None:
            raise IndexUnavailable(f"no usable index in {self._folder}", hint=_REINDEX)
        return self._reader.segments()

    def _holds_something(self) -> bool:
        return self._folder.exists() and any(self._folder.iterdir())

    @contextmanager
    def _guard(self, turn: RLock | None = None, reader: IndexReader | None = None) -> Iterator[None]:
        """Take a turn, and turn whatever goes wrong in the index into one error that says what repairs it."""
        with turn or self._turn, self._one_error(reader or self._reader):
            yield

    @contextmanager
    def _one_error(self, reader: IndexReader) -> Iterator[None]:
        try:
            yield
        except NewsArchiveError:
            raise
        # Whoosh decodes what it finds: damaged bytes surface as struct, zlib, pickle, key,
        # index, type, memory and assertion errors, and as its own, which have no common root.
        except Exception as error:
            reader.close()
            raise IndexUnavailable(
                f"the index in {self._folder} can't be used: {str(error) or type(error).__name__}",
                hint=_REINDEX,
            ) from error


def _weak_words(request: SearchRequest) -> frozenset[str]:
    """The terms that count little: the function words of a question of many words."""
    if len(positive_terms(request.query)) < _QUESTION:
        return frozenset()
    # Imported here: whoever types few words means each of them, and needs no lists.
    from newsarchive.search.text.function_words import weak_words

    return weak_words(request.languages)
