"""Fetch one page: redirects by hand, retries, manners."""

from __future__ import annotations

import http.client
import random
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib.metadata import version
from urllib.parse import urlsplit, urlunsplit

import requests
import urllib3
from requests.cookies import RequestsCookieJar

from newsarchive.acquire.fetch.connections import Wire, WireAdapter
from newsarchive.acquire.fetch.fetchable_urls import malformed, redirect_target, target
from newsarchive.acquire.fetch.manners.credentials import joined
from newsarchive.acquire.fetch.manners.host_clock import HostClock, host_of
from newsarchive.acquire.fetch.manners.robots import Robots
from newsarchive.acquire.fetch.page_links import followed
from newsarchive.acquire.fetch.policy import Budget, FetchPolicy, TemporaryError
from newsarchive.acquire.fetch.responses import NOT_MODIFIED, REDIRECTS, check_status, check_type, decode_body
from newsarchive.acquire.fetch.warc_records import Exchange, exchange_records, read_payload
from newsarchive.acquire.reader import Limits, printable
from newsarchive.acquire.recognized import refusal
from newsarchive.errors import AcquireError
from newsarchive.formats import PageFormat, recognize
from newsarchive.model import Capture

_HEADERS = {
    "User-Agent": f"newsarchive/{version('newsarchive')}",
    "Accept": "text/html,application/xhtml+xml,text/plain;q=0.9,*/*;q=0.1",
    "Accept-Encoding": "gzip, deflate",
    # A connection serves one request, so that each record has the address it came from.
    "Connection": "close",
}
_CHUNK = 65_536
_SERVER_ERROR = 500


