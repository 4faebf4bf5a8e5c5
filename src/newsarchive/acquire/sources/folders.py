"""Folders: all that can be read below them."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from newsarchive.acquire.containers.json_lines import count as count_lines
from newsarchive.acquire.reader import (
    DEFAULT_LIMITS,
    NOTHING_SAID,
    Failure,
    Item,
    Limits,
    NotRead,
    Said,
    printable,
)
from newsarchive.acquire.recognized import items_of
from newsarchive.acquire.source_file import SourceFile, open_source, unreadable
from newsarchive.acquire.sources.page_folders import without_companions
from newsarchive.base.file_suffixes import suffix
from newsarchive.base.text_openings import is_prose, text_of
from newsarchive.errors import AcquireError, Hint, Remedy
from newsarchive.formats import CollectionFormat, ContainerFormat, OtherFormat, PageFormat, UnreadFormat

_OF_MANY_KINDS = frozenset({CollectionFormat.CSV, CollectionFormat.XLSX, CollectionFormat.JSON})
# An archive is no folder of pages, and what it is made of no source of articles.
_ARCHIVE = "newsarchive.toml"
_OF_AN_ARCHIVE = frozenset(
    {_ARCHIVE, "archive.db", "archive.db-wal", "archive.db-shm", "index", "snapshots", "unfinished"}
)


class FolderReader:
    """Reads a folder and the folders in it, in the order of their path's parts.

    Hidden files and folders and symbolic links are passed over: a link that
    stays inside leads to what is read anyway, one that leaves the folder, to
    what was not asked for. So are archives, and the folders that browsers save
    beside a page. Other files that can't be read are named.
    """

    def __init__(self, limits: Limits = DEFAULT_LIMITS, said: Said = NOTHING_SAID) -> None:
        self._limits = limits
        # A folder holds files of many formats; what a user says of columns is meant for its tables.
        self._said = Said(columns=said.columns)

    def accepts(self, source: str) -> bool:
        """Whether the source is a folder."""
        try:
            # pathlib takes an empty name for the current folder; nobody means that.
            return bool(source) and Path(source).is_dir()
        except (OSError, ValueError):
            return False

    def read(self, source: str, *, now: datetime) -> Iterator[Item]:
        """Yield what its files yield; a folder with nothing usable is a failure."""
        others = []
        empty = True
        for found in _walk(Path(source)):
            if isinstance(found, _Unusable):
                others.append(found.item)
                empty = empty and not isinstance(found.item, Failure)
                yield found.item
            else:
                empty = False
                yield from self._items(found, now)
        if empty:
            yield _nothing_usable(source, len(others))

    def count(self, source: str) -> int | None:
        """The pages, rows and other files below the folder; None where that isn't known cheaply."""
        total = 0
        empty = True
        for found in _walk(Path(source)):
            empty = empty and isinstance(found, _Unusable) and isinstance(found.item, NotRead)
            number = 1 if isinstance(found, _Unusable) else _count(found)
            if number is None:
                return None
            total += number
        return total + empty

    def _items(self, path: Path, now: datetime) -> Iterator[Item]:
        try:
            with open_source(path) as file:
                items = items_of(file, limits=self._limits, now=now, said=self._said)
                yield from _unless_of_others(file, items) if file.format in _OF_MANY_KINDS else items
        except AcquireError as error:
            yield Failure(printable(str(path)), error)


@dataclass(frozen=True, slots=True)
class _Unusable:
    """What lies in a folder and is not read, or can't be."""

    item: Failure | NotRead


def _walk(top: Path) -> Iterator[Path | _Unusable]:
    """The files that can be read, and what else there is."""
    # A stack, not recursion: paths nest deeper than Python does.
    waiting = [top]
    while waiting:
        path = waiting.pop()
        try:
            if path == top or _is_folder(path):
                waiting.extend(_entries(path, is_top=path == top))
            else:
                yield _judged(path)
        except AcquireError as error:
            yield _Unusable(Failure(printable(str(path)), error))


def _entries(folder: Path, *, is_top: bool) -> list[Path]:
    """The files and folders that are looked at, last first."""
    try:
        with os.scandir(folder) as entries:
            names = {
                entry.name: entry.is_dir(follow_symlinks=False)
                for entry in entries
                if not entry.name.startswith(".")
                and (entry.is_dir(follow_symlinks=False) or entry.is_file(follow_symlinks=False))
            }
    except OSError as exc:
        raise unreadable(printable(str(folder)), exc) from exc
    kept: Iterable[str] = without_companions(names)
    if _ARCHIVE in names:
        kept = (name for name in kept if is_top and name not in _OF_AN_ARCHIVE)
    return [folder / name for name in sorted(kept, reverse=True)]


def _unless_of_others(file: SourceFile, items: Iterator[Item]) -> Iterator[Item]:
    """What a table or the like holds; one that holds nothing about articles is another's and no fault."""
    for item in items:
        is_of_others = isinstance(item, Failure) and item.source == file.name
        yield NotRead(file.name, file.format.label) if is_of_others else item


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:
        return False


def _judged(path: Path) -> Path | _Unusable:
    with open_source(path) as file:
        if _is_readable(file):
            return path
        return _Unusable(NotRead(file.name, file.format.label))


def _is_readable(file: SourceFile) -> bool:
    """Whether it is worth reading: in a folder nobody said so, so a text has to look like one."""
    if file.format is PageFormat.TEXT:
        return bool(suffix(file.name)) and _holds_prose(file)
    return not isinstance(file.format, UnreadFormat | OtherFormat)


def _holds_prose(file: SourceFile) -> bool:
    """Whether a text has a line like one of prose; an empty one, which is a fault, is not judged."""
    text = text_of(file.head)
    return not text.strip() or any(map(is_prose, text.splitlines()))


def _count(path: Path) -> int | None:
    try:
        with open_source(path) as file:
            if file.format is CollectionFormat.JSON_LINES:
                return count_lines(file)
            return None if isinstance(file.format, ContainerFormat) else 1
    except AcquireError:
        return 1


def _nothing_usable(source: str, others: int) -> Failure:
    name = printable(source)
    named = Hint("give the folder that holds the pages, or see what it holds", Remedy.NAME_NOT_READ)
    hint = named if others else "give the folder that holds the pages"
    return Failure(name, AcquireError(f"{name} holds no pages", hint=hint))
