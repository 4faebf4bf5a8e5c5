"""What the name of a file tells of its kind."""

from __future__ import annotations

from pathlib import PurePath

HTML_SUFFIXES = frozenset({".html", ".htm", ".xhtml"})
PAGE_SUFFIXES = HTML_SUFFIXES | {".txt", ".text"}
DATASET_SUFFIXES = frozenset({".jsonl", ".ndjson"})
_GZIP = ".gz"


def is_gzip_name(name: str) -> bool:
    """Whether the name says that the content is gzipped."""
    return name.lower().endswith(_GZIP)


def suffix(name: str) -> str:
    """The suffix in lower case, that of the content where the name ends in ``.gz``; empty if none."""
    return PurePath(_unzipped(PurePath(name).name)).suffix.lower()


def is_dataset_name(name: str) -> bool:
    """Whether the name is that of a JSON Lines file."""
    return suffix(name) in DATASET_SUFFIXES


def dataset_name(name: str) -> str:
    """The name of a dataset: that of its file without folder, ``.gz`` and the suffix of JSON Lines."""
    return PurePath(_unzipped(PurePath(name).name)).stem


def _unzipped(name: str) -> str:
    return name[: -len(_GZIP)] if is_gzip_name(name) else name
