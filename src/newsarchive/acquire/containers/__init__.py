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
            import newsarchive.acquire.containers.web_archives.warc as reader
        case WebArchiveFormat.ARC:
            import newsarchive.acquire.containers.web_archives.arc as reader
        case WebArchiveFormat.WACZ:
            import newsarchive.acquire.containers.web_archives.wacz as reader
        case _:
            assert_never(format_)
    return reader


def database_reader(format_: DatabaseFormat) -> ContainerReader:  # noqa: C901  a table
    """The modules of ``databases``."""
    reader: ContainerReader
    match format_:
        case DatabaseFormat.FACTIVA_XML:
            import newsarchive.acquire.containers.databases.factiva_xml as reader
        case DatabaseFormat.FACTIVA:
            import newsarchive.acquire.containers.databases.factiva as reader
        case DatabaseFormat.NEXIS:
            import newsarchive.acquire.containers.databases.nexis as reader
        case DatabaseFormat.EUROPRESSE:
            import newsarchive.acquire.containers.databases.europresse as reader
        case DatabaseFormat.PROQUEST:
            import newsarchive.acquire.containers.databases.proquest as reader
        case DatabaseFormat.KIKUZO:
            import newsarchive.acquire.containers.databases.kikuzo as reader
        case DatabaseFormat.YOMIDAS:
            import newsarchive.acquire.containers.databases.yomidas as reader
        case DatabaseFormat.INTEGRUM:
            import newsarchive.acquire.containers.databases.integrum as reader
        case DatabaseFormat.DEFACTO:
            import newsarchive.acquire.containers.databases.defacto as reader
        case DatabaseFormat.PRESS_REVIEW:
            import newsarchive.acquire.containers.databases.press_review as reader
        case DatabaseFormat.NEXIS_TEXT:
            import newsarchive.acquire.containers.databases.nexis_text as reader
        case DatabaseFormat.PROQUEST_TEXT:
            import newsarchive.acquire.containers.databases.proquest_text as reader
        case DatabaseFormat.MEDIARGUS:
            import newsarchive.acquire.containers.databases.mediargus as reader
        case _:
            assert_never(format_)
    return reader


def collection_reader(format_: CollectionFormat) -> ContainerReader:  # noqa: C901  a table
    """The other modules."""
    reader: ContainerReader
    match format_:
        case CollectionFormat.JSON_LINES:
            import newsarchive.acquire.containers.json_lines as reader
        case CollectionFormat.FEED:
            import newsarchive.acquire.containers.exports.feed as reader
        case CollectionFormat.JSON_FEED:
            import newsarchive.acquire.containers.exports.json_feed as reader
        case CollectionFormat.JSON:
            import newsarchive.acquire.containers.exports.json_export as reader
        case CollectionFormat.CSV:
            import newsarchive.acquire.containers.exports.delimited_table as reader
        case CollectionFormat.XLSX:
            import newsarchive.acquire.containers.exports.spreadsheet as reader
        case CollectionFormat.RIS:
            import newsarchive.acquire.containers.exports.ris as reader
        case CollectionFormat.BIBTEX:
            import newsarchive.acquire.containers.exports.bibtex as reader
        case CollectionFormat.MBOX:
            import newsarchive.acquire.containers.mail.mbox as reader
        case CollectionFormat.DOCX:
            import newsarchive.acquire.containers.documents.docx as reader
        case CollectionFormat.RTF:
            import newsarchive.acquire.containers.documents.rtf as reader
        case _:
            assert_never(format_)
    return reader
