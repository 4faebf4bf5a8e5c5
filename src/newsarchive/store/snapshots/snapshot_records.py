"""The records of a snapshot file, one by one, whatever state it is in."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import BinaryIO
from urllib.parse import unquote

from warcio.recordloader import ArchiveLoadFailed, ArcWarcRecord, ArcWarcRecordLoader

from newsarchive.formats import PageFormat, format_of_media_type, recognize
from newsarchive.model import Capture

_MAGIC = b"\x1f\x8b\x08"
_CHUNK = 1 << 20
# What one record may hold: more than any capture that is taken, less than memory.
MAX_RECORD = 64_000_000
_DATASET = "urn:newsarchive:dataset:"
_SOURCE = "urn:newsarchive:source:"


@dataclass(frozen=True, slots=True)
class FoundCapture:
    """A capture, and where the record of its payload lies."""

    capture: Capture
    offset: int
    length: int


def captures_in(path: Path) -> Iterator[FoundCapture | int]:
    """The captures of a snapshot file in order; the offset of each record that can't be read."""
    exchange: list[bytes] = []
    with path.open("rb") as file:
        offset = 0
        while (member := _member(file, offset)) is not None:
            length, data = member
            record = None if data is None else _record(data)
            if record is None:
                yield offset
                exchange = []
            else:
                raw = _read_at(file, offset, length) if record.rec_type in ("request", "response") else b""
                exchange = [*exchange, raw] if raw else []
                found = _capture(record, b"".join(exchange) or None)
                if found is not None:
                    exchange = []
                    yield FoundCapture(found, offset, length)
            offset += length


def _read_at(file: BinaryIO, offset: int, length: int) -> bytes:
    file.seek(offset)
    return file.read(length)


def _member(file: BinaryIO, offset: int) -> tuple[int, bytes | None] | None:
    """The gzip member that begins here: its length, and what it holds, None where it is damaged."""
    start = _read_at(file, offset, _CHUNK)
    if not start:
        return None
    unzip, out, fed, chunk = zlib.decompressobj(zlib.MAX_WBITS | 16), bytearray(), 0, start
    try:
        while chunk and not unzip.eof:
            out += unzip.decompress(chunk, MAX_RECORD + 1 - len(out))
            if len(out) > MAX_RECORD:
                break
            fed += len(chunk)
            chunk = unzip.unconsumed_tail or b""
            fed -= len(chunk)
            chunk = chunk or _read_at(file, offset + fed, _CHUNK)
    except zlib.error:
        return _skip(file, offset), None
    if not unzip.eof:
        return _skip(file, offset), None
    return fed - len(unzip.unused_data), bytes(out)


def _skip(file: BinaryIO, offset: int) -> int:
    """How far it is from a damaged member to the next, or to the end."""
    place = offset + 1
    while chunk := _read_at(file, place, _CHUNK):
        found = chunk.find(_MAGIC)
        if found >= 0:
            return place + found - offset
        place += max(1, len(chunk) - len(_MAGIC) + 1) if len(chunk) == _CHUNK else len(chunk)
    return place - offset


def _record(data: bytes) -> ArcWarcRecord | None:
    # warcio raises many kinds of error on damaged bytes.
    try:
        return ArcWarcRecordLoader().parse_record_stream(BytesIO(data))
    except (ArchiveLoadFailed, OSError, ValueError, EOFError, AttributeError, KeyError):
        return None


def _capture(record: ArcWarcRecord, exchange: bytes | None) -> Capture | None:
    headers, uri = record.rec_headers, record.rec_headers.get_header("WARC-Target-URI") or ""
    if record.rec_type == "response" and record.http_headers is not None:
        if record.http_headers.get_statuscode() != "200":
            return None
        content_type = record.http_headers.get_header("Content-Type")
    elif record.rec_type == "resource":
        content_type, exchange = headers.get_header("Content-Type"), None
    else:
        return None
    try:
        payload = record.content_stream().read()
        moment = datetime.fromisoformat(headers.get_header("WARC-Date") or "")
    except (ValueError, OSError, EOFError, zlib.error):
        return None
    dataset, identifier = _row(uri)
    is_web = uri.startswith(("http://", "https://"))
    return Capture(
        payload=payload,
        source=uri if is_web else unquote(uri.removeprefix(_SOURCE).removeprefix(_DATASET)),
        captured_at=moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC),
        format=_format(payload, content_type),
        time_known=is_web,
        content_type=content_type,
        url=uri if is_web else None,
        dataset=dataset,
        identifier=identifier,
        exchange=exchange,
    )


def _format(payload: bytes, content_type: str | None) -> PageFormat:
    if format_of_media_type(content_type) is PageFormat.ROW:
        return PageFormat.ROW
    found = recognize(payload, media_type=content_type)
    # What is no page gave no article, and gives none as text.
    return found if isinstance(found, PageFormat) else PageFormat.TEXT


def _row(uri: str) -> tuple[str | None, str | None]:
    if not uri.startswith(_DATASET):
        return None, None
    dataset, _, identifier = uri.removeprefix(_DATASET).partition(":")
    return unquote(dataset), unquote(identifier)
