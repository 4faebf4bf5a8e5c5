"""The body: the blocks that a learned model takes for the article, in page order.

Of the few pages that it is unsure of, trafilatura is asked. Decision 0010.
"""

from __future__ import annotations

import logging

from newsarchive.extraction.blocks.block_choice import choose
from newsarchive.extraction.blocks.block_model import Model, load
from newsarchive.extraction.blocks.repeated_opening import without_front
from newsarchive.extraction.blocks.repeated_paragraphs import without_repeats
from newsarchive.extraction.page.markup import paragraphs_of_markup, text_of_markup
from newsarchive.extraction.page.parsed_page import Page
from newsarchive.extraction.words.boilerplate import is_boilerplate, without_bullet
from newsarchive.extraction.words.strings import visible

logging.getLogger("trafilatura").addHandler(logging.NullHandler())
# Below this many characters the page's stated text is looked at, if there is one.
_SHORT = 400
# Chosen across sites: WCXB +.001 to +.003, none lost; at a half, dragnet -.004.
_AS_LONG = 1 / 3
# What is longer is no paragraph, and no measure of a text.
_PARAGRAPH = 50_000


def extract_body(
    page: Page,
    *,
    titles: tuple[str, ...] = (),
    standfirst: str | None = None,
    byline: tuple[str, ...] = (),
    model: Model | None = None,
) -> str:
    """Give the paragraphs of the article, one a line, however many; empty where the page has no text.

    The headline's variants, and a standfirst and a byline that are kept elsewhere, are no part of it.
    """
    lines = _lines(page, model or load())
    lines = without_front(lines, titles=(*titles, *page.headings[:1]), standfirst=standfirst, byline=byline)
    text = "\n".join(without_repeats(lines))
    if len(text) < _SHORT:
        text = max(text, _stated(page), key=len)
    if not text and page.was_cut_short:
        text = paragraphs_of_markup(page.source)
    return text


def _lines(page: Page, model: Model) -> list[str]:
    choice = choose(page, model)
    # 200,000 paragraphs take trafilatura two minutes.
    unsure = choice.confidence < model.trust and not page.is_huge
    found = [line for line in ask_trafilatura(page) if line not in choice.left_out] if unsure else []
    # A much shorter text is a part of the article: of a page in pieces, the first.
    is_whole = bool(found) and _size(found) >= _AS_LONG * _size(choice.lines)
    lines = (" ".join(visible(line).split()) for line in (found if is_whole else choice.lines))
    return [line for line in lines if line]


def _size(lines: list[str]) -> int:
    return sum(len(line) for line in lines if len(line) < _PARAGRAPH)


def ask_trafilatura(page: Page) -> list[str]:
    """What trafilatura takes for the text, without list marks and boilerplate; empty where it finds none."""
    from trafilatura import extract

    try:
        text = extract(page.root, include_comments=False, fast=True)
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 -- hostile markup makes it raise anything; the blocks are all there is then
        return []
    lines = (without_bullet(line) for line in (text or "").split("\n"))
    return [line for line in lines if line and not is_boilerplate(line)]


def _stated(page: Page) -> str:
    """The text that the page gives for machines, where it gives one."""
    body = page.json_ld.article.get("articleBody")
    return text_of_markup(body) if isinstance(body, str) else ""