@dataclass(frozen=True, slots=True)
class _Hop:
    """A request that was answered: its exchange, and what the answer says. ``body`` is still encoded."""

    exchange: Exchange
    status: int
    headers: Mapping[str, str]
    content_type: str | None
    body: bytes


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked for: pages and nothing else, or, with ``is_page`` false, whatever is there.

    ``headers`` are those of a conditional request; ``may_be_same`` takes 304 for an answer.
    """

    headers: Mapping[str, str] = field(default_factory=dict)
    is_page: bool = True
    may_be_same: bool = False


_A_PAGE = Asked()
_ANYTHING = Asked(is_page=False)


@dataclass(frozen=True, slots=True)
class Document:
    """Something that was fetched and is no capture; ``is_same``: the server says that nothing is new."""

    url: str
    payload: bytes
    headers: Mapping[str, str]
    moment: datetime
    is_same: bool = False


class Fetcher:
    """Fetches pages, in whatever thread; all keep to one clock."""

    def __init__(self, limits: Limits, policy: FetchPolicy, clock: HostClock | None = None) -> None:
        self._limits = limits
        self._policy = policy
        self._jitter = random.SystemRandom()
        self._clock = clock or HostClock(policy.interval)
        self._robots = Robots(self._robots_text, self._clock) if policy.obeys_robots else None

    def sitemaps(self, url: str) -> list[str]:
        """The sitemaps that the robots.txt of a site names. Raises AcquireError where nobody knows."""
        parts = urlsplit(url)
        text = self._robots_text(urlunsplit((parts.scheme, parts.netloc, "/robots.txt", "", ""))) or b""
        lines = (line.partition(":") for line in text.decode("utf-8", "replace").splitlines())
        return [value.strip() for name, _, value in lines if name.strip().lower() == "sitemap"]

    def fetch(self, url: str) -> Capture:
        """Fetch the page of a URL, with all requests and responses. Raises AcquireError."""
        hops = self._follow(url)
        last = hops[-1]
        final_url = last.exchange.url
        payload = self._payload(last)
        page_format = _page_format(payload, last.content_type, name=final_url)
        return Capture(
            payload=payload,
            source=printable(url),
            captured_at=last.exchange.moment,
            format=page_format,
            content_type=last.content_type or page_format.traits.media_types[0],
            url=final_url,
            exchange=_records(hops, payload),
            time_known=True,
            fetched=True,
        )

    def document(self, url: str, headers: Mapping[str, str] | None = None) -> Document:
        """Fetch what is no page; ``headers`` ask for it if it is new. Raises AcquireError."""
        asked = Asked({"Accept": "*/*", **(headers or {})}, is_page=False, may_be_same=bool(headers))
        last = self._follow(url, asked)[-1]
        payload = b"" if last.status == NOT_MODIFIED else self._payload(last)
        moment, found = last.exchange.moment, last.exchange.url
        return Document(found, payload, last.headers, moment, is_same=last.status == NOT_MODIFIED)

    def _follow(self, url: str, asked: Asked = _A_PAGE) -> list[_Hop]:
        """Ask, and go where redirects lead; the last hop has the page."""
        budget = Budget(url, self._limits)
        cookies = self._cookies()
        hops: list[_Hop] = []
        seen: set[tuple[str | None, str | None]] = set()
        address = target(url)
        while True:
            if self._robots is not None:
                self._robots.check(address)
            request = self._prepared(address, cookies, named=url, asked=asked)
            # A site may send a visitor round once to set a cookie: the same question is a loop.
            question = (request.url, request.headers.get("Cookie"))
            if question in seen:
                raise AcquireError(
                    f"{url} redirects in a loop", hint="open it in a browser and save the page"
                )
            seen.add(question)
            hops.append(self._ask(request, cookies, budget, asked))
            leads_to = self._leads_to(hops[-1], asked)
            if leads_to is None:
                return hops
            if len(hops) > self._limits.redirects:
                raise AcquireError(
                    f"{url} redirects more than {self._limits.redirects} times", hint="check the address"
                )
            address = leads_to

    def _leads_to(self, hop: _Hop, asked: Asked) -> str | None:
        """Where an answer sends who asked: by its status, or, where that is wanted, by its page."""
        if hop.status in REDIRECTS:
            return redirect_target(hop.exchange.url, _location(hop.headers))
        found = (
            followed(hop.exchange.url, self._payload(hop)) if self._policy.follows and asked.is_page else None
        )
        return None if found is None else target(found)

    def _payload(self, hop: _Hop) -> bytes:
        return decode_body(hop.exchange.url, hop.body, hop.headers, limit=self._limits.payload)

    def _ask(
        self, request: requests.PreparedRequest, cookies: RequestsCookieJar, budget: Budget, asked: Asked
    ) -> _Hop:
        """Send a request, again where that may help. Raises AcquireError."""
        attempt = 0
        while True:
            self._await_turn(request, budget)
            try:
                return self._attempt(request, cookies, budget, asked)
            except TemporaryError as error:
                wait = self._wait(attempt, error)
                if wait is None or wait >= budget.seconds():
                    # This page is given up; what else is asked of the host waits as it said.
                    self._clock.hold(host_of(request.url or ""), error.wait or 0.0)
                    raise AcquireError(error.message, hint=error.hint, status=error.status) from error
                self._policy.sleep(wait)
                attempt += 1

    def _wait(self, attempt: int, error: TemporaryError) -> float | None:
        """The seconds until the next attempt; None where there is none."""
        if attempt == self._policy.retries:
            return None
        if error.wait is not None:
            return error.wait if error.wait <= self._policy.longest_wait else None
        # Jitter, so that many archives do not come back to a recovering host at once.
        return self._policy.backoff * 2.0**attempt * self._jitter.uniform(0.5, 1.0)

    def _await_turn(self, request: requests.PreparedRequest, budget: Budget) -> None:
        wait = self._clock.reserve(host_of(request.url or ""))
        if wait > 0:
            self._policy.sleep(min(wait, budget.seconds()))

    def _cookies(self) -> RequestsCookieJar:
        """Those of the user's file, if there is one, and room for those of this fetch."""
        cookies = RequestsCookieJar()
        cookies.update(self._policy.credentials.jar())
        return cookies

    def _prepared(
        self, url: str, cookies: RequestsCookieJar, *, named: str, asked: Asked = _A_PAGE
    ) -> requests.PreparedRequest:
        headers = joined(
            {**_HEADERS, **asked.headers}, self._policy.credentials.headers_for(url, named=named)
        )
        try:
            return requests.Request("GET", url, headers=headers, cookies=cookies).prepare()
        except (requests.RequestException, urllib3.exceptions.HTTPError, ValueError) as exc:
            raise malformed(printable(url)) from exc

    def _robots_text(self, url: str) -> bytes | None:
        """What a host's robots.txt says; None where there is none. Raises AcquireError where nobody knows."""
        budget, cookies = Budget(url, self._limits), RequestsCookieJar()
        try:
            request = self._prepared(url, cookies, named=url, asked=_ANYTHING)
            hop = self._ask(request, cookies, budget, _ANYTHING)
        except AcquireError as error:
            if error.status is not None and error.status < _SERVER_ERROR:
                return None
            raise
        if hop.status in REDIRECTS:
            return None
        return self._payload(hop)

    def _attempt(
        self, request: requests.PreparedRequest, cookies: RequestsCookieJar, budget: Budget, asked: Asked
    ) -> _Hop:
        wire = Wire(budget=budget, policy=self._policy, connect_seconds=self._limits.connect_seconds)
        with closing(wire):
            try:
                return self._exchange(request, cookies, wire, asked)
            except requests.exceptions.SSLError as exc:
                raise AcquireError(
                    f"{request.url} has no valid TLS certificate: {_root(exc)}",
                    hint="check the address and this computer's clock",
                ) from exc
            except _BROKEN as exc:
                raise TemporaryError(
                    f"{request.url} broke the connection: {_root(exc)}", hint="try again later"
                ) from exc
            finally:
                self._clock.over(host_of(request.url or ""))

    def _exchange(
        self, request: requests.PreparedRequest, cookies: RequestsCookieJar, wire: Wire, asked: Asked
    ) -> _Hop:
        url = request.url or ""
        timeout = (wire.budget.seconds(at_most=self._limits.connect_seconds), wire.budget.seconds())
        verify = True if self._policy.ca_bundle is None else str(self._policy.ca_bundle)
        # The adapter, not a session: a session reads netrc and proxies of the environment,
        # and judges a redirect before it can be recorded.
        adapter = WireAdapter(wire)
        with closing(adapter), adapter.send(request, stream=True, timeout=timeout, verify=verify) as response:
            moment = datetime.now(UTC)
            cookies.update(response.cookies)
            status, headers = response.status_code, response.headers
            if not (asked.may_be_same and status == NOT_MODIFIED):
                check_status(url, status, headers, now=moment)
            is_page = asked.is_page and status not in REDIRECTS
            content_type = check_type(url, headers) if is_page else None
            body = b"".join(iter(lambda: response.raw.read(_CHUNK, decode_content=False), b""))
        kept = self._policy.credentials.without_secrets
        exchange = Exchange(url, kept(bytes(wire.sent)), kept(bytes(wire.received)), moment, wire.peer)
        return _Hop(exchange, status, headers, content_type, body)


