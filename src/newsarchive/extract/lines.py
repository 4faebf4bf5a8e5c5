"""Cleaning of a body's lines: by their words, and by where they stand on the page."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from lxml.etree import _Element

from newsarchive.extract.boilerplate import is_boilerplate, without_bullet
from newsarchive.extract.datetext import find_date
from newsarchive.extract.page import Page
from newsarchive.extract.strings import key
from newsarchive.extract.tree import raw_text

_CAPTION_CLASS = re.compile(
    r"caption|credit|copyright|image-source|img-source|media-?source|bildunterschrift|legende|photo-?info|"
    r"bu-?text|imgtext",
    re.IGNORECASE,
)
_CAPTION_TAGS = ("p", "div", "span", "li", "td", "section", "aside", "small", "em", "dd", "figcaption")
_HEADINGS = ("h2", "h3", "h4", "h5", "h6")
_BOXES = frozenset("p li div td section blockquote".split())
_BARRED = frozenset("p li div h2 h3 h4 h5 td section blockquote".split())
_MAX_CAPTION = 600
_MAX_LINK = 300
_MAX_LABEL = 40
_CAPTION_LINE = 350
_DIALOG_ROLES = frozenset(("dialog", "alertdialog"))
_BOX_TAGS = ("div", "section", "aside", "dialog", "form")
_IN_DIALOG = ("p", "li", "h2", "h3", "h4", "a", "div")
_MAX_DIALOGS = 20
_MAX_DATE_LINE = 60
_BESIDE_DATE = 20
# The headline is repeated within the first lines, if at all.
_TITLE_REACH = 6


@dataclass(frozen=True, slots=True)
class Cleaner:
    """Knows which texts of a page are captions, bare links or the headline; all compared by ``key``."""

    captions: frozenset[str]
    links: frozenset[str]
    titles: frozenset[str]
    standfirst: str
    byline: tuple[str, ...]
    dialogs: frozenset[str]

    @classmethod
    def of(
        cls,
        page: Page,
        *,
        lines: list[str],
        titles: tuple[str, ...],
        standfirst: str | None,
        byline: tuple[str, ...],
    ) -> Cleaner:
        """Collect what the lines of a body must be compared with; ``titles`` are its headline's variants."""
        links = _bare_links(page.root, [line for line in lines if len(line) <= _MAX_LINK])
        headings = {key(raw_text(element)) for element in page.root.iter(*_HEADINGS)} if links else set()
        return cls(
            captions=frozenset(_captions(page.root)),
            links=frozenset(links - headings),
            titles=frozenset(key(title) for title in (*titles, *page.headings[:2])) - {""},
            standfirst=key(standfirst or ""),
            byline=tuple(key(name) for name in byline),
            dialogs=frozenset(_in_dialogs(page.root)),
        )

    def clean(self, lines: list[str]) -> list[str]:
        """Keep the lines that belong to the article, without list marks."""
        bare = (without_bullet(line) for line in lines)
        return [line for index, line in enumerate(bare) if line and not self._is_foreign(line, index)]

    def _is_front(self, line: str, name: str) -> bool:
        """Whether a first line repeats the headline, the standfirst, the byline or the date."""
        if name in self.titles or name == self.standfirst or _is_date_line(line):
            return True
        named = [author for author in self.byline if author in name]
        return bool(named) and len(name) - sum(map(len, named)) <= _BESIDE_DATE

    def _is_foreign(self, line: str, index: int) -> bool:
        name = key(line)
        if not name:
            return True
        if index < _TITLE_REACH and self._is_front(line, name):
            return True
        if (name in self.captions or name in self.dialogs) and len(name) < _CAPTION_LINE:
            return True
        return name in self.links or is_boilerplate(line)


def _captions(root: _Element) -> set[str]:
    found: set[str] = set()
    for element in root.iter("figcaption"):
        found.add(key(raw_text(element)))
        found.update(key(raw_text(child)) for child in element)
    for element in root.iter(*_CAPTION_TAGS):
        marks = element.get("class")
        if marks and _marks_caption(marks):
            text = raw_text(element)
            if len(text) < _MAX_CAPTION:
                found.add(key(text))
    found.discard("")
    return found


@lru_cache(maxsize=20_000)
def _marks_caption(marks: str) -> bool:
    return len(marks) < 300 and _CAPTION_CLASS.search(marks) is not None


def _in_dialogs(root: _Element) -> set[str]:
    """The texts of dialog boxes: offers, consents, log-ins."""
    boxes = [box for box in root.iter(*_BOX_TAGS) if box.get("role") in _DIALOG_ROLES][:_MAX_DIALOGS]
    return {key(raw_text(element)) for box in boxes for element in box.iter(*_IN_DIALOG)} - {""}


def _is_date_line(line: str) -> bool:
    """Whether a line says when, and hardly anything else."""
    if len(line) > _MAX_DATE_LINE:
        return False
    found = find_date(line)
    return found is not None and len(key(line[: found.start] + line[found.end :])) <= _BESIDE_DATE


def _bare_links(root: _Element, lines: list[str]) -> set[str]:
    """The keys of those lines that are one link and hardly anything else."""
    # One search in all of them at once tells most links of a page, its menus, apart.
    together = "\n".join(lines)
    names = [key(line) for line in lines]
    found: set[str] = set()
    for link in root.iter("a"):
        text = " ".join(raw_text(link).split())
        if not 3 < len(text) <= _MAX_LINK or text not in together:
            continue
        name = key(text)
        if len(name) <= 3:
            continue
        limit = _about(name) + len(key(_label(link)))
        if _fills_its_box(link, limit):
            found.update(line for line in names if name in line and len(line) <= limit)
    return found


def _label(link: _Element) -> str:
    """A label with a colon right before a link ("See also: …"); empty where there is none."""
    parent, before = link.getparent(), link.getprevious()
    if before is not None:
        text = (before.tail or "").strip() or raw_text(before)
    else:
        text = "" if parent is None else parent.text or ""
    text = text.strip()
    return text if len(text) <= _MAX_LABEL and text.endswith((":", "：")) else ""


def _fills_its_box(link: _Element, limit: float) -> bool:
    """Whether the block around a link holds nothing but the link and its label."""
    box = link.getparent()
    for _ in range(4):
        if box is None or box.tag in _BARRED:
            break
        box = box.getparent()
    return box is not None and box.tag in _BOXES and is_short(box, limit=limit)


def _about(name: str) -> float:
    """As long as a link's text with a mark or a word beside it."""
    return len(name) * 1.15 + 12


def is_short(element: _Element, *, limit: float) -> bool:
    """Whether the letters of an element are no more than a limit; costs no more than the limit."""
    length = 0
    for text in element.itertext():
        length += len(key(str(text)))
        if length > limit:
            return False
    return True
