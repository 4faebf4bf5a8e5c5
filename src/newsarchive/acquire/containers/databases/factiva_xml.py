"""Exports of Factiva as XML."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from newsarchive.acquire.containers.databases.factiva import DATASET
from newsarchive.acquire.containers.databases.layouts.nexis_layout import people
from newsarchive.acquire.containers.described_rows import Row, numbered
from newsarchive.acquire.containers.xml_documents import first, named, parsed_xml, texts
from newsarchive.acquire.reader import Item, Limits
from newsarchive.acquire.source_file import SourceFile


def read(file: SourceFile, *, limits: Limits, now: datetime) -> Iterator[Item]:
    """Yield the articles."""
    root = parsed_xml(file.content(limits.payload), file.name)
    found = list(named(root, "article"))
    yield from numbered(map(_row, found), name=file.name, now=now, dataset=DATASET)


def _row(article: Any) -> Row:
    headline = next(named(article, "headline"), None)
    body = [
        text
        for part in ("leadParagraph", "tailParagraphs")
        for box in named(article, part)
        for text in texts(box, "paragraph")
    ]
    return {
        "id": first(article, "accessionNo"),
        "headline": " ".join(texts(headline, "paragraph")) if headline is not None else None,
        "text": "\n\n".join(body),
        "date": first(article, "publicationDate"),
        "publisher": first(article, "sourceName"),
        "authors": people(first(article, "byline")),
        "section": first(article, "sectionName"),
        "language": (first(article, "baseLanguage") or "").lower(),
        "page": first(article, "pages"),
        "copyright": first(article, "copyright"),
    }
