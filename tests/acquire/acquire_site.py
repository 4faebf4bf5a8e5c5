"""A real web site on loopback, whose pages tests make up."""

from __future__ import annotations

import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from newsarchive.acquire import FetchPolicy

PAGE = b"<!DOCTYPE html><html><title>Ferry resumes</title><body><p>The ferry sails again.</p></html>"
CERTIFICATE = Path(__file__).parent / "data" / "news.test.pem"

Page = Callable[["Handler"], None]


@dataclass
class Site:
    """What the server knows: pages by path, and the requests it has got."""

    host: str
    port: int
    pages: dict[str, Page] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def url(self, path: str = "/") -> str:
        return f"http://{self.host}:{self.port}{path}"


class Handler(BaseHTTPRequestHandler):
    """Answers HTTP/1.1 from the pages of its site."""

    protocol_version = "HTTP/1.1"
    site: Site

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        pass

    def do_GET(self) -> None:
        self.site.asked.append(self.path)
        try:
            self.site.pages[self.path](self)
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True

    def answer(self, body: bytes = PAGE, status: int = 200, **headers: str) -> None:
        """Send a whole response; header names are written with underscores."""
        self.send_response(status)
        for name, value in {"Content_Type": "text/html; charset=utf-8", **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def chunked(self, body: bytes, size: int = 7, **headers: str) -> None:
        """Send a response in chunks of some bytes."""
        self.send_response(200)
        for name, value in {"Content_Type": "text/html", "Transfer_Encoding": "chunked", **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        for start in range(0, len(body), size):
            chunk = body[start : start + size]
            self.wfile.write(b"%x\r\n%b\r\n" % (len(chunk), chunk))
        self.wfile.write(b"0\r\n\r\n")


def page(body: bytes = PAGE, status: int = 200, **headers: str) -> Page:
    return lambda handler: handler.answer(body, status, **headers)


def redirect(location: str, status: int = 302, **headers: str) -> Page:
    return lambda handler: handler.answer(b"", status, Location=location, **headers)


def in_turn(*pages: Page) -> Page:
    """Answer differently each time."""
    waiting = list(pages)
    return lambda handler: waiting.pop(0)(handler)


def raw(content: bytes) -> Page:
    """Send bytes that need be no HTTP, and close."""

    def send(handler: Handler) -> None:
        handler.wfile.write(content)
        handler.close_connection = True

    return send


@contextmanager
def serve(host: str = "127.0.0.1", *, certificate: Path | None = None) -> Iterator[Site]:
    """Run a site until the block ends."""
    handler = type("SiteHandler", (Handler,), {})
    server = ThreadingHTTPServer((host, 0), handler)
    if certificate is not None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        server.socket = context.wrap_socket(server.socket, server_side=True)
    handler.site = site = Site(host, server.server_port)  # type: ignore[attr-defined]
    # Errors of connections that clients break off are what some tests are about.
    server.handle_error = lambda request, client_address: None  # type: ignore[method-assign]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@dataclass
class Waits:
    """Takes the place of time.sleep, so that retries take no time."""

    seconds: list[float] = field(default_factory=list)

    def __call__(self, seconds: float) -> None:
        self.seconds.append(seconds)


def local_policy(waits: Waits | None = None) -> FetchPolicy:
    """Allows 127.0.0.1 and no other address, and never really waits."""
    return FetchPolicy(
        interval=0, sleep=waits or Waits(), is_allowed=lambda address: str(address) == "127.0.0.1"
    )
