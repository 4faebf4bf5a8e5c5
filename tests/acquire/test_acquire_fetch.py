"""Fetching over real connections to servers on loopback."""

from __future__ import annotations

import gzip
import threading
import zlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from io import BytesIO

import pytest
from acquire_site import (
    CERTIFICATE,
    PAGE,
    Handler,
    Site,
    Waits,
    in_turn,
    local_policy,
    page,
    raw,
    redirect,
    serve,
)
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from warcio.archiveiterator import ArchiveIterator

from newsarchive.acquire import Failure, Fetching, FetchPolicy, Limits, acquire, readers
from newsarchive.acquire.fetch import FetchReader
from newsarchive.model import Capture

NOW = datetime(2024, 5, 1, tzinfo=UTC)


@pytest.fixture
def site() -> Iterator[Site]:
    with serve() as running:
        running.pages["/"] = page()
        yield running


@pytest.fixture
def waits() -> Waits:
    return Waits()


def outcome(url: str, policy: FetchPolicy | None = None, **limits: float) -> Capture | Failure:
    reader = FetchReader(replace(Limits(), **limits), policy or local_policy())  # type: ignore[arg-type]
    (result,) = reader.read(url, now=NOW)
    assert result.source == url
    return result


def fetched(url: str, policy: FetchPolicy | None = None, **limits: float) -> Capture:
    result = outcome(url, policy, **limits)
    assert isinstance(result, Capture), result
    return result


def refused(url: str, policy: FetchPolicy | None = None, **limits: float) -> str:
    result = outcome(url, policy, **limits)
    assert isinstance(result, Failure), result
    assert result.error.hint
    return result.error.message


def records(capture: Capture) -> list[tuple[str, str, bytes]]:
    """Type, URL and content of each record, digests verified."""
    assert capture.exchange is not None
    return [
        (record.rec_type, record.rec_headers["WARC-Target-URI"], record.content_stream().read())
        for record in ArchiveIterator(BytesIO(capture.exchange), check_digests="raise")
    ]


class TestPage:
    def test_capture_holds_the_decoded_page_and_its_provenance(self, site: Site) -> None:
        """Extraction and citation need the bytes, where they came from, and when."""
        before = datetime.now(UTC)
        capture = fetched(site.url("/#top"))
        assert capture.payload == PAGE
        assert capture.url == site.url("/")
        assert capture.content_type == "text/html; charset=utf-8"
        assert before <= capture.captured_at <= datetime.now(UTC)

    @pytest.mark.parametrize(
        ("encoding", "encode"),
        [
            ("gzip", gzip.compress),
            ("deflate", zlib.compress),
            ("deflate", lambda body: zlib.compress(body, wbits=-15)),
            ("identity", bytes),
        ],
        ids=["gzip", "zlib", "raw-deflate", "identity"],
    )
    def test_chunked_and_encoded_page_reads_back_from_its_record(
        self, site: Site, encoding: str, encode: object
    ) -> None:
        """The record keeps the wire's bytes, and any WARC reader must get the page out of them."""
        body = PAGE * 300
        assert callable(encode)
        site.pages["/c"] = lambda handler: handler.chunked(encode(body), Content_Encoding=encoding)
        capture = fetched(site.url("/c"))
        assert capture.payload == body
        assert records(capture)[-1] == ("response", site.url("/c"), body)

    def test_records_are_byte_for_byte_what_went_over_the_wire(self, site: Site) -> None:
        """A claim about a page is checked against the server's own words, odd spelling included."""
        wire = (
            b"HTTP/1.1 200 Fine\r\ncontent-TYPE:  text/html\r\nX-Odd:\xe9\tb\r\nContent-Length: %d\r\n\r\n%b"
        )
        sent = wire % (len(PAGE), PAGE)
        site.pages["/odd"] = raw(sent + b"trailing bytes that belong to no response")
        capture = fetched(site.url("/odd"))
        assert capture.exchange is not None
        written = gzip.decompress(capture.exchange)
        assert sent + b"\r\n\r\n" in written
        assert b"GET /odd HTTP/1.1\r\n" in written

    def test_request_says_who_asks_and_for_what(self, site: Site) -> None:
        """A site's owner can tell the archive from other visitors, and reach its authors."""
        headers: list[dict[str, str]] = []

        def look(handler: Handler) -> None:
            headers.append(dict(handler.headers))
            handler.answer()

        site.pages["/look"] = look
        fetched(site.url("/look"))
        assert headers[0]["User-Agent"].startswith("newsarchive/")
        assert headers[0]["Accept-Encoding"] == "gzip, deflate"
        assert headers[0]["Host"] == f"127.0.0.1:{site.port}"

    def test_request_comes_before_its_response_and_names_it(self, site: Site) -> None:
        """WARC-Concurrent-To ties the two together for tools that replay."""
        capture = fetched(site.url())
        assert capture.exchange is not None
        request, response = (
            record.rec_headers for record in ArchiveIterator(BytesIO(capture.exchange)) if record
        )
        assert request["WARC-Type"] == "request"
        assert request["WARC-Concurrent-To"] == response["WARC-Record-ID"]
        assert response["WARC-IP-Address"] == "127.0.0.1"

    def test_page_without_content_type_is_typed_by_its_bytes(self, site: Site) -> None:
        """Some servers state none."""
        site.pages["/bare"] = raw(b"HTTP/1.1 200 OK\r\n\r\n" + PAGE)
        assert fetched(site.url("/bare")).content_type == "text/html"

    @pytest.mark.parametrize("kind", ["image/png", "application/pdf", "text/css", "\x1b[31m"])
    def test_other_content_types_are_refused_by_name(self, site: Site, kind: str) -> None:
        """The message says what the address leads to, without the server's control characters."""
        site.pages["/other"] = page(Content_Type=kind)
        message = refused(site.url("/other"))
        assert "not a page" in message
        assert message.isprintable()

    @pytest.mark.parametrize("body", [b"", b"  \n", b"\x89PNG\r\n\x1a\n\0\0"], ids=["empty", "blank", "png"])
    def test_content_that_is_no_page_is_refused_whatever_its_header_says(
        self, site: Site, body: bytes
    ) -> None:
        """Servers mislabel what they send."""
        site.pages["/false"] = page(body)
        assert refused(site.url("/false")).startswith(site.url("/false"))

    def test_encoding_that_was_not_asked_for_is_refused(self, site: Site) -> None:
        """Bytes that can't be decoded must not pass for a page."""
        site.pages["/br"] = page(Content_Encoding="br")
        assert "encoded as br" in refused(site.url("/br"))


