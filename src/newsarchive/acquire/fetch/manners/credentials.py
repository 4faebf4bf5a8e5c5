"""Cookies and headers of a subscriber: where they go, and how they stay out of snapshots."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from http.cookiejar import CookieJar, LoadError, MozillaCookieJar
from pathlib import Path
from urllib.parse import urlsplit

from newsarchive.base.sites import site_of
from newsarchive.errors import AcquireError

_NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_VALUE = re.compile(r"[\t\x20-\x7e\x80-\xff]*")
_HEAD_END = re.compile(rb"\r?\n\r?\n")
# These are what a connection and a record rest on.
_OURS = frozenset({"host", "connection", "content-length", "transfer-encoding", "accept-encoding"})


@dataclass(frozen=True, slots=True)
class Credentials:
    """What a subscriber sends along; kept out of snapshots unless ``are_kept``.

    Headers go to the site of the address that was named and no other, and never from https
    to http; cookies go where the file says.
    """

    headers: tuple[tuple[str, str], ...] = ()
    cookies: Path | None = None
    are_kept: bool = False

    @property
    def are_secret(self) -> bool:
        """Whether there is something to leave out of a record."""
        return not self.are_kept and bool(self.headers or self.cookies)

    def headers_for(self, url: str, *, named: str) -> dict[str, str]:
        """What is sent to ``url``, which ``named`` led to."""
        is_weaker = urlsplit(named).scheme == "https" and urlsplit(url).scheme != "https"
        return {} if is_weaker or site_of(url) != site_of(named) else dict(self.headers)

    def jar(self) -> CookieJar:
        """The cookies of the file. Raises AcquireError."""
        if self.cookies is None:
            return CookieJar()
        jar = MozillaCookieJar(str(self.cookies))
        try:
            # Cookies of a session are what a browser's export is made for.
            jar.load(ignore_discard=True, ignore_expires=True)
        except (OSError, LoadError, UnicodeError, ValueError) as exc:
            reason = (
                getattr(exc, "strerror", None) or "not in Netscape's form, as browsers' add-ons export it"
            )
            raise AcquireError(f"can't read the cookies in {self.cookies}: {reason}") from exc
        for cookie in jar:
            if cookie.expires == 0:
                # The form's way to say that it lasts for the session; the jar takes it for 1970.
                cookie.expires = None
        return jar

    def without_secrets(self, head_and_body: bytes) -> bytes:
        """A request or response as it is kept: without the lines that hold what was given."""
        if not self.are_secret:
            return head_and_body
        names = b"|".join(re.escape(name.encode()) for name, _ in self.headers)
        lines = rb"(?:cookie|set-cookie2?%b%b)" % (b"|" if names else b"", names)
        end = _HEAD_END.search(head_and_body)
        head = head_and_body if end is None else head_and_body[: end.start()]
        # A value may go on in further lines, which begin with a blank; some servers end lines with \n alone.
        kept = re.sub(rb"(?i)\r?\n%b[ \t]*:[^\r\n]*(?:\r?\n[ \t][^\r\n]*)*" % lines, b"", head)
        return kept + head_and_body[len(head) :]


NO_CREDENTIALS = Credentials()


def named_headers(lines: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """Headers as they are typed, ``Name: value``. Raises AcquireError."""
    headers = []
    for line in lines:
        name, colon, value = line.partition(":")
        if not colon or not _NAME.fullmatch(name) or not _VALUE.fullmatch(value):
            raise AcquireError(f"no header: {line[:80]!r}", hint='give one as "Name: value"')
        if name.lower() in _OURS:
            raise AcquireError(f"{name} can't be set: the record of the page rests on it")
        headers.append((name, value.strip()))
    return tuple(headers)


def joined(ours: Mapping[str, str], theirs: Mapping[str, str]) -> dict[str, str]:
    """Headers with those of a user in the place of ours, in whatever case."""
    named = {name.lower() for name in theirs}
    return {**{name: value for name, value in ours.items() if name.lower() not in named}, **theirs}
