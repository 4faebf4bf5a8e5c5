"""References in RIS, as databases and Zotero export them. Source: the RIS format specification of 2011."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import datetime

from newsarchive.acquire.containers.databases.nexis_text import text_of
from newsarchive.acquire.containers.exports.named_fields import items_of_records
from newsarchive.acquire.containers.json_lines import dataset_name
from newsarchive.acquire.reader import Item, Limits
from newsarchive.acquire.source_file import SourceFile

_LINE = re.compile(r"(?P<tag>[A-Z][A-Z0-9]) {0,2}-(?: (?P<value>.*))?$")
_DATE = re.compile(r"(?P<year>\d{4})(?:[/-](?P<month>\d{0,2}))?(?:[/-](?P<day>\d{0,2}))?")


def read(file: SourceFile, *, limits: Limits, now: datetime) -> Iterator[Item]:
    """Yield an article a reference: its abstract is what it has of a text."""
    records = map(_record, _references(text_of(file.content(limits.payload))))
    yield from items_of_records(records, name=file.name, now=now, dataset=dataset_name(file.name))


def _references(text: str) -> Iterator[Mapping[str, list[str]]]:
    fields: dict[str, list[str]] = {}
    last: list[str] | None = None
    for line in text.splitlines():
        match = _LINE.match(line.strip())
        if match is None:
            if last and line.strip():
                last[-1] += f"\n{line.strip()}"
        elif match["tag"] == "ER":
            if fields:
                yield fields
            fields, last = {}, None
        elif match["tag"] == "TY" and "TY" in fields:
            yield fields
            fields, last = {"TY": [match["value"] or ""]}, None
        else:
            last = fields.setdefault(match["tag"], [])
            last.append((match["value"] or "").strip())
    if fields:
        yield fields


def _record(fields: Mapping[str, list[str]]) -> dict[str, object]:
    first = {tag: next(filter(None, values), None) for tag, values in fields.items()}

    def one_of(*tags: str) -> str | None:
        return next((value for tag in tags if (value := first.get(tag))), None)

    abstract = one_of("AB", "N2")
    return {
        "id": one_of("ID", "AN"),
        "title": one_of("TI", "T1", "CT", "BT"),
        "text": abstract,
        "url": one_of("UR", "L2"),
        "date": _date(one_of("DA", "Y1", "PY")),
        "authors": [_name(value) for tag in ("AU", "A1") for value in fields.get(tag, ()) if value],
        "publisher": one_of("T2", "JO", "JF", "JA", "PB"),
        "section": one_of("SE"),
        "language": one_of("LA"),
        "keywords": [value for value in fields.get("KW", ()) if value],
        "reference": {tag: values for tag, values in fields.items() if any(values)},
    }


def _date(stated: str | None) -> str | None:
    match = _DATE.match(stated or "")
    if match is None:
        return stated
    parts = [match["year"], *(part.zfill(2) for part in (match["month"], match["day"]) if part)]
    return "-".join(parts)


def _name(stated: str) -> str:
    family, comma, given = stated.partition(",")
    return f"{given.strip()} {family.strip()}".strip() if comma else stated.strip()
