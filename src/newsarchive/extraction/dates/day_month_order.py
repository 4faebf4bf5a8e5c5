"""Whether a page writes the month before the day: its region says so, or else its own dates do."""

from __future__ import annotations

import re
from collections.abc import Iterator

from newsarchive.base import urls
from newsarchive.extraction.page.parsed_page import Page

_MONTH_FIRST = frozenset(("us", "ph"))
_REGION = re.compile(r"^\s*[a-z]{2,3}(?:[-_][a-z]{4})?[-_]([a-z]{2})\b", re.IGNORECASE)
_REGION_IN_PATH = re.compile(r"^https?://[^/]+/en[-_]([a-z]{2})(?:/|$)", re.IGNORECASE)
_COUNTRY = re.compile(r"\.([a-z]{2})$")
# Codes of countries that hosts anywhere bear for how they read.
_NO_COUNTRY = frozenset("io co tv me ai fm ly cc ws to gg la am eu nu sh so st im".split())
_RENAMED = {"uk": "gb"}
_WIDE = (".com", ".org", ".us", ".gov")
# What a year in a date has before it (a character more, to see that it begins there), and behind.
_BEFORE, _AFTER = 6, 6
_MAX_YEARS = 2_000
_NUMERIC = re.compile(r"(?<![\d/])(\d{1,2})/(\d{1,2})/(?:19|20)\d\d(?![\d/])")


def is_month_first(page: Page, *, language: str | None, address: str | None) -> bool:
    """Whether 3/4/2024 is 4 March here.

    So it is in American and Philippine English. A region that is stated decides, whatever
    the host; where none is, or two differ, the page's dates that mean one thing only do;
    bare English on an international host is taken for American.
    """
    if language is None or language.partition("-")[0] != "en":
        return False
    regions = _regions(page, address)
    if len(set(regions)) == 1:
        return regions[0] in _MONTH_FIRST
    seen = _order_seen(page)
    if seen is not None:
        return seen
    return regions[0] in _MONTH_FIRST if regions else (urls.host(address) or ".com").endswith(_WIDE)


def _regions(page: Page, address: str | None) -> list[str]:
    """The countries that the page names as its own, its language's first."""
    tags = [page.language_attribute or "", *(content for _, content in page.metas.all("og:locale"))]
    tags += [content for _, content in page.metas.all("content-language", "inlanguage")]
    tags += page.json_ld.texts(page.json_ld.article.get("inLanguage"))
    found = [match[1].lower() for tag in tags if (match := _REGION.match(tag))]
    in_path = _REGION_IN_PATH.match(address or "")
    found += [in_path[1].lower()] if in_path else []
    country = _COUNTRY.search(urls.host(address) or "")
    if country is not None and country[1] not in _NO_COUNTRY:
        found.append(_RENAMED.get(country[1], country[1]))
    return found


def _order_seen(page: Page) -> bool | None:
    """What the dates say whose day can be no month; None where they say nothing, or both."""
    pairs = [(int(first), int(second)) for first, second in _numeric_dates(page.source)]
    month_first = sum(first <= 12 < second <= 31 for first, second in pairs)
    day_first = sum(second <= 12 < first <= 31 for first, second in pairs)
    return None if month_first == day_first else month_first > day_first


def _numeric_dates(source: str) -> Iterator[tuple[str, str]]:
    """Yield the first two numbers of each date in numbers; found by their years, in a tenth of the time."""
    for century in ("/19", "/20"):
        at = source.find(century)
        for _ in range(_MAX_YEARS):
            if at < 0:
                break
            match = _NUMERIC.search(source[max(0, at - _BEFORE) : at + _AFTER])
            if match is not None:
                yield match[1], match[2]
            at = source.find(century, at + 1)
