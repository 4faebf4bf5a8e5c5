"""Folders: all pages and datasets below them."""

from __future__ import annotations

import gzip
import os
import zlib
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from newsarchive.acquire.containers.json_lines import DatasetReader
from newsarchive.acquire.names import PAGE_SUFFIXES, is_dataset_name, is_gzip_name, suffix
from newsarchive.acquire.reader import DEFAULT_LIMITS, Failure, Limits, Reader, printable
from newsarchive.acquire.sniff import starts_with_tag
from newsarchive.acquire.sources.files import FileReader, open_regular, read_some, unreadable
from newsarchive.errors import AcquireError
from newsarchive.model import Capture

_SNIFFED = 4_096


class FolderReader:
    """Reads a folder and the folders in it, in the order of their path's parts.

    Hidden files and folders, files of other kinds and symbolic links are
    skipped: a link that stays inside leads to what is read anyway, one that
    leaves the folder, to what was not asked for.
    """

    def __init__(self, limits: Limits = DEFAULT_LIMITS) -> None:
        self._pages = FileReader(limits)
        self._datasets = DatasetReader(limits)

    def accepts(self, source: str) -> bool:
        """Whether the source is a folder."""
        try:
            # pathlib takes an empty name for the current folder; nobody means that.
            return bool(source) and Path(source).is_dir()
        except (OSError, ValueError):
            return False

    def read(self, source: str, *, now: datetime) -> Iterator[Capture | Failure]:
        """Yield what its files yield; a folder with nothing usable is a failure."""
        empty = True
        for item in self._items(source):
            empty = False
            if isinstance(item, Failure):
                yield item
            else:
                yield from self._reader(item).read(str(item), now=now)
        if empty:
            name = printable(source)
            hint = "pages end in .html, .htm, .xhtml or .txt, datasets in .jsonl, each also with .gz"
            yield Failure(name, AcquireError(f"{name} holds no pages", hint=hint))

    def count(self, source: str) -> int | None:
        """The pages and rows below the folder; None where a dataset can't be counted cheaply."""
        total = 0
        for item in self._items(source):
            number = 1 if isinstance(item, Failure) else self._reader(item).count(str(item))
            if number is None:
                return None
            total += number
        return total or 1

    def _reader(self, path: Path) -> Reader:
        return self._datasets if is_dataset_name(path.name) else self._pages

    def _items(self, source: str) -> Iterator[Path | Failure]:
        # A stack, not recursion: paths nest deeper than Python does.
        waiting: list[Path] = [Path(source)]
        while waiting:
            path = waiting.pop()
            if path == Path(source) or _is_folder(path):
                try:
                    waiting.extend(_entries(path))
                except AcquireError as error:
                    yield Failure(printable(str(path)), error)
            elif _is_supported(path):
                yield path


def _entries(folder: Path) -> list[Path]:
    """The visible files and folders, last first."""
    try:
        with os.scandir(folder) as entries:
            names = [
                entry.name
                for entry in entries
                if not entry.name.startswith(".")
                and (entry.is_dir(follow_symlinks=False) or entry.is_file(follow_symlinks=False))
            ]
    except OSError as exc:
        raise unreadable(printable(str(folder)), exc) from exc
    return [folder / name for name in sorted(names, reverse=True)]


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:
        return False


def _is_supported(path: Path) -> bool:
    kind = suffix(path.name)
    if kind:
        return kind in PAGE_SUFFIXES or is_dataset_name(path.name)
    return starts_with_tag(_first_bytes(path))


def _first_bytes(path: Path) -> bytes:
    try:
        with open_regular(path) as file:
            if not is_gzip_name(path.name):
                return read_some(file, _SNIFFED, name=path.name)
            with gzip.GzipFile(fileobj=file) as stream:
                return stream.read(_SNIFFED)
    except (AcquireError, OSError, EOFError, zlib.error):
        return b""
