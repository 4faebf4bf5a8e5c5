"""Text of strangers in a page, and what is marked in it."""

from __future__ import annotations

from collections.abc import Iterator

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


def paragraphs(snippet: Snippet) -> list[Markup]:
    """The paragraphs of a text with its matches marked; a match across a break is marked in both."""
    return [snippet_html(part) for part in _lines(snippet) if part.text.strip()]


def _lines(snippet: Snippet) -> Iterator[Snippet]:
    at = 0
    for line in snippet.text.split("\n"):
        end = at + len(line)
        marks = tuple(
            (max(start, at) - at, min(stop, end) - at)
            for start, stop in snippet.marks
            if start < end and stop > at
        )
        yield Snippet(line, marks)
        at = end + 1


def _safe(text: str) -> Markup:
    return escape(characters_of_xml(text))
