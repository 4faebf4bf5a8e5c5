"""What a page sends: read, and held to the session that it was sent from."""

from __future__ import annotations

import time

from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request

from newsarchive.web.guards.forgery import is_genuine
from newsarchive.web.served import served


async def genuine_form(request: Request, *, writes: bool = True) -> FormData:
    """The form of a request. Raises HTTPException for a forged one, and for writing where nothing may be."""
    here = served(request)
    if writes and here.settings.read_only:
        raise HTTPException(403, "this archive is served to be read only")
    form = await request.form(max_files=1_000, max_fields=100)
    if not is_genuine(request, form, here.sessions.of(request, now=time.time())):
        raise HTTPException(403, "this form is of no session of this server; load the page again")
    return form


def field(form: FormData, name: str) -> str:
    """The text of a field; empty where there is none."""
    value = form.get(name)
    return value if isinstance(value, str) else ""


def own_page(address: str) -> str:
    """An address to go to next: a page of this server, whatever was asked for."""
    # A second slash, or a backslash that browsers take for one, would name another host.
    is_own = address.startswith("/") and not address.startswith(("//", "/\\")) and address.isprintable()
    return address if is_own else "/"
