"""What a format of exports is: its names, its options, and how it is written."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, Generic, TypeVar

from newsarchive.export.export_source import ExportSource

O = TypeVar("O")  # noqa: E741  the options of a format: a frozen dataclass


@dataclass(frozen=True, slots=True)
class NoOptions:
    """Of formats that are always written the same way."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FileFormat(Generic[O]):
    """A format that is one file.

    ``title`` is its line in lists of formats. ``options`` is a frozen dataclass
    whose fields are of type bool, str or tuple[str, ...], each with a default and
    what ``said`` makes of its help. ``write`` takes articles as they come, holds as
    few as it can, and returns how many it wrote; the stream can't be rewound, and
    stays open. ``extra`` names the optional dependencies that a format needs.
    ``has_rows``: it is a row an article, before which stand the columns ``beside`` of the search.
    """

    name: str
    title: str
    suffix: str
    media_type: str
    is_text: bool
    options: type[O]
    write: Callable[[ExportSource, BinaryIO, O], int]
    extra: str | None = None
    has_rows: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FolderFormat(Generic[O]):
    """A format that is a folder of files; ``write`` is given one that is empty."""

    name: str
    title: str
    options: type[O]
    write: Callable[[ExportSource, Path, O], int]
    extra: str | None = None


ExportFormat = FileFormat[Any] | FolderFormat[Any]


def said(words: str) -> Mapping[str, str]:
    """The metadata of a field of options: what help pages say of it."""
    return {"help": words}
