"""The body: trafilatura on the page's tree, then what it cut away restored and what it left cleaned.

``extract_body`` is the one place to change for another way of finding the text.
"""

from __future__ import annotations

import logging

from newsarchive.extract.lines import Cleaner
from newsarchive.extract.markup import text_of_markup
from newsarchive.extract.page import Page
from newsarchive.extract.repair import restore
from newsarchive.extract.strings import visible

logging.getLogger("trafilatura").addHandler(logging.NullHandler())
# An article is longer; what is shorter is tried again the slow way.
_SHORT = 400
_MAX_TEXT = 3_000_000


def extract_body(page: Page, *, titles: tuple[str, ...] = ()) -> str:
    """Give the paragraphs of the article, one a line; empty where the page has no text."""
    cleaner = Cleaner.of(page, titles=titles)
    lines = restore(_paragraphs(page), page, cleaner)
    kept = cleaner.clean(lines)
    text = "\n".join(kept or lines)
    if len(text) < _SHORT:
        text = max(text, _stated(page), key=len)
    return text[:_MAX_TEXT]


def _paragraphs(page: Page) -> list[str]:
    lines = _trafilatura(page, fast=True)
    if sum(map(len, lines)) < _SHORT:
        lines = _trafilatura(page, fast=False) or lines
    return lines


def _trafilatura(page: Page, *, fast: bool) -> list[str]:
    from trafilatura import extract

    try:
        text = extract(page.root, include_comments=False, fast=fast)
    except Exception:  # noqa: BLE001 -- hostile markup makes it raise anything; another way is tried then
        return []
    lines = visible(text or "").split("\n")
    return [line for line in (" ".join(line.split()) for line in lines) if line]


def _stated(page: Page) -> str:
    """The text that the page gives for machines, where it gives one."""
    body = page.json_ld.article.get("articleBody")
    return text_of_markup(body) if isinstance(body, str) else ""
