"""A site of invented news on a loopback server, whose pages are edited in twelve ways."""

from __future__ import annotations

import random
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

_PEOPLE = ("Ines Corvane", "Bram Oduya", "Lena Marsh", "Tomas Quill", "Sela Arden", "Petra Vance")
_PLACES = (
    "the fish hall",
    "the old mole",
    "the customs house",
    "the tram depot",
    "the north quay",
    "the mill",
)
_THINGS = (
    "a new crane",
    "the ferry fares",
    "the harbour dues",
    "the lighthouse",
    "the night bus",
    "the market",
)
_VERBS = ("defended", "questioned", "welcomed", "postponed", "explained", "rejected")
_REASONS = (
    "because the tender had drawn only a single bid from a yard across the bay",
    "after a long evening in which neighbours spoke about noise, smoke and parking",
    "while engineers measured the pillars that were laid down two generations ago",
    "although the auditors had warned of rising costs for steel and for labour",
    "as fishermen brought their own sketches and asked for a wider slipway",
    "since the winter storms had torn away a third of the wooden planking",
)

_OTHER = (
    "Curators unlocked seventeen painted cabinets on Saturday and let visitors wind every mechanism by hand.",
    "Children drew barometers, and a retired sailor told how needles had trembled before the great gale.",
    "Admission stays free until autumn, when glass cases from abroad arrive and rooms upstairs get heating.",
    "Volunteers who polish brass are still sought, said the director, whose own watch had stopped at noon.",
)

EDITS = (
    "typo",
    "counter",
    "correction",
    "number",
    "headline",
    "date",
    "moved",
    "paywall",
    "gone",
    "front",
    "other",
    "encoding",
)
# What becomes of each: the outcome of a refresh, its remark, and how many states there are.
EXPECTED = {
    "typo": ("revised", None, 2),
    "counter": ("unchanged", None, 1),
    "correction": ("revised", None, 2),
    "number": ("revised", None, 2),
    "headline": ("revised", None, 2),
    "date": ("updated", None, 1),
    "moved": ("revised", None, 2),
    "paywall": ("unchanged", "paywall", 1),
    "gone": ("failed", None, 1),
    "front": ("unchanged", "front page", 1),
    "other": ("unchanged", "another story", 1),
    "encoding": ("unchanged", None, 1),
}


def paragraphs(number: int) -> list[str]:
    """The text of a page: five paragraphs that no other page has."""
    rng = random.Random(number)
    return [
        " ".join(
            f"{rng.choice(_PEOPLE)} {rng.choice(_VERBS)} {rng.choice(_THINGS)} at {rng.choice(_PLACES)} "
            f"on day {rng.randrange(2, 900)} {rng.choice(_REASONS)}."
            for _ in range(3)
        )
        for _ in range(5)
    ]


class Site:
    """Pages ``/n``, each edited in the way of its number once ``is_edited``."""

    def __init__(self) -> None:
        self.is_edited = False
        self.base = ""

    def answer(self, path: str) -> tuple[int, dict[str, str], bytes]:
        """Status, headers and body of an address."""
        kind = "text/html; charset=utf-8"
        if not path[1:].isdigit():
            heads = "".join(f"<li><a href='/{n}'>Port Almar report {n}</a></li>" for n in range(1, 30))
            body = f"<html><head><title>Harbour Post</title></head><body><ul>{heads}</ul></body></html>"
            return 200, {"Content-Type": kind}, body.encode()
        number = int(path[1:])
        edit = EDITS[number % len(EDITS)] if self.is_edited else ""
        if edit == "gone":
            return 410, {"Content-Type": kind}, b"<html><body><p>Gone</p></body></html>"
        if edit == "front":
            return 302, {"Location": "/", "Content-Type": kind}, b""
        page = self._page(number, edit)
        if edit == "encoding":
            latin = page.replace("charset=utf-8", "charset=windows-1252").encode("cp1252")
            return 200, {"Content-Type": "text/html; charset=windows-1252"}, latin
        return 200, {"Content-Type": kind}, page.encode()

    def _page(self, number: int, edit: str) -> str:
        text, headline = paragraphs(number), f"Port Almar café argues over plan {number}"
        views, day, wall = 14, "2024-05-02T09:00:00Z", ""
        match edit:
            case "typo":
                text[1] = text[1].replace(" on day ", " on dya ", 1)
            case "counter":
                views = 977
            case "correction":
                text.append("Correction: an earlier version of this article named the wrong quay.")
            case "number":
                text[2] = text[2].replace(" on day ", " on day 9", 1)
            case "headline":
                headline = f"Port Almar café gives up plan {number}"
            case "date":
                day = "2024-05-09T18:00:00Z"
            case "moved":
                text.insert(0, text.pop())
            case "paywall":
                text = text[:1]
                wall = "<p>Subscribe to continue reading. Already a member? Sign in.</p>"
            case "other":
                text, headline = list(_OTHER), "Museum reopens with clocks and barometers"
        body = "".join(f"<p>{each}</p>" for each in text)
        return (
            f"<html lang=en><head><meta charset=utf-8><title>{headline} - Harbour Post</title>"
            f'<meta property="og:title" content="{headline}">'
            f'<meta property="article:published_time" content="2024-05-02T09:00:00Z">'
            f'<meta property="article:modified_time" content="{day}">'
            f'<link rel=canonical href="{self.base}/{number}"></head><body><article><h1>{headline}</h1>'
            f"<p>{views} views</p>{body}{wall}</article></body></html>"
        )


@contextmanager
def serving(site: Site, host: str = "127.0.0.1") -> Iterator[Site]:
    """The site on a server of its own; ``site.base`` is its address."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            status, headers, body = site.answer(self.path)
            self.send_response(status)
            for name, value in {**headers, "Content-Length": str(len(body))}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Quiet."""

    server = ThreadingHTTPServer((host, 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    site.base = f"http://{host}:{server.server_port}"
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
