"""CSL-JSON, which Zotero, pandoc and citeproc read. Source: CSL 1.0.2, schema csl-data.json."""

from __future__ import annotations

import json
from datetime import date
from typing import Any, BinaryIO

from newsarchive.base.dates import PartialDate
from newsarchive.export.clean_text import encodable
from newsarchive.export.export_format import FileFormat, NoOptions
from newsarchive.export.export_source import ExportSource
from newsarchive.export.references.reference import Reference, reference_to


def write(source: ExportSource, stream: BinaryIO, options: NoOptions) -> int:
    """Write a list of items."""
    del options
    stream.write(b"[")
    count = 0
    for article in source.articles():
        item = json.dumps(csl_item(reference_to(source, article)), ensure_ascii=False)
        stream.write((",\n" if count else "\n").encode() + encodable(item).encode())
        count += 1
    stream.write(b"\n]\n")
    return count


def csl_item(reference: Reference) -> dict[str, Any]:
    """A reference as CSL-JSON."""
    item = {
        "id": reference.key,
        "type": "article-newspaper",
        "title": reference.title,
        "author": [name.to_csl() for name in reference.authors],
        "issued": _issued(reference.issued, is_uncertain=reference.is_uncertain),
        "container-title": reference.publisher,
        "section": reference.section,
        "URL": reference.url,
        "accessed": _accessed(reference.accessed),
        "language": reference.language,
        "abstract": reference.abstract,
        "keyword": ", ".join(reference.keywords),
        "archive": reference.archive,
        "note": reference.note,
    }
    return {name: value for name, value in item.items() if value}


def _issued(issued: PartialDate | None, *, is_uncertain: bool) -> dict[str, Any] | None:
    if issued is None:
        return None
    parts = [part for part in (issued.year, issued.month, issued.day) if part is not None]
    return {"date-parts": [parts], **({"circa": True} if is_uncertain else {})}


def _accessed(day: date | None) -> dict[str, Any] | None:
    return None if day is None else {"date-parts": [[day.year, day.month, day.day]]}


FORMAT = FileFormat(
    name="csl-json",
    title="references for Zotero, pandoc and citeproc",
    suffix=".csl.json",
    media_type="application/vnd.citationstyles.csl+json",
    is_text=True,
    options=NoOptions,
    write=write,
)
