"""Lists of addresses, one a line; text sitemaps are such."""

from __future__ import annotations

from collections.abc import Iterator

from newsarchive.acquire.reader import Item, Limits, Link, printable
from newsarchive.acquire.source_file import SourceFile


def read(file: SourceFile, *, limits: Limits) -> Iterator[Item]:
    """Yield each address."""
    words = file.content(limits.payload).decode("utf-8-sig", "replace").split()
    for number, url in enumerate(words, start=1):
        yield Link(f"{file.name}#{number}", printable(url))
