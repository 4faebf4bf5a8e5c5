"""WARC files: each page of a record, with the record's own address and time. Source: ISO 28500:2017."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO
from urllib.parse import unquote

from newsarchive.acquire.containers.web_archives.archived_pages import (
    Others,
    kind_of,
    moment_of,
    page_format,
)
from newsarchive.acquire.containers.web_archives.http_message import body_of, gzipped, parse_response
from newsarchive.acquire.containers.web_archives.record_stream import Damaged, RecordStream
from newsarchive.acquire.reader import Failure, Item, Limits, printable
from newsarchive.acquire.source_file import SourceFile
from newsarchive.errors import AcquireError
from newsarchive.formats import PageFormat
from newsarchive.model import Capture

MARK = b"WARC/"
_HEADERS = 1_000
_PAGES = ("response", "resource", "conversion")
# What accompanies pages and is none; nobody asks after it.
_BESIDE = ("warcinfo", "request", "metadata", "continuation")
_KIND = re.compile(r"[a-z-]{1,30}")
_OWN_ROW = re.compile(r"urn:newsarchive:dataset:([^:]+):(.+)")


@dataclass(frozen=True, slots=True)
class _Record:
    """A record with its block; ``number`` counts from 1."""

    number: int
    head: bytes
    headers: Mapping[str, str]
    block: bytes


def read(file: SourceFile, *, limits: Limits, now: datetime) -> Iterator[Item]:
    """Yield the pages of the records, streamed; a damaged record is a failure, and the rest is read."""
    yield from records_in(file.raw, name=file.name, is_gzipped=file.is_gzipped, limits=limits, now=now)


def records_in(
    raw: BinaryIO, *, name: str, is_gzipped: bool, limits: Limits, now: datetime
) -> Iterator[Item]:
    """Yield the pages of an open WARC file."""
    others = Others(name)
    stream = RecordStream(raw, is_gzipped=is_gzipped, mark=MARK)
    number = 0
    while True:
        number += 1
        try:
            if not stream.begin():
                break
            record = _record(stream, number, limits)
        except Damaged as damage:
            yield Failure(f"{name}#{number}", _damaged(name, stream.offset, damage))
            if not stream.recover():
                break
            continue
        if isinstance(record, _Record):
            yield from _item(record, name, others, limits, now)
        elif record is not None:
            others.count(record)
    yield from others.items()


def _record(stream: RecordStream, number: int, limits: Limits) -> _Record | str | None:
    """The next record, or what it is where it is no page; None where it belongs to one."""
    head = stream.line()
    if not head.startswith(MARK):
        raise Damaged("no record begins there")
    lines = [head]
    while lines[-1].strip():
        lines.append(stream.line())
        if len(lines) > _HEADERS:
            raise Damaged("it has no end of headers")
    headers = _headers(lines[1:])
    length = headers.get("content-length", "")
    kind = headers.get("warc-type", "").lower()
    if not length.isdecimal() or not _KIND.fullmatch(kind):
        raise Damaged("its headers state no length or no type")
    if kind not in _PAGES or int(length) > limits.payload + 1_000_000:
        stream.skip(int(length))
        return None if kind in _BESIDE else f"a {kind} record" if kind not in _PAGES else "a record too large"
    return _Record(number, b"".join(lines), headers, stream.read(int(length)))


def _headers(lines: list[bytes]) -> dict[str, str]:
    pairs = (line.decode("utf-8", "replace").partition(":") for line in lines)
    return {name.strip().lower(): value.strip() for name, colon, value in pairs if colon}


def _item(record: _Record, name: str, others: Others, limits: Limits, now: datetime) -> Iterator[Item]:
    source = f"{name}#{record.number}"
    try:
        capture = _capture(record, source, others, limits, now)
    except AcquireError as error:
        yield Failure(source, error)
        return
    if capture is not None:
        yield capture


def _capture(record: _Record, source: str, others: Others, limits: Limits, now: datetime) -> Capture | None:
    moment = moment_of(record.headers.get("warc-date", ""))
    target = record.headers.get("warc-target-uri", "").strip("<>")
    payload, content_type = record.block, record.headers.get("content-type")
    is_exchange = (content_type or "").lower().startswith("application/http") or payload[:5] == b"HTTP/"
    if is_exchange:
        response = parse_response(payload)
        if response is None or response.status != 200:
            others.count("no response" if response is None else f"an HTTP answer {response.status}")
            return None
        payload = body_of(response, name=source, limit=limits.payload)
        content_type = response.content_type
    row = _OWN_ROW.fullmatch(target)
    is_own = target.startswith("urn:newsarchive:") or record.headers.get("warc-type") == "conversion"
    format_ = PageFormat.ROW if row else page_format(payload, content_type, text_too=is_own)
    if format_ is None:
        others.count(kind_of(payload, content_type))
        return None
    return Capture(
        payload=payload,
        source=source,
        captured_at=moment or now,
        time_known=moment is not None and not target.startswith("urn:"),
        format=format_,
        content_type=content_type,
        url=printable(target) if target.startswith(("http://", "https://")) else None,
        dataset=unquote(row[1]) if row else None,
        identifier=unquote(row[2]) if row else None,
        exchange=_copy(record, payload) if is_exchange else None,
    )


def _copy(record: _Record, payload: bytes) -> bytes | None:
    """The record as it was archived, if that is how WARC readers read it; else the page alone is kept."""
    # Imported here: warcio is of no use to other files.
    from newsarchive.acquire.fetch.warc_records import read_payload

    copy = gzipped(record.head + record.block + b"\r\n\r\n")
    return copy if read_payload(copy, limit=len(payload) + 1) == payload else None


def _damaged(name: str, offset: int, damage: Damaged) -> AcquireError:
    return AcquireError(
        f"{name} has a damaged record at byte {offset:,}: {damage}",
        hint="the other records are read; get a fresh copy of the file",
    )