class TestRedirects:
    def test_each_hop_is_kept_in_order(self, site: Site) -> None:
        """The way to a page is part of its provenance."""
        site.pages |= {"/a": redirect("/b"), "/b": redirect(site.url("/#part"), 308)}
        capture = fetched(site.url("/a"))
        kept = [(kind, url) for kind, url, _ in records(capture)]
        hops = [site.url("/a"), site.url("/b"), site.url("/")]
        assert kept == [(kind, url) for url in hops for kind in ("request", "response")]
        assert capture.url == site.url("/")

    def test_loop_is_told(self, site: Site) -> None:
        """A loop is not a site that redirects often."""
        site.pages |= {"/a": redirect("/b"), "/b": redirect("/a")}
        assert "loop" in refused(site.url("/a"))
        assert site.asked == ["/a", "/b"]

    def test_detour_that_sets_a_cookie_is_no_loop(self, site: Site) -> None:
        """Cookie walls send a visitor back to the same address once."""
        site.pages["/wall"] = in_turn(redirect("/wall", Set_Cookie="seen=1"), page())
        assert fetched(site.url("/wall")).payload == PAGE

    def test_cookies_don_t_outlive_their_source(self, site: Site) -> None:
        """What one page sets must not change how another is answered."""
        cookies: list[str | None] = []

        def answer(handler: Handler) -> None:
            cookies.append(handler.headers["Cookie"])
            handler.answer(Set_Cookie="tracked=1")

        site.pages["/cookie"] = answer
        reader = FetchReader(policy=local_policy())
        for _ in range(2):
            list(reader.read(site.url("/cookie"), now=NOW))
        assert cookies == [None, None]

    def test_endless_redirects_end(self, site: Site) -> None:
        """The cap is one of Limits."""
        for number in range(5):
            site.pages[f"/{number}"] = redirect(f"/{number + 1}")
        assert "more than 3 times" in refused(site.url("/0"), redirects=3)
        assert len(site.asked) == 4

    @pytest.mark.parametrize(
        ("location", "reason"),
        [
            ("ftp://127.0.0.1/x", "can't fetch ftp"),
            ("file:///etc/passwd", "can't fetch file"),
            ("http://user:secret@127.0.0.1/", "user name or password"),
            ("http://[::1", "malformed"),
            ("//\xff", "malformed"),
            ("http://a" + "b" * 9000, "longer than"),
        ],
        ids=["ftp", "file", "userinfo", "bracket", "not-utf-8", "long"],
    )
    def test_redirect_to_what_is_not_fetched_is_refused(self, site: Site, location: str, reason: str) -> None:
        """A server's redirect is held to the same rules as a user's address."""
        site.pages["/away"] = redirect(location)
        message = refused(site.url("/away"))
        assert reason in message
        assert "secret" not in message

    def test_redirect_without_a_target_is_refused(self, site: Site) -> None:
        """A status alone is no page."""
        site.pages["/nowhere"] = page(status=302)
        assert "302 Found" in refused(site.url("/nowhere"))


