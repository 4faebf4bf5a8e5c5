"""Every error that newsarchive raises.

NewsArchiveError
├── AcquireError            a source could not be read or fetched
├── ExtractError            bytes were read, but no article came out of them
├── StoreError              the archive on disk
│   ├── NotAnArchive
│   ├── SchemaTooNew
│   ├── ArchiveLocked
│   ├── ArchiveSetBack
│   ├── ArchiveClosed
│   ├── ArticleNotFound
│   ├── CaptureNotFound
│   ├── SavedSearchNotFound
│   ├── CollectionNotFound
│   ├── MarkNotFound
│   ├── RemovedBefore
│   └── SnapshotDamaged
├── QueryError              a query that can't be answered
│   ├── QuerySyntaxError
│   └── UnknownField
├── BackupError             a backup could not be made or restored
├── IndexUnavailable        the search index can't be opened or written
├── InvalidArgument         a value of the wrong kind was given; a TypeError and a ValueError, too
├── RunEnded                a run of add or reextract that is over was asked to go on
├── EngineError             a search engine that is not known, or lacks what was asked
├── ExportError             an export could not be written
└── SigningError            a signature or time stamp could not be made, or does not hold

One ``except NewsArchiveError`` is enough for callers. A message says what is
wrong and where; ``hint`` says what to do next, in words that fit any front end.
"""

from __future__ import annotations

from enum import Enum, auto
from pathlib import Path


class Remedy(Enum):
    """What newsarchive has for something that went wrong. A front end adds how its users ask for it."""

    MAKE_ARCHIVE = auto()
    UPGRADE = auto()
    INSTALL_EXTRA = auto()
    FIND_IDS = auto()
    LIST_SAVED = auto()
    REPLACE_SAVED = auto()
    LIST_RUNS = auto()
    REINDEX = auto()
    REBUILD = auto()
    VERIFY = auto()
    ADD_AGAIN = auto()
    LIST_COLLECTIONS = auto()
    MAKE_BACKUP = auto()
    ALLOW_PRIVATE = auto()
    SET_PASSWORD = auto()
    CHOOSE_PORT = auto()
    NAME_NOT_READ = auto()


class Hint(str):
    """A hint for which newsarchive has a remedy; ``about`` is the folder, extra or name that it concerns."""

    remedy: Remedy
    about: str

    def __new__(cls, text: str, remedy: Remedy, about: str = "") -> Hint:
        hint = super().__new__(cls, text)
        hint.remedy, hint.about = remedy, about
        return hint

    def __reduce__(self) -> tuple[type[Hint], tuple[str, Remedy, str]]:
        return Hint, (str(self), self.remedy, self.about)


def extra(name: str, *, instead: str = "") -> Hint:
    """The hint where a library of an extra is missing; ``instead`` is what does without."""
    install = f"install newsarchive with the extra {name}"
    return Hint(f"{instead}, or {install}" if instead else install, Remedy.INSTALL_EXTRA, name)


