"""The authors: people before organisations, one name each, without roles, sites and addresses."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice

from lxml.etree import _Element

from newsarchive.extract.candidate import Candidate
from newsarchive.extract.months import MONTHS, fold
from newsarchive.extract.page import Page
from newsarchive.extract.strings import distinct, key, plain
from newsarchive.extract.structured.jsonld import types_of
from newsarchive.extract.tree import text_of
from newsarchive.model import Confidence, EvidenceSource

_META = (
    "author", "article:author", "dc.creator", "dcterms.creator", "parsely-author", "sailthru.author",
    "citation_author", "byl", "authors", "article:author_name", "cxenseparse:author",
)  # fmt: skip
_MAX_NAME = 70
_MAX_BYLINE = 120
_MAX_AUTHORS = 30
_MAX_ELEMENTS = 12
_NOT_A_NAME = re.compile(
    r"^(https?:|www\.|@|\()|^[\W\d_]*$|\.(com|org|net|html?)\b|\bimage:|"
    r"^(admin|administrator|null|undefined|none|n/a|unknown|author|anonymous|guest|user|webmaster|https?|"
    r"image|image|profile)\b.{0,3}$",
    re.IGNORECASE,
)
_LEAD = re.compile(
    r"^\s*(?:(?:written|story|text|words|reported|posted|published|report|analysis|guide|review|eingestellt|"
    r"veröffentlicht|geschrieben)\s{1,3})?"
    r"(?:by|von|vom|par|por|di|da|av|af|door|od|przez|oleh|автор|автори?|текст|від|от|بقلم|كتب|كتبت|लेखक|"
    r"autor(?:in|en|es|a)?|autore|autrice|auteure?s?|authors?|author|text|texte|texto|testo|reporter|door)"
    r"\b\s*[:：]?\s+|^\s*(?:文|撰文|记者|記者|作者|執筆|取材|文責)\s*[:：/／]?\s*",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"^\s*(?:https?:|www\.|//)", re.IGNORECASE)
_EMAIL = re.compile(r"[(<\[]?\b[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}[)>\]]?")
_ROLE = (
    r"(?:(?:senior|chief|deputy|staff|foreign|political|economics?|sports?|science|special|managing|guest|"
    r"associate|assistant|national|business|technology|health|world|local|investigative|freelance|lead|"
    r"contributing|environment|education|diplomatic|home|legal|security|defen[cs]e|business)\s)*"
    r"(?:writer|reporter|correspondent|editor|journalist|columnist|contributor|producer|photographer|"
    r"author|redakteur(?:in)?|korrespondent(?:in)?|journaliste?|reporterin|autor(?:in)?|redactora?|"
    r"corresponsal|periodista|giornalista|inviat[oa]|correspondante?|envoyée? spéciale?|dziennikarz)"
)
_TAIL_ROLE = re.compile(rf"\s*[,|–—(-]\s*{_ROLE}\b.{{0,60}}$|\s+{_ROLE}$", re.IGNORECASE)
# Not names, but who wrote it where nobody is named.
_BARE_ROLE = re.compile(
    rf"^(?:the\s)?(?:{_ROLE}s?\b|(?:editorial\s)?(?:staff|team|desk|board)\b|redaktion\b|la rédaction\b|"
    r"redacción\b|redazione\b|redação\b|redactie\b|redakcja\b|редакция\b)",
    re.IGNORECASE,
)
_NO_BYLINE = re.compile(
    r"^(?:by|von|par|por|di|on|am|um|le|the|veröffentlicht|published|posted|updated)\b", re.IGNORECASE
)
_AND = re.compile(
    r"\s*(?:;|\||／|、|，)\s*|\s/\s|"
    r"\s+(?:&|and|und|et|och|og|en|и|та|і|y|e|i|ve|với|और|dan)\s+"
)
# A byline in plain text: the word, then two to four names in capitals.
_TEXT_BYLINE = re.compile(
    r"^\s*(?:By|BY|Von|Par|Por|Di|Door|Av|Af|Od|Autor|Author|Text):?\s+"
    r"(?P<names>[^\W\d_a-z][\w.'’-]*(?:\s+[^\W\d_a-z][\w.'’-]*){1,3})\s*$"
)
_PERSON = re.compile(r"^[^\W\d_a-z][^\d]*\s[^\d]*$")
_BYLINE_CLASS = re.compile(
    r"(?:^|[\s_-])(?:byline|by-line|authors?|autor|autore|autoren|auteur|writer|verfasser|redakteur|"
    r"signature|contributor)(?:[\s_-]|$|name)",
    re.IGNORECASE,
)
_BYLINE_TAGS = ("a", "span", "p", "div", "address", "li", "h4", "h5", "strong", "em", "cite", "section")
_AFTER_NAME = re.compile(
    r"\s*[|•·]\s*|,?\s+\d|\s+(?:updated|published|posted|aktualisiert|publié|publicado)\b", re.IGNORECASE
)
_ABOUT_SOMETHING_ELSE = re.compile(
    r"\d\d|\b(comments?|shares?|follow|about|über|mehr|more|subscribe|profile|view|all posts|articles|"
    r"read|sign|newsletter|log)\b",
    re.IGNORECASE,
)
_MAX_BYLINE_WORDS = 9
_WEEKDAYS = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday mon tue wed thu fri sat sun montag dienstag "
    "mittwoch donnerstag freitag samstag sonnabend sonntag lundi mardi mercredi jeudi vendredi samedi "
    "dimanche lunes martes miércoles jueves viernes sábado domingo lunedì martedì mercoledì giovedì venerdì "
    "sabato domenica maandag dinsdag woensdag donderdag vrijdag zaterdag zondag".split()
)

Names = tuple[str, ...]


def collect(page: Page) -> Iterator[Candidate[Names]]:
    """Yield the lists of authors that the page gives: structured data, meta tags, visible bylines."""
    yield from _from_json_ld(page)
    for meta in _META:
        values = [content for _, content in page.metas.all(meta)]
        yield from _candidate(values, EvidenceSource.META, Confidence.HIGH)
    if "written" in (page.metas.first("twitter:label1") or "").lower():
        stated = page.metas.first("twitter:data1")
        yield from _candidate([stated] if stated else [], EvidenceSource.META, Confidence.HIGH)
    yield from _from_items(page)
    yield from _from_bylines(page)
    yield from _from_text(page)


def choose(candidates: Iterable[Candidate[Names]], *, sites: Iterable[str] = ()) -> Candidate[Names] | None:
    """Take the first list that names a person; the first that names anybody where none does."""
    site_keys = {key(site) for site in sites if key(site)}
    first: Candidate[Names] | None = None
    for candidate in candidates:
        people = tuple(name for name in candidate.value if not _is_site(name, site_keys))
        if people:
            return Candidate("authors", people, candidate.source, candidate.raw, candidate.confidence)
        first = first or candidate
    return first


def clean(values: Iterable[str]) -> Names:
    """Make names of bylines: one each, without "By", roles, addresses and what is no name."""
    names = (
        name
        for value in values
        if len(value) <= _MAX_BYLINE * 4
        if not _ADDRESS.match(value)
        for part in split(_without_lead(_EMAIL.sub("", value)))
        if (name := _bare(part))
    )
    found = distinct(names)[:_MAX_AUTHORS]
    return tuple(name for name in found if not _BARE_ROLE.match(name)) or found


def split(byline: str) -> list[str]:
    """Split a byline into its names; "Jane Doe, Berlin" and "Doe, Jane" stay whole."""
    names: list[str] = []
    for part in _AND.split(byline):
        pieces = [piece.strip() for piece in part.split(",")]
        listed = [piece for piece in pieces if piece and not _BARE_ROLE.match(piece)]
        several = len(listed) > 1 and all(_PERSON.match(piece) for piece in listed)
        names.extend(listed if several else [part])
    return names


def is_name(text: str) -> bool:
    """Whether a text can be a name at all."""
    return bool(text) and len(text) <= _MAX_NAME and not _NOT_A_NAME.search(text) and not _is_calendar(text)


def _is_calendar(text: str) -> bool:
    """Whether a text is a month or a weekday: bylines and dates share their boxes."""
    word = text.casefold().rstrip(".")
    return fold(word) in MONTHS or word in _WEEKDAYS


def _without_lead(text: str) -> str:
    line = plain(text) or ""
    return _LEAD.sub("", line, count=1)


def _bare(text: str) -> str | None:
    name = _TAIL_ROLE.sub("", _LEAD.sub("", text, count=1)).strip(" \t,;:|·•-–—*")
    if name.isupper() and " " in name and name.isascii():
        name = name.title()
    return name if is_name(name) else None


def _is_site(name: str, sites: set[str]) -> bool:
    bare = key(name)
    return any(bare == site or (len(site) > 3 and (bare in site or site in bare)) for site in sites)


def _from_json_ld(page: Page) -> Iterator[Candidate[Names]]:
    for node in page.json_ld.articles[:3]:
        listed = page.json_ld.resolve(node.get("author") or node.get("creator"))
        people = [item for item in listed if "person" in types_of(item)]
        # Where persons and organisations are both named, the persons wrote it.
        texts = page.json_ld.texts(people if people else list(listed))
        yield from _candidate(texts, EvidenceSource.JSON_LD, Confidence.HIGH)


def _from_items(page: Page) -> Iterator[Candidate[Names]]:
    elements = {item.element: item for item in page.items.named("author", "creator")}
    texts: list[str] = []
    # Authors of one article stand together; those of teasers stand elsewhere.
    together = [element for element in elements if _near(element, next(iter(elements)))]
    for element in together[:_MAX_ELEMENTS]:
        item = elements[element]
        inner = next((e for e in element.iter() if "name" in (e.get("itemprop") or "").split()), None)
        chosen = element if inner is None else inner
        texts.append(_byline_text(chosen.get("content") or item.machine_value or text_of(chosen)))
    source = next((item.source for item in elements.values()), EvidenceSource.MICRODATA)
    yield from _candidate(texts, source, Confidence.HIGH)


def _near(element: _Element, other: _Element) -> bool:
    """Whether two elements stand in one box: they share a parent or a grandparent."""
    return element is other or bool(_boxes(element) & _boxes(other))


def _boxes(element: _Element) -> set[_Element]:
    return set(islice(element.iterancestors(), 2))


def _from_bylines(page: Page) -> Iterator[Candidate[Names]]:
    related = [element for element in page.root.iter("a") if "author" in (element.get("rel") or "").split()]
    yield from _visible(related[:_MAX_ELEMENTS])
    classed = (
        element
        for element in page.root.iter(*_BYLINE_TAGS)
        if (classes := element.get("class")) and len(classes) < 200 and _BYLINE_CLASS.search(classes)
    )
    for element, _ in zip(classed, range(_MAX_ELEMENTS), strict=False):
        found = list(_visible([element]))
        if found:
            yield found[0]
            return


def _from_text(page: Page) -> Iterator[Candidate[Names]]:
    """Yield the first byline that is marked by its words alone."""
    for node in page.root.itertext():
        text = str(node)
        match = _TEXT_BYLINE.match(text) if 5 < len(text) <= _MAX_BYLINE else None
        if match:
            yield from _candidate([match["names"]], EvidenceSource.TEXT, Confidence.MEDIUM)
            return


def _visible(elements: list[_Element]) -> Iterator[Candidate[Names]]:
    texts = [_byline_text(text_of(element)) for element in elements]
    if elements and not any(texts):
        links = [text_of(link) for element in elements for link in list(element.iter("a"))[:4]]
        texts = [text for text in links if 1 < len(text.split()) < 5 and len(text) < 45][:1]
    yield from _candidate(texts, EvidenceSource.HTML, Confidence.MEDIUM)


def _byline_text(text: str) -> str:
    """The part of a byline's text that names; empty where it is about something else."""
    if len(text) > _MAX_BYLINE:
        return ""
    names = _AFTER_NAME.split(text)[0]
    if len(names.split()) > _MAX_BYLINE_WORDS or _ABOUT_SOMETHING_ELSE.search(names):
        return ""
    bare = _without_lead(names + " ")
    return "" if _NO_BYLINE.match(bare) else bare


def _candidate(
    values: Iterable[str], source: EvidenceSource, confidence: Confidence
) -> Iterator[Candidate[Names]]:
    listed = [value for value in values if value]
    names = clean(listed)
    if names:
        yield Candidate("authors", names, source, "; ".join(listed), confidence)