class TestAddresses:
    def test_redirect_to_an_address_that_is_not_allowed_is_refused(self, site: Site) -> None:
        """A public page must not make the archive read the machines behind the firewall."""
        with serve("127.0.0.2") as inner:
            inner.pages["/"] = page(b"<p>secret")
            site.pages["/in"] = redirect(inner.url())
            assert "127.0.0.2" in refused(site.url("/in"))
            assert inner.asked == []

    @pytest.mark.parametrize(
        "host", ["127.0.0.1", "localhost", "127.1", "2130706433", "0x7f000001", "[::1]", "0"]
    )
    def test_loopback_is_refused_by_default_however_it_is_written(self, site: Site, host: str) -> None:
        """What counts is the address after resolution."""
        policy = replace(FetchPolicy(), sleep=Waits())
        assert "not public" in refused(f"http://{host}:{site.port}/", policy)
        assert site.asked == []

    def test_allow_private_fetches_from_loopback(self, site: Site) -> None:
        """An archive may be asked to read an intranet."""
        (result,) = acquire([site.url()], readers(fetching=Fetching(allow_private=True)), now=NOW)
        assert isinstance(result, Capture)

    def test_one_address_that_is_not_allowed_refuses_the_host(self, site: Site) -> None:
        """A host with a public and a private address is how attackers get past a check of the first."""
        policy = replace(local_policy(), resolve=lambda host, port: ["127.0.0.1", "127.0.0.2"])
        assert "127.0.0.2" in refused(f"http://news.test:{site.port}/", policy)

    def test_connection_goes_to_the_address_that_was_checked(self, site: Site) -> None:
        """A name that resolves anew to another address (DNS rebinding) gains nothing."""
        answers = [["127.0.0.1"], ["127.0.0.2"]]
        policy = replace(local_policy(), resolve=lambda host, port: answers.pop(0))
        capture = fetched(f"http://news.test:{site.port}/", policy)
        assert capture.url == f"http://news.test:{site.port}/"
        assert len(answers) == 1

    def test_next_address_is_tried_where_one_is_dead(self, site: Site) -> None:
        """A host may list an address that this network can't reach."""
        policy = replace(
            local_policy(),
            resolve=lambda host, port: ["127.0.0.9", "127.0.0.1"],
            is_allowed=lambda address: True,
        )
        assert fetched(f"http://news.test:{site.port}/", policy).payload == PAGE

    def test_tls_is_verified_against_the_name_not_the_address(self) -> None:
        """The connection is made to an address, and must still prove to be the host's."""
        policy = replace(local_policy(), resolve=lambda host, port: ["127.0.0.1"], ca_bundle=CERTIFICATE)
        with serve(certificate=CERTIFICATE) as site:
            site.pages["/"] = page()
            capture = fetched(f"https://news.test:{site.port}/", policy)
            assert records(capture)[-1][2] == PAGE
            assert "certificate" in refused(f"https://other.test:{site.port}/", policy)

    def test_unknown_authority_is_refused_at_once(self) -> None:
        """Trying again does not make a certificate valid."""
        waits = Waits()
        policy = replace(local_policy(waits), resolve=lambda host, port: ["127.0.0.1"])
        with serve(certificate=CERTIFICATE) as site:
            assert "certificate" in refused(f"https://news.test:{site.port}/", policy)
        assert waits.seconds == []


