"""Files that hold many articles: one module a kind."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Protocol, assert_never

from newsarchive.acquire.reader import Item, Limits
from newsarchive.acquire.source_file import SourceFile
from newsarchive.formats import CollectionFormat, ContainerFormat, DatabaseFormat, WebArchiveFormat


class ContainerReader(Protocol):
    """What each module here offers."""

    def read(self, file: SourceFile, *, limits: Limits, now: datetime) -> Iterator[Item]:
        """Yield what a file holds, lazily and in its order; a part that can't be read is a Failure.

        The source of each names its place: ``wire.jsonl:7``, ``nexis.docx#37``. ``now`` is
        the capture time of what doesn't carry its own. Errors of the file as a whole may be
        raised: AcquireError, OSError, EOFError, zlib.error.
        """


def container_reader(format_: ContainerFormat) -> ContainerReader:
    """The module that reads a format; it is loaded when first asked for."""
    match format_:
        case WebArchiveFormat():
            return web_archive_reader(format_)
        case DatabaseFormat():
            return database_reader(format_)
        case CollectionFormat():
            return collection_reader(format_)
        case _:
            assert_never(format_)


def web_archive_reader(format_: WebArchiveFormat) -> ContainerReader:
    """The modules of ``web_archives``."""
    reader: ContainerReader
    match format_:
        case WebArchiveFormat.WARC:
            from newsarchive.acquire.containers.web_archives import warc as reader
        case WebArchiveFormat.ARC:
            from newsarchive.acquire.containers.web_archives import arc as reader
        case WebArchiveFormat.WACZ:
            from newsarchive.acquire.containers.web_archives import wacz as reader
        case _:
            assert_never(format_)
    return reader


def database_reader(format_: DatabaseFormat) -> ContainerReader:  # noqa: C901  a table
    """The modules of ``databases``."""
    reader: ContainerReader
    match format_:
        case DatabaseFormat.FACTIVA_XML:
            from newsarchive.acquire.containers.databases import factiva_xml as reader
        case DatabaseFormat.FACTIVA:
            from newsarchive.acquire.containers.databases import factiva as reader
        case DatabaseFormat.NEXIS:
            from newsarchive.acquire.containers.databases import nexis as reader
        case DatabaseFormat.EUROPRESSE:
            from newsarchive.acquire.containers.databases import europresse as reader
        case DatabaseFormat.PROQUEST:
            from newsarchive.acquire.containers.databases import proquest as reader
        case DatabaseFormat.KIKUZO:
            from newsarchive.acquire.containers.databases import kikuzo as reader
        case DatabaseFormat.YOMIDAS:
            from newsarchive.acquire.containers.databases import yomidas as reader
        case DatabaseFormat.INTEGRUM:
            from newsarchive.acquire.containers.databases import integrum as reader
        case DatabaseFormat.DEFACTO:
            from newsarchive.acquire.containers.databases import defacto as reader
        case DatabaseFormat.PRESS_REVIEW:
            from newsarchive.acquire.containers.databases import press_review as reader
        case DatabaseFormat.NEXIS_TEXT:
            from newsarchive.acquire.containers.databases import nexis_text as reader
        case DatabaseFormat.PROQUEST_TEXT:
            from newsarchive.acquire.containers.databases import proquest_text as reader
        case DatabaseFormat.MEDIARGUS:
            from newsarchive.acquire.containers.databases import mediargus as reader
        case _:
            assert_never(format_)
    return reader


def collection_reader(format_: CollectionFormat) -> ContainerReader:  # noqa: C901  a table
    """The other modules."""
    reader: ContainerReader
    match format_:
        case CollectionFormat.JSON_LINES:
            from newsarchive.acquire.containers import json_lines as reader
        case CollectionFormat.FEED:
            from newsarchive.acquire.containers.exports import feed as reader
        case CollectionFormat.JSON_FEED:
            from newsarchive.acquire.containers.exports import json_feed as reader
        case CollectionFormat.JSON:
            from newsarchive.acquire.containers.exports import json_export as reader
        case CollectionFormat.CSV:
            from newsarchive.acquire.containers.exports import delimited_table as reader
        case CollectionFormat.XLSX:
            from newsarchive.acquire.containers.exports import spreadsheet as reader
        case CollectionFormat.RIS:
            from newsarchive.acquire.containers.exports import ris as reader
        case CollectionFormat.BIBTEX:
            from newsarchive.acquire.containers.exports import bibtex as reader
        case CollectionFormat.MBOX:
            from newsarchive.acquire.containers.mail import mbox as reader
        case CollectionFormat.DOCX:
            from newsarchive.acquire.containers.documents import docx as reader
        case CollectionFormat.RTF:
            from newsarchive.acquire.containers.documents import rtf as reader
        case _:
            assert_never(format_)
    return reader
