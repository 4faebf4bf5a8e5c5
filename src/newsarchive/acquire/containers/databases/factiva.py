"""Exports of Factiva as HTML, in two layouts: a table of coded fields, or lines below the headline."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from newsarchive.acquire.containers.databases.layouts.date_lines import is_date
from newsarchive.acquire.containers.databases.layouts.export_markup import by_class, parsed, text_of
from newsarchive.acquire.containers.databases.layouts.nexis_layout import language, people
from newsarchive.acquire.containers.described_rows import Row, numbered
from newsarchive.acquire.reader import Item, Limits
from newsarchive.acquire.source_file import SourceFile

DATASET = "factiva"
_CODE = re.compile(r"[A-Z]{2,4}")
_ID = re.compile(r"(?:Document|Dokument|Documento|文件|文档|문서)\s+(\w{20,40})")
_COPYRIGHT = re.compile(r"(?:copyright|©|\(c\))", re.IGNORECASE)
_TIME = re.compile(r"\d\d?:\d\d")


def read(file: SourceFile, *, limits: Limits, now: datetime) -> Iterator[Item]:
    """Yield the articles."""
    root = parsed(file.content(limits.payload), file.name)
    found = [box for box in by_class(root, "article") if not by_class(box, "article")]
    yield from numbered(map(_row, found), name=file.name, now=now, dataset=DATASET)


def _row(box: Any) -> Row:
    match = _ID.search("".join(box.itertext()))
    row = _by_codes(box) or _by_lines(box)
    return {**row, "id": match[1] if match else None}


def _by_codes(box: Any) -> dict[str, object]:
    cells = {}
    for line in box.iter("tr"):
        parts = [cell for cell in line if cell.tag == "td"]
        if len(parts) > 1 and _CODE.fullmatch(code := text_of(parts[0])):
            cells[code] = parts[1]
    if "HD" not in cells:
        return {}
    stated = {code: text_of(cell) for code, cell in cells.items()}
    body = [paragraph for code in ("LP", "TD") if code in cells for paragraph in _paragraphs(cells[code])]
    return {
        "headline": stated["HD"],
        "text": "\n\n".join(body),
        "date": " ".join(filter(None, (stated.get("PD"), stated.get("ET")))),
        "publisher": stated.get("SN"),
        "authors": people(stated.get("BY")),
        "section": stated.get("SE"),
        "language": language(stated.get("LA")),
        "length": stated.get("WC"),
        "page": stated.get("PG"),
        "copyright": stated.get("CY"),
    }


def _by_lines(box: Any) -> dict[str, object]:
    headline = next(iter(box.xpath(".//*[contains(@class, 'Headline')]")), None)
    lines = [line for line in box.iter("div") if line is not box and line.get("id") != "hd" and not len(line)]
    stated = [text_of(line) for line in lines]
    at = next((index for index, line in enumerate(stated) if is_date(line)), None)
    after = stated[at + 1 :] if at is not None else []
    if after and _TIME.fullmatch(after[0]):
        after = after[1:]
    return {
        "headline": text_of(headline) if headline is not None else None,
        "text": "\n\n".join(_paragraphs(box)),
        "date": stated[at] if at is not None else None,
        "publisher": after[0] if after else None,
        "authors": [name for line in by_class(box, "author") for name in people(text_of(line))],
        "section": _section(box, stated),
        "language": next((code for line in after if (code := language(line))), None),
        "copyright": next((line for line in after if _COPYRIGHT.match(line)), None),
    }


def _section(box: Any, stated: list[str]) -> str | None:
    """The line above the headline, where there is one."""
    first = next((line for line in box.iter("div") if line is not box), None)
    is_above = first is not None and first.get("id") != "hd" and first.get("class") is None and not len(first)
    return stated[0] if is_above and stated else None


def _paragraphs(element: Any) -> list[str]:
    found = [text_of(one) for one in by_class(element, "articleParagraph")]
    return [text for text in found if text]
