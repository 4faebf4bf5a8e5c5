"""Exports of ProQuest as HTML: labelled paragraphs, the text behind "Full text"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import datetime

from newsarchive.acquire.containers.databases.layouts.export_markup import paragraphs_of, parsed
from newsarchive.acquire.containers.databases.layouts.nexis_layout import language
from newsarchive.acquire.containers.described_rows import Row, numbered
from newsarchive.acquire.reader import Item, Limits
from newsarchive.acquire.source_file import SourceFile

DATASET = "proquest"
_ARTICLE = re.compile(rb'<a name="(?:DocID_|document)', re.IGNORECASE)
_LABELS = (
    "Author|Authors|Publication info|Abstract|Links|Full text|Full Text|Subject|Location|People"
    "|Company / organization|Title|Publication title|Pages|First page|Publication year|Publication date|Year"
    "|Section|Publisher|Place of publication|Country of publication|Publication subject|ISSN|Source type"
    "|Document feature|Language of publication|Document type|ProQuest document ID|Document URL|Copyright"
    "|Last updated|Database|Dateline|Column|Identifier / keyword|Source attribution|Illustration|Credit"
)
_LABEL = re.compile(rf"(?P<name>{_LABELS})\s?:\s*(?P<value>.*)", re.DOTALL)
_NONE = ("None available.", "Not available.", "Aucun disponible.")


def read(file: SourceFile, *, limits: Limits, now: datetime) -> Iterator[Item]:
    """Yield the articles."""
    payload = file.content(limits.payload)
    starts = [match.start() for match in _ARTICLE.finditer(payload)] or [0]
    parts = [payload[start:end] for start, end in zip(starts, [*starts[1:], len(payload)], strict=True)]
    rows = (row_of(paragraphs_of(parsed(b"<html><body>" + part, file.name))) for part in parts)
    yield from numbered(rows, name=file.name, now=now, dataset=DATASET)


def row_of(lines: Sequence[str]) -> Row:
    """The row of an article."""
    fields: dict[str, str] = {}
    text: list[str] = []
    headline = lines[0] if lines else None
    in_text = False
    for line in lines[1:]:
        match = _LABEL.match(line)
        if match is None:
            if in_text:
                text.append(line)
            continue
        in_text = match["name"].lower() == "full text"
        if in_text:
            text += [match["value"]] if match["value"] else []
        else:
            fields.setdefault(match["name"], match["value"].strip())
    return _row(headline, text, fields)


def _row(headline: str | None, text: list[str], fields: dict[str, str]) -> Row:
    title = fields.get("Title")
    abstract = fields.get("Abstract")
    info = fields.get("Publication info", "")
    return {
        "headline": title or (headline if headline and not _LABEL.match(headline) else None),
        "text": "\n\n".join(text) or (abstract if abstract not in _NONE else None),
        "date": fields.get("Publication date") or info or fields.get("Publication year"),
        "publisher": (fields.get("Publication title") or info).split(";")[0].split("[")[0].strip(" ."),
        "authors": _people(fields.get("Author") or fields.get("Authors")),
        "section": fields.get("Section"),
        "language": language(fields.get("Language of publication")),
        "keywords": [word.strip() for word in fields.get("Subject", "").split(";") if word.strip()],
        "url": fields.get("Document URL"),
        "id": fields.get("ProQuest document ID"),
        "page": fields.get("Pages"),
        "copyright": fields.get("Copyright"),
    }


def _people(stated: str | None) -> list[str]:
    """Names that are written family name first, with a semicolon between persons."""
    names = []
    for person in (stated or "").replace(".. ", "; ").split(";"):
        family, comma, given = person.strip(" .").partition(",")
        name = f"{given.strip()} {family.strip()}" if comma else family.strip()
        if name and len(name) < 80:
            names.append(name)
    return names
