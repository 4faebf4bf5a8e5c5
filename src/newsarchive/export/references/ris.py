"""RIS, which EndNote, Zotero and Mendeley read.

Source: "RIS Format Specifications", Research Information Systems, 2011: a tag, two spaces,
a hyphen, a space, a value on one line; dates as YYYY/MM/DD/other, with empty parts.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from newsarchive.base.dates import PartialDate
from newsarchive.export.clean_text import encodable
from newsarchive.export.export_format import FileFormat, NoOptions
from newsarchive.export.export_source import ExportSource
from newsarchive.export.references.reference import Reference, reference_to


def write(source: ExportSource, stream: BinaryIO, options: NoOptions) -> int:
    """Write a record an article."""
    del options
    count = 0
    for article in source.articles():
        lines = (f"{tag}  - {value}\r\n" for tag, value in _tags(reference_to(source, article)) if value)
        stream.write(encodable("".join(lines) + "ER  - \r\n\r\n").encode())
        count += 1
    return count


def _tags(reference: Reference) -> Iterator[tuple[str, str]]:
    issued = reference.issued
    yield "TY", "NEWS"
    yield "ID", reference.key
    yield "TI", reference.title
    yield from (("AU", name.inverted()) for name in reference.authors)
    yield "PY", "" if issued is None else str(issued.year)
    yield "DA", "" if issued is None else _date(issued, is_uncertain=reference.is_uncertain)
    yield "T2", reference.publisher
    yield "SE", reference.section
    yield "UR", reference.url
    yield "Y2", "" if reference.accessed is None else f"{reference.accessed:%Y/%m/%d}/"
    yield "LA", reference.language
    yield "AB", reference.abstract
    yield from (("KW", word) for word in reference.keywords)
    yield "DB", reference.archive
    yield "N1", reference.note


def _date(issued: PartialDate, *, is_uncertain: bool) -> str:
    month, day = ("" if part is None else f"{part:02}" for part in (issued.month, issued.day))
    return f"{issued.year:04}/{month}/{day}/{'uncertain' if is_uncertain else ''}"


FORMAT = FileFormat(
    name="ris",
    title="references for EndNote, Zotero and Mendeley",
    suffix=".ris",
    media_type="application/x-research-info-systems",
    is_text=True,
    options=NoOptions,
    write=write,
)
