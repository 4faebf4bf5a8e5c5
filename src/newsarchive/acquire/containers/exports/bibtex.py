"""References in BibTeX and BibLaTeX."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from datetime import datetime

from newsarchive.acquire.containers.databases.nexis_text import text_of
from newsarchive.acquire.containers.exports.named_fields import items_of_records
from newsarchive.acquire.containers.json_lines import dataset_name
from newsarchive.acquire.reader import Item, Limits
from newsarchive.acquire.source_file import SourceFile

_ENTRY = re.compile(r"@(?P<kind>[a-zA-Z]+)\s*\{\s*(?P<key>[^\s,{}\"]*)\s*,")
_FIELD = re.compile(r"\s*,?\s*(?P<name>[\w-]+)\s*=\s*")
_BARE = re.compile(r"[^,}\s]+")
_NOT_ENTRIES = frozenset({"comment", "string", "preamble"})
_ACCENTS = {
    "`": "\u0300",
    "'": "\u0301",
    "^": "\u0302",
    "~": "\u0303",
    '"': "\u0308",
    "=": "\u0304",
    ".": "\u0307",
}
_ACCENTS |= {"u": "\u0306", "v": "\u030c", "H": "\u030b", "c": "\u0327", "k": "\u0328", "r": "\u030a"}
_ACCENT = re.compile(r"\\([`'^~\"=.]|[uvHckr](?=[\s{]))\s*\{?\\?([A-Za-z])\}?")
_SIGNS = {
    r"\ss": "ß",
    r"\o": "ø",
    r"\O": "Ø",
    r"\ae": "æ",
    r"\AE": "Æ",
    r"\aa": "å",
    r"\l": "ł",
    r"\&": "&",
    r"\%": "%",
}
_SIGNS |= {r"\_": "_", r"\$": "$", r"\#": "#", "---": "—", "--": "–", "~": " ", "``": "“", "''": "”"}
_AND = re.compile(r"\s+and\s+", re.IGNORECASE)
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()


def read(file: SourceFile, *, limits: Limits, now: datetime) -> Iterator[Item]:
    """Yield an article a reference: its abstract is what it has of a text."""
    records = map(_record, _entries(text_of(file.content(limits.payload))))
    yield from items_of_records(records, name=file.name, now=now, dataset=dataset_name(file.name))


def _entries(text: str) -> Iterator[dict[str, str]]:
    for match in _ENTRY.finditer(text):
        if match["kind"].lower() not in _NOT_ENTRIES:
            fields = dict(_fields(text, match.end()))
            yield {"ID": match["key"], "KIND": match["kind"].lower(), **fields}


def _fields(text: str, place: int) -> Iterator[tuple[str, str]]:
    while (match := _FIELD.match(text, place)) is not None:
        value, place = _value(text, match.end())
        yield match["name"].lower(), value


def _value(text: str, place: int) -> tuple[str, int]:
    """A value in braces, in quotation marks, or bare, and where it ends."""
    if text[place : place + 1] == "{":
        end = _closing(text, place)
        return text[place + 1 : end], end + 1
    if text[place : place + 1] == '"':
        end = text.find('"', place + 1)
        return (text[place + 1 : end], end + 1) if end > 0 else (text[place + 1 :], len(text))
    match = _BARE.match(text, place)
    return (match[0], match.end()) if match else ("", place)


def _closing(text: str, place: int) -> int:
    depth = 0
    for match in re.compile(r"\\.|[{}]", re.DOTALL).finditer(text, place):
        depth += {"{": 1, "}": -1}.get(match[0], 0)
        if not depth and match[0] == "}":
            return match.start()
    return len(text)


def _record(fields: dict[str, str]) -> dict[str, object]:
    plain = {name: _plain(value) for name, value in fields.items()}
    return {
        "id": fields["ID"],
        "title": plain.get("title"),
        "text": plain.get("abstract"),
        "url": plain.get("url"),
        "date": plain.get("date") or _date(plain),
        "authors": [_name(_plain(one)) for one in _AND.split(fields.get("author", "")) if one.strip()],
        "publisher": plain.get("journaltitle") or plain.get("journal") or plain.get("publisher"),
        "section": plain.get("section") or plain.get("journalsubtitle"),
        "language": plain.get("langid") or plain.get("language"),
        "keywords": plain.get("keywords"),
        "reference": plain,
    }


def _date(plain: dict[str, str]) -> str | None:
    year, month = plain.get("year"), plain.get("month", "")[:3].lower()
    return f"{year}-{_MONTHS.index(month) + 1:02}" if year and month in _MONTHS else year


def _plain(value: str) -> str:
    """The text without the signs of LaTeX."""
    text = _ACCENT.sub(lambda match: unicodedata.normalize("NFC", match[2] + _ACCENTS[match[1]]), value)
    for sign, letter in _SIGNS.items():
        text = text.replace(sign, letter)
    return " ".join(text.replace("{", "").replace("}", "").split())


def _name(stated: str) -> str:
    family, comma, given = stated.partition(",")
    return f"{given.strip()} {family.strip()}".strip() if comma else stated.strip()
