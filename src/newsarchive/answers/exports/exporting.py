"""Exports: which format, with which options, to which place."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from newsarchive.answers.exports.matched_articles import matched, matched_by_query
from newsarchive.answers.holdings import Holdings
from newsarchive.answers.search import Question
from newsarchive.base.progress import ProgressCallback
from newsarchive.base.whole_files import named, output, output_folder
from newsarchive.errors import ExportError
from newsarchive.export.export_format import ExportFormat, FileFormat
from newsarchive.export.export_source import ExportSource
from newsarchive.export.registry import DEFAULT, format_for, format_named, formats, options_of

if TYPE_CHECKING:
    from newsarchive.export.references.citing import CitedArticle

# What an archive is made of, below its folder.
_OWN = ("archive.db", "newsarchive.toml", "log.head", "snapshots", "index")


@dataclass(frozen=True, slots=True)
class Destination:
    """A place to write to, and what is written there."""

    to: str | Path | BinaryIO
    form: ExportFormat
    options: Any

    @classmethod
    def of(
        cls, to: str | Path | BinaryIO, name: str | None, options: Mapping[str, object], *, archive: Path
    ) -> Destination:
        """A destination that can be written to as far as its name tells. Raises ExportError."""
        form = _form(to, name)
        if isinstance(to, str | Path):
            refuse_own_files(named(to), archive)
        return cls(to, form, options_of(form, options))


def export_matches(
    question: Question, here: Holdings, destination: Destination, progress: ProgressCallback | None
) -> int:
    """Write all that match, whole or not at all; return how many. Raises QueryError, ExportError."""
    ids = [match.article_id for match in here.searcher.matches(question, progress=progress).matches]
    return _write(matched(question.query, ids, here, progress), destination)


def export_found(
    found: Mapping[str, Sequence[int]],
    here: Holdings,
    destination: Destination,
    progress: ProgressCallback | None,
) -> int:
    """Write what each of some queries has found, with the query beside it; return how many rows."""
    form = destination.form
    if not _has_rows(form):
        names = ", ".join(name for name, each in formats().items() if _has_rows(each))
        raise ExportError(
            f"{form.name} has no room for the query of an article", hint=f"choose one of {names}"
        )
    return _write(matched_by_query(found, here, progress), destination)


def export_articles(
    ids: Sequence[int], here: Holdings, destination: Destination, progress: ProgressCallback | None
) -> int:
    """Write these articles, whole or not at all; return how many. Raises ExportError."""
    return _write(matched("", ids, here, progress), destination)


def cite_articles(ids: Sequence[int], here: Holdings, style: str, locale: str) -> list[CitedArticle]:
    """Cite articles in a style. Raises ExportError."""
    from newsarchive.export.references.citing import cite

    return cite(matched("", ids, here), style=style, locale=locale)


def _write(source: ExportSource, destination: Destination) -> int:
    form = destination.form
    if isinstance(form, FileFormat):
        with output(destination.to) as stream:
            return form.write(source, stream, destination.options)
    if not isinstance(destination.to, str | Path):
        raise ExportError(f"the format {form.name} is a folder of files", hint="name a folder to write to")
    with output_folder(destination.to) as folder:
        return form.write(source, folder, destination.options)


def _has_rows(form: ExportFormat) -> bool:
    return isinstance(form, FileFormat) and form.has_rows


def _form(to: str | Path | BinaryIO, name: str | None) -> ExportFormat:
    if name is not None:
        return format_named(name)
    return format_for(to) if isinstance(to, str | Path) else format_named(DEFAULT)


def refuse_own_files(to: Path, archive: Path) -> None:
    """An export over the archive would destroy what it exports."""
    target, folder = (Path(os.path.realpath(path)) for path in (to, archive))
    if not target.is_relative_to(folder):
        return
    first = target.relative_to(folder).parts[:1]
    if not first or first[0].startswith(_OWN):
        raise ExportError(f"can't write {to}: it is part of the archive", hint="choose a name outside it")
