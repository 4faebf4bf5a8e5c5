"""JSON Feed 1.1 of a search. Source: jsonfeed.org, version 1.1."""

from __future__ import annotations

import json
from typing import Any, BinaryIO

from newsarchive.export.clean_text import encodable
from newsarchive.export.export_format import FileFormat, NoOptions
from newsarchive.export.export_source import ExportSource
from newsarchive.export.feeds.feed_items import feed_title, item_id, item_title, link
from newsarchive.model import Article


def write(source: ExportSource, stream: BinaryIO, options: NoOptions) -> int:
    """Write an item an article."""
    del options
    head = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed_title(source),
        "description": f"{source.search.total} articles that match",
    }
    stream.write(_encoded(head)[:-1] + b', "items": [')
    count = 0
    for article in source.articles():
        stream.write((b",\n" if count else b"\n") + _encoded(_item(source, article)))
        count += 1
    stream.write(b"\n]}\n")
    return count


def _item(source: ExportSource, article: Article) -> dict[str, Any]:
    moments = {
        "date_published": article.date_published and article.date_published.moment,
        "date_modified": article.date_modified and article.date_modified.moment,
    }
    item = {
        "id": item_id(source, article),
        "url": link(article),
        "title": item_title(article),
        "content_text": article.text,
        "summary": article.description,
        "language": article.language,
        "authors": [{"name": name} for name in article.authors],
        "tags": list(article.keywords),
        **{name: moment.isoformat() for name, moment in moments.items() if moment},
        # Extensions begin with an underscore; these say what an instant can't.
        "_newsarchive": {
            "id": article.id,
            "publisher": article.publisher,
            "date_published": article.date_published and article.date_published.isoformat(),
            "date_confidence": article.date_confidence,
        },
    }
    return {name: value for name, value in item.items() if value or name in ("id", "content_text")}


def _encoded(value: object) -> bytes:
    return encodable(json.dumps(value, ensure_ascii=False)).encode()


FORMAT = FileFormat(
    name="jsonfeed",
    title="JSON Feed, for feed readers",
    suffix=".feed.json",
    media_type="application/feed+json",
    is_text=True,
    options=NoOptions,
    write=write,
)
