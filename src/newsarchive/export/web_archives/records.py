"""WARC records of an export: those of the archive byte for byte, and the text of each article beside them.

Source: ISO 28500:2017 (WARC 1.1): a conversion record is what was made of another record's content.
"""

from __future__ import annotations

import hashlib
import zlib
from base64 import b32encode
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from uuid import NAMESPACE_URL, uuid5

from newsarchive.base.dates import utc_text
from newsarchive.export.clean_text import encodable, one_line
from newsarchive.export.export_source import ExportedCapture, ExportSource
from newsarchive.model import Article

# No header of a record is longer; what a stranger's record may make us hold.
_MOST_HEADER = 1_000_000


@dataclass(frozen=True, slots=True)
class RecordHead:
    """The header of a stored record, with names in small letters."""

    headers: dict[str, str]

    @property
    def record_id(self) -> str:
        """As it stands, in angle brackets."""
        return self.headers.get("warc-record-id", "")

    @property
    def target(self) -> str:
        """The URI that the record is of."""
        return self.headers.get("warc-target-uri", "").strip("<>")


def info_record(source: ExportSource, name: str) -> bytes:
    """The record that says what the file is."""
    search = source.search
    query = one_line(search.query) or "everything"
    fields = {
        "software": f"newsarchive {search.version}",
        "format": "WARC File Format 1.1",
        "description": f"captures of {search.total} articles that match {query}",
        "isPartOf": f"{one_line(search.archive)} ({search.uuid}, change {search.last_change})",
    }
    block = "".join(f"{key}: {value}\r\n" for key, value in fields.items())
    headers = {
        "WARC-Type": "warcinfo",
        "WARC-Record-ID": _record_id(f"{search.uuid} {search.last_change} {name}"),
        "WARC-Date": utc_text(search.exported_at),
        "WARC-Filename": name,
        "Content-Type": "application/warc-fields",
    }
    return _member(headers, encodable(block).encode())


def text_record(source: ExportSource, article: Article, capture: ExportedCapture, head: RecordHead) -> bytes:
    """The text of an article as a conversion of the capture that it was extracted from."""
    headers = {
        "WARC-Type": "conversion",
        "WARC-Record-ID": _record_id(f"{source.search.uuid} text {article.id} {capture.id}"),
        "WARC-Date": utc_text(source.search.exported_at),
        "WARC-Target-URI": head.target,
        "WARC-Refers-To": head.record_id,
        "Content-Type": "text/plain; charset=utf-8",
    }
    return _member(headers, encodable(f"{article.headline or ''}\n{article.text}").encode())


def page_record(article_url: str, capture: ExportedCapture, head: RecordHead, payload: bytes) -> bytes:
    """A capture that came as a file, under the address that its page states, so that it can be replayed."""
    headers = {
        "WARC-Type": "resource",
        "WARC-Record-ID": _record_id(f"{head.record_id} {article_url}"),
        "WARC-Date": utc_text(capture.captured_at),
        "WARC-Target-URI": article_url,
        "WARC-Refers-To": head.record_id,
        "Content-Type": one_line(capture.content_type) or "application/octet-stream",
    }
    return _member(headers, payload)


def read_head(record: bytes) -> RecordHead:
    """The header of a gzipped record."""
    text = zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(record, _MOST_HEADER)
    lines = text.split(b"\r\n\r\n", 1)[0].decode("utf-8", "replace").split("\r\n")[1:]
    pairs = (line.partition(":") for line in lines)
    return RecordHead({name.strip().lower(): value.strip() for name, _, value in pairs})


def captures_of(source: ExportSource, article: Article) -> Iterator[tuple[ExportedCapture, bytes]]:
    """The captures of an article, each with its record as stored."""
    return ((capture, source.record(capture)) for capture in source.captures(article.id or 0))


def block_digest(block: bytes) -> str:
    """A digest as WARC writes it."""
    return f"sha1:{b32encode(hashlib.sha1(block, usedforsecurity=False).digest()).decode()}"


def _member(headers: dict[str, str], block: bytes) -> bytes:
    lines: Iterable[str] = (
        f"{name}: {value}"
        for name, value in {
            **headers,
            "WARC-Block-Digest": block_digest(block),
            "Content-Length": str(len(block)),
        }.items()
    )
    head = "\r\n".join(["WARC/1.1", *lines])
    data = encodable(head).encode() + b"\r\n\r\n" + block + b"\r\n\r\n"
    compressor = zlib.compressobj(5, zlib.DEFLATED, zlib.MAX_WBITS | 16)
    return compressor.compress(data) + compressor.flush()


def _record_id(name: str) -> str:
    # Made of what it names, not of chance: the same export gives the same bytes.
    return f"<urn:uuid:{uuid5(NAMESPACE_URL, f'newsarchive {name}')}>"
