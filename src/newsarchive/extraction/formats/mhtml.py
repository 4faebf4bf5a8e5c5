"""Web pages saved as MHTML, by Chrome, Firefox or Internet Explorer. Source: RFC 2557."""

from __future__ import annotations

from dataclasses import replace

from newsarchive.errors import ExtractError
from newsarchive.extraction.formats import Received
from newsarchive.extraction.formats import html as web_page
from newsarchive.extraction.formats.mail_parts import header, main_part, message_of
from newsarchive.model import Article


def read(received: Received) -> Article:
    """The article of the page that was saved."""
    message = message_of(received.payload)
    part = main_part(message)
    if part is None or not part.content_type.startswith(("text/html", "application/xhtml")):
        raise ExtractError("no page is in the file", hint="save the page again")
    url = received.url or header(message, "snapshot-content-location") or part.location
    is_address = url is not None and url.startswith(("http://", "https://"))
    return web_page.read(
        replace(
            received, payload=part.payload, content_type=part.content_type, url=url if is_address else None
        )
    )
