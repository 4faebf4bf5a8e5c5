"""BibTeX and BibLaTeX, for LaTeX.

Sources: Patashnik, "BibTeXing"; the biblatex manual (entrysubtype newspaper, dates by ISO 8601-2,
in which a question mark says that a date is uncertain).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import BinaryIO

from newsarchive.export.clean_text import encodable
from newsarchive.export.export_format import FileFormat, NoOptions
from newsarchive.export.export_source import ExportSource
from newsarchive.export.references.cited_names import PersonName
from newsarchive.export.references.reference import Reference, reference_to

_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
# Braces are written as commands: BibTeX counts those behind a backslash, too.
_LATEX = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\textbraceleft{}",
        "}": r"\textbraceright{}",
        "$": r"\$",
        "&": r"\&",
        "#": r"\#",
        "%": r"\%",
        "_": r"\_",
        "^": r"\textasciicircum{}",
        "~": r"\textasciitilde{}",
        '"': r"\textquotedbl{}",
        "@": r"{@}",
    }
)

Fields = Iterator[tuple[str, str]]


def _write(
    fields: Callable[[Reference], Fields], source: ExportSource, stream: BinaryIO, _: NoOptions
) -> int:
    count = 0
    for article in source.articles():
        reference = reference_to(source, article)
        lines = [f"  {name} = {value}" for name, value in fields(reference) if value not in ("", "{}")]
        body = ",\n".join(lines)
        stream.write(encodable(f"@article{{{reference.key},\n{body}\n}}\n\n").encode())
        count += 1
    return count


def _bibtex(reference: Reference) -> Fields:
    yield from _common(reference)
    issued = reference.issued
    yield "journal", _braced(reference.publisher)
    yield "year", "" if issued is None else f"{{{issued.year:04}}}"
    yield "month", "" if issued is None or issued.month is None else _MONTHS[issued.month - 1]
    yield "day", "" if issued is None or issued.day is None else f"{{{issued.day}}}"
    visited = "" if reference.accessed is None else f"visited {reference.accessed}; "
    yield "note", _braced(visited + reference.note)


def _biblatex(reference: Reference) -> Fields:
    yield "entrysubtype", "{newspaper}"
    yield from _common(reference)
    yield "journaltitle", _braced(reference.publisher)
    yield "date", "" if reference.issued is None else f"{{{_date(reference)}}}"
    yield "urldate", "" if reference.accessed is None else f"{{{reference.accessed}}}"
    yield "note", _braced(reference.note)


def _common(reference: Reference) -> Fields:
    # The second braces keep the capital letters of a title.
    yield "title", f"{{{_braced(reference.title)}}}"
    yield "author", f"{{{' and '.join(map(_name, reference.authors))}}}"
    yield "url", f"{{{reference.url}}}"
    yield "language", _braced(reference.language)
    yield "abstract", _braced(reference.abstract)
    yield "keywords", _braced(", ".join(reference.keywords))


def _date(reference: Reference) -> str:
    issued = str(reference.issued).split("T")[0]
    return f"{issued}?" if reference.is_uncertain else issued


def _name(name: PersonName) -> str:
    """``von Last, Jr, First``; what is no person stands in braces, and is not taken apart."""
    if name.literal:
        return _braced(name.literal)
    particle = name.particle or name.dropped_particle
    family = _escaped(f"{particle} {name.family}".strip())
    return ", ".join(filter(None, (family, _escaped(name.suffix), _escaped(name.given))))


def _braced(text: str) -> str:
    return f"{{{_escaped(text)}}}"


def _escaped(text: str) -> str:
    return text.translate(_LATEX)


BIBTEX = FileFormat(
    name="bibtex",
    title="references for LaTeX with BibTeX",
    suffix=".bib",
    media_type="application/x-bibtex",
    is_text=True,
    options=NoOptions,
    write=partial(_write, _bibtex),
)
BIBLATEX = FileFormat(
    name="biblatex",
    title="references for LaTeX with BibLaTeX, as newspaper articles",
    suffix=".biblatex.bib",
    media_type="application/x-bibtex",
    is_text=True,
    options=NoOptions,
    write=partial(_write, _biblatex),
)
