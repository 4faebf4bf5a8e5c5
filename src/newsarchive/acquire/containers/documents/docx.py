"""Word documents."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from newsarchive.acquire.containers.described_rows import numbered
from newsarchive.acquire.containers.documents.printed_articles import rows_of
from newsarchive.acquire.containers.xml_documents import local_name, parsed_xml
from newsarchive.acquire.decompression import too_large
from newsarchive.acquire.reader import Item, Limits
from newsarchive.acquire.source_file import SourceFile
from newsarchive.errors import AcquireError

_TEXT = "word/document.xml"


def read(file: SourceFile, *, limits: Limits, now: datetime) -> Iterator[Item]:
    """Yield the articles."""
    root = parsed_xml(member(file, _TEXT, limits.payload * 5), file.name)
    paragraphs = [_text(one) for one in root.iter() if local_name(one) == "p"]
    yield from numbered(rows_of(paragraphs), name=file.name, now=now, dataset="documents")


def member(file: SourceFile, name: str, limit: int) -> bytes:
    """The content of a file within a ZIP file. Raises AcquireError where it can't be had."""
    file.raw.seek(0)
    try:
        with zipfile.ZipFile(file.raw) as archive, archive.open(name) as stream:
            data = stream.read(limit + 1)
    except KeyError as exc:
        raise AcquireError(f"{file.name} has no {name} in it", hint="save it again") from exc
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as exc:
        raise AcquireError(f"{file.name} is damaged: {exc}", hint="get a fresh copy") from exc
    if len(data) > limit:
        raise too_large(file.name, limit)
    return data


def _text(paragraph: Any) -> str:
    pieces = []
    for one in paragraph.iter():
        name = local_name(one)
        if name == "t":
            pieces.append(one.text or "")
        elif name in ("tab", "br", "cr"):
            pieces.append(" ")
    return " ".join("".join(pieces).split())
