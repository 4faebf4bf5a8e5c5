"""Pages for the tests of extraction, built from their parts."""

from __future__ import annotations

import json
from typing import Any

from newsarchive.extraction.page.parsed_page import Page, parse

PARAGRAPH = (
    "The council voted on Tuesday to keep the old ferry, after three hours in which nobody "
    "agreed on anything else, and the harbour master said that he would paint it himself before the "
    "first guests arrived in the spring. "
)
BODY = "".join(f"<p>{number}. {PARAGRAPH * 2}</p>" for number in range(1, 6))


def html(body: str = f"<article>{BODY}</article>", head: str = "", *, lang: str = "en") -> str:
    """A page of a head and a body."""
    return f'<!doctype html><html lang="{lang}"><head>{head}</head><body>{body}</body></html>'


def ld(*nodes: Any) -> str:
    """A JSON-LD script."""
    return f'<script type="application/ld+json">{json.dumps(list(nodes))}</script>'


def page(body: str = "", head: str = "", *, url: str | None = None) -> Page:
    """A parsed page."""
    return parse(html(body or f"<article>{BODY}</article>", head), url=url)
