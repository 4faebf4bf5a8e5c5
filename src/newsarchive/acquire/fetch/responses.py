"""What an HTTP response means for a fetch. Pure functions."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus

from newsarchive.acquire.decompression import Coding, inflate
from newsarchive.acquire.fetch.policy import TemporaryError
from newsarchive.acquire.reader import printable
from newsarchive.errors import AcquireError

REDIRECTS = frozenset({301, 302, 303, 307, 308})
NOT_MODIFIED = 304
_PAGE_TYPES = frozenset({"text/html", "application/xhtml+xml", "text/plain"})
_SECONDS = re.compile(r"\d{1,9}")
_SHOWN = 100
_OK = 200
_TOO_MANY = 429
_SERVER_ERRORS = range(500, 600)
_REFUSALS = frozenset({401, 402, 403, 407, 451})


def check_status(url: str, status: int, headers: Mapping[str, str], *, now: datetime) -> None:
    """Raise AcquireError for all but 200 and redirects, TemporaryError where a later try may succeed."""
    if status == _OK or (status in REDIRECTS and "location" in headers):
        return
    message = f"{url} answered {_describe(status)}"
    if status == _TOO_MANY or status in _SERVER_ERRORS:
        wait = retry_after(headers, now=now)
        raise TemporaryError(message, hint="try again later", status=status, wait=wait)
    hint = "save the page in a browser and add the file" if status in _REFUSALS else "check the address"
    raise AcquireError(message, hint=hint, status=status)


def check_type(url: str, headers: Mapping[str, str]) -> str | None:
    """Give the Content-Type as the server states it, or None; raises AcquireError for what is no page."""
    stated = headers.get("content-type", "").strip()
    kind = re.split("[;,]", stated, maxsplit=1)[0].strip().lower()
    if kind and kind not in _PAGE_TYPES:
        raise AcquireError(
            f"{url} is {printable(kind[:_SHOWN])}, not a page",
            hint="give the address of an HTML or text page",
        )
    return printable(stated[:_SHOWN]) or None


def decode_body(url: str, body: bytes, headers: Mapping[str, str], *, limit: int) -> bytes:
    """Undo the Content-Encoding, to at most ``limit`` bytes. Raises AcquireError.

    Only what was asked for is undone: gzip and deflate.
    """
    encoding = headers.get("content-encoding", "").strip().lower()
    if encoding in ("", "identity") or not body:
        return body
    if encoding in ("gzip", "x-gzip"):
        return inflate(body, name=url, limit=limit)
    if encoding == "deflate":
        return inflate(body, name=url, limit=limit, coding=_deflate_coding(body))
    raise AcquireError(
        f"{url} is encoded as {printable(encoding[:_SHOWN])}, which was not asked for",
        hint="save the page in a browser and add the file",
    )


def retry_after(headers: Mapping[str, str], *, now: datetime) -> float | None:
    """The seconds to wait that a server asks for. Source: RFC 9110, section 10.2.3."""
    stated = headers.get("retry-after", "").strip()
    if _SECONDS.fullmatch(stated):
        return float(stated)
    try:
        moment = parsedate_to_datetime(stated[:_SHOWN])
        return max(0.0, (moment - now).total_seconds())
    except (TypeError, ValueError, OverflowError):
        # No date, or one without a time zone, which can't be told from now.
        return None


def _deflate_coding(body: bytes) -> Coding:
    # Source: RFC 1950, section 2.2. Servers send "deflate" with and without zlib's wrapping.
    is_zlib = body[0] & 0x0F == 8 and int.from_bytes(body[:2], "big") % 31 == 0
    return Coding.ZLIB if is_zlib else Coding.RAW


def _describe(status: int) -> str:
    try:
        return f"{status} {HTTPStatus(status).phrase}"
    except ValueError:
        return str(status)
