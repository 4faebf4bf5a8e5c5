"""The names that tools give to the fields of an article, and rows or links made of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from newsarchive.acquire.containers.described_rows import row_capture
from newsarchive.acquire.reader import Failure, Item, Link, printable
from newsarchive.errors import AcquireError

# For each field of a row the names that stand for it, the surest first, without case and punctuation.
_NAMES = {
    "headline": "headline title articletitle resolvedtitle givenname titel titre titulo subject heading"
    " заголовок 見出し",
    "text": "text body fulltext content maintext articletext contenthtml html bodytext story texte contenido"
    " текст 本文",
    "url": "url link href resolvedurl givenurl uri permalink originalurl articleurl mentionidentifier"
    " documentidentifier sourceurl storyurl mediaurl",
    "date": "datepublished publishdate publishedat published pubdate publicationdate datepublish date isodate"
    " issued day datetime pubdatetime seendate timepublished sqldate дата 日付 datum fecha",
    "authors": "authors author byline creator creators by autor auteur autoren автор журналист",
    "publisher": "publisher publication source sourcename medianame newspaper publicationtitle containertitle"
    " journal site sitename domain domainname mentionsourcename sourcecommonname outlet sourcedomain medium"
    " источник",
    "section": "section rubric category rubrik ressort",
    "description": "description abstract abstractnote excerpt summary standfirst selection lead teaser",
    "language": "language lang medialanguage",
    "keywords": "keywords tags topics labels manualtags tag",
    "id": "id guid storyid storiesid articleid key itemid citationkey globaleventid",
    "image": "image imageurl previewpicture thumbnail",
    # When something was saved by its reader, not when it was published.
    "saved_at": "timeadded dateadded addedat createdat savedat created timestamp time",
}
_FIELD_OF = {
    name: (field, rank) for field, names in _NAMES.items() for rank, name in enumerate(names.split())
}
_PUNCTUATION = re.compile(r"[\W_]+")
_EPOCH = re.compile(r"\d{10}|\d{13}|\d{16}")
_URL = re.compile(r"https?://", re.IGNORECASE)


def mapping_of(names: Iterable[str], said: Mapping[str, str] | None = None) -> dict[str, str]:
    """For each field of a row the name that stands for it, as a user says or as it is called."""
    there = list(names)
    chosen = {field: name for field, name in (said or {}).items() if name in there}
    return {**_guessed(there), **chosen}


def _guessed(names: Iterable[str]) -> dict[str, str]:
    found: dict[str, tuple[int, str]] = {}
    for name in names:
        field, rank = _FIELD_OF.get(_PUNCTUATION.sub("", name.casefold()), (None, 0))
        if field is not None and (field not in found or rank < found[field][0]):
            found[field] = (rank, name)
    return {field: name for field, (_, name) in found.items()}


def item_of(
    record: Mapping[str, Any],
    *,
    source: str,
    now: datetime,
    dataset: str,
    said: Mapping[str, str] | None = None,
) -> Item:
    """An article where the record has a text, a link where it has an address alone."""
    values = {field: record[name] for field, name in mapping_of(record, said).items()}
    row = {**_row(values), "other": _others(record)}
    url = row.get("url")
    saved = moment_of(values.get("saved_at"))
    if row.get("text"):
        moment = saved if saved is not None and saved <= now else None
        return row_capture(row, source=source, now=now, dataset=dataset, moment=moment)
    if isinstance(url, str) and _URL.match(url):
        title = row.get("headline")
        return Link(source, printable(url), title if isinstance(title, str) else None, saved)
    if row.get("headline"):
        return row_capture(row, source=source, now=now, dataset=dataset)
    error = AcquireError(f"{source} has no text, address or headline", hint=f"its fields: {_shown(record)}")
    return Failure(source, error)


def items_of_records(
    records: Iterable[Mapping[str, Any]],
    *,
    name: str,
    now: datetime,
    dataset: str,
    said: Mapping[str, str] | None = None,
) -> Iterator[Item]:
    """An item for each record, numbered; none at all is a failure."""
    empty = True
    for number, record in enumerate(records, start=1):
        empty = False
        yield item_of(record, source=f"{name}#{number}", now=now, dataset=dataset, said=said)
    if empty:
        yield Failure(name, AcquireError(f"{name} holds no rows", hint="export it with its articles"))


def moment_of(value: object) -> datetime | None:
    """A moment in seconds, milliseconds or microseconds since 1970, or in ISO 8601."""
    text = str(value or "").strip()
    try:
        if _EPOCH.fullmatch(text):
            return datetime.fromtimestamp(int(text[:10]), UTC)
        moment = datetime.fromisoformat(text.replace(" UTC", "+00:00"))
    except (ValueError, OverflowError):
        return None
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def _row(values: Mapping[str, Any]) -> dict[str, Any]:
    row = {field: value for field, value in values.items() if field != "saved_at"}
    row["authors"] = _people(row.get("authors"))
    row["keywords"] = _words(row.get("keywords"))
    row["date"] = _date(row.get("date"))
    row["text"] = _text(row.get("text"))
    for field in ("headline", "publisher", "section", "description", "language", "url", "image"):
        row[field] = _text(row.get(field))
    return row


def _text(value: object) -> str | None:
    if isinstance(value, Sequence) and not isinstance(value, str):
        value = next((item for item in value if isinstance(item, str)), None)
    return value if isinstance(value, str) and value.strip() else None


def _date(value: object) -> object:
    """A date as a text: CSL-JSON has its parts in a list."""
    if isinstance(value, Mapping):
        parts = value.get("date-parts")
        if isinstance(parts, list) and parts and isinstance(parts[0], list):
            numbers = [str(part) for part in parts[0] if str(part).isdigit()]
            return "-".join([*numbers[:1], *(number.zfill(2) for number in numbers[1:3])]) or None
        return value.get("literal") or value.get("raw")
    if isinstance(value, int | str) and _EPOCH.fullmatch(str(value)):
        moment = moment_of(value)
        return None if moment is None else moment.isoformat()
    return value


def _people(value: object) -> list[str]:
    if isinstance(value, str):
        value = re.split(r"\s*[;|]\s*|\s*,\s*(?=\S+\s)", value)
    if isinstance(value, Mapping):
        value = [value]
    names = [_person(one) for one in value] if isinstance(value, list) else []
    return [name for name in names if name]


def _person(one: object) -> str:
    if isinstance(one, Mapping):
        given, family = one.get("given") or one.get("firstName"), one.get("family") or one.get("lastName")
        name = (
            one.get("literal") or one.get("name") or " ".join(str(part) for part in (given, family) if part)
        )
        return str(name).strip()
    return str(one).strip() if isinstance(one, str) else ""


def _words(value: object) -> list[str]:
    if isinstance(value, str):
        value = re.split(r"\s*[,;|]\s*", value)
    if not isinstance(value, list):
        return []
    names = (_word(one) for one in value)
    return [str(name).strip() for name in names if isinstance(name, str | int) and str(name).strip()]


def _word(one: object) -> object:
    return one.get("name") or one.get("label") or one.get("tag") if isinstance(one, Mapping) else one


def _others(record: Mapping[str, Any]) -> dict[str, Any]:
    """What has no field of its own is kept with the capture."""
    known = set(mapping_of(record).values())
    others = {str(name): value for name, value in record.items() if name not in known}
    return {name: value for name, value in others.items() if value not in (None, "")}


def _shown(record: Mapping[str, Any]) -> str:
    return printable(", ".join(map(str, list(record)[:12])))[:200]
