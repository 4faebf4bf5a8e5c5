"""The HTTP responses that web archives hold: status, headers, and the body as a browser sees it."""

from __future__ import annotations

import re
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from newsarchive.acquire.decompression import Coding, inflate, too_large
from newsarchive.errors import AcquireError, extra

_STATUS = re.compile(rb"HTTP/\d(?:\.\d)?\s+(\d{3})\b")
_CHUNK_SIZE = re.compile(rb"\s*([0-9a-fA-F]{1,8})[^\r\n]{0,200}\r?\n")
_HEAD_END = re.compile(rb"\r?\n\r?\n")


@dataclass(frozen=True, slots=True)
class Response:
    """A response; header names are in lower case, the last of a name counts."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def content_type(self) -> str | None:
        """The Content-Type as stated."""
        return self.headers.get("content-type")


def parse_response(block: bytes) -> Response | None:
    """Part a response into status, headers and body as sent; None where it is none."""
    status = _STATUS.match(block)
    if status is None:
        return None
    end = _HEAD_END.search(block)
    head, body = (block, b"") if end is None else (block[: end.start()], block[end.end() :])
    lines = head.decode("latin-1").splitlines()[1:]
    pairs = (line.partition(":") for line in lines if ":" in line)
    return Response(int(status[1]), {name.strip().lower(): value.strip() for name, _, value in pairs}, body)


def body_of(response: Response, *, name: str, limit: int) -> bytes:
    """The body without its transfer and content encodings. Raises AcquireError."""
    body = response.body
    if "chunked" in response.headers.get("transfer-encoding", "").lower():
        body = _dechunked(body)
    for coding in reversed(response.headers.get("content-encoding", "").lower().split(",")):
        body = _decoded(body, coding.strip(), name=name, limit=limit)
    return body


def _dechunked(body: bytes) -> bytes:
    """The chunks joined; a body that is none of chunks was joined by who archived it."""
    pieces = bytearray()
    place = 0
    while (size := _CHUNK_SIZE.match(body, place)) is not None:
        length = int(size[1], 16)
        if not length:
            return bytes(pieces)
        pieces += body[size.end() : size.end() + length]
        place = size.end() + length
        place += 2 if body[place : place + 2] == b"\r\n" else 1 if body[place : place + 1] == b"\n" else 0
    return bytes(pieces) if pieces else body


def _decoded(body: bytes, coding: str, *, name: str, limit: int) -> bytes:
    if coding in ("", "identity") or not body:
        return body
    if coding in ("gzip", "x-gzip"):
        # Some archivers unpack the body and leave the header.
        return inflate(body, name=name, limit=limit) if body.startswith(b"\x1f\x8b") else body
    if coding == "deflate":
        is_zlib = body[0] & 0x0F == 8 and int.from_bytes(body[:2], "big") % 31 == 0
        return inflate(body, name=name, limit=limit, coding=Coding.ZLIB if is_zlib else Coding.RAW)
    if coding == "br":
        return _unbrotli(body, name=name, limit=limit)
    if coding == "zstd":
        return _unzstd(body, name=name, limit=limit)
    raise AcquireError(f"{name} is encoded as {coding[:40]!r}", hint="no reader knows this encoding")


def _unbrotli(body: bytes, *, name: str, limit: int) -> bytes:
    brotli = _module("brotli", name, "brotli")
    decoder = brotli.Decompressor()
    try:
        output = bytes(decoder.process(body, output_buffer_limit=limit + 1))
        while not decoder.is_finished() and not decoder.can_accept_more_data() and len(output) <= limit:
            output += bytes(decoder.process(b"", output_buffer_limit=limit + 1))
    except brotli.error as exc:
        if body.lstrip()[:1] == b"<":
            return body
        raise AcquireError(f"{name} can't be decompressed: {exc}", hint="the data are damaged") from exc
    if len(output) > limit:
        raise too_large(name, limit)
    return output


def _unzstd(body: bytes, *, name: str, limit: int) -> bytes:
    zstandard = _module("zstandard", name, "zstd")
    try:
        with zstandard.ZstdDecompressor(max_window_size=2**27).stream_reader(body) as stream:
            output = bytes(stream.read(limit + 1))
    except zstandard.ZstdError as exc:
        raise AcquireError(f"{name} can't be decompressed: {exc}", hint="the data are damaged") from exc
    if len(output) > limit:
        raise too_large(name, limit)
    return output


def _module(module: str, name: str, coding: str) -> Any:
    from importlib import import_module

    try:
        return import_module(module)
    except ImportError as exc:
        raise AcquireError(f"{name} is compressed with {coding}", hint=extra("webarchives")) from exc


def gzipped(record: bytes) -> bytes:
    """A record as a gzip member of its own."""
    compressor = zlib.compressobj(5, zlib.DEFLATED, Coding.GZIP)
    return compressor.compress(record) + compressor.flush()
