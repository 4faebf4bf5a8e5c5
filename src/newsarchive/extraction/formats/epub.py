"""EPUB books: issues of magazines, and articles saved by reading tools. Source: EPUB 3.3 (W3C)."""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote

from lxml import etree

from newsarchive.errors import ExtractError
from newsarchive.extraction.caps import MAX_TEXT, capped
from newsarchive.extraction.dates.machine_dates import parse_machine
from newsarchive.extraction.formats import Received
from newsarchive.extraction.page.markup import text_of_markup
from newsarchive.extraction.words.language_detection import detect
from newsarchive.extraction.words.language_tags import normalize
from newsarchive.extraction.words.strings import distinct, plain
from newsarchive.model import Article, Confidence, Evidence, EvidenceSource

_CONTAINER = "META-INF/container.xml"
_ENCRYPTION = "META-INF/encryption.xml"
_MAX_MEMBER = 20_000_000


def read(received: Received) -> Article:
    """The text of a book in the order in which it is read."""
    try:
        with zipfile.ZipFile(io.BytesIO(received.payload)) as book:
            return _article(book)
    except (zipfile.BadZipFile, zlib.error, KeyError, NotImplementedError, RuntimeError, EOFError) as exc:
        raise ExtractError(f"the book is damaged: {exc}", hint="get a fresh copy") from exc


def _article(book: zipfile.ZipFile) -> Article:
    root_file = next(iter(_xml(book, _CONTAINER).xpath("//*[local-name()='rootfile']/@full-path")), None)
    if root_file is None:
        raise ExtractError("the book doesn't say where its content lies", hint="get a fresh copy")
    package = _xml(book, root_file)
    pages = list(_pages(book, package, posixpath.dirname(root_file)))
    text, cuts = capped("\n".join(page for page in pages if page))
    title = _first(package, "title")
    if not text and not title:
        raise ExtractError("the book holds no text", hint="it may be protected, or hold pictures alone")
    published = parse_machine(_first(package, "date"))
    stated = _first(package, "language")
    return Article(
        headline=title,
        authors=distinct([name for name in _all(package, "creator") if name]),
        date_published=published,
        date_confidence=Confidence.HIGH if published else None,
        publisher=_first(package, "publisher"),
        description=_first(package, "description"),
        language=(normalize(stated) if stated else None) or detect(text),
        text=text,
        evidence=(*_evidence(published, _first(package, "date")), *cuts),
    )


def _evidence(published: object, raw: str | None) -> tuple[Evidence, ...]:
    if published is None:
        return ()
    return (
        Evidence("date_published", str(published), EvidenceSource.META, (raw or "")[:200], Confidence.HIGH),
    )


def _pages(book: zipfile.ZipFile, package: Any, folder: str) -> Iterator[str]:
    names = {item.get("id"): item.get("href") for item in package.xpath("//*[local-name()='item']")}
    members = set(book.namelist())
    size = 0
    for reference in package.xpath("//*[local-name()='itemref']/@idref"):
        # Every name is one of the book's own: nothing outside is ever opened.
        name = posixpath.normpath(posixpath.join(folder, unquote(names.get(reference) or "")))
        if name in members and size < MAX_TEXT:
            page = text_of_markup(_bytes(book, name).decode("utf-8", "replace"))
            size += len(page)
            yield page


def _xml(book: zipfile.ZipFile, name: str) -> Any:
    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True, load_dtd=False)
    root = etree.fromstring(_bytes(book, name).lstrip() or b"<x/>", parser)
    if root is None:
        raise ExtractError(f"{name} in the book can't be read", hint="get a fresh copy")
    return root


def _bytes(book: zipfile.ZipFile, name: str) -> bytes:
    with book.open(name) as stream:
        data = stream.read(_MAX_MEMBER + 1)
    if len(data) > _MAX_MEMBER:
        raise ExtractError(f"{name} in the book is too large", hint="a chapter is smaller")
    return data


def _first(package: Any, name: str) -> str | None:
    return next(iter(_all(package, name)), None)


def _all(package: Any, name: str) -> list[str]:
    found = package.xpath("//*[local-name()='metadata']//*[local-name()=$name]", name=name)
    return [text for one in found if (text := plain("".join(one.itertext())))]
