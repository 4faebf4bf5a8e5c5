"""A capture as one WARC record: a gzip member of its own. Source: ISO 28500:2017 (WARC 1.1), annex D.

Written here and not by warcio, whose general writer takes 80 µs for a record of this one
form, four times what it takes here and half of what storing the row of a dataset takes.
"""

from __future__ import annotations

import base64
import hashlib
import re
import uuid
import zlib
from urllib.parse import quote

from newsarchive.model import Capture

# What no URI holds; a line break would end its header and begin one of a stranger's choice.
_SPACE = re.compile("[\x00-\x20\x7f]")


def resource_record(capture: Capture) -> bytes:
    """The bytes of a capture that came without a request: a ``resource`` record, compressed."""
    digest = base64.b32encode(hashlib.sha1(capture.payload, usedforsecurity=False).digest()).decode()
    headers = (
        "WARC/1.1",
        "WARC-Type: resource",
        f"WARC-Record-ID: <urn:uuid:{uuid.uuid4()}>",
        f"WARC-Date: {capture.captured_at:%Y-%m-%dT%H:%M:%SZ}",
        f"WARC-Target-URI: {_SPACE.sub(_percent, _uri(capture))}",
        f"WARC-Payload-Digest: sha1:{digest}",
        f"WARC-Block-Digest: sha1:{digest}",
        f"Content-Type: {_SPACE.sub(' ', capture.content_type or 'application/octet-stream')}",
        f"Content-Length: {len(capture.payload)}",
    )
    head = "\r\n".join(headers).encode("utf-8", "replace")
    return _member(b"%b\r\n\r\n%b\r\n\r\n" % (head, capture.payload))


def _uri(capture: Capture) -> str:
    """A URI that names the source; never a path of this computer beyond what the user typed."""
    if capture.url is not None and capture.time_known:
        return capture.url
    if capture.dataset is not None and capture.identifier is not None:
        dataset, identifier = quote(capture.dataset, safe=""), quote(capture.identifier, safe="")
        return f"urn:newsarchive:dataset:{dataset}:{identifier}"
    return f"urn:newsarchive:source:{quote(capture.source, safe='/')}"


def _percent(match: re.Match[str]) -> str:
    return quote(match[0])


def _member(record: bytes) -> bytes:
    # Level 5, where warcio takes 9: on news pages of 160 KB it needs 2.1 ms instead of 4.8,
    # and the result is 2 % longer.
    compressor = zlib.compressobj(5, zlib.DEFLATED, zlib.MAX_WBITS | 16)
    return compressor.compress(record) + compressor.flush()
