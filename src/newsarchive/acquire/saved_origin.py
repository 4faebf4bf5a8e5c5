"""Where and when a page was saved, as the program that saved it wrote into it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from html import unescape

_HEAD = 16_384
_TAIL = 4_096
_MAX_URL = 2_000
# Web archives put the time of a capture and the page's address into their own addresses.
_OF_AN_ARCHIVE = re.compile(r"/(?P<moment>[12]\d{13})(?:[a-z]{2}_)?/(?P<url>https?:/{1,2}\S+)", re.IGNORECASE)
_SAVED_FROM = re.compile(r"<!--\s*saved from url=\(\d{4,6}\)\s*(?P<url>[^\s>]+)", re.IGNORECASE)
_SINGLE_FILE = re.compile(
    r"<!--\s*Page saved with SingleFile[^\S\n]*\s+url:\s*(?P<url>\S+)\s+saved date:\s*(?P<date>[^\n]{10,80})",
    re.IGNORECASE,
)
_SAVE_PAGE_WE = re.compile(
    r"""<meta name=["']?savepage-(?P<key>url|date)["']? content=["'](?P<value>[^"']+)"""
)
_SCRAPBOOK = re.compile(r"""data-scrapbook-(?P<key>source|create)=["'](?P<value>[^"']+)""")
_HTTRACK = re.compile(r"<!-- Mirrored from (?P<url>\S+) by HTTrack[^\]]*\], (?P<date>[^>]{10,60}?) -->")
_ARCHIVED_ON = re.compile(r"FILE ARCHIVED ON (?P<date>\d\d:\d\d:\d\d \w{3} \d\d, \d{4}) AND RETRIEVED")
_ADDRESS = re.compile(
    r"""<(?:link\b[^>]{0,200}\brel=["']?canonical\b|base\b)[^>]{0,200}\bhref=["']?(?P<url>https?://[^"'\s>]+)"""
    r"""|<link\b[^>]{0,200}\bhref=["']?(?P<url2>https?://[^"'\s>]+)["']?[^>]{0,200}\brel=["']?canonical\b""",
    re.IGNORECASE,
)
_BASE = re.compile(r"""<base\b[^>]{0,200}\bhref=["']?(?P<url>https?://[^"'\s>]+)""", re.IGNORECASE)
_SCRIPT_DATE = re.compile(
    r"\w{3} (?P<date>\w{3} \d{1,2} \d{4} \d\d:\d\d:\d\d) GMT(?P<offset>[+-]\d{4})", re.IGNORECASE
)
_EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Origin:
    """The address of a page, and the moment it was saved; None where the page doesn't say."""

    url: str | None = None
    moment: datetime | None = None


def saved_origin(payload: bytes, *, now: datetime) -> Origin:
    """Read what a browser, an extension, a mirroring program or a web archive wrote of a page's origin.

    A moment after ``now`` is none.
    """
    head = payload[:_HEAD].decode("latin-1")
    found = _stated(head)
    address = found.url or _base(head)
    inner = _of_an_archive(found.url) or _of_an_archive(_canonical(head))
    moment = found.moment
    if inner is not None:
        address, moment = inner.url, inner.moment
    elif (match := _ARCHIVED_ON.search(payload[-_TAIL:].decode("latin-1"))) is not None:
        moment = _read(match["date"], "%H:%M:%S %b %d, %Y")
    is_possible = moment is not None and _EARLIEST <= moment <= now + timedelta(days=1)
    return Origin(_usable(address), moment if is_possible else None)


def moment_of_14_digits(text: str) -> datetime | None:
    """The moment that web archives write as 20190308200000."""
    return _read(text[:14], "%Y%m%d%H%M%S")


def _stated(head: str) -> Origin:
    if match := _SINGLE_FILE.search(head):
        return Origin(match["url"], _script_date(match["date"]))
    if match := _HTTRACK.search(head):
        return Origin(f"http://{match['url']}", _mail_date(match["date"]))
    if match := _SAVED_FROM.search(head):
        return Origin(match["url"])
    if pairs := {match["key"]: match["value"] for match in _SAVE_PAGE_WE.finditer(head)}:
        return Origin(pairs.get("url"), _script_date(pairs.get("date", "")))
    if pairs := {match["key"]: match["value"] for match in _SCRAPBOOK.finditer(head)}:
        return Origin(pairs.get("source"), moment_of_14_digits(pairs.get("create", "")))
    return Origin()


def _of_an_archive(url: str | None) -> Origin | None:
    match = _OF_AN_ARCHIVE.search(url) if url else None
    if match is None:
        return None
    address = re.sub(r"^(https?):/{1,2}", r"\1://", match["url"], flags=re.IGNORECASE)
    return Origin(address, moment_of_14_digits(match["moment"]))


def _canonical(head: str) -> str | None:
    match = _ADDRESS.search(head)
    return None if match is None else match["url"] or match["url2"]


def _base(head: str) -> str | None:
    match = _BASE.search(head)
    return None if match is None else match["url"]


def _usable(url: str | None) -> str | None:
    if url is None or not url.lower().startswith(("http://", "https://")) or len(url) > _MAX_URL:
        return None
    return unescape(url) if url.isascii() and url.isprintable() else None


def _script_date(text: str) -> datetime | None:
    match = _SCRIPT_DATE.match(text.strip())
    return None if match is None else _read(f"{match['date']} {match['offset']}", "%b %d %Y %H:%M:%S %z")


def _mail_date(text: str) -> datetime | None:
    try:
        return _aware(parsedate_to_datetime(text))
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _read(text: str, pattern: str) -> datetime | None:
    try:
        return _aware(datetime.strptime(text, pattern))
    except ValueError:
        return None


def _aware(moment: datetime) -> datetime:
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
