"""WACZ: a web archive in one file that ReplayWeb.page and pywb open.

Source: WACZ 1.1.1 (Webrecorder); CDXJ, as pywb reads it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import IO, Any, BinaryIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from newsarchive.base.dates import utc_text
from newsarchive.export.clean_text import encodable, one_line
from newsarchive.export.export_format import FileFormat, NoOptions
from newsarchive.export.export_source import ExportedCapture, ExportSource
from newsarchive.export.feeds.feed_items import feed_title, link
from newsarchive.export.web_archives.page_index import index_key, replayed
from newsarchive.export.web_archives.records import (
    captures_of,
    info_record,
    page_record,
    read_head,
    text_record,
)
from newsarchive.model import Article

_WARC = "data.warc.gz"
_PAGES = {
    "format": "json-pages-1.0",
    "id": "pages",
    "title": "All Pages",
    "hasText": True,
}


@dataclass(slots=True)
class _Contents:
    """What is known of a file that is being written: its index, its pages, its parts."""

    offset: int = 0
    index: list[str] = field(default_factory=list)
    pages: list[str] = field(default_factory=list)
    parts: list[dict[str, Any]] = field(default_factory=list)


def write(source: ExportSource, stream: BinaryIO, options: NoOptions) -> int:
    """Write the captures, then index and pages; these are what is held in memory. Raises SnapshotDamaged."""
    del options
    contents, count = _Contents(pages=[json.dumps(_PAGES)]), 0
    with ZipFile(stream, "w", ZIP_STORED) as file:
        digest = hashlib.sha256()
        with file.open(ZipInfo(f"archive/{_WARC}"), "w", force_zip64=True) as warc:
            writer = _Hashed(warc, digest)
            _append(writer, contents, info_record(source, _WARC))
            for article in source.articles():
                _append_article(source, article, writer, contents)
                count += 1
        contents.parts.append(_part(f"archive/{_WARC}", digest.hexdigest(), contents.offset))
        _put(file, contents, "indexes/index.cdx", _lines(sorted(contents.index)))
        _put(file, contents, "pages/pages.jsonl", _lines(contents.pages))
        _put_package(file, source, contents)
    return count


class _Hashed:
    """A stream that is hashed on its way."""

    def __init__(self, stream: IO[bytes], digest: Any) -> None:
        self._stream, self._digest = stream, digest

    def write(self, data: bytes) -> None:
        self._stream.write(data)
        self._digest.update(data)


def _append(writer: _Hashed, contents: _Contents, record: bytes) -> int:
    """Write a record; return where it begins."""
    offset = contents.offset
    writer.write(record)
    contents.offset += len(record)
    return offset


def _append_article(source: ExportSource, article: Article, writer: _Hashed, contents: _Contents) -> None:
    address, last = link(article), None
    for capture, record in captures_of(source, article):
        head = read_head(record)
        target = head.target
        offset = _append(writer, contents, record)
        if not target.startswith(("http:", "https:")) and address:
            # A file has no address of its own; its page states one, under which it can be replayed.
            record = page_record(address, capture, head, source.payload(capture))
            offset, target = _append(writer, contents, record), address
        contents.index.append(_index_line(target, capture, record, offset))
        last = capture, head, target
    if last is not None:
        capture, head, target = last
        _append(writer, contents, text_record(source, article, capture, head))
        contents.pages.append(_page(article, target, capture))


def _index_line(target: str, capture: ExportedCapture, record: bytes, offset: int) -> str:
    entry = {
        "url": target,
        **replayed(record),
        "length": str(len(record)),
        "offset": str(offset),
    }
    entry["filename"] = _WARC
    return f"{index_key(target)} {_timestamp(capture)} {json.dumps(entry, ensure_ascii=False)}"


def _page(article: Article, target: str, capture: ExportedCapture) -> str:
    page = {
        "id": f"article-{article.id}",
        "url": target,
        "ts": utc_text(capture.captured_at),
        "title": one_line(article.headline) or "(no headline)",
        "text": article.text,
    }
    return json.dumps(page, ensure_ascii=False)


def _put_package(file: ZipFile, source: ExportSource, contents: _Contents) -> None:
    package = {
        "profile": "data-package",
        "wacz_version": "1.1.1",
        "title": feed_title(source),
        "description": f"{source.search.total} articles of the archive {source.search.uuid}",
        "created": utc_text(source.search.exported_at),
        "software": f"newsarchive {source.search.version}",
        "resources": list(contents.parts),
    }
    text = json.dumps(package, ensure_ascii=False, indent=2)
    digest = _put(file, contents, "datapackage.json", text)
    _put(
        file,
        contents,
        "datapackage-digest.json",
        json.dumps({"path": "datapackage.json", "hash": digest}),
    )


def _put(file: ZipFile, contents: _Contents, name: str, text: str) -> str:
    """Write a part; return its digest."""
    data = encodable(text).encode()
    info = ZipInfo(name)
    # An index is read at any place of it, and so must not be compressed.
    info.compress_type = ZIP_STORED if name.startswith("indexes/") else ZIP_DEFLATED
    file.writestr(info, data)
    part = _part(name, hashlib.sha256(data).hexdigest(), len(data))
    contents.parts.append(part)
    return str(part["hash"])


def _part(path: str, digest: str, size: int) -> dict[str, Any]:
    return {
        "name": path.rsplit("/", 1)[-1],
        "path": path,
        "hash": f"sha256:{digest}",
        "bytes": size,
    }


def _lines(lines: Iterable[str]) -> str:
    return "".join(f"{line}\n" for line in lines)


def _timestamp(capture: ExportedCapture) -> str:
    return "".join(letter for letter in utc_text(capture.captured_at) if letter.isdigit())


FORMAT = FileFormat(
    name="wacz",
    title="a web archive that ReplayWeb.page and pywb open",
    suffix=".wacz",
    media_type="application/wacz",
    is_text=False,
    options=NoOptions,
    write=write,
)
