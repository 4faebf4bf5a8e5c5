"""Prose in the state of a page's scripts: the text of pages that only a script would show.

Applications put the article's paragraphs into JSON for the browser to lay out: as
strings in a script, or as strings within a string of JSON (Next.js, Apollo, Nuxt).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from newsarchive.extraction.page.markup import text_of_markup
from newsarchive.extraction.page.parsed_page import Page
from newsarchive.extraction.words.strings import key, squeeze

_MAX_SCRIPT = 3_000_000
_MAX_STRINGS = 400
_MAX_STRING = 400_000
# Shorter strings are labels, summaries of other stories, names.
_MIN_PARAGRAPH = 80
_MIN_TEXT = 400
_MIN_PARAGRAPHS = 3
_STRING = re.compile(rf'"((?:[^"\\]|\\.){{{_MIN_PARAGRAPH},}}+)"')
_SENTENCE = re.compile(r"[.!?…。！？؟।”\"»)]\s*$")
_CODE = re.compile(r"[{}<>;=\\]|\bfunction\b|https?://\S+$|^\S+$|[\w-]+:[\w-]+;")
_MARKUP = re.compile(r"</?(?:p|br|div|h[1-6]|ul|li|a|em|strong|span|figure)\b", re.IGNORECASE)
_MAX_DEPTH = 2


def prose_in_scripts(page: Page) -> str:
    """The paragraphs that the page's scripts hold, one a line; empty where they hold too few to be a text."""
    found: dict[str, str] = {}
    for script in page.survey.tagged("script"):
        if "ld+json" in (script.get("type") or ""):
            continue
        for paragraph in _prose((script.text or "")[:_MAX_SCRIPT], depth=0):
            found.setdefault(key(paragraph), paragraph)
        if len(found) >= _MAX_STRINGS:
            break
    lines = list(found.values())
    is_text = len(lines) >= _MIN_PARAGRAPHS and sum(map(len, lines)) >= _MIN_TEXT
    return "\n".join(lines) if is_text else ""


def _prose(text: str, *, depth: int) -> Iterator[str]:
    """Yield the prose among the strings of JSON in a text, and among those in its strings."""
    for match in _STRING.finditer(text):
        try:
            value = json.loads(f'"{match[1]}"', strict=False)
        except ValueError:
            continue
        if len(value) > _MAX_STRING:
            continue
        if depth < _MAX_DEPTH and '"' in value and _STRING.search(value):
            yield from _prose(value, depth=depth + 1)
        elif _MARKUP.search(value):
            yield from (line for line in text_of_markup(value).split("\n") if _is_prose(line))
        elif _is_prose(value):
            yield squeeze(value)


def _is_prose(text: str) -> bool:
    return len(text) >= _MIN_PARAGRAPH / 2 and not _CODE.search(text) and _SENTENCE.search(text) is not None
