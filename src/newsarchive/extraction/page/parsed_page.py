"""One parsed page: the tree and what is collected from it, each once and only when asked for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import cast

from lxml import etree
from lxml.etree import _Element
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from newsarchive.base import urls
from newsarchive.errors import ExtractError
from newsarchive.extraction.page.element_index import Survey
from newsarchive.extraction.page.element_text import raw_text
from newsarchive.extraction.page.own_headings import Headings
from newsarchive.extraction.page.structured.json_ld import JsonLd
from newsarchive.extraction.page.structured.meta_tags import Metas
from newsarchive.extraction.page.structured.microdata import Items
from newsarchive.extraction.page.structured.own_story import OwnStory
from newsarchive.extraction.words.strings import squeeze

# Pages of news are 0.3 MB on average and 4 MB at most (1,085 pages measured). The
# article stands in the first part of what is larger; parsing all of 20 MB costs seconds.
MAX_PARSED = 6_000_000
# Pages of news have 900 elements in the mean, 9,748 at most (362 pages measured).
_HUGE = 50_000
# What a link of the head may stand in.
_OF_HEAD = frozenset(("head", "html", "body", "noscript"))
_COUNT = etree.XPath("count(//*)")
# libxml2 compares every attribute of a tag with every other: 200,000 of them took it
# 60 s, 1,000 a millisecond. Values this long are scripts' data. A quote that closes a
# script's string after a "=" opens none: on 8 of 3,035 pages what was cut was the article.
_GIANT, _LONG = 20_000, 10_000
_GIANT_VALUE = re.compile(rf"""(?<=[\w:-])\s?=\s?("[^"<]{{{_GIANT},}}"|'[^'<]{{{_GIANT},}}')""")
_OPEN_TAG = re.compile(r"""<[a-zA-Z](?:[^"'<>]++|"[^"<]*+"|'[^'<]*+')*+""")
_TAG = re.compile(r"<[a-zA-Z][a-zA-Z0-9-]{0,30}(?=\s)")
_ATTRIBUTES = re.compile(r"""(?:[^"'>]++|"[^"]*+"|'[^']*+')*+>""")
_MAX_ATTRIBUTES = 1_000
# lxml refuses text with an encoding declaration, and stops at an empty html element.
_XML_DECLARATION = re.compile(r"^\s{0,100}<\?xml[^>]{0,500}\?>")
_EMPTY_HTML = re.compile(r"(<html[^<>]{0,2000}?)\s?/>", re.IGNORECASE)
# libxml2 stops at the first of these; browsers go on, and some templates close the page in its header.
_END_OF_PAGE = re.compile(r"</(?:body|html)\s{0,9}>", re.IGNORECASE)
_BOX = re.compile(r"</(?:p|div|article|section|main|table|h[1-6]|ul|center)>", re.IGNORECASE)


@dataclass(frozen=True)
class Page:
    """A page, parsed; ``url`` is where it was fetched from, where that is known.

    The tree belongs to the page: nothing that reads it may change it.
    """

    root: _Element
    source: str = ""
    url: str | None = None
    captured_at: datetime | None = None
    shown_at: datetime | None = None

    @cached_property
    def elements(self) -> list[_Element]:
        """Every element, in page order; lxml makes no second object for an element while this list lives."""
        return list(self.root.iter())

    @cached_property
    def survey(self) -> Survey:
        """Every element that a field is read from, found in one walk."""
        return Survey.of(self.root, self.elements, source=self.source)

    @cached_property
    def metas(self) -> Metas:
        """The values of the meta tags."""
        return Metas.of(self.survey.tagged("meta"))

    @cached_property
    def json_ld(self) -> JsonLd:
        """The JSON-LD of all scripts, with references resolved."""
        return JsonLd.of(self.survey.tagged("script"), own=self.own_story)

    @cached_property
    def own_story(self) -> OwnStory:
        """What tells the page's own story from the others that it names."""
        claims = (self.url, self.address, self.metas.first("og:url"))
        addresses = (urls.normalize(claim) for claim in claims if claim)
        titles = (*self.headings, self.title, self.metas.first("og:title"))
        return OwnStory(
            frozenset(address for address in addresses if address), tuple(text for text in titles if text)
        )

    @cached_property
    def items(self) -> Items:
        """Microdata and RDFa properties."""
        return Items.of(self.survey.properties, own=self.own_story)

    @cached_property
    def address(self) -> str | None:
        """Where the page was fetched from, or else what it calls its address, true or not."""
        if self.url:
            return self.url
        links = (link.get("href") or "" for link in canonical_links(self))
        claims = (*links, self.metas.first("og:url") or "")
        return next((claim for claim in claims if claim.startswith("http")), None)

    @property
    def was_cut_short(self) -> bool:
        """Whether the parser gave up before the text: libxml2 does at 2,048 tags inside one another."""
        return "<p" in self.source and self.root.find(".//p") is None

    @cached_property
    def is_huge(self) -> bool:
        """Whether the page has too many elements for code that may read some of them more than once."""
        return cast("float", _COUNT(self.root)) > _HUGE

    @cached_property
    def title(self) -> str | None:
        """The text of the title element."""
        titles = self.survey.tagged("title")
        return (squeeze(raw_text(titles[0])) or None) if titles else None

    @cached_property
    def first_rank(self) -> Headings:
        """The h1 elements, by whose they are."""
        return Headings.of(self.survey.tagged("h1"), address=self.address)

    @property
    def headings(self) -> tuple[str, ...]:
        """The texts of the page's own h1 elements, in page order."""
        return self.first_rank.own

    @cached_property
    def language_attribute(self) -> str | None:
        """What the html element says of the page's language."""
        html = self.root if self.root.tag == "html" else self.root.getroottree().getroot()
        return (
            html.get("lang") or html.get("xml:lang") or html.get("{http://www.w3.org/XML/1998/namespace}lang")
        )


