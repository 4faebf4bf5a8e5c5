"""A web page to an article: collect from one tree, choose field by field, keep the evidence."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from newsarchive.base import urls
from newsarchive.base.sites import site_of
from newsarchive.errors import ExtractError
from newsarchive.extraction.blocks.block_model import Model
from newsarchive.extraction.blocks.body import extract_body
from newsarchive.extraction.candidate import Candidate
from newsarchive.extraction.caps import capped
from newsarchive.extraction.dates.day_month_order import is_month_first
from newsarchive.extraction.fields import (
    authors,
    canonical_url,
    description,
    free_access,
    headline,
    image,
    language,
    published_and_modified,
    publisher,
    section_and_keywords,
)
from newsarchive.extraction.fields.standfirst import standfirsts
from newsarchive.extraction.formats import Received
from newsarchive.extraction.page.decoding import decode
from newsarchive.extraction.page.parsed_page import Page, parse
from newsarchive.extraction.page.script_state import prose_in_scripts
from newsarchive.extraction.words.strings import key
from newsarchive.model import Article, Confidence, Evidence, EvidenceSource

_NO_TEXT = Candidate(
    "text", "", EvidenceSource.HTML, "the page holds no text; only its scripts would show one", Confidence.LOW
)


def read(received: Received) -> Article:
    """The article of a web page."""
    text = decode(received.payload, content_type=received.content_type)
    page = parse(text, url=received.url, captured_at=received.captured_at, time_known=received.time_known)
    return _with_text(page, None)


def extract_page(
    text: str, *, url: str | None, captured_at: datetime | None, model: Model | None = None
) -> Article:
    """Extract the article of a page; raises ExtractError where it has neither text nor fields to keep.

    A page whose text only a script would show keeps its address, headline, authors and day: as an
    article with an empty text, and evidence that says so.

    ``model`` is another than the one that ships with the package, to be measured.
    """
    return _with_text(parse(text, url=url, captured_at=captured_at), model)


def _with_text(page: Page, model: Model | None) -> Article:
    article = _article(page, model)
    if not article.text and not _is_known_without_text(article):
        raise ExtractError("the page holds no article text", hint="check that the page was saved whole")
    return article


def _is_known_without_text(article: Article) -> bool:
    """Whether fields alone make an article: it is told from others by its address, not by its text."""
    return bool(article.headline and article.url and (article.authors or article.date_published))


def _article(page: Page, model: Model | None) -> Article:
    url = canonical_url.choose(canonical_url.collect(page), fetched=page.url)
    address = url.value if url else None
    stated = list(publisher.collect(page))
    named = publisher.choose(stated, page)
    sites = _site_names(page, stated if named is None else [named, *stated], page.url or address)
    title = headline.choose(headline.collect(page, sites=sites), sites=sites)
    summary = description.choose(description.collect(page), headline=title.value if title else None)
    people = authors.choose(authors.collect(page), sites=sites)
    body, cuts = capped(
        extract_body(
            page,
            titles=_titles(page, title),
            standfirst=_standfirst(page, summary),
            byline=people.value if people else (),
            model=model,
        )
        or prose_in_scripts(page)
    )
    tongue = language.choose(language.collect(page), text=body)
    month_first = is_month_first(page, language=tongue.value if tongue else None, address=address)
    dates = published_and_modified.choose(page, url=address or page.url, month_first=month_first)
    section = section_and_keywords.choose_section(section_and_keywords.collect_sections(page))
    keywords = section_and_keywords.choose_keywords(section_and_keywords.collect_keywords(page))
    house = named or publisher.from_host(address or page.url)
    return Article(
        headline=title.value if title else None,
        description=summary.value if summary else None,
        authors=people.value if people else (),
        date_published=dates.published.value if dates.published else None,
        date_confidence=dates.published.confidence if dates.published else None,
        date_modified=dates.modified.value if dates.modified else None,
        publisher=house.value if house else None,
        section=section.value if section else None,
        keywords=keywords.value if keywords else (),
        language=tongue.value if tongue else None,
        url=address,
        image=image.choose(page, base=page.url or address),
        is_accessible_for_free=free_access.choose(page),
        text=body,
        evidence=_evidence(
            (title, summary, people, dates.published, dates.modified, house, section, tongue, url),
            (*dates.refused, *([] if body else [_NO_TEXT])),
        )
        + tuple(cuts),
    )


def _site_names(page: Page, named: list[Candidate[str]], address: str | None) -> tuple[str, ...]:
    """The names that the page's own site goes by: a title may begin or end with any of them."""
    host = urls.host(address) or ""
    labels = [host, host.rsplit(".", 1)[0], host.split(".", 1)[0]]
    labels += [site_of(address).split(".")[0]] if address else []
    # A headline is no site's name, wherever a template puts it.
    titles = {key(title) for title in _titles(page, None)} | {key(page.title or "")}
    names = [candidate.value for candidate in named if key(candidate.value) not in titles]
    names += [text for text in page.first_rank.mastheads if key(text) not in titles]
    return tuple(dict.fromkeys(name for name in names + labels if key(name)))


def _standfirst(page: Page, summary: Candidate[str] | None) -> str | None:
    """The description, where the page shows it as its standfirst; it need not open the text as well."""
    shown = {key(text) for text in standfirsts(page)}
    return summary.value if summary and key(summary.value) in shown else None


def _titles(page: Page, title: Candidate[str] | None) -> tuple[str, ...]:
    stated = (title.value if title else None, page.metas.first("og:title"), page.json_ld.first("headline"))
    return tuple(text for text in stated if text)


def _evidence(
    chosen: Iterable[Candidate[object] | None], refused: Iterable[Candidate[object]]
) -> tuple[Evidence, ...]:
    return tuple(candidate.evidence() for candidate in (*chosen, *refused) if candidate is not None)
