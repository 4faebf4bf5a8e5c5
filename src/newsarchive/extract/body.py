"""The body: read off its own box, or found by trafilatura and repaired; then cleaned line by line.

``extract_body`` is the one place to change for another way of finding the text.
"""

from __future__ import annotations

import logging

from newsarchive.extract.container import read_container
from newsarchive.extract.lines import Cleaner
from newsarchive.extract.markup import paragraphs_of_markup, text_of_markup
from newsarchive.extract.page import Page
from newsarchive.extract.prose import prose_blocks
from newsarchive.extract.repair import restore
from newsarchive.extract.strings import visible
from newsarchive.extract.tree import raw_text

logging.getLogger("trafilatura").addHandler(logging.NullHandler())
# Below this many characters the page's stated text is looked at, if there is one.
_SHORT = 400
# Trafilatura's fast mode is right as often as its full one, but where it finds little it has
# mostly lost the article. On 827 dev pages, asking the full mode for these 7 % kept
# two thirds of what asking it for every page gains, at a tenth of the cost.
_LITTLE = 700
_LITTLE_SHARE = 0.3
_PROSE = 80
_PROSE_SHARE = 0.5
_MAX_TEXT = 3_000_000


def extract_body(
    page: Page, *, titles: tuple[str, ...] = (), standfirst: str | None = None, byline: tuple[str, ...] = ()
) -> str:
    """Give the paragraphs of the article, one a line; empty where the page has no text.

    The headline's variants, and a standfirst and a byline that are kept elsewhere, are no part of it.
    """
    boxed = read_container(page.root)
    found = _paragraphs(page) if boxed is None else boxed
    cleaner = Cleaner.of(page, lines=found, titles=titles, standfirst=standfirst, byline=byline)
    lines = restore(found, page, cleaner) if boxed is None else found
    kept = cleaner.clean(lines)
    text = "\n".join(kept or lines)
    if len(text) < _SHORT:
        text = max(text, _stated(page), key=len)
    if not text and page.was_cut_short:
        text = paragraphs_of_markup(page.source)
    return text[:_MAX_TEXT]


def _paragraphs(page: Page) -> list[str]:
    if page.is_huge:
        # 200,000 paragraphs take trafilatura two minutes.
        return prose_blocks(page.root)
    lines = _trafilatura(page, fast=True)
    length, prose = sum(map(len, lines)), _prose(page)
    if length < _LITTLE or length < _LITTLE_SHARE * prose:
        lines = _trafilatura(page, fast=False) or lines
    if prose and not _is_layout(lines):
        return lines
    blocks = prose_blocks(page.root)
    # Tables of figures are layout-like too: there the prose is a remark, and the table the text.
    return blocks if sum(map(len, blocks)) > _PROSE_SHARE * sum(map(len, lines)) else lines


def _is_layout(lines: list[str]) -> bool:
    """Whether tables or loose line breaks, not paragraphs, hold the page's text together."""
    rows = sum(len(line) for line in lines if line.startswith("|"))
    return not lines or rows * 2 > sum(map(len, lines))


def _prose(page: Page) -> int:
    """How many characters stand in paragraphs of some length."""
    lengths = (len(raw_text(element).strip()) for element in page.root.iter("p"))
    return sum(length for length in lengths if length >= _PROSE)


def _trafilatura(page: Page, *, fast: bool) -> list[str]:
    from trafilatura import extract

    try:
        text = extract(page.root, include_comments=False, fast=fast)
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 -- hostile markup makes it raise anything; another way is tried then
        return []
    lines = visible(text or "").split("\n")
    return [line for line in (" ".join(line.split()) for line in lines) if line]


def _stated(page: Page) -> str:
    """The text that the page gives for machines, where it gives one."""
    body = page.json_ld.article.get("articleBody")
    return text_of_markup(body) if isinstance(body, str) else ""