_BROKEN = (
    requests.RequestException,
    urllib3.exceptions.HTTPError,
    http.client.HTTPException,
    OSError,
    ValueError,
)


def _location(headers: Mapping[str, str]) -> bytes:
    # http.client reads headers as Latin-1; addresses in them are ASCII or UTF-8.
    return headers["location"].encode("latin-1")


def _page_format(payload: bytes, content_type: str | None, *, name: str) -> PageFormat:
    if not payload.strip():
        raise AcquireError(f"{name} is empty", hint="there is nothing to archive in it")
    # Addresses end in anything: only the content and the server tell the format.
    found = recognize(payload, media_type=content_type)
    if not isinstance(found, PageFormat):
        raise refusal(name, found)
    return found


def _records(hops: list[_Hop], payload: bytes) -> bytes:
    """The records of all hops, proven to give the payload to whoever reads them.

    Servers answer in odder ways than HTTP has rules, and clients and WARC
    readers don't agree on all of them: what would not read back is not taken.
    """
    try:
        records = exchange_records([hop.exchange for hop in hops])
    except ValueError:
        records = b""
    if read_payload(records, limit=len(payload) + 1) != payload:
        raise AcquireError(
            f"{hops[-1].exchange.url} answered in a form that a WARC file can't hold faithfully",
            hint="save the page in a browser and add the file",
        )
    return records


def _root(exc: BaseException) -> str:
    """The innermost cause of an error, in the words of the operating system."""
    while (cause := exc.__cause__ or exc.__context__) is not None:
        exc = cause
    return printable(str(exc)[:200]) or type(exc).__name__
