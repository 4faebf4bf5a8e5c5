"""JSON Lines: one article a line, in the form of ``Article.to_dict``."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any, BinaryIO

from newsarchive.export.export_format import FileFormat, said
from newsarchive.export.export_source import ExportSource
from newsarchive.export.tables.columns import known_fields
from newsarchive.model import Article

_KEYS = tuple(Article().to_dict())


@dataclass(frozen=True, slots=True, kw_only=True)
class JsonOptions:
    """Options of JSON and JSON Lines."""

    fields: tuple[str, ...] = field(
        default=(), metadata=said("The fields to write, in their order: headline,publisher,url.")
    )

    def __post_init__(self) -> None:
        known_fields(self.fields, _KEYS)

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys to write."""
        return known_fields(self.fields, _KEYS)


def chosen(article: Article, keys: tuple[str, ...]) -> dict[str, Any]:
    """The JSON form of an article, with some of its keys."""
    whole = article.to_dict()
    return whole if keys is _KEYS else {key: whole[key] for key in keys}


def keys_of(source: ExportSource, options: JsonOptions) -> tuple[str, ...]:
    """The keys to write, with those that stand beside an article."""
    beside = source.search.beside
    return (*beside, *options.keys) if beside else options.keys


def write(source: ExportSource, stream: BinaryIO, options: JsonOptions) -> int:
    """Write one JSON object a line, in UTF-8; return how many."""
    count, keys = 0, keys_of(source, options)
    for article in source.articles():
        values = chosen(article, keys)
        if not options.fields and (marks := source.marks(article.id or 0)):
            values |= marks.to_dict()
        line = json.dumps(values, ensure_ascii=False)
        stream.write(line.encode("utf-8", "replace") + b"\n")
        count += 1
    return count


FORMAT = FileFormat(
    name="jsonl",
    title="an article a line, all that is known of it; add reads it back",
    suffix=".jsonl",
    media_type="application/jsonl",
    is_text=True,
    options=JsonOptions,
    write=write,
    has_rows=True,
)
