"""Text of strangers in a page, and what is marked in it."""

from __future__ import annotations

from markupsafe import Markup, escape

from newsarchive.export.clean_text import characters_of_xml, one_line
from newsarchive.search.text.snippets import Snippet


def text_html(text: str | None) -> str:
    """A line of a stranger's text without what would disturb the page around it."""
    return one_line(text)


def snippet_html(snippet: Snippet) -> Markup:
    """A snippet with its matches marked."""
    parts, at = [], 0
    for start, end in snippet.marks:
        parts += [_safe(snippet.text[at:start]), Markup("<mark>"), _safe(snippet.text[start:end])]
        parts.append(Markup("</mark>"))
        at = end
    return Markup("").join([*parts, _safe(snippet.text[at:])])


def _safe(text: str) -> Markup:
    return escape(characters_of_xml(text))
