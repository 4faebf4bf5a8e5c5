"""What the index of a web archive says of a page: its key, and what is replayed."""

from __future__ import annotations

import re
import zlib
from urllib.parse import urlsplit

from newsarchive.export.web_archives.records import block_digest

_MOST = 200_000_000
_STATUS = re.compile(rb"HTTP/\S+ (\d{3})")


def index_key(url: str) -> str:
    """The SURT of an address: the host backwards, then path and query, in small letters.

    Source: "Sort-friendly URI Reordering Transform", Internet Archive, as pywb applies it.
    """
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        return url.lower().replace(" ", "%20")
    host = parts.hostname.removeprefix("www.")
    port = f":{parts.port}" if _port(url) not in (None, 80, 443) else ""
    query = f"?{parts.query}" if parts.query else ""
    path = (parts.path or "/").rstrip("/") or "/"
    return f"{','.join(reversed(host.split('.')))}{port}){path}{query}".lower().replace(" ", "%20")


def replayed(record: bytes) -> dict[str, str]:
    """Type, status and digest of what a gzipped record of a response or resource holds."""
    data = zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(record, _MOST)
    head, _, block = data.partition(b"\r\n\r\n")
    headers = _headers(head)
    block = block.removesuffix(b"\r\n\r\n")
    if headers.get("warc-type") != "response":
        mime = headers.get("content-type", "").split(";")[0].strip()
        return {"mime": mime or "unk", "status": "200", "digest": block_digest(block)}
    http, _, payload = block.partition(b"\r\n\r\n")
    mime = _headers(http).get("content-type", "").split(";")[0].strip()
    status = _STATUS.match(http)
    code = status[1].decode() if status else "-"
    digest = headers.get("warc-payload-digest") or block_digest(payload)
    return {"mime": mime or "unk", "status": code, "digest": digest}


def _headers(head: bytes) -> dict[str, str]:
    lines = head.decode("utf-8", "replace").split("\r\n")[1:]
    pairs = (line.partition(":") for line in lines)
    return {name.strip().lower(): value.strip() for name, _, value in pairs}


def _port(url: str) -> int | None:
    try:
        return urlsplit(url).port
    except ValueError:
        return None
