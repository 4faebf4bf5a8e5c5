"""Requests and responses as WARC 1.1 records. Source: ISO 28500:2017."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed
from warcio.recordloader import ArcWarcRecord, ArcWarcRecordLoader
from warcio.statusandheaders import StatusAndHeaders, StatusAndHeadersParser, StatusAndHeadersParserException
from warcio.utils import Digester
from warcio.warcwriter import WARCWriter

_VERSION = "WARC/1.1"


@dataclass(frozen=True, slots=True)
class Exchange:
    """A request and its response, byte for byte; ``moment`` (UTC) is when the response began."""

    url: str
    request: bytes
    response: bytes
    moment: datetime
    peer: str | None


def exchange_records(exchanges: Sequence[Exchange]) -> bytes:
    """Write each request before its response, each record a gzip member of its own.

    Raises ValueError for a response that WARC readers would not read.
    """
    return b"".join(_request_and_response(exchange) for exchange in exchanges)


def read_payload(records: bytes, *, limit: int) -> bytes | None:
    """What a WARC reader gives as the content of the last response; None if it can't or digests differ.

    Gives up to ``limit`` bytes.
    """
    payload = None
    try:
        for record in ArchiveIterator(BytesIO(records), verify_http=True, check_digests="raise"):
            if record.rec_type == "response" and record.http_headers.get_statuscode() == "200":
                payload = record.content_stream().read(limit)
    except _UNREADABLE:
        return None
    return payload


# What warcio lets through on odd input.
_UNREADABLE = (
    ArchiveLoadFailed,
    StatusAndHeadersParserException,
    OSError,
    ValueError,
    EOFError,
    AttributeError,
    KeyError,
    AssertionError,
    zlib.error,
)


def _request_and_response(exchange: Exchange) -> bytes:
    response_id = StatusAndHeadersParser.make_warc_id()
    request_id = StatusAndHeadersParser.make_warc_id()
    return _record(
        exchange,
        "request",
        exchange.request,
        [("WARC-Record-ID", request_id), ("WARC-Concurrent-To", response_id)],
    ) + _record(exchange, "response", exchange.response, [("WARC-Record-ID", response_id)])


def _record(exchange: Exchange, kind: str, block: bytes, identity: list[tuple[str, str]]) -> bytes:
    headers = [
        ("WARC-Type", kind),
        *identity,
        ("WARC-Target-URI", exchange.url),
        ("WARC-Date", exchange.moment.strftime("%Y-%m-%dT%H:%M:%S.%fZ")),
        *([("WARC-IP-Address", exchange.peer)] if exchange.peer else []),
        ("WARC-Payload-Digest", _payload_digest(exchange.url, kind, block)),
    ]
    # Without parsed HTTP headers warcio writes the block as it is; parsed ones it would write anew,
    # in its own spelling.
    record = ArcWarcRecord(
        "warc",
        kind,
        StatusAndHeaders("", headers, protocol=_VERSION),
        BytesIO(block),
        None,
        f"application/http; msgtype={kind}",
        len(block),
        payload_length=len(block),
    )
    output = BytesIO()
    WARCWriter(output, gzip=True, warc_version=_VERSION).write_record(record)
    return output.getvalue()


def _payload_digest(url: str, kind: str, block: bytes) -> str:
    """The digest of what follows the HTTP headers, split where WARC readers split it."""
    stream = BytesIO(block)
    try:
        ArcWarcRecordLoader().load_http_headers(kind, url, stream, len(block))
    except _UNREADABLE as exc:
        raise ValueError(f"not readable as an HTTP {kind}") from exc
    digester = Digester("sha1")
    digester.update(stream.read())
    return str(digester)
