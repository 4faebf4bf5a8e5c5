"""Which URLs are fetched. Pure functions."""

from __future__ import annotations

from urllib.parse import urljoin, urlsplit, urlunsplit

from newsarchive.acquire.reader import printable
from newsarchive.base.urls import MAX_URL
from newsarchive.errors import AcquireError

_SHOWN = 200


def target(url: str) -> str:
    """Give the URL to ask for: http or https, without fragment. Raises AcquireError.

    A URL with a user name or password is refused, since what is asked for is kept.
    """
    shown = printable(url[:_SHOWN])
    if len(url) > MAX_URL:
        raise AcquireError(f"a URL longer than {MAX_URL:,} characters: {shown}…", hint="check the address")
    try:
        parts = urlsplit(url)
        host = parts.hostname
    except ValueError as exc:
        raise malformed(shown) from exc
    if parts.scheme not in ("http", "https"):
        what = f"can't fetch {parts.scheme}:// addresses" if parts.scheme else f"{shown} is no web address"
        raise AcquireError(what, hint="give an http or https address")
    if "@" in parts.netloc:
        raise AcquireError(
            f"an address with a user name or password is not fetched: {printable(host or '')}",
            hint="leave them out; pages behind a login can be saved in a browser and added as files",
        )
    if not host or printable(url) != url:
        raise malformed(shown)
    return urlunsplit(parts._replace(fragment=""))


def redirect_target(url: str, location: bytes) -> str:
    """Give the URL that a redirect from ``url`` leads to. Raises AcquireError."""
    try:
        return target(urljoin(url, location.decode("utf-8").strip()))
    except ValueError as exc:
        raise AcquireError(f"{url} redirects to a malformed address", hint="check the address") from exc


def malformed(shown: str) -> AcquireError:
    """The error of what looks like a URL and is none."""
    return AcquireError(f"malformed address: {shown}", hint="check the address")
