"""The articles of a document: those of a database's export, told by how it lays them out, or one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from newsarchive.acquire.containers.databases.layouts.date_lines import is_date
from newsarchive.acquire.containers.databases.layouts.nexis_layout import language, people, row_of
from newsarchive.acquire.containers.described_rows import Row

_END = re.compile(
    r"(?:End of Document|Ende des Dokuments|Fin du document|Fin del documento|Einde van het document)\W*",
    re.IGNORECASE,
)
_MANY = re.compile(r"\d+ (?:of|von|de|sur|van) \d+ (?:DOCUMENTS?|DOKUMENTEN?)", re.IGNORECASE)
_FACTIVA_END = re.compile(r"(?:Document|Dokument|Documento)\s+(?P<id>[A-Z]\w{15,40})")
_WORDS = re.compile(r"[\d.,]+\s+(?:words|Wörter|mots|palabras|parole|woorden|palavras)", re.IGNORECASE)
_FOUND = re.compile(r'"(?P<paper>[^"]{1,80})" gefunden am (?P<day>\d\d)\.(?P<month>\d\d)\.(?P<year>\d{4})')
_FACTS = re.compile(
    r"(?:copyright|©|\(c\)|section|length|byline|rubrik|länge|longueur|rubrique)\b", re.IGNORECASE
)
_FACTS_WITHIN = 5


def rows_of(paragraphs: Sequence[str]) -> Iterator[Row]:
    """The rows of a document; blank paragraphs part its blocks."""
    if any(_END.fullmatch(line) for line in paragraphs):
        yield from (_with_headline_first(part) for part in _split(paragraphs, _END) if any(part))
    elif any(_MANY.fullmatch(line) for line in paragraphs):
        yield from (row_of(part) for part in _split(paragraphs, _MANY)[1:])
    elif any(_FACTIVA_END.fullmatch(line) for line in paragraphs):
        yield from _factiva(paragraphs)
    elif any(_FOUND.match(line) for line in paragraphs):
        yield from _clippings(paragraphs)
    else:
        lines = [line for line in paragraphs if line]
        if lines:
            yield {"headline": lines[0], "text": "\n\n".join(lines[1:])}


def _split(paragraphs: Sequence[str], mark: re.Pattern[str]) -> list[list[str]]:
    parts: list[list[str]] = [[]]
    for line in paragraphs:
        if mark.fullmatch(line):
            parts.append([])
        else:
            parts[-1].append(line)
    return parts


def _with_headline_first(part: list[str]) -> Row:
    """An article of the newer exports of LexisNexis; the first comes behind the list of all."""
    for index, line in enumerate(part):
        after = [one for one in part[index + 1 :] if one][:_FACTS_WITHIN]
        if is_date(line) and any(map(_FACTS.match, after)):
            start = index
            while start and part[start - 1]:
                start -= 1
            return row_of(part[start:], headline_first=True)
    return row_of(part, headline_first=True)


def _factiva(paragraphs: Sequence[str]) -> Iterator[Row]:
    block: list[str] = []
    for line in paragraphs:
        match = _FACTIVA_END.fullmatch(line)
        if match is None:
            block.append(line)
        else:
            yield {**_factiva_row([one for one in block if one]), "id": match["id"]}
            block = []


def _factiva_row(lines: list[str]) -> Row:
    at = next((index for index, line in enumerate(lines) if _WORDS.fullmatch(line)), None)
    if at is None:
        return {"headline": lines[0] if lines else None, "text": "\n\n".join(lines[1:])}
    day = next((index for index in range(at, min(at + 3, len(lines))) if is_date(lines[index])), at)
    facts = next(
        (index for index in range(day, min(day + 9, len(lines))) if _FACTS.match(lines[index])), day + 2
    )
    above = lines[:at]
    byline = above[-1] if len(above) > 1 and len(above[-1]) < 60 else None
    return {
        "headline": above[-2] if byline and len(above) > 1 else (above[-1] if above else None),
        "authors": people(byline),
        "date": lines[day],
        "publisher": lines[day + 1] if day + 1 < len(lines) else None,
        "language": next((code for line in lines[day : facts + 1] if (code := language(line))), None),
        "copyright": lines[facts] if facts < len(lines) else None,
        "text": "\n\n".join(lines[facts + 1 :]),
    }


def _clippings(paragraphs: Sequence[str]) -> Iterator[Row]:
    """What a service has found for its readers: the paper and the day, the headline, the text."""
    starts = [index for index, line in enumerate(paragraphs) if _FOUND.match(line)]
    for start, end in zip(starts, [*starts[1:], len(paragraphs)], strict=True):
        found = _FOUND.match(paragraphs[start])
        lines = [line for line in paragraphs[start + 1 : end] if line]
        if found is not None and lines:
            yield {
                "headline": lines[0],
                "text": "\n\n".join(lines[1:]),
                "date": "-".join(found.group("year", "month", "day")),
                "publisher": found["paper"],
            }
