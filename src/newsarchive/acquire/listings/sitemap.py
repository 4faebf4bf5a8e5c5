"""Sitemaps, sitemap indexes and news sitemaps. Source: sitemaps.org, protocol 0.9."""

from __future__ import annotations

from collections.abc import Iterator

from newsarchive.acquire.containers.exports.named_fields import moment_of
from newsarchive.acquire.containers.xml_documents import first, local_name, parsed_xml
from newsarchive.acquire.reader import Item, Limits, Link, printable
from newsarchive.acquire.source_file import SourceFile
from newsarchive.errors import AcquireError


def read(file: SourceFile, *, limits: Limits) -> Iterator[Item]:
    """Yield each address."""
    root = parsed_xml(file.content(limits.payload), file.name)
    number = 0
    for entry in root:
        url = first(entry, "loc") if local_name(entry) in ("url", "sitemap") else None
        if url:
            number += 1
            moment = moment_of(first(entry, "publication_date") or first(entry, "lastmod"))
            yield Link(f"{file.name}#{number}", printable(url), first(entry, "title"), moment)
    if not number:
        raise AcquireError(f"{file.name} names no addresses", hint="fetch it again")