class NewsArchiveError(Exception):
    """The root of all errors of this package."""

    def __init__(self, message: str, *, hint: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return self.message


class AcquireError(NewsArchiveError):
    """A source could not be read or fetched; ``status`` is what a server answered, where that is why."""

    def __init__(self, message: str, *, hint: str | None = None, status: int | None = None) -> None:
        super().__init__(message, hint=hint)
        self.status = status


class ExtractError(NewsArchiveError):
    """No article could be made from the bytes of a capture."""


class StoreError(NewsArchiveError):
    """The archive on disk refused or failed an operation."""


class NotAnArchive(StoreError):
    """The folder holds no archive."""

    def __init__(self, path: Path, *, reason: str = "is not an archive", hint: str | None = None) -> None:
        make = Hint("make one there", Remedy.MAKE_ARCHIVE, str(path))
        super().__init__(f"{path} {reason}", hint=hint or make)
        self.path = path


class SchemaTooNew(StoreError):
    """The archive was written by a newer version of newsarchive."""

    def __init__(self, path: Path, *, found: int, supported: int) -> None:
        super().__init__(
            f"{path} has format {found}, this newsarchive reads up to {supported}",
            hint=Hint("upgrade newsarchive", Remedy.UPGRADE),
        )
        self.path = path
        self.found = found
        self.supported = supported


class ArchiveLocked(StoreError):
    """Another process is writing to the archive."""

    def __init__(self, path: Path, *, holder: str, act: str = "written") -> None:
        super().__init__(
            f"{path} is being {act} by {holder}",
            hint="wait until it has finished, then try again",
        )
        self.path = path
        self.holder = holder


class ArchiveSetBack(StoreError):
    """The database is older than what stands beside it, or of another history: nothing may be written."""


class ArchiveClosed(StoreError):
    """An archive was used after it was closed, or in a process that was forked from its own."""

    def __init__(self, path: Path, *, is_forked: bool = False) -> None:
        reason = "was opened before this process was forked" if is_forked else "was closed"
        super().__init__(f"the archive {path} {reason}", hint="open it again here")
        self.path = path
        self.is_forked = is_forked


class ArticleNotFound(StoreError):
    """The archive has no article of this id."""

    def __init__(self, article_id: int) -> None:
        super().__init__(
            f"no article has the id {article_id}",
            hint=Hint("searches find ids", Remedy.FIND_IDS),
        )
        self.article_id = article_id


class CaptureNotFound(StoreError):
    """The archive has no capture of this id."""

    def __init__(self, capture_id: int) -> None:
        super().__init__(
            f"no capture has the id {capture_id}", hint="the captures of an article have their ids"
        )
        self.capture_id = capture_id


class SavedSearchNotFound(StoreError):
    """No search was saved under this name."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"no saved search is called {name}",
            hint=Hint("list what is saved", Remedy.LIST_SAVED),
        )
        self.name = name


class CollectionNotFound(StoreError):
    """No collection has this name."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"no collection is called {name[:60]}",
            hint=Hint("list the collections", Remedy.LIST_COLLECTIONS),
        )
        self.name = name


class MarkNotFound(StoreError):
    """No note or highlight has this number."""

    def __init__(self, kind: str, number: int) -> None:
        super().__init__(f"no {kind} has the number {number}", hint=f"list them with: newsarchive {kind}")
        self.number = number


class RemovedBefore(StoreError):
    """An article was removed from this archive, and is to be added."""

    def __init__(self, removed_at: str) -> None:
        super().__init__(
            f"it was removed from this archive on {removed_at[:10]}",
            hint=Hint("to have it again, add it again", Remedy.ADD_AGAIN),
        )
        self.removed_at = removed_at


class SnapshotDamaged(StoreError):
    """A stored capture can't be read back as it was written."""


class QueryError(NewsArchiveError):
    """A query that can't be answered.

    ``position`` is the 0-based offset in the query text, in characters.
    """

    def __init__(self, message: str, *, position: int | None = None, hint: str | None = None) -> None:
        super().__init__(message, hint=hint)
        self.position = position


class QuerySyntaxError(QueryError):
    """The query text does not follow the grammar."""


class UnknownField(QueryError):
    """A field that articles don't have."""


class BackupError(NewsArchiveError):
    """A backup could not be made, or is not what was backed up."""


class IndexUnavailable(NewsArchiveError):
    """The search index can't be opened or written."""


class InvalidArgument(NewsArchiveError, TypeError, ValueError):
    """A call was given a value of the wrong kind, or one that can't be meant."""


class RunEnded(NewsArchiveError):
    """A run of ``add`` or ``reextract`` was left or closed before its end, and is asked to go on."""


class EngineError(NewsArchiveError):
    """An archive names a search engine that is not known, or asks of one what it lacks."""


class ExportError(NewsArchiveError):
    """An export could not be written."""


class SigningError(NewsArchiveError):
    """A signature or time stamp could not be made, or does not hold."""
