"""A row of a dataset to an article: the names that datasets use, whatever types they come in."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from newsarchive.base import urls
from newsarchive.base.dates import PartialDate
from newsarchive.errors import ExtractError
from newsarchive.extraction.caps import MAX_LIST, MAX_TEXT, cut_evidence
from newsarchive.extraction.formats import Received
from newsarchive.extraction.page.markup import looks_like_markup, text_of_markup
from newsarchive.extraction.words.language_detection import detect
from newsarchive.extraction.words.language_tags import normalize as normalize_language
from newsarchive.extraction.words.paragraphs import paragraphs
from newsarchive.extraction.words.strings import MAX_FIELD, distinct, plain
from newsarchive.model import Article, Confidence, Evidence, EvidenceSource

_HEADLINE = ("headline", "title")
_TEXT = ("text", "body")
_DATE = ("date_published", "date")
_AUTHORS = ("authors", "author")
_KEYWORDS = ("keywords", "topics")


def read(received: Received) -> Article:
    """The article of a row, a JSON object."""
    try:
        row = json.loads(received.payload)
    except (ValueError, RecursionError) as exc:
        raise ExtractError(f"not JSON: {exc}", hint="a dataset has one JSON object a line") from exc
    return extract_row(row)


def extract_row(row: object) -> Article:
    """Make an article of a row; raises ExtractError where it has neither headline nor text.

    A headline alone is an article: news agencies send them. So is an empty dispatch that
    its dataset numbers and dates: a gap would break the dataset's own count.
    """
    if not isinstance(row, Mapping):
        raise ExtractError("not a JSON object", hint="a dataset has one JSON object a line")
    headline, text = _first(row, _HEADLINE), _text(row)
    published, raw = _date(row, _DATE)
    if not headline and not text and not (row.get("id") and published):
        raise ExtractError(
            "neither a headline nor a text",
            hint="a row needs one of: headline, title, text, body",
        )
    modified, _ = _date(row, ("date_modified",))
    evidence = [] if published is None else [_evidence("date_published", str(published), raw)]
    language = _language(row)
    if language is None and (language := detect(text)):
        # Without a language nothing is found in its inflected forms.
        evidence.append(Evidence("language", language, EvidenceSource.TEXT, text[:80], Confidence.MEDIUM))
    evidence += _cuts(row)
    url = row.get("url")
    return Article(
        headline=headline,
        description=_first(row, ("description",)),
        authors=_list(row, _AUTHORS),
        date_published=published,
        date_confidence=None if published is None else Confidence.HIGH,
        date_modified=modified,
        publisher=_first(row, ("publisher",)),
        section=_first(row, ("section",)),
        keywords=_list(row, _KEYWORDS),
        language=language,
        url=urls.normalize(url) if isinstance(url, str) else None,
        image=_image(row),
        text=text,
        evidence=tuple(evidence),
    )


def _first(row: Mapping[str, Any], names: tuple[str, ...]) -> str | None:
    for name in names:
        text = _name(row.get(name))
        if text:
            return text
    return None


def _name(value: object) -> str | None:
    if isinstance(value, Mapping):
        value = value.get("name")
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    return plain(value)


def _cuts(row: Mapping[str, Any]) -> list[Evidence]:
    """What was left out because there was too much of it."""
    text = max((len(value) for name in _TEXT if isinstance(value := row.get(name), str)), default=0)
    found = cut_evidence("text", kept=MAX_TEXT, found=text, unit="characters")
    for field, names in (("authors", _AUTHORS), ("keywords", _KEYWORDS)):
        number = max((len(value) for name in names if isinstance(value := row.get(name), list)), default=0)
        found += cut_evidence(field, kept=MAX_LIST, found=number, unit=field)
    return found


def _text(row: Mapping[str, Any]) -> str:
    for name in _TEXT:
        value = row.get(name)
        if isinstance(value, list):
            value = "\n\n".join(item for item in value[:10_000] if isinstance(item, str))
        if isinstance(value, str) and value.strip():
            text = value[:MAX_TEXT]
            return text_of_markup(text) if looks_like_markup(text) else "\n".join(paragraphs(text))
    return ""


def _date(row: Mapping[str, Any], names: tuple[str, ...]) -> tuple[PartialDate | None, str]:
    for name in names:
        value = row.get(name)
        if isinstance(value, str):
            # Almost every dataset writes ISO 8601; the readers of other forms are loaded for the rest.
            try:
                return PartialDate.fromisoformat(value), value
            except ValueError:
                pass
        if value is not None:
            date = _read_date(value)
            if date is not None:
                return date, str(value)
    return None, ""


def _read_date(value: object) -> PartialDate | None:
    """A date as machines write it, or as people do: exports of newspaper databases have theirs in words."""
    from newsarchive.extraction.dates.machine_dates import parse_machine

    date = parse_machine(value)
    if date is None and isinstance(value, str):
        from newsarchive.extraction.dates.written_dates import find_date

        found = find_date(value[:MAX_FIELD])
        return None if found is None else found.date
    return date


def _list(row: Mapping[str, Any], names: tuple[str, ...]) -> tuple[str, ...]:
    """A list as it is, or as a text with commas or semicolons between its items."""
    for name in names:
        value = row.get(name)
        if isinstance(value, str):
            value = value[:MAX_FIELD].replace(";", ",").split(",")
        if isinstance(value, Mapping):
            value = [value]
        if isinstance(value, list):
            items = [text for item in value[:MAX_LIST] if (text := _name(item))]
            if items:
                return distinct(items)
    return ()


def _language(row: Mapping[str, Any]) -> str | None:
    value = row.get("language")
    return normalize_language(value) if isinstance(value, str) and len(value) <= MAX_FIELD else None


def _image(row: Mapping[str, Any]) -> str | None:
    value = row.get("image")
    return urls.normalize(value) if isinstance(value, str) else None


def _evidence(field: str, value: str, raw: str) -> Evidence:
    return Evidence(field, value, EvidenceSource.DATASET, raw[:200], Confidence.HIGH)
