"""Lists of feeds. Source: OPML 2.0."""

from __future__ import annotations

from collections.abc import Iterator

from newsarchive.acquire.containers.xml_documents import named, parsed_xml
from newsarchive.acquire.reader import Item, Limits, Link, printable
from newsarchive.acquire.source_file import SourceFile
from newsarchive.errors import AcquireError


def read(file: SourceFile, *, limits: Limits) -> Iterator[Item]:
    """Yield the address of each feed."""
    root = parsed_xml(file.content(limits.payload), file.name)
    number = 0
    for outline in named(root, "outline"):
        attributes = {name.lower(): value for name, value in outline.attrib.items()}
        url = attributes.get("xmlurl") or attributes.get("url")
        if url:
            number += 1
            title = attributes.get("title") or attributes.get("text")
            yield Link(f"{file.name}#{number}", printable(url), title, is_feed=True)
    if not number:
        raise AcquireError(f"{file.name} names no feeds", hint="export it again")
