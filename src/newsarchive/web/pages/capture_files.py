"""Captures as they were received: to look at where they can do nothing, or to keep."""

from __future__ import annotations

import re

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from newsarchive.errors import CaptureNotFound
from newsarchive.store.reading.captures import StoredCapture
from newsarchive.web.guards.headers import CAPTURED_POLICY
from newsarchive.web.pages.address_parts import article_id
from newsarchive.web.served import served

_CHARSET = re.compile(r"charset=[\"']?([A-Za-z0-9_:.-]{1,40})", re.IGNORECASE)
# What a browser shows without a helper; all else is only handed out.
_SHOWN = {"html": "text/html", "text": "text/plain"}


def look(request: Request) -> Response:
    """A captured page, in an origin of its own, without scripts and without anything to load."""
    capture, payload = _capture(request)
    kind = _SHOWN.get(capture.format or "")
    if kind is None:
        raise HTTPException(404)
    # As the server that sent it said, else the browser finds out, as it did then.
    stated = _CHARSET.search(capture.content_type or "")
    charset = f"; charset={stated[1]}" if stated else ""
    headers = {"Content-Type": kind + charset, "Content-Security-Policy": CAPTURED_POLICY}
    return Response(payload, headers=headers)


def raw(request: Request) -> Response:
    """The bytes of a capture, to keep: never shown here, whatever they are."""
    capture, payload = _capture(request)
    name = f"capture-{capture.id}.{_ending(capture)}"
    headers = {
        "Content-Type": "application/octet-stream",
        "Content-Disposition": f'attachment; filename="{name}"',
        "Content-Security-Policy": CAPTURED_POLICY,
        "Digest": f"sha-256={capture.sha256}",
    }
    return Response(payload, headers=headers)


def _capture(request: Request) -> tuple[StoredCapture, bytes]:
    archive, wanted = served(request).archive, article_id(request)
    of_article = archive.captures(article_id(request, "article"))
    capture = next((each for each in of_article if each.id == wanted), None)
    if capture is None:
        raise CaptureNotFound(wanted)
    return capture, archive.payload(capture)


def _ending(capture: StoredCapture) -> str:
    return {"html": "html", "text": "txt", "row": "json", "mhtml": "mhtml"}.get(capture.format or "", "bin")
