"""Files, of whatever format."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from newsarchive.acquire.containers.json_lines import count as count_lines
from newsarchive.acquire.reader import DEFAULT_LIMITS, NOTHING_SAID, Failure, Item, Limits, Said, printable
from newsarchive.acquire.recognized import items_of
from newsarchive.acquire.source_file import open_source
from newsarchive.errors import AcquireError
from newsarchive.formats import CollectionFormat, ContainerFormat


class FileReader:
    """Reads a file as what it is. Accepts every source, so it belongs last: it tells what is missing."""

    def __init__(self, limits: Limits = DEFAULT_LIMITS, said: Said = NOTHING_SAID) -> None:
        self._limits = limits
        self._said = said

    def accepts(self, source: str) -> bool:
        """Always: what is nothing else is taken for a path."""
        del source
        return True

    def read(self, source: str, *, now: datetime) -> Iterator[Item]:
        """Yield what the file holds, or the reason why nothing can be had of it."""
        try:
            if not source:
                raise AcquireError("a source without a name", hint="give a file, a folder or a URL")
            with open_source(Path(source)) as file:
                yield from items_of(file, limits=self._limits, now=now, said=self._said)
        except AcquireError as error:
            yield Failure(printable(source), error)

    def count(self, source: str) -> int | None:
        """One page a file; the lines of a dataset, where they are counted within a moment."""
        try:
            with open_source(Path(source)) as file:
                if file.format is CollectionFormat.JSON_LINES:
                    return count_lines(file)
                return None if isinstance(file.format, ContainerFormat) else 1
        except AcquireError:
            return 1
