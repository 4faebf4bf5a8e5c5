"""Exports of Europresse as HTML: the older one in tables, the newer one in articles."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from newsarchive.acquire.containers.databases.layouts.date_lines import date_in
from newsarchive.acquire.containers.databases.layouts.export_markup import (
    by_class,
    paragraphs_of,
    parsed,
    text_of,
)
from newsarchive.acquire.containers.described_rows import Row, numbered
from newsarchive.acquire.reader import Item, Limits
from newsarchive.acquire.source_file import SourceFile

_ID = re.compile(r"\b(?:news|pub|web)·\d{8}·\w+·[\w-]+")
_END = re.compile(
    r"(?:©|Numéro de document|Document number|Certificat|Ce certificat|This certificate)", re.IGNORECASE
)
_EDITION = re.compile(r",\s*(?:no?\.?|n°)\s*[\d ]+$", re.IGNORECASE)
_AUTHOR = re.compile(r"[^\W\d_][\w'’.-]+(?: [^\W\d_][\w'’.-]+){1,3}")


def read(file: SourceFile, *, limits: Limits, now: datetime) -> Iterator[Item]:
    """Yield the articles."""
    root = parsed(file.content(limits.payload), file.name)
    boxes = [_box(name) for name in by_class(root, "DocPublicationName")]
    yield from numbered(map(_row, boxes), name=file.name, now=now, dataset="europresse")


def _box(name: Any) -> Any:
    """What holds an article: the smallest box with a publication that has a title, too."""
    box = name
    while box.getparent() is not None and not _titles(box):
        box = box.getparent()
    return box


def _titles(box: Any) -> list[Any]:
    return (
        by_class(box, "TitreArticleVisu")
        or by_class(box, "titreArticle")
        or by_class(box, "titreArticleVisu")
    )


def _row(box: Any) -> Row:
    publication = text_of(by_class(box, "DocPublicationName")[0])
    header = " ".join(text_of(part) for part in by_class(box, "DocHeader"))
    titles = _titles(box)
    headline = " ".join(text_of(title) for title in titles)
    lines = paragraphs_of(box)
    start = next(
        (index for index, line in enumerate(lines) if line.startswith(headline[-40:]) or line == headline), 0
    )
    body = []
    for line in lines[start + 1 :]:
        if _END.match(line):
            break
        body.append(line)
    author = body[0] if len(body) > 1 and _AUTHOR.fullmatch(body[0]) else None
    match = _ID.search("".join(box.itertext()))
    return {
        "headline": headline,
        "text": "\n\n".join(body[1:] if author else body),
        "date": date_in(header),
        "publisher": _EDITION.sub("", publication),
        "authors": [author] if author else [],
        "section": header.split(",")[0] if "," in header and date_in(header.split(",")[0]) is None else None,
        "id": match[0] if match else None,
        "copyright": next((line for line in lines if line.startswith("©")), None),
    }