def canonical_links(page: Page) -> list[_Element]:
    """The links by which a page names its address; one inside its body is a teaser's or a video's.

    A stray element in a head ends it, and what follows stands in the body itself.
    """
    links = [
        link for link in page.survey.tagged("link") if "canonical" in (link.get("rel") or "").lower().split()
    ]
    loose = [link for link in links if {box.tag for box in link.iterancestors()} <= _OF_HEAD]
    return [link for link in loose if any(box.tag == "head" for box in link.iterancestors())] or loose


def parse(
    text: str, *, url: str | None = None, captured_at: datetime | None = None, time_known: bool = True
) -> Page:
    """Parse a page once, for everybody; raises ExtractError where nothing is left of it."""
    source = _tamed(text)
    parser = HTMLParser(huge_tree=True, encoding="utf-8", remove_comments=True, remove_pis=True)
    # lxml.html asks Python for the class of every element it hands out: a fifth of a page's time.
    parser.set_element_class_lookup(etree.ElementDefaultClassLookup(element=HtmlElement))
    try:
        root = document_fromstring(source.encode("utf-8", "replace"), parser=parser)
    except (etree.LxmlError, ValueError, AssertionError) as exc:
        raise ExtractError("the page has no content", hint="check what was saved") from exc
    shown_at = captured_at if time_known else None
    return Page(root=root, source=text, url=url, captured_at=captured_at, shown_at=shown_at)


def _tamed(text: str) -> str:
    """Take off a page what would cost libxml2 minutes or make it stop early."""
    if len(text) > MAX_PARSED:
        text = text[:MAX_PARSED]
    text = _XML_DECLARATION.sub("", text, count=1)
    head = text[:4_096]
    if "/>" in head:
        text = _EMPTY_HTML.sub(r"\1>", head, count=1) + text[4_096:]
    if _has_giant_value(text):
        text = _GIANT_VALUE.sub(_emptied, text)
    return _with_bare_tags(_without_early_end(text))


def _emptied(value: re.Match[str]) -> str:
    """An attribute without its giant value; what only looks like one, outside of a tag, stays."""
    tag = value.string.rfind("<", 0, value.start())
    is_attribute = tag >= 0 and _OPEN_TAG.fullmatch(value.string, tag, value.start())
    return '=""' if is_attribute else value[0]


def _without_early_end(text: str) -> str:
    """Drop the ends of body and html where more of the page follows them."""
    end = _END_OF_PAGE.search(text, _first_end(text))
    if end is None or not _BOX.search(text, end.end()):
        return text
    return text[: end.start()] + _END_OF_PAGE.sub("", text[end.end() :])


def _first_end(text: str) -> int:
    """Where to look for the first end: an expression that ignores case takes ten times as long as this."""
    for names in (("</body", "</html"), ("</BODY", "</HTML")):
        places = [at for name in names if (at := text.find(name)) >= 0]
        if places:
            return min(places)
    return len(text)


def _has_giant_value(text: str) -> bool:
    """Whether a quote opens a giant value anywhere; the expression itself looks at every "="."""
    return any(
        text[max(0, start - 2) : start].rstrip().endswith("=")
        for quote in "\"'"
        for start, _ in _runs_without(quote, text, _GIANT)
    )


def _with_bare_tags(text: str) -> str:
    """Take the attributes off tags that have too many."""
    parts: list[str] = []
    done = 0
    for start, end in _runs_without("<", text, _LONG):
        tag = _TAG.match(text, max(0, start))
        attributes = tag and end - tag.end() > _LONG and _ATTRIBUTES.match(text, tag.end(), end)
        if tag and attributes and _has_too_many(attributes[0]):
            parts += (text[done : tag.end()], ">")
            done = attributes.end()
    return "".join((*parts, text[done:])) if parts else text


def _has_too_many(attributes: str) -> bool:
    return max(attributes.count("="), len(attributes.split())) > _MAX_ATTRIBUTES


def _runs_without(mark: str, text: str, length: int) -> Iterator[tuple[int, int]]:
    """Yield the marks before and after each run of so many characters without one, and some shorter ones.

    A run covers a window of half its length that begins at a multiple of that: most
    windows have a mark near their beginning, so that little of a page is looked at.
    """
    window, at = length // 2, 0
    while at + window <= len(text):
        if text.find(mark, at, at + window) < 0:
            end = text.find(mark, at + window)
            end = len(text) if end < 0 else end
            yield text.rfind(mark, 0, at), end
            at = end - end % window
        at += window
