"""The authors: people before organizations, one name each, the site itself only where nobody is named."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import IntEnum
from itertools import chain, islice

from lxml.etree import _Element

from newsarchive.extraction.candidate import Candidate
from newsarchive.extraction.fields.bylines import visible_bylines
from newsarchive.extraction.fields.bylines.byline_text import naming
from newsarchive.extraction.page.element_text import text_of
from newsarchive.extraction.page.parsed_page import Page
from newsarchive.extraction.page.structured.json_ld import types_of
from newsarchive.extraction.words.person_names import (
    Names,
    clean,
    is_agency,
    is_organization,
    is_person,
    is_stub,
)
from newsarchive.extraction.words.strings import key
from newsarchive.model import Confidence, EvidenceSource

_META = (
    "author", "article:author", "dc.creator", "dcterms.creator", "parsely-author", "sailthru.author",
    "citation_author", "byl", "authors", "article:author_name", "cxenseparse:author",
)  # fmt: skip
_MAX_ELEMENTS = 12
_MIN_SITE = 4
_STATED = (EvidenceSource.JSON_LD, EvidenceSource.META, EvidenceSource.MICRODATA, EvidenceSource.RDFA)

People = Candidate[Names]


class Rank(IntEnum):
    """How much a name says of who wrote it: the site itself, an agency or a login, a word, a full name."""

    SITE = 0
    HOUSE = 1
    WORD = 2
    PERSON = 3


def collect(page: Page) -> Iterator[People]:
    """Yield the lists of authors that the page gives: structured data, meta tags, visible bylines.

    Guesses, which cost a second look at the page, are made where it gives none.
    """
    given = False
    for candidate in chain(_stated(page), _shown(page)):
        given = True
        yield candidate
    if not given:
        yield from _guessed(page)


def _stated(page: Page) -> Iterator[People]:
    yield from _from_json_ld(page)
    for meta in _META:
        values = [content for _, content in page.metas.all(meta)]
        yield from _candidate(values, EvidenceSource.META, Confidence.HIGH)
    if "written" in (page.metas.first("twitter:label1") or "").lower():
        stated = page.metas.first("twitter:data1")
        yield from _candidate([stated] if stated else [], EvidenceSource.META, Confidence.HIGH)
    yield from _from_items(page)


def _shown(page: Page) -> Iterator[People]:
    for texts in visible_bylines.near(page):
        yield from _candidate(texts, EvidenceSource.HTML, Confidence.MEDIUM)


def _guessed(page: Page) -> Iterator[People]:
    """Yield bylines that only their words tell, then those far from the headline, which others may own."""
    for texts in visible_bylines.worded(page):
        yield from _candidate(texts, EvidenceSource.TEXT, Confidence.LOW)
    for texts in visible_bylines.far(page):
        yield from _candidate(texts, EvidenceSource.HTML, Confidence.LOW)


def choose(candidates: Iterable[People], *, sites: Iterable[str] = ()) -> People | None:
    """Take the first list that names a person in full; else the first that names more than the site.

    One word that is stated ("Jane") stands, unless a full name elsewhere holds it ("Jane Doe").
    """
    site_keys = {key(site) for site in sites if key(site)}
    best: People | None = None
    for candidate in candidates:
        if best is None or _outranks(candidate, best, site_keys):
            best = candidate
        if _rank(best.value, site_keys) is Rank.PERSON:
            break
    return None if best is None else _people(best, site_keys)


def _outranks(candidate: People, best: People, sites: set[str]) -> bool:
    """Whether a later list says more than an earlier one, and not of somebody else."""
    if all(map(is_agency, best.value)):
        return False
    rank, held = _rank(candidate.value, sites), _rank(best.value, sites)
    if held is Rank.WORD and best.source in _STATED:
        return rank is Rank.PERSON and any(word in name for word in best.value for name in candidate.value)
    if held is Rank.SITE:
        # What is seen is often no name at all.
        return rank > held and (rank is not Rank.WORD or candidate.source in _STATED)
    return rank is Rank.PERSON


def _people(chosen: People, sites: set[str]) -> People:
    """Leave out of a list the site beside anybody; an agency beside a person wrote it as well."""
    best = _rank(chosen.value, sites)
    kept = tuple(name for name in chosen.value if best is Rank.SITE or _rank_of(name, sites) is not Rank.SITE)
    return Candidate("authors", kept, chosen.source, chosen.raw, chosen.confidence)


def _rank(names: Names, sites: set[str]) -> Rank:
    return max(_rank_of(name, sites) for name in names)


def _rank_of(name: str, sites: set[str]) -> Rank:
    if _is_site(name, sites):
        return Rank.SITE
    if is_person(name):
        return Rank.PERSON
    return Rank.HOUSE if is_stub(name) or is_organization(name) else Rank.WORD


def _is_site(name: str, sites: set[str]) -> bool:
    bare = key(name)
    return any(
        bare == site or (len(site) >= _MIN_SITE and len(bare) >= _MIN_SITE and (bare in site or site in bare))
        for site in sites
    )


def _from_json_ld(page: Page) -> Iterator[People]:
    for node in page.json_ld.articles[:3]:
        listed = page.json_ld.resolve(node.get("author") or node.get("creator"))
        named = any("person" in types_of(item) for item in listed)
        # Where persons and houses are both named, the persons wrote it, and an agency that is none's house.
        kept = [item for item in listed if not (named and _is_house(page, item))]
        yield from _candidate(page.json_ld.texts(kept), EvidenceSource.JSON_LD, Confidence.HIGH)


def _is_house(page: Page, node: object) -> bool:
    if not any("organization" in name for name in types_of(node)):
        return False
    return not any(map(is_agency, page.json_ld.texts([node])))


def _from_items(page: Page) -> Iterator[People]:
    elements = {item.element: item for item in page.items.named("author", "creator")}
    # Authors of one article stand together; those of teasers stand elsewhere.
    together = [element for element in elements if _is_near(element, next(iter(elements)))][:_MAX_ELEMENTS]
    texts = [_name_in(element, elements[element].machine_value) for element in together]
    source = next((item.source for item in elements.values()), EvidenceSource.MICRODATA)
    yield from _candidate(texts, source, Confidence.HIGH)


def _name_in(element: _Element, stated: str | None) -> str:
    """The name in a property: that of its own ``name`` property, else its whole text."""
    inner = next((e for e in element.iter() if "name" in (e.get("itemprop") or "").split()), None)
    chosen = element if inner is None else inner
    return naming(chosen.get("content") or stated or text_of(chosen))


def _is_near(element: _Element, other: _Element) -> bool:
    """Whether two elements stand in one box: they share a parent or a grandparent."""
    return element is other or bool(_boxes(element) & _boxes(other))


def _boxes(element: _Element) -> set[_Element]:
    return set(islice(element.iterancestors(), 2))


def _candidate(values: Iterable[str], source: EvidenceSource, confidence: Confidence) -> Iterator[People]:
    listed = [value for value in values if value]
    names = clean(listed)
    if names:
        yield Candidate("authors", names, source, "; ".join(listed), confidence)
