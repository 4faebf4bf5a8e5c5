"""Pages from the web by the command line: lists that go on, dead links, options."""

from __future__ import annotations

import json
import signal
import subprocess
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from cli_program import PROGRAM, environment, run

from newsarchive import Archive


class Town:
    """A server whose pages are stories of their own; ``asked`` counts the requests for each."""

    def __init__(self) -> None:
        self.asked: Counter[str] = Counter()
        self.pause = 0.0
        town = self

        class Handler(BaseHTTPRequestHandler):
            def log_message(self, format: str, *args: object) -> None:  # noqa: A002
                pass

            def do_GET(self) -> None:
                town.asked[self.path] += 1
                time.sleep(town.pause)
                self.send_response(404 if self.path.startswith("/gone") else 200)
                self.send_header("Content-Type", "text/html")
                self.end_headers()
                number = self.path.strip("/")
                self.wfile.write(
                    f"<html><title>Ferry {number} sails</title><h1>Ferry {number} sails</h1>"
                    f"<p>The ferry {number} of Port Almar sails again, the harbour office said.</p>".encode()
                )

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.thread = threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.01})
        self.thread.start()

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.server.server_port}{path}"

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()


@pytest.fixture
def town() -> Iterator[Town]:
    with closing(Town()) as town:
        yield town


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    Archive.create(tmp_path / "a").close()
    return tmp_path / "a"


def written(path: Path, urls: list[str]) -> Path:
    path.write_text("\n".join(urls))
    return path


def test_a_list_that_was_killed_goes_on_where_it_stopped(town: Town, folder: Path, tmp_path: Path) -> None:
    """Ten thousand addresses take hours: no second request for what is done, none left out."""
    town.pause = 0.02
    urls = [town.url(f"/{number}") for number in range(60)] + [town.url("/gone-1")]
    listed = written(tmp_path / "urls.txt", [urls[-1], *urls[:-1]])
    arguments = ["--archive", str(folder), "add", "--allow-private", "--delay", "0", "--jobs", "2"]
    arguments += ["--urls", str(listed)]
    for until in (15, 35):
        process = subprocess.Popen(
            [*PROGRAM, *arguments], env=environment(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        while sum(town.asked.values()) < until and process.poll() is None:
            time.sleep(0.005)
        process.send_signal(signal.SIGKILL)
        process.wait()
    done = run(*arguments, "--dead", tmp_path / "dead.txt")
    assert done.code == 3
    with Archive.open(folder) as archive:
        sources = Counter(
            capture.source for article in archive for capture in archive.captures(article.id or 0)
        )
        assert sources == Counter(urls[:-1])
    assert town.asked["/gone-1"] == 1
    # What was under way when the process was killed, and that alone, had to be asked for again.
    assert sum(town.asked.values()) <= len(urls) + 10
    assert (tmp_path / "dead.txt").read_text().split("\t")[:2] == [urls[-1], "404"]
    assert not list((folder / "unfinished").iterdir())


def test_a_list_that_was_done_begins_anew(town: Town, folder: Path, tmp_path: Path) -> None:
    """Who names it again wants to know what the pages say now."""
    listed = written(tmp_path / "urls.txt", [town.url("/1"), town.url("/1"), town.url("/2")])
    for _ in range(2):
        assert run("--archive", folder, "add", "--allow-private", "--delay", "0", "--urls", listed).code == 0
    assert town.asked == {"/1": 2, "/2": 2}


def test_dead_links_are_named_with_their_status_and_the_file_is_a_list(
    town: Town, folder: Path, tmp_path: Path
) -> None:
    """They are tried again some other day, by the same option."""
    dead = tmp_path / "dead.txt"
    listed = written(tmp_path / "urls.txt", [town.url("/gone"), town.url("/1"), "http://127.0.0.1:1/"])
    options = ("--allow-private", "--delay", "0", "--jobs", "2")
    done = run("--archive", folder, "add", *options, "--urls", listed, "--dead", dead)
    assert "2 addresses could not be fetched" in done.err
    assert "404  " in done.err
    assert "no answer  " in done.err
    assert len(dead.read_text().splitlines()) == 2
    again = run("--archive", folder, "add", *options, "--json", "--urls", dead)
    outcomes = json.loads(again.out)["outcomes"]
    assert {(each["outcome"], each.get("status")) for each in outcomes} == {("failed", 404), ("failed", None)}


def test_a_header_without_a_value_is_told(folder: Path) -> None:
    """Before anything is asked."""
    done = run("--archive", folder, "add", "--header", "Accept-Language", "http://127.0.0.1:1/")
    assert done.code == 2
    assert "Accept-Language: de" in done.err


def test_feeds_are_followed_by_the_command_line(town: Town, folder: Path, tmp_path: Path) -> None:
    """A line a feed for people, JSON for programs, and an exit code for cron."""
    listed = tmp_path / "feeds.opml"
    listed.write_text(f"<opml version='2.0'><body><outline xmlUrl='{town.url('/gone')}'/></body></opml>")
    assert run("--archive", folder, "feed", "import", listed).out == "feeds followed: 1 more\n"
    done = run("--archive", folder, "update", "--allow-private", "--delay", "0")
    assert done.code == 3
    assert done.out == f"{town.url('/gone')}: failed: answered 404 Not Found\n"
    (feed,) = run("--archive", folder, "feed", "list", "--json").json["feeds"]
    assert (feed["url"], feed["error"]) == (town.url("/gone"), f"{town.url('/gone')} answered 404 Not Found")
    assert town.url("/gone") in run("--archive", folder, "feed", "export").out
    assert run("--archive", folder, "feed", "remove", town.url("/gone")).code == 0
    assert run("--archive", folder, "feed", "remove", town.url("/gone")).code == 2
    assert "feed add" in run("--archive", folder, "update").err


def test_a_site_is_crawled_by_the_command_line(town: Town, folder: Path) -> None:
    """A page without links has nothing to fetch; a pattern that is none is told."""
    done = run("--archive", folder, "crawl", "--allow-private", "--delay", "0", town.url("/1"))
    assert (done.code, done.err or done.out) == (0, done.err or done.out)
    assert "0 added" in done.out + done.err
    assert run("--archive", folder, "crawl", town.url("/1"), "--match", "(").code == 2