class TestRetries:
    def test_page_is_fetched_after_a_server_error(self, site: Site, waits: Waits) -> None:
        """Servers recover within seconds; the record has the answer that counted."""
        site.pages["/busy"] = in_turn(page(status=503), page(status=500), page())
        capture = fetched(site.url("/busy"), local_policy(waits))
        assert [kind for kind, _, _ in records(capture)] == ["request", "response"]
        assert len(waits.seconds) == 2

    def test_waits_grow(self, site: Site, waits: Waits) -> None:
        """A host in trouble is asked less and less often."""
        site.pages["/down"] = page(status=500)
        assert "500 Internal Server Error" in refused(site.url("/down"), local_policy(waits))
        assert len(site.asked) == 4
        assert [0.5 * 2**n <= wait <= 2**n for n, wait in enumerate(waits.seconds)] == [True] * 3

    @pytest.mark.parametrize("status", [429, 503])
    def test_retry_after_is_honoured(self, site: Site, waits: Waits, status: int) -> None:
        """The server knows best when to come back."""
        site.pages["/later"] = in_turn(page(status=status, Retry_After="17"), page())
        fetched(site.url("/later"), local_policy(waits))
        assert waits.seconds == [17.0]

    def test_retry_after_may_be_a_date(self, site: Site, waits: Waits) -> None:
        """RFC 9110 allows both forms."""
        moment = format_datetime(datetime.now(UTC) + timedelta(seconds=20), usegmt=True)
        site.pages["/later"] = in_turn(page(status=503, Retry_After=moment), page())
        fetched(site.url("/later"), local_policy(waits))
        assert 10 < waits.seconds[0] <= 20

    @pytest.mark.parametrize("stated", ["3600", "9" * 9])
    def test_longer_wait_than_is_patient_ends_the_fetch(self, site: Site, waits: Waits, stated: str) -> None:
        """To come back sooner than asked would be rude, and to wait an hour no use."""
        site.pages["/later"] = page(status=429, Retry_After=stated)
        assert "429" in refused(site.url("/later"), local_policy(waits))
        assert waits.seconds == []

    @pytest.mark.parametrize(
        "stated", ["soon", "9" * 5000, "-1", "Wed, 99 Foo 2024", "Wed, 01 May 2024 00:00:00"]
    )
    def test_senseless_retry_after_is_ignored(self, site: Site, stated: str) -> None:
        """A header can hold anything."""
        site.pages["/later"] = in_turn(page(status=503, Retry_After=stated), page())
        assert fetched(site.url("/later")).payload == PAGE

    @pytest.mark.parametrize("status", [404, 410, 401, 403, 451, 204, 206, 418, 999])
    def test_other_statuses_are_final(self, site: Site, status: int) -> None:
        """Asking again would not help."""
        site.pages["/final"] = page(status=status)
        assert str(status) in refused(site.url("/final"))
        assert site.asked == ["/final"]

    def test_broken_connection_is_tried_again(self, site: Site) -> None:
        """A response cut short must neither pass for a page nor end the fetch."""
        cut = raw(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 5000\r\n\r\n<p>cut")
        site.pages["/cut"] = in_turn(cut, raw(b""), page())
        assert fetched(site.url("/cut")).payload == PAGE

    def test_refused_connection_is_named(self, waits: Waits) -> None:
        """Nobody listens on port 1."""
        assert "refused" in refused("http://127.0.0.1:1/", local_policy(waits)).lower()
        assert len(waits.seconds) == 3

    def test_unknown_host_is_named(self) -> None:
        """RFC 6761 keeps .invalid free of hosts."""
        assert "news.invalid" in refused(
            "http://news.invalid/", replace(local_policy(), is_allowed=lambda a: True)
        )

    def test_requests_to_one_host_keep_their_distance(self, site: Site, waits: Waits) -> None:
        """A list of addresses of one site must not strain it; the first is asked at once."""
        reader = FetchReader(policy=replace(local_policy(waits), interval=1.0))
        for _ in range(2):
            list(reader.read(site.url(), now=NOW))
        assert len(waits.seconds) == 1
        assert 0 < waits.seconds[0] <= 1

    def test_interrupt_goes_through(self, site: Site) -> None:
        """Ctrl-C is not a failure of a source."""

        def interrupt(seconds: float) -> None:
            raise KeyboardInterrupt

        site.pages["/down"] = page(status=500)
        reader = FetchReader(policy=replace(local_policy(), sleep=interrupt))
        with pytest.raises(KeyboardInterrupt):
            list(reader.read(site.url("/down"), now=NOW))


class TestCaps:
    def test_endless_body_is_broken_off(self, site: Site) -> None:
        """A server can send for ever."""

        def endless(handler: Handler) -> None:
            handler.send_response(200)
            handler.send_header("Content-Type", "text/html")
            handler.end_headers()
            handler.close_connection = True
            while True:
                handler.wfile.write(PAGE * 100)

        site.pages["/endless"] = endless
        assert "more than 100,000 bytes" in refused(site.url("/endless"), payload=100_000)

    def test_endless_headers_are_broken_off(self, site: Site) -> None:
        """Headers count as well as bodies do."""
        site.pages["/headers"] = raw(b"HTTP/1.1 200 OK\r\n" + b"X-Header: filler\r\n" * 100_000)
        assert "headers" in refused(site.url("/headers"))

    def test_gzip_bomb_stops_at_the_cap(self, site: Site) -> None:
        """A small body can stand for a huge page."""
        bomb = gzip.compress(bytes(30_000_000))
        site.pages["/bomb"] = page(bomb, Content_Encoding="gzip")
        assert "more than 20,000,000 bytes" in refused(site.url("/bomb"))

    def test_cut_gzip_is_refused(self, site: Site) -> None:
        """A page with its end missing must not pass for the whole."""
        site.pages["/cut"] = page(gzip.compress(PAGE * 50)[:-20], Content_Encoding="gzip")
        assert "ends early" in refused(site.url("/cut"))

    @pytest.mark.parametrize("place", ["headers", "body"])
    def test_dripping_response_ends_with_the_time_for_all(self, site: Site, place: str) -> None:
        """A byte now and then keeps every single read within its time, but not all of them."""
        done = threading.Event()

        def drip(handler: Handler) -> None:
            if place == "body":
                handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")
            else:
                handler.wfile.write(b"HTTP/1.1 200 OK\r\nX: ")
            while not done.wait(0.02):
                handler.wfile.write(b"x")

        site.pages["/drip"] = drip
        try:
            assert "took longer than 0.4 seconds" in refused(site.url("/drip"), fetch_seconds=0.4)
        finally:
            done.set()

    def test_silent_server_ends_with_the_time_for_all(self, site: Site) -> None:
        """A server may take a request and never answer."""
        done = threading.Event()
        site.pages["/silent"] = lambda handler: raw(b"x" * done.wait(10))(handler)
        try:
            assert "took longer" in refused(site.url("/silent"), fetch_seconds=0.3)
        finally:
            done.set()

    def test_wait_beyond_the_time_for_all_is_not_begun(self, site: Site, waits: Waits) -> None:
        """Waiting counts too."""
        site.pages["/later"] = page(status=503, Retry_After="5")
        assert "503" in refused(site.url("/later"), local_policy(waits), fetch_seconds=2)
        assert waits.seconds == []


class TestHostileInput:
    @pytest.mark.parametrize(
        "url",
        [
            "http://",
            "http:///path",
            "http://[::1",
            "http://[::1]x/",
            "http://a..b/",
            "http://host:99999/",
            "http://host:port/",
            "http://exa mple.com/",
            "http://.example.com/",
            "http://" + "a" * 300 + ".com/",
            "http://xn--\u0131.com/",
            "http://host/\x00",
            "http://host/\ud800",
            "http://\u2024/",
            "ftp://example.com/page",
            "file:///etc/passwd",
            "gopher://example.com/",
            "https://user:secret@example.com/",
            "https://user@example.com/",
            "http://example.com\\@127.0.0.1/",
            "http://example.com/" + "a" * 9000,
        ],
    )
    def test_malformed_address_is_a_failure(self, url: str) -> None:
        """Addresses are pasted, and can hold anything; none is looked up or connected to."""
        policy = replace(local_policy(), resolve=lambda host, port: ["192.0.2.1"])
        (result,) = FetchReader(policy=policy).read(url, now=NOW)
        assert isinstance(result, Failure)
        assert result.error.message.isprintable()
        assert "secret" not in result.error.message

    @settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(
        head=st.sampled_from(
            [b"", b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n", b"HTTP/1.1 302 \r\nLocation:"]
        ),
        rest=st.binary(max_size=200),
    )
    @example(head=b"", rest=b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\n\r\n<p>a")
    @example(head=b"", rest=b"HTTP/1.1 200 OK\r\nTransfer-Encoding: Chunked\r\n\r\n5\r\n<p>ab\r\n0\r\n\r\n")
    @example(head=b"", rest=b"HTTP/1.1 200 OK\r\n \t\r\nX: y\r\n\r\n<p>a")
    @example(head=b"", rest=b"HTTP/1.1 200 OK\r\nContent-Length: 1, 2\r\n\r\n<p>a")
    @example(head=b"", rest=b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip, gzip\r\n\r\n<p>a")
    def test_any_bytes_from_a_server_give_a_failure_or_a_page_that_reads_back(
        self, site: Site, head: bytes, rest: bytes
    ) -> None:
        """Clients and WARC readers differ on bad HTTP; what is kept must give the same page to both."""
        site.pages["/any"] = raw(head + rest)
        result = outcome(site.url("/any"))
        if isinstance(result, Capture):
            assert records(result)[-1][2] == result.payload
