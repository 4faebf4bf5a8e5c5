"""How hosts are treated: one queue a host, robots.txt, and what a subscriber sends."""

from __future__ import annotations

import threading
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

import pytest
from acquire_site import PAGE, Handler, Site, local_policy, page, redirect, serve

from newsarchive.acquire import Failure, Fetching, FetchPolicy, Link, acquire, readers, with_links
from newsarchive.acquire.fetch import FetchReader, HostStep
from newsarchive.acquire.fetch.manners.credentials import Credentials
from newsarchive.errors import AcquireError, InvalidArgument
from newsarchive.model import Capture


@pytest.fixture
def site() -> Iterator[Site]:
    with serve() as site:
        site.pages["/"] = page()
        yield site


def fetched(urls: list[str], policy: FetchPolicy) -> list[Capture | Failure]:
    return list(FetchReader(policy=policy).read_all(urls))


def captured(url: str, policy: FetchPolicy) -> Capture:
    (item,) = fetched([url], policy)
    assert isinstance(item, Capture), item
    return item


def test_each_address_comes_once_and_no_host_is_asked_before_its_delay() -> None:
    """Several hosts at once is no licence to strain one of them."""
    delay, asked = 0.1, defaultdict(list)
    with ExitStack() as stack:
        sites = [stack.enter_context(serve()) for _ in range(5)]

        def note(handler: Handler) -> None:
            asked[handler.site.port].append(time.monotonic())
            handler.answer()

        urls = []
        for site in sites:
            for number in range(5):
                site.pages[f"/{number}"] = note
                urls.append(site.url(f"/{number}"))
        policy = replace(local_policy(), interval=delay, jobs=4, sleep=time.sleep)
        items = fetched(urls, policy)
    assert sorted(item.source for item in items) == sorted(urls)
    assert all(isinstance(item, Capture) for item in items)
    for times in asked.values():
        assert all(later - sooner >= delay for sooner, later in pairwise(times))


def test_a_host_that_hangs_holds_up_no_other(site: Site) -> None:
    """What is there is told while the slow one is still waited for."""
    release = threading.Event()
    with serve() as slow:

        def hang(handler: Handler) -> None:
            release.wait(20)
            handler.answer()

        slow.pages["/"] = hang
        items = FetchReader(policy=local_policy()).read_all([slow.url(), site.url()])
        assert next(items).source == site.url()
        release.set()
        assert next(items).source == slow.url()
        assert next(items, None) is None


def test_addresses_of_one_host_come_in_their_order(site: Site) -> None:
    """A list is looked through as it was written."""
    urls = []
    for number in range(20):
        site.pages[f"/{number}"] = page()
        urls.append(site.url(f"/{number}"))
    assert [item.source for item in fetched(urls, local_policy())] == urls


def test_each_step_is_told_with_its_host(site: Site) -> None:
    """A line a host shows which of them is slow."""
    steps: list[HostStep] = []
    site.pages["/gone"] = page(status=404)
    reader = FetchReader(policy=local_policy(), told=steps.append)
    list(reader.read_all([site.url(), site.url("/gone")]))
    assert [(step.done, step.waiting) for step in steps] == [(1, 1), (2, 0)]
    assert {step.host for step in steps} == {f"127.0.0.1:{site.port}"}


def test_a_failure_has_the_status_of_the_answer(site: Site) -> None:
    """A dead link is named with it."""
    site.pages["/gone"] = page(status=410)
    (item,) = fetched([site.url("/gone")], local_policy())
    assert isinstance(item, Failure)
    assert item.error.status == 410


class TestRobots:
    policy = replace(local_policy(), obeys_robots=True)

    def test_what_is_forbidden_is_not_asked_for(self, site: Site) -> None:
        """The longest rule counts, as RFC 9309 has it."""
        site.pages["/robots.txt"] = page(
            b"User-agent: *\nDisallow: /p\nAllow: /pages\n", Content_Type="text/plain"
        )
        site.pages["/pages"] = page()
        first, second = fetched([site.url("/private"), site.url("/pages")], self.policy)
        assert isinstance(first, Failure)
        assert "robots.txt" in first.error.message
        assert isinstance(second, Capture)
        assert site.asked == ["/robots.txt", "/pages"]

    def test_a_redirect_into_what_is_forbidden_is_not_followed(self, site: Site) -> None:
        """Rules are for addresses, however one comes to them."""
        site.pages["/robots.txt"] = page(b"User-agent: *\nDisallow: /p\n", Content_Type="text/plain")
        site.pages["/"] = redirect("/private")
        (item,) = fetched([site.url()], self.policy)
        assert isinstance(item, Failure)
        assert "/private" not in site.asked

    @pytest.mark.parametrize("status", [404, 403])
    def test_without_such_a_file_all_is_allowed(self, site: Site, status: int) -> None:
        """RFC 9309, section 2.3.1.3."""
        site.pages["/robots.txt"] = page(status=status)
        assert captured(site.url(), self.policy).payload == PAGE

    def test_a_host_that_can_not_say_is_left_alone(self, site: Site) -> None:
        """RFC 9309, section 2.3.1.4: what is unreachable forbids all."""
        site.pages["/robots.txt"] = page(status=503)
        (item,) = fetched([site.url()], replace(self.policy, retries=0))
        assert isinstance(item, Failure)
        assert item.error.status == 503
        assert site.asked == ["/robots.txt"]

    def test_nobody_is_asked_where_it_is_not_wanted(self, site: Site) -> None:
        """A person who names a page is no robot."""
        captured(site.url(), local_policy())
        assert site.asked == ["/"]


