"""From values to a page: templates in the reader's language, with an ETag."""

from __future__ import annotations

import time
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from newsarchive.export.clean_text import characters_of_xml
from newsarchive.web.served import served
from newsarchive.web.shown.marked_text import text_html
from newsarchive.web.texts import LANGUAGES, Texts, choose, texts_of

_HERE = Path(__file__).parent
STATIC = _HERE / "static"
# Stands in a page for the token of whoever reads it, so that a page is made once for all.
_TOKEN = "token-of-this-session"  # noqa: S105  it is none


@cache
def _templates() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["clean"] = text_html
    environment.filters["plain"] = characters_of_xml
    environment.filters["number"] = "{:,}".format
    environment.globals["asset"] = _asset
    environment.globals["languages"] = LANGUAGES
    return environment


@cache
def _asset(name: str) -> str:
    """The address of a file of the page's looks; another one whenever the file is another."""
    digest = blake2b((STATIC / name).read_bytes(), digest_size=6).hexdigest()
    return f"/static/{name}?{digest}"


def texts_for(request: Request) -> Texts:
    """What the interface says to whoever asks."""
    return texts_of(choose(request.cookies.get("language"), request.headers.get("accept-language", "")))


def page(request: Request, template: str, /, *, status: int = 200, **values: Any) -> Response:
    """A page; 304 where the browser has it."""
    return finish(request, render(request, template, **values), status=status)


def render(request: Request, template: str, /, **values: Any) -> str:
    """The text of a page, the same for all who read it in one language."""
    here = served(request)
    return (
        _templates()
        .get_template(template)
        .render(
            t=texts_for(request),
            path=request.url.path,
            here=_address(request),
            archive_name=here.archive.name,
            can_write=not here.settings.read_only,
            has_password=here.settings.password is not None,
            token=_TOKEN,
            **values,
        )
    )


def _address(request: Request) -> str:
    return f"{request.url.path}?{request.url.query}" if request.url.query else request.url.path


def finish(request: Request, body: str, *, status: int = 200) -> Response:
    """The answer with a page, for one reader."""
    here = served(request)
    now = time.time()
    session, cookie = here.sessions.of(request, now=now), None
    if session is None:
        cookie = here.sessions.new(is_admitted=False, now=now)
        session = here.sessions.read(cookie, now=now)
    content = body.replace(_TOKEN, session.token if session else "").encode("utf-8", "replace")
    etag = f'"{blake2b(content, digest_size=12).hexdigest()}"'
    # A weak one may come back from what compressed the page on its way.
    known = request.headers.get("if-none-match", "").replace("W/", "").split(", ")
    response = Response(status_code=304) if etag in known and status == 200 else HTMLResponse(content, status)
    response.headers["ETag"] = etag
    response.headers["Vary"] = "Cookie, Accept-Language"
    if cookie is not None:
        here.sessions.put(response, cookie)
    return response