class TestCredentials:
    secret = Credentials((("Authorization", "Bearer tok-123"),))

    def test_they_are_sent_and_not_archived(self, site: Site, tmp_path: Path) -> None:
        """An archive is handed on; a session must not be."""
        seen = []

        def walled(handler: Handler) -> None:
            seen.append((handler.headers["Cookie"], handler.headers["Authorization"]))
            handler.answer(Set_Cookie="sid=renewed-456; Path=/")

        site.pages["/walled"] = walled
        path = tmp_path / "cookies.txt"
        path.write_text("# Netscape HTTP Cookie File\n127.0.0.1\tFALSE\t/\tFALSE\t0\tsid\tsess-789\n")
        policy = replace(local_policy(), credentials=replace(self.secret, cookies=path))
        item = captured(site.url("/walled"), policy)
        assert seen == [("sid=sess-789", "Bearer tok-123")]
        kept = unpacked(item)
        assert not any(secret in kept for secret in (b"tok-123", b"sess-789", b"renewed-456"))
        assert PAGE in kept
        asked = replace(policy, credentials=replace(policy.credentials, are_kept=True))
        assert all(s in unpacked(captured(site.url("/walled"), asked)) for s in (b"tok-123", b"renewed-456"))

    def test_headers_do_not_follow_a_redirect_to_another_site(self, site: Site) -> None:
        """A redirect could collect them."""
        seen = []

        def other(handler: Handler) -> None:
            seen.append(handler.headers["Authorization"])
            handler.answer()

        with serve("127.0.0.2") as stranger:
            stranger.pages["/"] = other
            site.pages["/"] = redirect(stranger.url())
            policy = replace(local_policy(), credentials=self.secret, is_allowed=lambda address: True)
            captured(site.url(), policy)
        assert seen == [None]

    @pytest.mark.parametrize("headers", [{"Host": "a"}, {"X y": "a"}, {"X": "a\r\nY: b"}])
    def test_what_is_no_header_is_refused(self, headers: dict[str, str]) -> None:
        """A line break would begin a header of another's choice."""
        with pytest.raises(AcquireError):
            _ = Fetching(headers=headers).policy

    def test_a_file_without_cookies_is_told_at_once(self, tmp_path: Path) -> None:
        """Not after an hour of pages for nobody in particular."""
        path = tmp_path / "cookies.txt"
        path.write_text("sid=1")
        with pytest.raises(AcquireError, match="Netscape"):
            _ = Fetching(cookies=path).policy

    @pytest.mark.parametrize("wrong", [{"jobs": 0}, {"delay": -1.0}, {"delay": float("nan")}])
    def test_numbers_that_can_not_be_meant_are_refused(self, wrong: dict[str, float]) -> None:
        """At the call."""
        with pytest.raises(InvalidArgument):
            Fetching(**wrong)  # type: ignore[arg-type]


class TestFollowing:
    policy = replace(local_policy(), follows=True)

    @pytest.mark.parametrize(
        "start",
        [
            b"<html><meta http-equiv=refresh content='0; url=/story'><p>Wait</p>",
            b"<html amp><head><link rel=canonical href='/story'></head><p>Short</p>",
        ],
        ids=["refresh", "amp"],
    )
    def test_a_page_that_leads_on_is_followed_when_asked(self, site: Site, start: bytes) -> None:
        """The whole story stands there; the way is in the record, too."""
        site.pages["/start"], site.pages["/story"] = page(start), page()
        item = captured(site.url("/start"), self.policy)
        assert (item.url, item.payload) == (site.url("/story"), PAGE)
        assert b"/start" in unpacked(item)
        assert captured(site.url("/start"), local_policy()).payload == start

    def test_a_page_that_reloads_itself_is_a_page(self, site: Site) -> None:
        """Front pages do so every few minutes."""
        site.pages["/live"] = page(b"<html><meta http-equiv=refresh content='300'><p>Live from the port</p>")
        assert captured(site.url("/live"), self.policy).url == site.url("/live")

    def test_pages_that_lead_to_each_other_are_a_loop(self, site: Site) -> None:
        """As redirects are."""
        for here, there in (("/a", "/b"), ("/b", "/a")):
            site.pages[here] = page(f"<html><meta http-equiv='refresh' content='0;url={there}'>".encode())
        (item,) = fetched([site.url("/a")], self.policy)
        assert isinstance(item, Failure)
        assert "loop" in item.error.message


def unpacked(capture: Capture) -> bytes:
    """All records of a fetch, as they are in the snapshot."""
    import zlib

    left, out = capture.exchange or b"", b""
    while left:
        unzip = zlib.decompressobj(zlib.MAX_WBITS | 16)
        out += unzip.decompress(left)
        left = unzip.unused_data
    return out


def test_addresses_that_files_name_are_fetched_when_asked(site: Site, tmp_path: Path) -> None:
    """A list of bookmarks has no texts; who wants them says so."""
    site.pages["/robots.txt"] = page(status=404)
    path = tmp_path / "bookmarks.html"
    path.write_text(
        "<!DOCTYPE NETSCAPE-Bookmark-file-1><DL><p><DT>"
        f'<A HREF="{site.url()}">Ferry</A><DT><A HREF="{site.url()}">Again</A></DL>'
    )
    kinds = readers(fetching=local_policy())
    listed = list(acquire([str(path)], kinds, now=datetime.now(UTC)))
    assert [type(item) for item in listed] == [Link, Link]
    (item,) = with_links(listed, kinds)
    assert isinstance(item, Capture)
    assert site.asked == ["/"]
